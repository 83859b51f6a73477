"""Organisations and their names."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.actions import OrganisationFacts
from jukwaa.coalitions.actions.organisations import get_default_regional_group
from jukwaa.coalitions.directory import DirectoryFilters, get_filter_choices
from jukwaa.coalitions.forms.fields import (
    AreasField,
    CountryField,
    DayField,
    LanguagesField,
    RegionalGroupField,
    StakeholderField,
    build_text_field,
    set_area_choices,
)
from jukwaa.coalitions.models import AreaOfWork, Coalition, Organisation
from jukwaa.core.forms import Form
from jukwaa.places.former_countries import get_any_country_name
from jukwaa.places.languages import get_language_choices, get_language_name, get_language_tags
from jukwaa.places.regions import RegionalGroup, StakeholderGroup


class OrganisationForm(Form):
    name = forms.CharField(
        label=_("Name"), max_length=200, error_messages={"required": _("Enter the name of the organisation.")}
    )
    acronym = forms.CharField(label=_("Acronym"), max_length=40, required=False)
    country = CountryField()
    regional_group = RegionalGroupField()
    stakeholder_group = StakeholderField(initial=StakeholderGroup.UNKNOWN)
    areas = AreasField()
    languages = LanguagesField()
    website = forms.URLField(
        label=_("Website"),
        required=False,
        assume_scheme="https",
        error_messages={"invalid": _("Enter a web address, such as https://example.org.")},
    )
    about = build_text_field(_("What the organisation does"), required=False)

    def __init__(self, *args: Any, coalition: Coalition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_area_choices(self, coalition)

    def build_organisation_facts(self) -> OrganisationFacts:
        names = ("name", "acronym", "country", "regional_group", "stakeholder_group", "languages", "website", "about")
        kept = {name: self.cleaned_data[name] for name in names}
        return OrganisationFacts(**kept, areas=list(self.cleaned_data["areas"]))


class OrganisationChangeForm(OrganisationForm):
    """Carries the version that it was loaded with."""

    on = DayField(
        label=_("New name used since"),
        help_text=_("Only if you change the name. If you leave this empty, we will use today's date."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    field_order = ("name", "acronym", "on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        locale = get_language() or "en"
        stored_languages = self.initial["languages"]
        other_languages = [
            (tag, get_language_name(tag, locale)) for tag in stored_languages if tag not in get_language_tags()
        ]
        self.set_choices("languages", [*other_languages, *get_language_choices(locale)])

    @staticmethod
    def get_initial(organisation: Organisation) -> dict[str, Any]:
        names = ("name", "acronym", "country", "regional_group", "stakeholder_group", "languages", "website", "about")
        initial = {name: getattr(organisation, name) for name in names}
        followed_group = get_default_regional_group(organisation.country, organisation.stakeholder_group)
        if organisation.regional_group == followed_group:
            initial["regional_group"] = ""  # so that it follows if the country is corrected
        return initial | {"areas": list(organisation.areas.all()), "version": organisation.version}


class OrganisationNameForm(Form):
    name = forms.CharField(
        label=_("Name or acronym"), max_length=200, error_messages={"required": _("Enter a name or acronym.")}
    )
    starts_on = DayField(label=_("Used from"))
    ends_on = DayField(label=_("Used until"))


class DirectoryFilterForm(Form):
    """The filters of the directory. What is not a choice is left out, as an old link may hold it."""

    q = forms.CharField(label=_("Name"), required=False, max_length=100)
    country = forms.ChoiceField(label=_("Country"), required=False)
    group = forms.ChoiceField(
        label=_("Regional group"), required=False, choices=[("", _("All regional groups")), *RegionalGroup.choices]
    )
    stakeholders = forms.ChoiceField(
        label=_("Stakeholder group"),
        required=False,
        choices=[("", _("All stakeholder groups")), *StakeholderGroup.choices],
    )
    area = forms.ModelChoiceField(
        label=_("Area of work"), required=False, queryset=AreaOfWork.objects.none(), empty_label=_("All areas of work")
    )
    language = forms.ChoiceField(label=_("Language"), required=False)

    def __init__(self, *args: Any, coalition: Coalition, locale: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = get_filter_choices(coalition)
        countries = sorted((get_any_country_name(code, locale), code) for code in known["countries"])
        languages = sorted((get_language_name(tag, locale), tag) for tag in known["languages"])
        choices = (("country", _("All countries"), countries), ("language", _("All languages"), languages))
        for name, everything, named in choices:
            self.set_choices(name, [("", everything), *((value, label) for label, value in named)])
        area = self.fields["area"]
        assert isinstance(area, forms.ModelChoiceField)  # noqa: S101 - for the type alone
        area.queryset = coalition.areas.all()
        area.label_from_instance = lambda area: area.label  # type: ignore[method-assign,assignment]  # as Django documents it

    def build_directory_filters(self, who: str) -> DirectoryFilters:
        """Among members, where nobody chose; but words look through all."""
        self.is_valid()
        kept = {
            name: self.cleaned_data.get(name) or "" for name in ("q", "country", "group", "stakeholders", "language")
        }
        area = self.cleaned_data.get("area")
        who = who or ("all" if kept["q"] else "members")
        return DirectoryFilters(who=who, area=area.pk if area else None, **kept)
