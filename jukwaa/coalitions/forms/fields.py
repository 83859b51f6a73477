"""Fields that several forms share."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import F, QuerySet, TextField, Value
from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.forms.typed_dates import parse_typed_date
from jukwaa.coalitions.imports.dates import AmbiguousDateError, InvalidDateError
from jukwaa.coalitions.models import AreaOfWork, Coalition, Organisation
from jukwaa.coalitions.organisation_matching import OrganisationDirectory
from jukwaa.core.dates import format_long_date
from jukwaa.core.list_formatting import join_with_separator
from jukwaa.core.safeguards import SafeguardHit, find_names_in_role
from jukwaa.places.countries import COUNTRIES_BY_CODE, get_country_choices
from jukwaa.places.former_countries import get_any_country_name
from jukwaa.places.languages import get_language_choices
from jukwaa.places.regions import RegionalGroup, StakeholderGroup

EXAMPLE_DAY = date(2026, 3, 31)


def _build_invalid_day_message() -> str:
    return gettext("Enter a date such as %(example)s or 2026-03-31.") % {"example": format_long_date(EXAMPLE_DAY)}


ISO_DATE_PATTERN = re.compile(r"\d{4}-\d{2}-\d{2}")


class DayField(forms.DateField):
    """A day, with the calendar that the browser has. A field without one takes what people type in the page's language.

    In English, 12/01/2027 would be a guess: refused, with the two days that it could be.
    """

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("widget", forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
        kwargs["error_messages"] = {"invalid": lazy(_build_invalid_day_message, str)()} | kwargs.get(
            "error_messages", {}
        )
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> date | None:
        if not isinstance(value, str):
            return super().to_python(value)
        if ISO_DATE_PATTERN.fullmatch(value.strip()):  # from the calendar of a browser
            return super().to_python(value)
        try:
            parsed = parse_typed_date(value)
        except AmbiguousDateError as error:
            raise ValidationError(str(error), code="ambiguous") from error
        except InvalidDateError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error
        if parsed is not None and parsed.precision != "day":
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return parsed.day if parsed else None


UNKNOWN_COUNTRY_MESSAGE = _(
    "Choose a country or territory from the list. For work in many countries or worldwide, choose “not stated”."
)


class CountryField(forms.TypedChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("label", _("Country"))
        kwargs["error_messages"] = {"invalid_choice": UNKNOWN_COUNTRY_MESSAGE, **kwargs.get("error_messages", {})}
        super().__init__(choices=_build_country_choices, **kwargs)

    def keep(self, country_code: str) -> None:
        """What was a country when it was written can stay as it is."""
        self.choices = [*build_former_country_choices([country_code]), *_build_country_choices()]


def build_former_country_choices(country_codes: Iterable[str]) -> list[tuple[str, str]]:
    """Of these codes, those that are no country's today, for a form in which they stand already."""
    return [
        (code, gettext("%(code)s, no longer a country") % {"code": get_any_country_name(code, get_language() or "en")})
        for code in country_codes
        if code and code not in COUNTRIES_BY_CODE
    ]


class LanguagesField(forms.MultipleChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("label", _("Languages"))
        kwargs.setdefault("help_text", _("To choose more than one, hold Ctrl (Cmd on a Mac)."))
        kwargs.setdefault("widget", forms.SelectMultiple(attrs={"size": 6}))
        super().__init__(choices=lambda: get_language_choices(get_language() or "en"), **kwargs)


class StakeholderField(forms.ChoiceField):
    """Whoever speaks of themselves chooses; whoever enters others may not know."""

    def __init__(self, *, requires_choice: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Stakeholder group"))
        kwargs.setdefault("error_messages", {"required": _("Choose the group that fits best.")})
        known = [choice for choice in StakeholderGroup.choices if choice[0] != StakeholderGroup.UNKNOWN]
        super().__init__(
            choices=[("", _("Choose a stakeholder group")), *known] if requires_choice else StakeholderGroup.choices,
            **kwargs,
        )


class RegionalGroupField(forms.ChoiceField):
    """Empty means the group of the country: most people need not know what groups there are."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Regional group"))
        kwargs.setdefault(
            "help_text",
            _(
                "We count the organisation in the group that you choose, even if its country is in another group. If "
                "it belongs to 2 groups, choose one of them. If it works worldwide, choose no country, and we will "
                "not count it in any group."
            ),
        )
        super().__init__(
            required=False, choices=[("", _("Regional group of the country")), *RegionalGroup.choices], **kwargs
        )


class AreasField(forms.ModelMultipleChoiceField[AreaOfWork]):
    """The coalition is given when the form is made: see `set_area_choices`."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("label", _("Areas of work"))
        super().__init__(queryset=AreaOfWork.objects.none(), widget=forms.CheckboxSelectMultiple(), **kwargs)

    def offer(self, coalition: Coalition) -> None:
        """The coalition's own areas, then what it took over from elsewhere, each under its heading."""
        self.queryset = coalition.areas.all()
        groups: dict[str, list[tuple[int, str]]] = {AreaOfWork.Scheme.COALITION: []}
        for area in self.queryset:
            groups.setdefault(area.scheme, []).append((area.pk, area.label))
        filled = [(capfirst(AreaOfWork.Scheme(scheme).label), areas) for scheme, areas in groups.items() if areas]
        self.choices = filled[0][1] if len(filled) == 1 else filled


def set_area_choices(form: forms.Form, coalition: Coalition) -> None:
    field = form.fields["areas"]
    assert isinstance(field, AreasField)  # noqa: S101 - for the type alone
    field.offer(coalition)


class PositionField(forms.CharField):
    """What somebody is, in words: a `ScreenedForm` warns once if a person's name is typed instead."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", pgettext_lazy("job", "Position"))
        kwargs.setdefault("required", False)
        super().__init__(**{"max_length": 120, **kwargs})
        self.among: Callable[[], QuerySet[Person]] = Person.objects.none

    def find_hits(self, text: str) -> list[SafeguardHit]:
        """Return the names in it. Of people who are known here, those alone whom the writer finds in the directory."""
        if not text.strip():
            return []
        named = self.among().exclude(name="").annotate(typed=Value(text, output_field=TextField()))
        return find_names_in_role(text, named.filter(typed__icontains=F("name")).values_list("name", flat=True)[:20])


def set_name_candidates(form: forms.BaseForm, get_candidates: Callable[[], QuerySet[Person]]) -> None:
    """Let the fields of a form that ask for a role or a position know whom the writer finds in the directory."""
    for field in form.fields.values():
        if isinstance(field, PositionField):
            field.among = get_candidates


class RoleField(PositionField):
    """Whom to ask or to reach, by role: it takes no address and no number."""

    MAX_DIGITS = 5  # a telephone number has more

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Contact (role only)"))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        role = str(super().clean(value))
        if "@" in role or sum(letter.isdigit() for letter in role) > self.MAX_DIGITS:
            raise ValidationError(gettext("Enter only a role, without an email address or phone number."))
        return role


def _build_country_choices() -> list[tuple[str, str]]:
    return [("", str(_("not stated"))), *get_country_choices(get_language() or "en")]


def build_text_field(label: Any, *, required: bool = True, max_length: int = 2000, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, required=required, max_length=max_length, widget=forms.Textarea(), **kwargs)


def find_organisations_by_name(organisation_names: list[str], coalition: Coalition) -> list[Organisation]:
    """Those of the directory with these names. Raises ValidationError with the names that it does not know."""
    if not organisation_names:
        return []
    known = OrganisationDirectory.of(coalition)
    found = {name: number for name in organisation_names if (number := known.find_exact_match(name))}
    if unknown := [name for name in organisation_names if name not in found]:
        raise ValidationError(
            gettext(
                "Enter each name as it appears in the directory. These names were not found, or match more than one"
                " organisation: %(names)s."
            )
            % {"names": join_with_separator(unknown, ";")}
        )
    return [Organisation.objects.get(pk=number) for number in found.values()]
