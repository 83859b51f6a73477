"""Saying something to an observation, and which observations are looked at."""

import uuid
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.capacities import CapacityChoice
from jukwaa.coalitions.models import AreaOfWork, Organisation
from jukwaa.core.forms import Form
from jukwaa.core.safeguards.forms import ScreenedForm
from jukwaa.places.regions import UN_REGIONAL_GROUPS
from jukwaa.regions.models import Voice

MAX_TEXT_LENGTH = 10_000


class ChangeVoiceForm(ScreenedForm):
    """For whom it was said stays as it was. `token` makes a second press of the button harmless."""

    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("words",)
    CONDITIONAL_FIELDS: ClassVar[tuple[str, ...]] = ("words",)

    says = forms.ChoiceField(
        label=_("What do you observe in your country or region?"),
        choices=Voice.Says,
        widget=forms.RadioSelect(),
        error_messages={
            "required": _("Choose whether you observe the same thing, add something or see it differently.")
        },
    )
    words = forms.CharField(
        label=_("Comment"),
        required=False,
        max_length=MAX_TEXT_LENGTH,
        widget=forms.Textarea({"rows": 6}),
        help_text=_(
            "Describe what you observe, since when, and how you know it. If you observe the same thing, you do not "
            "need to add anything."
        ),
    )
    token = forms.UUIDField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"token": uuid.uuid4(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        silent = not cleaned.get("words") and "words" not in self.errors
        if silent and cleaned.get("says") in (Voice.Says.ADDS, Voice.Says.DIFFERS):
            self.add_error("words", gettext("Describe what you add, or what you see differently."))
        return cleaned

    def get_action_arguments(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("says", "words", "token")}


class VoiceForm(ChangeVoiceForm):
    capacity = forms.ChoiceField(label=_("Who do you represent?"), required=False)

    def __init__(self, *args: Any, capacity_choices: Sequence[CapacityChoice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {choice.value: choice.organisation for choice in capacity_choices}
        capacity = self.fields["capacity"]
        assert isinstance(capacity, forms.ChoiceField)  # noqa: S101 - for the type alone
        capacity.choices = [(choice.value, choice.label) for choice in capacity_choices]
        if len(capacity_choices) == 1:  # nothing to choose, and still said
            capacity.widget = forms.HiddenInput()
            self.fields["words"].label = gettext("Comment (%(for)s)") % {"for": capacity_choices[0].label}

    def get_organisation(self) -> Organisation | None:
        """For whom they speak; None is on their own."""
        return self.offered[self.cleaned_data.get("capacity") or next(iter(self.offered))]

    def get_action_arguments(self) -> dict[str, Any]:
        return {**super().get_action_arguments(), "organisation": self.get_organisation()}


class ObservationFilterForm(Form):
    """All of them, where nothing is chosen; what is not understood is as good as nothing."""

    region = forms.ChoiceField(label=_("Region"), required=False)
    area = forms.ChoiceField(label=_("Area of work"), required=False)

    def __init__(self, query_data: QueryDict, *, areas_of_work: Iterable[AreaOfWork], **kwargs: Any) -> None:
        super().__init__(query_data, **kwargs)
        self.areas = {str(area.pk): area for area in areas_of_work}
        offered: dict[str, list[tuple[str, Any]]] = {
            "region": [("", _("All regions")), *((group.value, group.label) for group in UN_REGIONAL_GROUPS)],
            "area": [("", _("All areas of work")), *((pk, area.label) for pk, area in self.areas.items())],
        }
        for name, choices in offered.items():
            field: Any = self.fields[name]
            field.choices = choices
        self.is_valid()

    @property
    def chosen_region(self) -> str:
        return str(self.cleaned_data.get("region") or "")

    @property
    def chosen_area(self) -> AreaOfWork | None:
        return self.areas.get(self.cleaned_data.get("area", ""))
