"""Where a person's name or address stands in the words of others, which an erasure leaves as they are."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
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

from jukwaa.accounts.identity import Identity
from jukwaa.accounts.models import Person

EVERY_COLUMN: Final = ""
TEXTS = (models.CharField, models.TextField, models.JSONField, models.FileField)
# Other people of the same name; and what is encoded, which an erasure ends row by row.
UNSEARCHED: tuple[type[Model], ...] = (Person, Session)
BATCH = 500

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
    for model in apps.get_models():
        if model in UNSEARCHED or not model._meta.managed:  # noqa: SLF001 - public by Django's word
            continue
        everywhere = removed.get((model, EVERY_COLUMN), set())
        for pk, column in _rows_that_name(model, identity):
            if pk not in everywhere and pk not in removed.get((model, column), set()):
                yield Trace(model, column, pk)


def _rows_that_name(model: type[Model], identity: Identity) -> Iterator[tuple[Any, str]]:
    columns = [field.name for field in model._meta.local_fields if _holds_text(field)]  # noqa: SLF001 - as above
    if not columns:
        return
    searched = {f"{name}_as_text": Cast(name, models.TextField()) for name in columns}
    condition = reduce(or_, (Q((f"{name}__icontains", part)) for name in searched for part in identity.spellings()))
    rows = model._base_manager.annotate(**searched).filter(condition)  # noqa: SLF001 - as above
    for pk, *values in rows.order_by().values_list("pk", *columns).iterator(BATCH):
        for column, value in zip(columns, values, strict=True):
            if identity.is_in(value):
                yield pk, column


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
