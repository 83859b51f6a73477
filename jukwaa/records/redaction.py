"""A person's name in a record: where it stands, and how it is replaced there.

A record is its own row, its versions, and the rows that hang on it, up to three steps away: comments, sources, parts
of minutes, wordings. All their columns with words are looked through, so that no kind of record has to list its own.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from typing import Any

from django.apps import apps
from django.db import models

from jukwaa.coalitions.models import Capacity
from jukwaa.records.models import Attachment, Passage, Record, Version

MAX_REDACTED_RELATION_DEPTH = 3
EXCERPT_CONTEXT_LENGTH = 60  # characters before and after a name, in an excerpt
# Scripts that put no space between words: a name in them begins and ends anywhere (Unicode 17, Scripts.txt).
UNSPACED_SCRIPT_RANGES = (
    "\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff"
)
SEPARATELY_REDACTED_MODELS = (Attachment, Passage, Version)  # each has a way of its own

type Rows = models.QuerySet[Any]


class NameRedactor:
    """Replaces each of the names, in any case and with any spaces, where it is a word of its own."""

    def __init__(self, removed_names: Iterable[str], replacement_text: str = "") -> None:
        self.names = sorted({" ".join(name.split()) for name in removed_names if name.strip()}, key=len, reverse=True)
        self.replacement = replacement_text

    @cached_property
    def _names_pattern(self) -> re.Pattern[str]:
        return re.compile("|".join(map(_build_name_pattern, self.names)) or r"(?!)", re.IGNORECASE)

    def matches(self, redacted_value: Any) -> bool:
        return self.count(redacted_value) > 0

    def count(self, value: Any) -> int:
        """Return how often the names stand in a text, or in the texts of a JSON value."""
        if isinstance(value, str):
            return sum(1 for _name in self._names_pattern.finditer(value))
        if isinstance(value, dict):
            return sum(map(self.count, value.values()))
        return sum(map(self.count, value)) if isinstance(value, list) else 0

    def redact_names(self, redacted_value: Any) -> Any:
        """Return a text, or a JSON value with all its texts, without the names."""
        if isinstance(redacted_value, str):
            return self._names_pattern.sub(lambda _name: self.replacement, redacted_value)
        if isinstance(redacted_value, dict):
            return {key: self.redact_names(each) for key, each in redacted_value.items()}
        return (
            [self.redact_names(each) for each in redacted_value] if isinstance(redacted_value, list) else redacted_value
        )

    def move(self, character_offset: int, text: str, *, is_span_end: bool = False) -> int:
        """Return where a place in the text is once it is redacted; inside a name it is its beginning, or its end."""
        moved = character_offset
        for name in self._names_pattern.finditer(text):
            if name.start() >= character_offset:
                break
            if name.end() > character_offset:
                return moved - (character_offset - name.start()) + (len(self.replacement) if is_span_end else 0)
            moved += len(self.replacement) - len(name.group())
        return moved

    def excerpts(self, text: str) -> Iterator[tuple[str, str, str]]:
        """What stands before each name, the name, and what stands behind it."""
        for name in self._names_pattern.finditer(text):
            start, end = name.span()
            yield (
                text[max(0, start - EXCERPT_CONTEXT_LENGTH) : start],
                name.group(),
                text[end : end + EXCERPT_CONTEXT_LENGTH],
            )


def _build_name_pattern(name: str) -> str:
    begins = "" if re.match(f"[{UNSPACED_SCRIPT_RANGES}]", name[0]) else r"(?<!\w)"
    ends = "" if re.match(f"[{UNSPACED_SCRIPT_RANGES}]", name[-1]) else r"(?!\w)"
    return begins + r"\s+".join(map(re.escape, name.split())) + ends


def get_text_columns(row_model: type[models.Model]) -> list[Any]:
    """Columns in which people's words can stand."""
    return [
        field
        for field in row_model._meta.concrete_fields  # noqa: SLF001 - public by Django's word
        if isinstance(field, models.CharField | models.TextField | models.JSONField)
        and not isinstance(field, models.EmailField | models.URLField)
        and not (field.choices or field.unique)
    ]


def iter_dependent_rows(records: Sequence[Record]) -> Iterator[Rows]:
    """The rows that hang on these records, table by table."""
    for model, lookup, kind in _find_dependent_lookups():
        if pks := [record.pk for record in records if isinstance(record, kind)]:
            # Default managers may hide rows, such as apologies for a meeting.
            yield model._base_manager.filter(**{f"{lookup}__in": pks})  # noqa: SLF001 - public by Django's word


@lru_cache(maxsize=1)
def _find_dependent_lookups() -> Sequence[tuple[type[models.Model], str, type[Record]]]:
    """For each table, by which columns its rows hang on records of which kind."""
    found: list[tuple[type[models.Model], str, type[Record]]] = []
    kinds: list[type[Record]] = [Record, *Record.__subclasses__()]
    reached: list[tuple[type[models.Model], str, type[Record]]] = [(kind, "", kind) for kind in kinds]
    for _step in range(MAX_REDACTED_RELATION_DEPTH):
        reached = [
            (model, f"{column}__{lookup}".removesuffix("__"), kind)
            for parent_model, lookup, kind in reached
            for model, column in _iter_cascading_tables(parent_model)
        ]
        found += reached
    return found


def _iter_cascading_tables(parent_model: type[models.Model]) -> Iterator[tuple[type[models.Model], str]]:
    """Tables whose rows go when a row of this one goes, and by which column. Records stand for themselves."""
    for model in apps.get_models():
        if issubclass(model, (Record, *SEPARATELY_REDACTED_MODELS)):
            continue
        for field in model._meta.concrete_fields:  # noqa: SLF001 - public by Django's word
            remote = field.remote_field
            if (
                remote is not None
                and remote.model is parent_model
                and getattr(remote, "on_delete", None) is models.CASCADE
            ):
                yield model, field.name


def redact_table_rows(table_rows: Rows, redactor: NameRedactor) -> tuple[int, list[Any]]:
    """Replace the names in these rows. Return how often they stood there, and the rows that have changed."""
    count, changed = 0, []
    columns = get_text_columns(table_rows.model)
    for row in table_rows.order_by("pk").distinct() if columns else ():
        if number := redact_table_row(row, redactor, columns):
            count += number
            changed.append(row)
    return count, changed


def redact_table_row(table_row: models.Model, redactor: NameRedactor, text_columns: Sequence[Any]) -> int:
    """Replace the names in a row, and save what has changed. Return how often they stood there."""
    found = {field: number for field in text_columns if (number := redactor.count(getattr(table_row, field.attname)))}
    for field in found:
        value = redactor.redact_names(getattr(table_row, field.attname))
        fits = isinstance(value, str) and field.max_length
        setattr(table_row, field.attname, value[: field.max_length] if fits else value)
    if found:
        table_row.save(update_fields=[field.name for field in found])
    return sum(found.values())


def redact_capacity_rows(table_rows: Rows, redactor: NameRedactor) -> int:
    """Where somebody is named as a source wrote them: the row gets a capacity without the name.

    Other records may share the old one.
    """
    model, count = table_rows.model, 0
    for field in model._meta.concrete_fields:  # noqa: SLF001 - public by Django's word
        if field.related_model is Capacity:
            named = table_rows.filter(**{f"{field.name}__isnull": False, f"{field.name}__person": None})
            for row in named.select_related(field.name).distinct():
                if copy := _copy_capacity_without_name(getattr(row, field.name), redactor):
                    setattr(row, field.name, copy)
                    row.save(update_fields=[field.name])
                    count += 1
    for many in model._meta.many_to_many:  # noqa: SLF001 - public by Django's word
        if many.related_model is Capacity:
            count += sum(
                _replace_redacted_capacities(getattr(row, many.name), redactor) for row in table_rows.distinct()
            )
    return count


def _replace_redacted_capacities(capacity_rows: Any, redactor: NameRedactor) -> int:
    copies = {
        each.pk: copy
        for each in capacity_rows.filter(person=None)
        if (copy := _copy_capacity_without_name(each, redactor))
    }
    capacity_rows.remove(*copies)
    capacity_rows.add(*copies.values())
    return len(copies)


def _copy_capacity_without_name(capacity: Capacity, redactor: NameRedactor) -> Capacity | None:
    if capacity.person_id is not None or not redactor.matches(capacity.name):
        return None
    values = {field.attname: getattr(capacity, field.attname) for field in Capacity._meta.concrete_fields[1:]}  # noqa: SLF001 - as above
    return Capacity.objects.create(**values | {"name": redactor.redact_names(capacity.name)[:250]})
