"""Find a person's name or address in the words of others, which an erasure does not change."""

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

from jukwaa.accounts.identity import PersonIdentity, compute_address_digest, iterate_nested_texts
from jukwaa.accounts.models import Person

ALL_COLUMNS_KEY: Final = ""
SEARCHED_FIELD_TYPES = (models.CharField, models.TextField, models.JSONField, models.FileField)
# Other people of the same name; and what is encoded, which an erasure ends row by row.
UNSEARCHED_MODELS: tuple[type[Model], ...] = (Person, Session)
TRACED_ROWS_PER_BATCH = 500
EMAIL_PATTERN: Final = re.compile(r"[^\s<>()\[\]{},;:\"'“”«»]+@[\w-]+(?:\.[\w-]+)+")

# What an erasure takes away: of a table and a column, or of every column, the numbers of rows.
type Removed = dict[tuple[type[Model], str], set[Any]]


@dataclass(frozen=True)
class NameTrace:
    model: type[Model]
    column: str
    pk: Any


@dataclass(frozen=True)
class NameTracePage:
    """A page that the person may read and on which they are named."""

    title: str
    url: str


def find_name_traces(identity: PersonIdentity, removed_rows: Removed) -> Iterator[NameTrace]:
    """Search the text of every table, declared or not, and leave out what the erasure removes by itself."""
    if identity.pattern is None:
        return
    for model in _iterate_searched_models():
        everywhere = removed_rows.get((model, ALL_COLUMNS_KEY), set())
        for pk, column in _find_rows_with_name(model, identity):
            if pk not in everywhere and pk not in removed_rows.get((model, column), set()):
                yield NameTrace(model, column, pk)


def _iterate_searched_models() -> Iterator[type[Model]]:
    for model in apps.get_models():
        if model not in UNSEARCHED_MODELS and model._meta.managed:  # noqa: SLF001 - public by Django's word
            yield model


def _find_rows_with_name(model: type[Model], identity: PersonIdentity) -> Iterator[tuple[Any, str]]:
    for pk, column, value in _find_matching_values(model, identity.iter_name_spellings()):
        if identity.is_in(value):
            yield pk, column


def _find_matching_values(model: type[Model], name_parts: Iterable[str]) -> Iterator[tuple[Any, str, Any]]:
    """The texts of the rows in which any of these parts stand, with the number of the row and the column."""
    columns = [field.name for field in model._meta.local_fields if _can_field_hold_text(field)]  # noqa: SLF001 - as above
    if not columns:
        return
    searched, wanted = {f"{name}_as_text": Cast(name, models.TextField()) for name in columns}, tuple(name_parts)
    condition = reduce(or_, (Q((f"{name}__icontains", part)) for name in searched for part in wanted))
    rows = model._base_manager.annotate(**searched).filter(condition)  # noqa: SLF001 - as above
    for pk, *values in rows.order_by().values_list("pk", *columns).iterator(TRACED_ROWS_PER_BATCH):
        yield from ((pk, column, value) for column, value in zip(columns, values, strict=True))


def find_addresses_by_digest(identity_digests: Collection[str]) -> tuple[str, ...]:
    """Return the addresses with these digests that stand in any text. Without a digest nothing is searched."""
    if not identity_digests:
        return ()
    written = {
        address.lower()
        for model in _iterate_searched_models()
        for _pk, _column, value in _find_matching_values(model, ["@"])
        for text in iterate_nested_texts(value)
        for address in EMAIL_PATTERN.findall(text)
    }
    return tuple(sorted(address for address in written if compute_address_digest(address) in identity_digests))


def _can_field_hold_text(field: models.Field[Any, Any]) -> bool:
    return isinstance(field, SEARCHED_FIELD_TYPES) and not field.choices and not field.primary_key


def find_visible_pages(name_traces: Iterable[NameTrace], viewer: Person) -> list[NameTracePage]:
    """Pages on which the viewer is named and which they may read, each once.

    What they may not read is never listed or counted: that somebody is named in it may be confidential.
    """
    by_model: dict[type[Model], set[Any]] = defaultdict(set)
    for trace in name_traces:
        by_model[trace.model].add(trace.pk)
    found = {
        NameTracePage(str(row), url)
        for model, pks in by_model.items()
        for row in _filter_readable_rows(model, pks, viewer)
        if (url := _get_row_url(row))
    }
    return sorted(found, key=lambda place: (place.title, place.url))


def _filter_readable_rows(model: type[Model], row_ids: set[Any], viewer: Person) -> Iterator[Model]:
    """The rows themselves, or the records on which they hang."""
    if (rows := _get_visible_rows(model, viewer)) is not None:
        yield from rows.filter(pk__in=row_ids)
        return
    for field in model._meta.local_fields:  # noqa: SLF001 - as above
        above: Any = field.related_model
        if above is not None and (rows := _get_visible_rows(above, viewer)) is not None:
            named = model._base_manager.filter(pk__in=row_ids)  # noqa: SLF001 - as above
            yield from rows.filter(pk__in=named.values(field.attname))
            return


def _get_visible_rows(model: type[Model], viewer: Person) -> Any:
    """Rows by their own read rule; None for a table that has none."""
    rows = model._default_manager.all()  # noqa: SLF001 - as above
    see = getattr(rows, "visible_to", None)
    return see(viewer) if see is not None else None


def _get_row_url(found_row: Any) -> str:
    try:
        return str(found_row.get_absolute_url())
    except (AttributeError, NoReverseMatch):
        return ""
