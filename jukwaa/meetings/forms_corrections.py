"""Forms of draft minutes that are corrected and approved, and of errata."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.capacities import CapacityChoice
from jukwaa.coalitions.forms.fields import DayField
from jukwaa.core.forms import Form
from jukwaa.drafting.models import Input
from jukwaa.meetings.actions.corrections import MAX_CORRECTION_LENGTH, CorrectionDecision, get_entry_text_as_written
from jukwaa.meetings.forms import ChathamHouseRuleForm
from jukwaa.meetings.forms_invitations import AttendeeCapacityForm
from jukwaa.meetings.meeting_choice import MeetingChoiceField
from jukwaa.meetings.models import CORRECTION_DISPOSITIONS, Correction, Meeting
from jukwaa.meetings.public_names import will_everyone_read_entries

APPROVAL_BY_SILENCE, APPROVAL_AT_MEETING = "silence", "meeting"
CORRECTION_PERIOD = timedelta(days=14)


class CirculateMinutesForm(Form):
    until = DayField(
        label=_("Corrections until"),
        required=True,
        help_text=_("Members can submit corrections until the end of this day."),
    )
    approval = forms.ChoiceField(
        label=_("How the minutes will be approved"),
        choices=[
            (APPROVAL_BY_SILENCE, _("After this date, if there are no open corrections")),
            (APPROVAL_AT_MEETING, _("At the next meeting")),
        ],
        widget=forms.RadioSelect,
        initial=APPROVAL_BY_SILENCE,
    )

    @staticmethod
    def get_initial() -> dict[str, Any]:
        return {"until": timezone.localdate() + CORRECTION_PERIOD, "approval": APPROVAL_BY_SILENCE}

    def get_deadline_and_silence(self) -> tuple[date, bool]:
        """Return the last day and whether silence approves: as entered, or as suggested where nothing valid is."""
        chosen = {**self.initial, **(self.cleaned_data if self.is_bound else {})}
        return chosen["until"], chosen["approval"] == APPROVAL_BY_SILENCE


class ApproveMinutesForm(Form):
    at_meeting = MeetingChoiceField(
        Meeting.objects.none(),
        label=_("Meeting at which the minutes were approved"),
        required=False,
        empty_label=_("Not approved at a meeting"),
    )

    def __init__(self, *args: Any, meetings: QuerySet[Meeting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["at_meeting"].queryset = meetings  # type: ignore[attr-defined]  # a ModelChoiceField


class CorrectionForm(ChathamHouseRuleForm, AttendeeCapacityForm):
    """`token` makes a second press of the button harmless."""

    SCREENED_FIELDS = guarded = ("body",)
    collects_personal_data = True
    field_order = ("body", "capacity")

    body = forms.CharField(
        label=_("What should be corrected?"),
        max_length=MAX_CORRECTION_LENGTH,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": _("Enter what should be corrected.")},
    )
    capacity = forms.ChoiceField(label=_("Who do you represent?"))
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, capacity_choices: Sequence[CapacityChoice], **kwargs: Any) -> None:
        kwargs["initial"] = {"token": uuid4(), **(kwargs.get("initial") or {})}
        super().__init__(*args, capacity_choices=capacity_choices, **kwargs)


class CorrectionDecisionForm(ChathamHouseRuleForm):
    """The decision on a correction, with how the entry or the erratum reads then."""

    SCREENED_FIELDS = guarded = ("reason", "text")
    PUBLIC_FIELDS = ("text",)

    disposition = forms.ChoiceField(
        label=_("Decision"),
        choices=[(each.value, each.label) for each in CORRECTION_DISPOSITIONS],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a decision on the correction.")},
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=MAX_CORRECTION_LENGTH,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("We will send the reason to the author of the correction. Members can also read the reason."),
        error_messages={"required": _("Enter a reason. We will send it to the author.")},
    )
    text = forms.CharField(required=False, max_length=MAX_CORRECTION_LENGTH, widget=forms.Textarea({"rows": 4}))
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, correction: Correction, **kwargs: Any) -> None:
        entry = correction.entry
        super().__init__(*args, meeting=correction.minutes.meeting, is_under_rule=correction.is_anonymous, **kwargs)
        self.fields["text"].label = _("Erratum") if correction.is_late else _("Text of the entry after the correction")
        self.fields["text"].help_text = _("Enter the new text only if you accept the correction, in full or in part.")
        if entry is None and correction.minutes.is_draft:
            del self.fields["text"]

    @staticmethod
    def get_initial(correction: Correction) -> dict[str, Any]:
        entry = correction.entry
        if not correction.minutes.is_draft:
            return {"text": correction.body}
        return {"text": get_entry_text_as_written(entry), "version": entry.version} if entry else {}

    @property
    def is_accepted(self) -> bool:
        return self.cleaned_data.get("disposition") in (Input.Answer.ACCEPTED, Input.Answer.IN_PART)

    def will_be_public(self, field_name: str) -> bool:  # noqa: ARG002 - the text of a correction is new to the public
        return self.is_accepted and will_everyone_read_entries(self.meeting)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.is_accepted and "text" in self.fields and not cleaned.get("text") and "text" not in self.errors:
            self.add_error("text", _("Enter the corrected text of the entry."))
        return cleaned

    def get_decision(self) -> CorrectionDecision:
        typed = self.cleaned_data
        return CorrectionDecision(
            typed["disposition"], typed["reason"], typed.get("text", ""), typed.get("version") or 0
        )


class ErratumForm(ChathamHouseRuleForm):
    SCREENED_FIELDS = PUBLIC_FIELDS = guarded = ("text",)
    collects_personal_data = True

    text = forms.CharField(
        label=_("Erratum"),
        max_length=MAX_CORRECTION_LENGTH,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Describe what is wrong and what is right. The approved text will not be changed."),
        error_messages={"required": _("Enter the text of the erratum.")},
    )
