"""The form of a new meeting that is filled in from its pasted agenda, published and announced at once."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jukwaa.meetings.forms_agenda_pasting import PastedAgendaForm
from jukwaa.meetings.forms_audience import InvitationAudienceForm
from jukwaa.meetings.forms_schedule import MeetingForm
from jukwaa.meetings.models import Meeting

FIRST_FIELDS = ("title", "starts_on", "start_time", "fold", "duration", "time_zone", "place", "joining_link", "label")


class AgendaMeetingForm(MeetingForm):
    """A meeting with two forms beside it: its agenda as text, and who is invited. All three are sent together.

    `everyone_number` is how many people are emailed if every member is invited; None if that is not known.
    """

    collects_personal_data = True

    def __init__(
        self,
        *args: Any,
        agenda: PastedAgendaForm,
        audience: InvitationAudienceForm,
        everyone_number: int | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, offers_observers=False, **kwargs)
        self.agenda, self.audience, self.everyone_number = agenda, audience, everyone_number
        self.fields["precision"].required = False
        for name in ("title", "place"):  # they are filled in: no example is needed
            self.fields[name].help_text = ""

    def is_valid(self) -> bool:
        return all([super().is_valid(), self.agenda.is_valid(), self.audience.is_valid()])

    @property
    def parts(self) -> list[tuple[Any, list[forms.BoundField], bool]]:
        names = [name for name, field in self.fields.items() if not field.widget.is_hidden]
        others = [name for name in names if name not in FIRST_FIELDS]
        return self.get_grouped_fields(
            [("", [name for name in FIRST_FIELDS if name in names]), (_("More about the meeting"), others)]
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        cleaned["precision"] = cleaned.get("precision") or Meeting.Precision.DAY
        if not cleaned.get("starts_on") and "starts_on" not in self.errors:
            cleaned["precision"] = Meeting.Precision.UNDECIDED
        return cleaned

    @property
    def recipient_number(self) -> int | None:
        """How many people are emailed with this choice, as the button says; None if that is not known."""
        audience = self.audience
        chosen = audience.cleaned_data.get("invites") if audience.is_bound and audience.is_valid() else None
        if chosen is None and audience.is_bound:
            return 0  # a wrong choice is corrected first, and then shown with its number
        invites = chosen or audience.initial["invites"]
        if invites == Meeting.Invites.EVERYONE:
            return self.everyone_number
        if invites == Meeting.Invites.NOBODY:
            return 0
        return len(audience.chosen) if audience.is_bound else len(audience.initial["people"])

    @property
    def has_seen_number(self) -> bool:
        seen: int | None = self.audience.cleaned_data.get("seen")
        return seen == self.recipient_number
