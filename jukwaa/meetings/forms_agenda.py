"""Forms of an agenda: its items, their papers, suggestions, copies, and the updates from members."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.urls import Resolver404, resolve, reverse
from django.utils.html import format_html
from django.utils.text import format_lazy
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.capacities import INDIVIDUAL_CAPACITY_VALUE, CapacityChoice
from jukwaa.coalitions.display_names import get_display_name
from jukwaa.coalitions.forms.fields import DayField
from jukwaa.coalitions.models import Organisation
from jukwaa.coalitions.models.people import Viewer
from jukwaa.coalitions.standing import Standing
from jukwaa.core.forms import Form
from jukwaa.core.safeguards.forms import ScreenedForm
from jukwaa.meetings.agenda_suggestions import AgendaSuggestion
from jukwaa.meetings.forms import DIRECTORY_WIDGET_ATTRS, MeetingRelatedForm
from jukwaa.meetings.models import MAX_UPDATE_LENGTH, Meeting, MemberUpdate, Paper, Part
from jukwaa.meetings.public_names import will_everyone_read_meeting
from jukwaa.records.models import Attachment, Record, State

MAX_ITEM_MINUTES = 600


class AgendaItemForm(MeetingRelatedForm):
    """A new agenda item, or changes to one. What is left empty is not decided yet."""

    SCREENED_FIELDS = PUBLIC_FIELDS = ("title",)
    collects_personal_data = True

    title = forms.CharField(label=_("Title"), max_length=200)
    purpose = forms.ChoiceField(
        label=pgettext_lazy("of an agenda item", "Purpose"),
        required=False,
        choices=[("", _("Not stated")), *Part.Purpose.choices],
    )
    minutes = forms.IntegerField(
        label=_("Planned length in minutes"), required=False, min_value=1, max_value=MAX_ITEM_MINUTES
    )
    presenter = forms.CharField(
        label=_("Presenter"),
        required=False,
        max_length=250,
        widget=forms.TextInput(DIRECTORY_WIDGET_ATTRS),
        help_text=_("Enter the name of an organisation or a person. Do not name anyone under 18."),
    )
    is_standing = forms.BooleanField(
        label=_("Standing item"), required=False, help_text=_("We will suggest this item for the next meeting.")
    )
    chatham = forms.BooleanField(
        label=_("Hold this item under the Chatham House Rule"),
        required=False,
        help_text=_("The minutes of this item will not name anyone."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, initial=1)

    def __init__(self, *args: Any, part: Part | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if part is not None and part.holds_updates:
            for name in ("chatham", "presenter", "is_standing"):
                del self.fields[name]

    def will_be_public(self, field_name: str) -> bool:
        return field_name in self.changed_data and will_everyone_read_meeting(self.meeting)

    @staticmethod
    def get_initial(agenda_item: Part, viewer_standing: Standing) -> dict[str, Any]:
        names = ("title", "purpose", "minutes", "is_standing", "chatham", "version")
        presenter = get_display_name(agenda_item.presenter, viewer_standing) if agenda_item.presenter else ""
        return {name: getattr(agenda_item, name) for name in names} | {"presenter": presenter}

    def get_changes(self) -> dict[str, Any]:
        """What was typed. A presenter who stays keeps the capacity in which they were recorded."""
        changes = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        if changes.get("presenter") == self.initial.get("presenter", ""):
            changes.pop("presenter", None)
        elif "presenter" in changes:
            changes["presenter"] = self.get_voice_of_field("presenter")
        return changes


class EditedVersionForm(Form):
    """A button that acts on a version, such as removing an item."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class AgendaPaperForm(Form):
    """A paper: a file of the meeting, a record of the coalition, or one that is still to come."""

    title = forms.CharField(label=_("Title"), max_length=200)
    attachment = forms.ModelChoiceField(
        Attachment.objects.none(),
        label=_("File attached to this meeting"),
        required=False,
        empty_label=_("No file"),
    )
    record = forms.CharField(
        label=_("Address of a page on this site"),
        required=False,
        max_length=400,
        help_text=_("Open the document or library item and copy its address here."),
    )
    due_on = DayField(
        label=_("Due date"),
        help_text=_("Members can see which papers are late. The public cannot."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, initial=1)

    def __init__(self, *args: Any, meeting: Meeting, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meeting, self.viewer = meeting, viewer
        files = Attachment.objects.filter(record=meeting.pk).defer("text", "pages", "hits")
        self.fields["attachment"].queryset = files  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["attachment"].help_text = format_html(
            '<a href="{}">{}</a>',
            reverse("records:attachment_add", args=[meeting.coalition.slug, meeting.pk]),
            gettext("First attach the file to the meeting, then choose it here."),
        )

    @staticmethod
    def get_initial(agenda_paper: Paper) -> dict[str, Any]:
        address = agenda_paper.record.get_absolute_url() if agenda_paper.record else ""
        said = {name: getattr(agenda_paper, name) for name in ("title", "due_on", "version")}
        return said | {"attachment": agenda_paper.attachment_id, "record": address}

    def clean_record(self) -> Record | None:
        address: str = self.cleaned_data["record"].strip()
        if not address:
            return None
        record = find_record_by_url(self.meeting, self.viewer, address)
        if record is None:
            raise ValidationError(
                gettext("Enter the address of a published document or library item of this coalition.")
            )
        return record

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("attachment") and cleaned.get("record"):
            self.add_error("record", gettext("Choose a file or enter an address, not both."))
        return cleaned


def find_record_by_url(meeting: Meeting, viewer: Viewer, address: str) -> Record | None:
    """Return the published record whose page is at this address, if the viewer may read it."""
    path = urlsplit(address).path
    try:
        number = resolve(path).kwargs.get("pk")
    except Resolver404:
        return None
    readable = Record.objects.visible_to(viewer).of(meeting.coalition).filter(state=State.PUBLISHED)
    record = readable.filter(pk=number).first() if isinstance(number, int) else None
    if record is None:
        return None
    record.coalition = meeting.coalition
    return record if record.get_absolute_url() == path else None


class AgendaSuggestionForm(Form):
    """Items to choose from; each box has the reason beside it."""

    chosen = forms.MultipleChoiceField(
        label=_("Suggested items"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Select at least one suggestion."),
            "invalid_choice": _("Select the suggestions again. One of those that you selected no longer applies."),
        },
    )

    def __init__(self, *args: Any, agenda_suggestions: Sequence[AgendaSuggestion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.suggestions = {each.key: each for each in agenda_suggestions}
        self.set_choices("chosen", [(each.key, each.shortened_title) for each in agenda_suggestions])

    def get_suggestion_rows(self) -> list[tuple[AgendaSuggestion, bool]]:
        """Each suggestion, and whether it has been chosen."""
        chosen = self["chosen"].value() or []
        return [(each, key in chosen) for key, each in self.suggestions.items()]

    def get_selected_suggestions(self) -> list[AgendaSuggestion]:
        return [each for key, each in self.suggestions.items() if key in self.cleaned_data["chosen"]]


class MeetingCopyForm(Form):
    """A new meeting that begins as a copy."""

    title = forms.CharField(label=_("Title of the new meeting"), max_length=250)
    starts_on = DayField(label=_("Date"))
    items = forms.ChoiceField(
        label=_("Agenda items to copy"),
        choices=[("all", pgettext_lazy("of an agenda", "All items")), ("standing", _("Standing items only"))],
        widget=forms.RadioSelect,
        initial="all",
        help_text=_(
            "Titles, purposes and planned lengths are copied. Items carried forward from a record are not copied."
        ),
    )


class AgendaSendForm(Form):
    """Whether members are asked for updates on their work. An agenda that has the item offers no choice."""

    adds_updates = forms.BooleanField(
        label=_("Add “Updates from members” as the first item"),
        required=False,
        initial=True,
        help_text=_("Members can reply to the email with an update on their work."),
    )

    def __init__(self, *args: Any, has_updates_item: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if has_updates_item:
            del self.fields["adds_updates"]


class MemberUpdateForm(ScreenedForm):
    """Two lines on the work of a member. A longer text comes back with what was typed."""

    SCREENED_FIELDS = ("text",)

    text = forms.CharField(
        label=_("Your update"),
        widget=forms.Textarea({"rows": 3}),
        help_text=format_lazy(
            _("What has your organisation done since the last meeting? Enter up to {limit} characters."),
            limit=MAX_UPDATE_LENGTH,
        ),
    )
    capacity = forms.ChoiceField(label=_("Who do you represent?"))

    def __init__(self, *args: Any, capacity_choices: Sequence[CapacityChoice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices = {choice.value: choice for choice in capacity_choices}
        self.set_choices("capacity", [(choice.value, choice.label) for choice in capacity_choices])

    def clean_text(self) -> str:
        text = " ".join(self.cleaned_data["text"].split())
        if len(text) > MAX_UPDATE_LENGTH:
            sentence = gettext("Shorten your update to %(limit)s characters or fewer. It has %(length)s characters.")
            raise ValidationError(sentence % {"limit": MAX_UPDATE_LENGTH, "length": len(text)})
        return text

    @property
    def organisation(self) -> Organisation | None:
        return self.choices[self.cleaned_data["capacity"]].organisation

    @staticmethod
    def get_initial(member_update: MemberUpdate | None, capacity_choices: Sequence[CapacityChoice]) -> dict[str, Any]:
        """The one that was sent before; else the first organisation that this person may represent."""
        if member_update is None:
            return {"capacity": capacity_choices[0].value if capacity_choices else INDIVIDUAL_CAPACITY_VALUE}
        organisation = member_update.capacity.organisation_id
        return {
            "text": member_update.text,
            "capacity": str(organisation) if organisation else INDIVIDUAL_CAPACITY_VALUE,
        }
