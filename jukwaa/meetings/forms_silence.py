"""The form in which a decision by silence procedure is proposed."""

from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from jukwaa.drafting.actions.clauses import MAX_CLAUSE_LENGTH
from jukwaa.drafting.forms.agreement import CallClosingForm
from jukwaa.meetings.meeting_choice import MeetingChoiceField
from jukwaa.meetings.models import Meeting
from jukwaa.records.models import Record


class DecisionProposalForm(CallClosingForm):
    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("text",)

    text = forms.CharField(
        label=_("Text of the decision"),
        max_length=MAX_CLAUSE_LENGTH,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("Enter the exact wording. If you change the substance later, a new full period starts."),
        error_messages={"required": _("Enter the text of the decision.")},
    )
    meeting = MeetingChoiceField(
        Meeting.objects.none(),
        label=_("Meeting linked to the decision"),
        empty_label=None,
        help_text=_("Everyone who can read the minutes of this meeting will be able to read the decision."),
        error_messages={"required": _("Choose a meeting."), "invalid_choice": _("Choose one of these meetings.")},
    )

    field_order = ("text", "closes_on", "meeting")

    def __init__(self, *args: Any, meetings: QuerySet[Meeting], **kwargs: Any) -> None:
        super().__init__(*args, is_decision=True, **kwargs)
        self.fields["meeting"].queryset = meetings  # type: ignore[attr-defined]  # a ModelChoiceField

    @staticmethod
    def get_initial(meeting: Meeting | None, origin_record: Record | None) -> dict[str, Any]:
        text = getattr(origin_record.whole(), "text", "") if origin_record else ""
        return {"meeting": meeting, "text": text}
