"""The form in which several agenda items are pasted as text. They are shown before they are added."""

import hashlib
from typing import Any, ClassVar

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from jukwaa.core.refusals import ActionRefused
from jukwaa.core.safeguards.forms import copy_form_data_with_value
from jukwaa.core.safeguards.screen import SafeguardHit
from jukwaa.meetings.agenda import DisplayedAgendaItem
from jukwaa.meetings.agenda_lines import list_left_out_lines, normalize_agenda_line
from jukwaa.meetings.agenda_pasting import PastedItem, read_pasted_agenda
from jukwaa.meetings.forms import MeetingRelatedForm
from jukwaa.meetings.models import Part
from jukwaa.meetings.public_names import will_everyone_read_meeting

MAX_PASTED_ITEMS = 40
MAX_PASTED_LENGTH = 10_000  # characters
MAX_TITLE_LENGTH = 200  # as the title of `Part`


class LinesBesideItemsField(forms.MultipleChoiceField):
    """The lines of the text that are no items. One that is no longer in the text is ignored."""

    widget = forms.CheckboxSelectMultiple

    def valid_value(self, value: Any) -> bool:  # noqa: ARG002 - see above
        return True


class PastedAgendaForm(MeetingRelatedForm):
    """`pasted_items` are the items that the text describes. `previewed` says of which text they have been shown."""

    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("text",)
    PUBLIC_FIELDS: ClassVar[tuple[str, ...]] = ("text",)
    collects_personal_data = True

    # Read before the text, which needs it.
    added_lines = LinesBesideItemsField(
        label=_("Lines left out"),
        required=False,
        help_text=_("These lines do not look like agenda items. To add a line to the agenda, select it."),
    )
    text = forms.CharField(
        label=_("Agenda items"),
        max_length=MAX_PASTED_LENGTH,
        widget=forms.Textarea({"rows": 12}),
        help_text=format_lazy(
            _(
                "One item on each line, at most {limit}, with times such as 14:00-14:10 or 10 min, and presenters. Do"
                " not name anyone under 18."
            ),
            limit=MAX_PASTED_ITEMS,
        ),
        error_messages={"required": _("Enter at least one agenda item.")},
    )
    previewed = forms.CharField(required=False, max_length=24, widget=forms.HiddenInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pasted_items: list[PastedItem] = []
        lines = list_left_out_lines(str(self.data.get(self.add_prefix("text"), ""))[:MAX_PASTED_LENGTH])
        if lines:
            self.fields["added_lines"].choices = [(line, line) for line in lines]  # type: ignore[attr-defined]
        else:
            del self.fields["added_lines"]

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        try:
            items = read_pasted_agenda(self.meeting.coalition, text, kept_lines=self._get_added_lines())
        except ActionRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        _require_acceptable_items(items)
        self.pasted_items = items
        return text

    def _get_added_lines(self) -> set[str]:
        return set(self.cleaned_data.get("added_lines", []))

    def will_be_public(self, field_name: str) -> bool:
        return field_name in self.changed_data and will_everyone_read_meeting(self.meeting)

    def find_withheld(self, text: str, field_name: str) -> list[tuple[int, int]]:  # noqa: ARG002 - see the base class
        """Everyone reads the titles of the items alone: presenters are named as everywhere else."""
        between, end = [], 0
        for item in self.pasted_items:
            start = text.find(item.title, end)
            if start < 0:
                return []
            between.append((end, start))
            end = start + len(item.title)
        return [*between, (end, len(text))]

    def find_field_hits(self, name: str, text: str) -> list[SafeguardHit]:
        """Lines that are left out are not stored, such as the addresses above an email."""
        left_out = {*list_left_out_lines(text)} - self._get_added_lines()
        return [hit for hit in super().find_field_hits(name, text) if _get_line_at(text, hit.start) not in left_out]

    def needs_preview(self) -> bool:
        """Whether the form goes back with the items of its text, which its writer has not seen yet."""
        text = self._get_field_text("text").strip()  # it is no clean value while marked words are shown
        shown = "\n".join([text, *sorted(self._get_added_lines())])
        digest = hashlib.sha256(shown.encode()).hexdigest()[:24]
        if self.cleaned_data.get("previewed") == digest:
            return False
        self.data = copy_form_data_with_value(self.data, self.add_prefix("previewed"), digest)
        return True

    @property
    def displayed_items(self) -> list[DisplayedAgendaItem]:
        return [
            DisplayedAgendaItem(
                number=number,
                part=Part(title=item.title, minutes=item.minutes, **item.details),
                presenter=item.presenter_name,
                papers=[],
                about=None,
                can_move_up=False,
            )
            for number, item in enumerate(self.pasted_items, 1)
        ]

    @property
    def private_remarks(self) -> list[str]:
        """Return what the titles say that perhaps not everyone who is invited should read."""
        return list(dict.fromkeys(remark for item in self.pasted_items for remark in item.private_remarks))

    @property
    def planned_minutes(self) -> int:
        return sum(item.minutes or 0 for item in self.pasted_items)


def _get_line_at(text: str, position: int) -> str:
    return normalize_agenda_line(f"{text[:position].rpartition('\n')[2]}{text[position:].partition('\n')[0]}")


def _require_acceptable_items(items: list[PastedItem]) -> None:
    """Raise ValidationError for no items or too many, and for a title that is too long or comes twice."""
    if not items:
        raise forms.ValidationError(gettext("Enter at least one agenda item."))
    if (number := len(items)) > MAX_PASTED_ITEMS:
        sentence = ngettext(
            "Remove %(more)s line. You can add up to %(limit)s items at once.",
            "Remove %(more)s lines. You can add up to %(limit)s items at once.",
            number - MAX_PASTED_ITEMS,
        )
        raise forms.ValidationError(sentence % {"more": number - MAX_PASTED_ITEMS, "limit": MAX_PASTED_ITEMS})
    titles: set[str] = set()
    for item in items:
        if len(item.title) > MAX_TITLE_LENGTH:
            sentence = gettext("Shorten the line that begins with “%(start)s…” to %(limit)s characters.")
            raise forms.ValidationError(sentence % {"start": item.title[:60], "limit": MAX_TITLE_LENGTH})
        if item.title in titles:
            raise forms.ValidationError(
                gettext("Change one of the lines with the title “%(item)s”. Each item needs its own title.")
                % {"item": item.title}
            )
        titles.add(item.title)
