"""Forms of those who keep the minutes. Errors say what to do; what was typed is kept."""

from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet, TextChoices
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from jukwaa.coalitions.display_names import get_display_name
from jukwaa.coalitions.forms.fields import DayField
from jukwaa.coalitions.forms.people import NamesakeWarningForm
from jukwaa.coalitions.models import Organisation
from jukwaa.coalitions.organisation_matching import OrganisationDirectory
from jukwaa.coalitions.public_names import PublicNames
from jukwaa.coalitions.standing import Standing
from jukwaa.core.forms import Form
from jukwaa.core.list_formatting import format_list_in_sentence
from jukwaa.core.safeguards import SafeguardHit, join_overlapping_hits
from jukwaa.core.safeguards.forms import ScreenedForm
from jukwaa.meetings.actions.speaker_capacities import Voice
from jukwaa.meetings.chatham_house_rule import ForbiddenNames, NamesFoundError
from jukwaa.meetings.forms_attendance import AttendanceModeField
from jukwaa.meetings.meeting_choice import MeetingChoiceField
from jukwaa.meetings.models import Attendance, Commitment, Entry, EntryKind, Meeting, Part
from jukwaa.meetings.owner_withholding import find_withheld_spans
from jukwaa.meetings.public_names import iter_involved_names, will_everyone_read_entries
from jukwaa.records.models import Label, State

DIRECTORY_WIDGET_ATTRS = {"list": "organisations"}  # the datalist of the page
RAISABLE_ENTRY_KINDS = (EntryKind.DECISION, EntryKind.COMMITMENT)


def get_entry_kind_label(choice_member: TextChoices) -> str | Promise:
    """Return the label of a kind where it is chosen: emails and reports call commitments action items."""
    return _("Commitment (action item)") if choice_member == EntryKind.COMMITMENT else choice_member.label


ENTRY_KIND_CHOICES = [(kind.value, get_entry_kind_label(kind)) for kind in EntryKind]


def build_topic_field() -> forms.CharField:
    """Return the field of the topic, within an agenda item under the Chatham House Rule."""
    return forms.CharField(
        label=_("Topic"),
        required=False,
        max_length=120,
        help_text=_("Entries under the Chatham House Rule are shown by topic, in alphabetical order."),
    )


class MeetingRelatedForm(ScreenedForm):
    """A form that belongs to one meeting: it knows its parts and the directory.

    Of the fields in `SCREENED_FIELDS`, `PUBLIC_FIELDS` names those that everyone will read if everyone reads the
    entries of the meeting. In these, the writer is shown names that are not public, too.
    """

    PUBLIC_FIELDS: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meeting = meeting
        if "part" in self.fields:
            self.fields["part"].queryset = Part.objects.filter(meeting=meeting)  # type: ignore[attr-defined]  # a ModelChoiceField

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        cleaned.pop("screened", None)  # what the writer has looked at is no part of the record
        return cleaned

    def find_field_hits(self, name: str, text: str) -> list[SafeguardHit]:
        hits = super().find_field_hits(name, text)
        if not text.strip() or name not in self.PUBLIC_FIELDS or not self.will_be_public(name):
            return hits
        names = PublicNames(self.meeting.coalition)
        withheld = self.find_withheld(text, name)
        return join_overlapping_hits(names.find_hits(text, self.get_involved_names(), withheld), hits)

    def will_be_public(self, field_name: str) -> bool:
        """Whether everyone will read words in this field that they could not read before."""
        return field_name in self.changed_data and will_everyone_read_entries(self.meeting)

    def get_involved_names(self) -> list[str]:
        """Return the names of people who are meant where one of their names stands alone, such as the speakers."""
        return [str(self.cleaned_data.get(name) or "") for name in ("speaker", "second_speaker", "owner")]

    def find_withheld(self, text: str, field_name: str) -> list[tuple[int, int]]:  # noqa: ARG002 - for commitments
        """Return what of the text the public will not read: start and end of each."""
        return []

    def find_organisation(self, organisation_name: str) -> Organisation | None:
        """Return the organisation of the directory that matches exactly, or None."""
        number = self._organisation_directory.find_exact_match(organisation_name) if organisation_name else None
        return Organisation.objects.get(pk=number) if number else None

    @cached_property
    def _organisation_directory(self) -> OrganisationDirectory:
        return OrganisationDirectory.of(self.meeting.coalition)

    def get_voice_of_field(self, field_name: str) -> Voice | None:
        name = " ".join(self.cleaned_data.get(field_name, "").split())
        return (name, self.find_organisation(name)) if name else None

    def refuse_names_in_fields(self, *fields: str) -> None:
        """An error at each field whose text names somebody, for what was said under the Chatham House Rule."""
        names = ForbiddenNames(self.meeting)
        for field in fields:
            try:
                names.refuse_names_in_texts(self.cleaned_data.get(field) or "")
            except NamesFoundError as error:
                self.add_error(field, get_names_found_error(error))


def get_names_found_error(error: NamesFoundError) -> str:
    """Return the sentence that asks for a text without these names."""
    return ngettext(
        "Do not name anyone under the Chatham House Rule. Remove this name: %(names)s.",
        "Do not name anyone under the Chatham House Rule. Remove these names: %(names)s.",
        len(error.names),
    ) % {"names": format_list_in_sentence(error.names)}


class AttendanceRoleForm(Form):
    came_as = forms.ChoiceField(label=_("Attended as"), choices=Attendance.As)
    mode = AttendanceModeField()


class AttendanceForm(MeetingRelatedForm, NamesakeWarningForm):
    CONDITIONAL_FIELDS: ClassVar[tuple[str, ...]] = ("organisation", "name")
    collects_personal_data = True

    namesake_sentence: ClassVar[str | Promise] = _(
        "A person with this name has asked to be removed from the record. If this is the same person, enter "
        "the organisation or the role instead. If it is someone else, submit the form again."
    )

    organisation = forms.CharField(
        label=_("Organisation in the directory"),
        required=False,
        max_length=200,
        widget=forms.TextInput(DIRECTORY_WIDGET_ATTRS),
        help_text=_("We will record the current stakeholder group and region of the organisation."),
    )
    name = forms.CharField(
        label=_("Name"),
        required=False,
        max_length=250,
        help_text=_(
            "Enter the name as it is in the source, for example: Delegate of Mauritius. "
            "Leave this empty to use the name of the organisation."
        ),
    )
    came_as = forms.ChoiceField(label=_("Attended as"), choices=Attendance.As)
    mode = AttendanceModeField()
    is_chair = forms.BooleanField(label=_("Chaired the meeting"), required=False)
    is_group = forms.BooleanField(label=_("This is a group of people who are not named"), required=False)
    part = forms.ModelChoiceField(
        Part.objects.none(),
        label=_("Agenda item"),
        required=False,
        empty_label=_("The whole meeting"),
        help_text=_(
            "Choose an agenda item if the attendee was present for that item only. The public does not see who"
            " attended an item under the Chatham House Rule."
        ),
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, meeting=meeting, coalition=meeting.coalition, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        typed = cleaned.get("organisation", "")
        found = self.find_organisation(typed)
        if typed and found is None:
            self.add_error(
                "organisation",
                _("The directory has no organisation with this name. Leave this field empty and enter the name below."),
            )
        elif not typed and not cleaned.get("name") and "name" not in self.errors:
            self.add_error("name", _("Choose an organisation or enter a name."))
        if cleaned.get("is_chair") and cleaned.get("came_as") == Attendance.As.APOLOGIES:
            self.add_error("is_chair", _("Clear this checkbox, or choose how this person attended."))
        cleaned["found"] = found
        cleaned["name"] = cleaned.get("name") or (found.name if found else "")
        return cleaned


class CommitmentFieldsForm(MeetingRelatedForm):
    """What a commitment has beside its text. What the source leaves open stays empty."""

    owner = forms.CharField(
        label=_("Owner"),
        required=False,
        max_length=250,
        widget=forms.TextInput(DIRECTORY_WIDGET_ATTRS),
        help_text=_(
            "For a commitment, enter the organisation that made it, or the full name of a person who is an"
            " individual member or has a role. We will ask the owner to confirm the commitment, unless a public"
            " document names the owner. Until the owner confirms it, the public sees “a member” instead of the name."
        ),
    )
    due_on = DayField(label=_("Due date"))
    due_text = forms.CharField(
        label=_("Due date in words"), required=False, max_length=120, help_text=_("For example: before the next forum")
    )

    def find_withheld(self, text: str, field_name: str) -> list[tuple[int, int]]:  # noqa: ARG002 - see the base class
        """The name of an owner who is asked to confirm the commitment."""
        owner = self.get_voice_of_field("owner")
        if owner is None:
            return []
        name, organisation = owner
        return find_withheld_spans(text, owner_name=name, organisation=organisation, language=self.meeting.language)


class EntryForm(CommitmentFieldsForm):
    """A new entry. The commitment's fields are for commitments alone."""

    SCREENED_FIELDS = PUBLIC_FIELDS = ("text", "due_text")
    field_order = ("kind", "text", "part", "speaker", "second_speaker", "owner", "due_on", "due_text")

    kind = forms.ChoiceField(label=_("Type"), choices=ENTRY_KIND_CHOICES)
    text = forms.CharField(label=_("What was said, agreed or promised"), widget=forms.Textarea({"rows": 4}))
    part = forms.ModelChoiceField(
        Part.objects.none(), label=_("Agenda item"), required=False, empty_label=_("No agenda item")
    )
    speaker = forms.CharField(
        label=_("Speaker"),
        required=False,
        max_length=250,
        widget=forms.TextInput(DIRECTORY_WIDGET_ATTRS),
        help_text=_(
            "Enter an organisation, or the name that the source gives. Leave "
            "this empty if the source does not name a speaker."
        ),
    )
    second_speaker = forms.CharField(
        label=_("Second speaker"), required=False, max_length=250, widget=forms.TextInput(DIRECTORY_WIDGET_ATTRS)
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if (part := cleaned.get("part")) and part.chatham:
            for field in ("speaker", "second_speaker", "owner"):
                if cleaned.get(field):
                    self.add_error(field, _("This item was held under the Chatham House Rule. Leave the names empty."))
            self.refuse_names_in_fields("text", "due_text")
        if cleaned.get("kind") != EntryKind.COMMITMENT:
            for field in ("owner", "due_on", "due_text"):
                if cleaned.get(field):
                    self.add_error(field, _("Leave this field empty, or choose “Commitment” as the type."))
        return cleaned


class ChathamHouseRuleForm(MeetingRelatedForm):
    """A form about one entry: `guarded` fields name nobody where it was made under the Chatham House Rule."""

    guarded: tuple[str, ...] = ()

    def __init__(self, *args: Any, is_under_rule: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.under_the_rule = is_under_rule

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.under_the_rule:
            self.refuse_names_in_fields(*self.guarded)
        return cleaned


class EntryEditForm(ChathamHouseRuleForm, CommitmentFieldsForm):
    """The text and its kind; of a commitment, who promised it and for when, but nobody under the Chatham House Rule."""

    SCREENED_FIELDS = PUBLIC_FIELDS = ("text", "due_text")
    guarded = ("text", "topic", "due_text")
    field_order = ("kind", "text", "topic", "owner", "due_on", "due_text")

    kind = forms.ChoiceField(label=_("Type"), choices=ENTRY_KIND_CHOICES)
    text = forms.CharField(label=_("What was said, agreed or promised"), widget=forms.Textarea({"rows": 5}))
    topic = build_topic_field()
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, entry: Entry, viewer_standing: Standing, **kwargs: Any) -> None:
        super().__init__(*args, meeting=entry.meeting, is_under_rule=entry.is_chatham, **kwargs)
        self.entry, self.standing = entry, viewer_standing
        is_commitment = entry.kind == EntryKind.COMMITMENT
        for name in ["kind"] if is_commitment else ["owner", "due_on", "due_text"]:
            del self.fields[name]  # a commitment stays one: what was promised hangs on it
        if is_commitment and entry.is_chatham:
            del self.fields["owner"]
        if not entry.is_chatham:
            del self.fields["topic"]

    def will_be_public(self, field_name: str) -> bool:
        """An author who is no member any more may not read which names are not public."""
        is_public = self.entry.state == State.PUBLISHED and self.entry.label == Label.CLEAR
        return self.standing.is_inside and is_public and not {field_name, "owner"}.isdisjoint(self.changed_data)

    def get_involved_names(self) -> list[str]:
        return [*super().get_involved_names(), *iter_involved_names(self.entry)]

    def find_withheld(self, text: str, field_name: str) -> list[tuple[int, int]]:
        """An owner who has confirmed the commitment is named. So is anyone in the words of a changed due date."""
        promise = self.entry.commitment_if_any
        is_named = field_name == "due_text" or (promise is not None and promise.owner_id is not None)
        return [] if is_named else super().find_withheld(text, field_name)

    @staticmethod
    def get_initial(entry: Entry, viewer_standing: Standing) -> dict[str, Any]:
        initial = {"kind": entry.kind, "text": entry.text, "topic": entry.topic, "version": entry.version}
        promise = getattr(entry, "commitment", None) or Commitment(entry=entry)
        if entry.kind == EntryKind.COMMITMENT:
            initial["text"] = promise.written_text
        owner = get_display_name(promise.owner, viewer_standing) if promise.owner else promise.proposed_name
        return initial | {"owner": owner, "due_on": promise.due_on, "due_text": promise.due_text}

    def get_changes(self) -> dict[str, Any]:
        """What was typed. An owner who stays keeps the capacity in which they promised it."""
        changes = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        if changes.get("owner") == self.initial["owner"]:
            del changes["owner"]
        elif "owner" in changes:
            changes["owner"] = self.get_voice_of_field("owner")
        return changes


class WithdrawalReasonForm(ChathamHouseRuleForm):
    SCREENED_FIELDS = guarded = ("reason",)

    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Coordinators can see the reason."),
    )


class RaiseEntryForm(ChathamHouseRuleForm):
    """`meetings` are those that the entry may be raised in."""

    into = MeetingChoiceField(Meeting.objects.none(), label=_("Meeting"), empty_label=None)
    kind = forms.ChoiceField(
        label=_("Type"), choices=[(kind.value, get_entry_kind_label(kind)) for kind in RAISABLE_ENTRY_KINDS]
    )
    text = forms.CharField(label=_("Text"), widget=forms.Textarea({"rows": 4}))

    SCREENED_FIELDS = PUBLIC_FIELDS = guarded = ("text",)

    def __init__(self, *args: Any, meetings: QuerySet[Meeting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = meetings  # type: ignore[attr-defined]  # a ModelChoiceField

    def will_be_public(self, field_name: str) -> bool:  # noqa: ARG002 - words of an earlier entry are new here, too
        into: Meeting | None = self.cleaned_data.get("into")
        return into is not None and will_everyone_read_entries(into)
