"""Which candidates are looked for, and the role that they would be invited to."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jukwaa.coalitions.directory import get_filter_choices
from jukwaa.coalitions.models import Coalition
from jukwaa.core.forms import Form
from jukwaa.core.list_formatting import join_with_separator
from jukwaa.places.languages import get_language_name
from jukwaa.places.regions import RegionalGroup, StakeholderGroup
from jukwaa.proposals.candidates import CandidateFilter
from jukwaa.proposals.participant_models import ParticipantRole
from jukwaa.search.search_requests import load_areas_of_work

ALL_CANDIDATES_CHOICE = ("", pgettext_lazy("filter", "All"))
REGION_CHOICES = [(each.value, each.label) for each in RegionalGroup if each != RegionalGroup.UNKNOWN]
GROUP_CHOICES = [(each.value, each.label) for each in StakeholderGroup if each != StakeholderGroup.UNKNOWN]


class CandidateSearchForm(Form):
    """What is not a choice is left out, as an old link may hold it."""

    region = forms.ChoiceField(
        label=_("Regional group"), required=False, choices=[ALL_CANDIDATES_CHOICE, *REGION_CHOICES]
    )
    group = forms.ChoiceField(
        label=_("Stakeholder group"), required=False, choices=[ALL_CANDIDATES_CHOICE, *GROUP_CHOICES]
    )
    area = forms.ChoiceField(label=_("Area of work"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    role = forms.ChoiceField(label=_("Role in the session"), required=False, choices=ParticipantRole.choices)
    new = forms.BooleanField(label=_("Only people and organisations that are new to the coalition"), required=False)

    def __init__(self, form_data: Any, *, coalition: Coalition, interface_language: str) -> None:
        super().__init__(self._add_default_role(form_data))
        self._locale = interface_language
        languages = sorted(
            (get_language_name(tag, interface_language), tag) for tag in get_filter_choices(coalition)["languages"]
        )
        self.set_choices("language", [ALL_CANDIDATES_CHOICE, *((tag, name) for name, tag in languages)])
        self._area_labels = {str(area.pk): area.label for area in load_areas_of_work(coalition)}
        self.set_choices("area", [ALL_CANDIDATES_CHOICE, *self._area_labels.items()])
        self.is_valid()

    @staticmethod
    def _add_default_role(form_data: Any) -> Any:
        """Return what was asked, for a speaker where no role is named."""
        completed = form_data.copy()
        completed.setdefault("role", ParticipantRole.SPEAKER)
        return completed

    @property
    def candidate_filter(self) -> CandidateFilter:
        found = self.cleaned_data
        return CandidateFilter(
            region=found.get("region", ""),
            stakeholder_group=found.get("group", ""),
            area=int(found["area"]) if found.get("area") else None,
            language=found.get("language", ""),
            is_new=found.get("new", False),
        )

    @property
    def chosen_filters_label(self) -> str:
        """Return the filters that were chosen, as the page shows them; the role narrows nothing."""
        found = self.cleaned_data
        language = found.get("language")
        chosen = [
            dict(REGION_CHOICES).get(found.get("region", "")),
            dict(GROUP_CHOICES).get(found.get("group", "")),
            self._area_labels.get(found.get("area", "")),
            get_language_name(language, self._locale) if language else "",
            self.fields["new"].label if found.get("new") else "",
        ]
        return join_with_separator((each for each in chosen if each), ";")

    @property
    def requested_role(self) -> str:
        return str(self.cleaned_data.get("role") or ParticipantRole.SPEAKER)
