"""Where a person's name or address stands in the words of others, which an erasure leaves as they are."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, Final

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import models
from django.db.models import Model, Q
from django.db.models.functions import Cast
from django.urls import NoReverseMatch

from jukwaa.accounts.identity import Identity, address_digest, texts_in
from jukwaa.accounts.models import Person

EVERY_COLUMN: Final = ""
TEXTS = (models.CharField, models.TextField, models.JSONField, models.FileField)
# Other people of the same name; and what is encoded, which an erasure ends row by row.
UNSEARCHED: tuple[type[Model], ...] = (Person, Session)
BATCH = 500
ADDRESS: Final = re.compile(r"[^\s<>()\[\]{},;:\"'“”«»]+@[\w-]+(?:\.[\w-]+)+")

# What an erasure takes away: of a table and a column, or of every column, the numbers of rows.
type Removed = dict[tuple[type[Model], str], set[Any]]


@dataclass(frozen=True)
class Trace:
    model: type[Model]
    column: str
    pk: Any


@dataclass(frozen=True)
class Place:
    """A page that the person may read and on which they are named."""

    title: str
    url: str


def find_traces(identity: Identity, removed: Removed) -> Iterator[Trace]:
    """Search the text of every table, declared or not, and leave out what the erasure removes by itself."""
    if identity.pattern is None:
        return
    for model in _searched_models():
        everywhere = removed.get((model, EVERY_COLUMN), set())
        for pk, column in _rows_that_name(model, identity):
            if pk not in everywhere and pk not in removed.get((model, column), set()):
                yield Trace(model, column, pk)


def _searched_models() -> Iterator[type[Model]]:
    for model in apps.get_models():
        if model not in UNSEARCHED and model._meta.managed:  # noqa: SLF001 - public by Django's word
            yield model


def _rows_that_name(model: type[Model], identity: Identity) -> Iterator[tuple[Any, str]]:
    for pk, column, value in _values_with(model, identity.spellings()):
        if identity.is_in(value):
            yield pk, column


def _values_with(model: type[Model], parts: Iterable[str]) -> Iterator[tuple[Any, str, Any]]:
    """The texts of the rows in which any of these parts stand, with the number of the row and the column."""
    columns = [field.name for field in model._meta.local_fields if _holds_text(field)]  # noqa: SLF001 - as above
    if not columns:
        return
    searched, wanted = {f"{name}_as_text": Cast(name, models.TextField()) for name in columns}, tuple(parts)
    condition = reduce(or_, (Q((f"{name}__icontains", part)) for name in searched for part in wanted))
    rows = model._base_manager.annotate(**searched).filter(condition)  # noqa: SLF001 - as above
    for pk, *values in rows.order_by().values_list("pk", *columns).iterator(BATCH):
        yield from ((pk, column, value) for column, value in zip(columns, values, strict=True))


def find_addresses(digests: Collection[str]) -> tuple[str, ...]:
    """Return the addresses with these digests that stand in any text. Without a digest nothing is searched."""
    if not digests:
        return ()
    written = {
        address.lower()
        for model in _searched_models()
        for _pk, _column, value in _values_with(model, ["@"])
        for text in texts_in(value)
        for address in ADDRESS.findall(text)
    }
    return tuple(sorted(address for address in written if address_digest(address) in digests))


def _holds_text(field: models.Field[Any, Any]) -> bool:
    return isinstance(field, TEXTS) and not field.choices and not field.primary_key


def find_places(traces: Iterable[Trace], viewer: Person) -> list[Place]:
    """Pages on which the viewer is named and which they may read, each once.

    What they may not read is never listed or counted: that somebody is named in it may be confidential.
    """
    by_model: dict[type[Model], set[Any]] = defaultdict(set)
    for trace in traces:
        by_model[trace.model].add(trace.pk)
    found = {
        Place(str(row), url)
        for model, pks in by_model.items()
        for row in _readable(model, pks, viewer)
        if (url := _address_of(row))
    }
    return sorted(found, key=lambda place: (place.title, place.url))


def _readable(model: type[Model], pks: set[Any], viewer: Person) -> Iterator[Model]:
    """The rows themselves, or the records on which they hang."""
    if (rows := _visible_rows(model, viewer)) is not None:
        yield from rows.filter(pk__in=pks)
        return
    for field in model._meta.local_fields:  # noqa: SLF001 - as above
        above: Any = field.related_model
        if above is not None and (rows := _visible_rows(above, viewer)) is not None:
            named = model._base_manager.filter(pk__in=pks)  # noqa: SLF001 - as above
            yield from rows.filter(pk__in=named.values(field.attname))
            return


def _visible_rows(model: type[Model], viewer: Person) -> Any:
    """Rows by their own read rule; None for a table that has none."""
    rows = model._default_manager.all()  # noqa: SLF001 - as above
    see = getattr(rows, "visible_to", None)
    return see(viewer) if see is not None else None


def _address_of(row: Any) -> str:
    try:
        return str(row.get_absolute_url())
    except (AttributeError, NoReverseMatch):
        return ""
