"""The forms in which members reply to the invitation to a meeting, and check in to it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.capacities import CapacityChoice
from jukwaa.coalitions.models import Organisation
from jukwaa.core.forms import Form
from jukwaa.meetings.forms_attendance import AttendanceModeField
from jukwaa.meetings.models import Rsvp


class AttendeeCapacityForm(Form):
    """`choices` are the capacities in which the person can attend; with one there is nothing to choose."""

    capacity = forms.ChoiceField(
        label=_("Who do you represent?"),
        error_messages={
            "invalid_choice": _(
                "Choose who you represent. You can only represent an organisation once you are confirmed as its"
                " representative."
            )
        },
    )

    def __init__(self, *args: Any, capacity_choices: Sequence[CapacityChoice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices = capacity_choices
        self.fields["capacity"].choices = [(choice.value, choice.label) for choice in capacity_choices]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["capacity"].required = len(capacity_choices) > 1
        if len(capacity_choices) == 1 and self["capacity"].data in (None, "", capacity_choices[0].value):
            self.fields["capacity"].widget = forms.HiddenInput()

    def get_organisation(self) -> Organisation | None:
        chosen = self.cleaned_data["capacity"] or self.choices[0].value
        return next(choice.organisation for choice in self.choices if choice.value == chosen)


class InvitationReplyForm(AttendeeCapacityForm):
    answer = forms.ChoiceField(label=_("Will you attend?"), choices=Rsvp.Answer, widget=forms.RadioSelect)
    consent = forms.BooleanField(
        label=_("I agree that the person under 18 for whom I am the adult contact may attend this meeting"),
        required=False,
        help_text=_("The person will not be named in the attendance list or the minutes."),
    )
    whole_series = forms.BooleanField(
        label=_("Use this reply for the later meetings of this series too"),
        required=False,
        help_text=_("You can still change your reply to each later meeting."),
    )

    field_order = ("answer", "capacity", "consent", "whole_series")

    def __init__(self, *args: Any, is_guardian: bool = False, has_later_meetings: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_guardian:
            del self.fields["consent"]
        if not has_later_meetings:
            del self.fields["whole_series"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        is_coming = cleaned.get("answer") in (Rsvp.Answer.YES, Rsvp.Answer.MAYBE)
        if is_coming and "consent" in self.fields and not cleaned.get("consent"):
            self.add_error("consent", _("Select this box to agree, or reply that the person will not attend."))
        return cleaned


class CheckInForm(AttendeeCapacityForm):
    """A button, a choice for those who can attend in more than one capacity, and whether they are in the room."""

    mode = AttendanceModeField(
        label=_("Are you in the room or online?"), help_text=_("Choose “online” also if you are on the phone.")
    )
