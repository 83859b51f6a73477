"""Which part of the coverage is looked at."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.models import AreaOfWork
from jukwaa.core.forms import Form
from jukwaa.places.regions import StakeholderGroup
from jukwaa.regions.participation_counts import CoverageFilter

_ALL_LABELS = {
    "year": _("All years"),
    "stakeholder": _("All stakeholder groups"),
    "area": _("All areas of work"),
}


class CoverageForm(Form):
    """Everything, where nothing is chosen; what is not understood is as good as nothing."""

    year = forms.IntegerField(label=_("Year"), required=False, min_value=1, max_value=9999, widget=forms.Select())
    stakeholder = forms.ChoiceField(label=_("Stakeholder group"), required=False)
    area = forms.ChoiceField(label=_("Area of work"), required=False)

    def __init__(self, query_data: QueryDict, *, areas_of_work: Iterable[AreaOfWork], **kwargs: Any) -> None:
        super().__init__(query_data, **kwargs)
        self.areas = {str(area.pk): area for area in areas_of_work}
        self._set_field_choices("stakeholder", StakeholderGroup.choices)
        self._set_field_choices("area", [(pk, area.label) for pk, area in self.areas.items()])

    def set_year_choices(self, years: Iterable[int]) -> None:
        """Those in which there is anything: known once it is counted."""
        asked = self.cleaned_data.get("year")
        self._set_field_choices(
            "year", [(year, str(year)) for year in sorted({*years, *([asked] if asked else [])}, reverse=True)]
        )

    def _set_field_choices(self, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
        field: Any = self.fields[name]
        offered = [("", _ALL_LABELS[name]), *choices]
        field.widget.choices = offered
        if isinstance(field, forms.ChoiceField):
            field.choices = offered

    def build_coverage_filter(self) -> CoverageFilter:
        self.is_valid()
        stakeholder = self.cleaned_data.get("stakeholder")
        return CoverageFilter(
            self.cleaned_data.get("year"),
            StakeholderGroup(stakeholder) if stakeholder else None,
            self.areas.get(self.cleaned_data.get("area", "")),
        )
