"""Two versions of a record, field by field and word by word."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Field, ForeignKey
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jukwaa.coalitions.models import Capacity
from jukwaa.coalitions.names import shown
from jukwaa.core.diff import diff_html, word_diff
from jukwaa.core.lists import in_a_row
from jukwaa.places.countries import COUNTRIES, country_name
from jukwaa.places.languages import language_name
from jukwaa.records.models import Record, Version

# They say nothing to people, or are not for everybody who reads the record.
UNSHOWN = frozenset({"fingerprint", "position", "fold", "joining_link", "joining_link_is_public"})


@dataclass(frozen=True, slots=True)
class Line:
    """A field of a version, or what became of it between two."""

    label: str
    html: SafeString
    changed: bool = False


def lines_of(record: Record, version: Version) -> list[Line]:
    """How the record read then; what was empty is left out."""
    return [
        Line(label, diff_html(word_diff(words, words)))
        for label, words, _same in _pairs(record, version, version)
        if words
    ]


def compare(record: Record, old: Version, new: Version) -> list[Line]:
    """What changed from one version to the other, in the record's own order of fields."""
    return [
        Line(label, diff_html(word_diff(before, after)), changed=True)
        for label, before, after in _pairs(record, old, new)
        if before != after
    ]


def _pairs(record: Record, old: Version, new: Version) -> Iterator[tuple[str, str, str]]:
    for name, field in record.versioned().items():
        if name in UNSHOWN:
            continue
        label = capfirst(str(getattr(field, "verbose_name", name)))
        before, after = old.content.get(name), new.content.get(name)
        if isinstance(before, dict) or isinstance(after, dict):  # answers by the names of their fields
            parts = [value if isinstance(value, dict) else {} for value in (before, after)]
            yield from _pair_parts(record.name_parts(name), field, *parts)
        else:
            yield label, _in_words(field, before), _in_words(field, after)


def _pair_parts(
    names: Mapping[str, str], field: Any, before: dict[str, Any], after: dict[str, Any]
) -> Iterator[tuple[str, str, str]]:
    """Each answer by itself: those whose names are known in their order, then the others."""
    for key in dict.fromkeys((*names, *before, *after)):
        label = names.get(key) or capfirst(key.replace("-", " ").replace("_", " "))
        yield label, _in_words(field, before.get(key)), _in_words(field, after.get(key))


def _in_words(field: Any, value: Any) -> str:
    """As a person would write it."""
    locale = get_language() or "en"
    if value in (None, "", [], {}):
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(field, ForeignKey):
        return _called(field.related_model._default_manager.filter(pk=value).first())  # noqa: SLF001 - as public as _meta
    if field.name == "language":
        return language_name(value, locale)
    if isinstance(value, list):
        return in_a_row(country_name(code, locale) if code in COUNTRIES else code for code in value)
    choices: dict[Any, Any] = dict(field.flatchoices) if isinstance(field, Field) else {}
    return str(choices.get(value, value))


def _called(found: Any) -> str:
    """A history is read by everybody who reads the record: it names a person only as the world may."""
    return shown(found, None) if isinstance(found, Capacity) else str(found or "")
