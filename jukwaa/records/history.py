"""Two versions of a record, field by field and word by word."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Field, ForeignKey
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jukwaa.coalitions.display_names import get_display_name
from jukwaa.coalitions.models import Capacity
from jukwaa.core.diff import compare_words, render_changes
from jukwaa.core.list_formatting import join_with_separator
from jukwaa.places.countries import COUNTRIES_BY_CODE, get_country_name
from jukwaa.places.languages import get_language_name
from jukwaa.records.models import Record, Version

# They say nothing to people, or are not for everybody who reads the record.
HIDDEN_VERSION_FIELDS = frozenset({"fingerprint", "position", "fold", "joining_link", "joining_link_is_public"})


@dataclass(frozen=True, slots=True)
class FieldLine:
    """A field of a version, or what became of it between two."""

    label: str
    html: SafeString
    changed: bool = False


def get_version_lines(record: Record, version: Version) -> list[FieldLine]:
    """How the record read then; what was empty is left out."""
    return [
        FieldLine(label, render_changes(compare_words(words, words)))
        for label, words, _same in _iter_field_pairs(record, version, version)
        if words
    ]


def get_version_text(record: Record, version: Version) -> str:
    """Return all words of a version, a line for each field."""
    return "\n".join(words for _label, words, _same in _iter_field_pairs(record, version, version))


def compare_record_versions(record: Record, old_version: Version, new_version: Version) -> list[FieldLine]:
    """What changed from one version to the other, in the record's own order of fields."""
    return [
        FieldLine(label, render_changes(compare_words(before, after)), changed=True)
        for label, before, after in _iter_field_pairs(record, old_version, new_version)
        if before != after
    ]


def _iter_field_pairs(record: Record, old_version: Version, new_version: Version) -> Iterator[tuple[str, str, str]]:
    for name, field in record.get_versioned_fields().items():
        if name in HIDDEN_VERSION_FIELDS:
            continue
        label = capfirst(str(getattr(field, "verbose_name", name)))
        before, after = old_version.content.get(name), new_version.content.get(name)
        if isinstance(before, dict) or isinstance(after, dict):  # answers by the names of their fields
            parts = [value if isinstance(value, dict) else {} for value in (before, after)]
            yield from _iter_answer_pairs(record.get_answer_labels(name), field, *parts)
        else:
            yield label, _format_field_value(field, before), _format_field_value(field, after)


def _iter_answer_pairs(
    names_by_field: Mapping[str, str], field: Any, answers_before: dict[str, Any], answers_after: dict[str, Any]
) -> Iterator[tuple[str, str, str]]:
    """Each answer by itself: those whose names are known in their order, then the others."""
    for key in dict.fromkeys((*names_by_field, *answers_before, *answers_after)):
        label = names_by_field.get(key) or capfirst(key.replace("-", " ").replace("_", " "))
        yield (
            label,
            _format_field_value(field, answers_before.get(key)),
            _format_field_value(field, answers_after.get(key)),
        )


def _format_field_value(field: Any, field_value: Any) -> str:
    """As a person would write it."""
    locale = get_language() or "en"
    if field_value in (None, "", [], {}):
        return ""
    if isinstance(field_value, bool):
        return _("Yes") if field_value else _("No")
    if isinstance(field, ForeignKey):
        return _format_related_object(field.related_model._default_manager.filter(pk=field_value).first())  # noqa: SLF001 - as public as _meta
    if field.name == "language":
        return get_language_name(field_value, locale)
    if isinstance(field_value, list):
        return join_with_separator(
            get_country_name(code, locale) if code in COUNTRIES_BY_CODE else code for code in field_value
        )
    choices: dict[Any, Any] = dict(field.flatchoices) if isinstance(field, Field) else {}
    return str(choices.get(field_value, field_value))


def _format_related_object(related_object: Any) -> str:
    """A history is read by everybody who reads the record: it names a person only as the world may."""
    return get_display_name(related_object, None) if isinstance(related_object, Capacity) else str(related_object or "")
