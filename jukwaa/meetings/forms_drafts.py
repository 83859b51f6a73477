"""The drafts of meetings that can be published together."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jukwaa.core.forms import Form
from jukwaa.meetings.forms_audience import NOBODY_LABEL, choose_initial_invites, format_everyone_label
from jukwaa.meetings.models import Meeting


class DraftPublishingForm(Form):
    """The meetings to publish. At first, all are selected."""

    chosen = forms.MultipleChoiceField(
        label=_("Draft meetings"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Select at least one meeting."),
            "invalid_choice": _("Select the meetings again. One of them is no longer a draft."),
        },
    )

    invites = forms.ChoiceField(
        label=_("Who should be invited?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who should be invited.")},
    )

    def __init__(self, *args: Any, drafts: Sequence[Meeting], everyone_number: int, **kwargs: Any) -> None:
        numbers = [str(meeting.pk) for meeting in drafts]
        invites = choose_initial_invites(drafts, can_wait=True)
        super().__init__(*args, initial={"chosen": numbers, "invites": invites}, **kwargs)
        self.drafts = drafts
        choices = [(Meeting.Invites.EVERYONE, format_everyone_label(everyone_number))]
        self.set_choices("invites", [*choices, (Meeting.Invites.NOBODY, NOBODY_LABEL)])
        self.set_choices("chosen", [(str(meeting.pk), meeting.title) for meeting in drafts])

    def get_draft_rows(self) -> list[tuple[Meeting, bool]]:
        """Each draft, and whether it is selected."""
        chosen = self["chosen"].value() or []
        return [(meeting, str(meeting.pk) in chosen) for meeting in self.drafts]

    def get_selected_drafts(self) -> list[Meeting]:
        return [meeting for meeting in self.drafts if str(meeting.pk) in self.cleaned_data["chosen"]]
