"""Two texts beside each other: what somebody typed, and what stands there now."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Model
from django.utils.translation import get_language

from jukwaa.core.forms import Form
from jukwaa.core.lists import in_a_row
from jukwaa.places.countries import COUNTRIES, country_name
from jukwaa.places.languages import language_name


@dataclass(frozen=True)
class Row:
    label: str
    typed: str
    now: str


def rows_that_differ(form: Form, now: Mapping[str, object]) -> list[Row]:
    """`now` is what the form would begin with."""
    found = []
    for name, field in form.fields.items():
        if name in {"version", "seen", "on"} or name not in form.cleaned_data:
            continue
        typed, stands = _words(name, form.cleaned_data[name]), _words(name, now[name])
        if typed != stands:
            found.append(Row(str(field.label), typed, stands))
    return found


def _words(name: str, value: object) -> str:
    locale = get_language() or "en"
    if name == "country":
        return country_name(str(value), locale) if value in COUNTRIES else ""
    if name == "language":
        return language_name(str(value), locale)
    if name == "languages" and isinstance(value, list):
        return in_a_row(sorted(language_name(tag, locale) for tag in value))
    if name == "areas":
        return in_a_row(sorted(str(area) for area in value if isinstance(area, Model)))  # type: ignore[attr-defined]  # a list or a query
    return "\n".join(str(value).splitlines())  # browsers end lines in their own way
