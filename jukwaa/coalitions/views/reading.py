"""Two texts beside each other: what somebody typed, and what stands there now."""

from dataclasses import dataclass

from django.db.models import Model
from django.utils.translation import get_language

from jukwaa.coalitions.forms.organisations import OrganisationChangeForm
from jukwaa.coalitions.models import Organisation
from jukwaa.places.countries import COUNTRIES, country_name
from jukwaa.places.languages import language_name


@dataclass(frozen=True)
class Row:
    label: str
    typed: str
    now: str


def rows_that_differ(form: OrganisationChangeForm, current: Organisation) -> list[Row]:
    now = OrganisationChangeForm.initial_of(current)
    found = []
    for name, field in form.fields.items():
        if name in {"version", "on"} or name not in form.cleaned_data:
            continue
        typed, stands = _words(name, form.cleaned_data[name]), _words(name, now[name])
        if typed != stands:
            found.append(Row(str(field.label), typed, stands))
    return found


def _words(name: str, value: object) -> str:
    locale = get_language() or "en"
    if name == "country":
        return country_name(str(value), locale) if value in COUNTRIES else ""
    if name == "languages" and isinstance(value, list):
        return ", ".join(sorted(language_name(tag, locale) for tag in value))
    if name == "areas":
        return ", ".join(sorted(str(area) for area in value if isinstance(area, Model)))  # type: ignore[attr-defined]  # a list or a query
    return str(value)
