"""Forms about commitments, and about offers and requests made in a meeting."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.capacities import INDIVIDUAL_CAPACITY_VALUE, CapacityChoice, build_capacity_choices
from jukwaa.coalitions.display_names import get_display_name
from jukwaa.coalitions.forms.fields import DayField
from jukwaa.coalitions.models import Organisation
from jukwaa.coalitions.standing import Standing
from jukwaa.core.forms import Form
from jukwaa.meetings.actions.speaker_capacities import Voice
from jukwaa.meetings.forms import DIRECTORY_WIDGET_ATTRS, ChathamHouseRuleForm
from jukwaa.meetings.meeting_choice import MeetingChoiceField
from jukwaa.meetings.models import Commitment, Entry, Meeting
from jukwaa.records.models import Record


class CommitmentProgressForm(ChathamHouseRuleForm):
    """The status, with evidence: `standing` decides which records of the site may be linked."""

    SCREENED_FIELDS = PUBLIC_FIELDS = guarded = ("note",)
    CONDITIONAL_FIELDS: ClassVar[tuple[str, ...]] = ("note",)

    progress = forms.ChoiceField(label=_("Status"), choices=Commitment.Progress)
    note = forms.CharField(
        label=_("Note"),
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Describe the result in a sentence. If the commitment was dropped, enter the reason."),
    )
    evidence = forms.URLField(
        label=_("Link to evidence"),
        required=False,
        max_length=400,
        help_text=_("Enter the address of a record on this site, or of another public page."),
    )

    def __init__(self, *args: Any, viewer_standing: Standing, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="stands_%s", **kwargs)  # the form for comments stands on the same page
        self.standing = viewer_standing

    def will_be_public(self, field_name: str) -> bool:
        """People who may not read the names of members do not learn that a word is one."""
        return self.standing.is_inside and super().will_be_public(field_name)

    @staticmethod
    def get_initial(commitment: Commitment) -> dict[str, Any]:
        record = commitment.evidence_record
        evidence = f"{settings.SITE_URL}{record.get_absolute_url()}" if record else commitment.evidence_url
        return {"progress": commitment.progress, "note": commitment.closing_note, "evidence": evidence}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("progress") == Commitment.Progress.DROPPED and not cleaned.get("note", "").strip():
            self.add_error("note", _("Enter the reason why this commitment was dropped."))
        if url := cleaned.get("evidence"):
            cleaned["evidence"] = find_record_by_url(url, self.standing) or url
        return cleaned


def find_record_by_url(url: str, viewer_standing: Standing) -> Record | None:
    """Return the record of this coalition at an address of the site, if the viewer may read it."""
    path = url.removeprefix(settings.SITE_URL).partition("#")[0].partition("?")[0]
    if path == url or not path.startswith("/"):
        return None
    try:
        pk = resolve(path).kwargs.get("pk")
    except Resolver404:
        return None
    record = (
        Record.objects.visible_to(viewer_standing.viewer).of(viewer_standing.coalition).filter(pk=pk).first()
        if pk
        else None
    )
    if record is None:
        return None
    record.coalition = viewer_standing.coalition
    return record if record.get_absolute_url() == path else None


class CommitmentNoteForm(ChathamHouseRuleForm):
    """A reason or a remark that goes into the history of a commitment."""

    SCREENED_FIELDS = guarded = ("note",)

    note = forms.CharField(label=_("Reason"), required=False, widget=forms.Textarea({"rows": 3}))


class CommitmentHandOverForm(CommitmentNoteForm):
    field_order = ("organisation", "note")

    organisation = forms.CharField(
        label=_("New owner"),
        max_length=200,
        widget=forms.TextInput(DIRECTORY_WIDGET_ATTRS),
        help_text=_(
            "Choose an organisation in the directory. The organisation becomes the owner when it accepts the"
            " commitment."
        ),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if (typed := cleaned.get("organisation")) and self.find_organisation(typed) is None:
            self.add_error("organisation", _("Enter the name of an organisation that is in the directory."))
        return cleaned

    def get_voice(self) -> Voice:
        organisation = self.find_organisation(self.cleaned_data["organisation"])
        assert organisation is not None  # noqa: S101 - for the type alone: checked by `clean`
        return organisation.name, organisation


class RepresentedOrganisationForm(Form):
    """Adds the field in which members choose whom they represent: `whose`."""

    whose = forms.ChoiceField(label=_("Who do you represent?"))

    def __init__(self, *args: Any, viewer_standing: Standing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        speaks_for = set(viewer_standing.speaks_for)
        self._choices = {
            choice.value: choice
            for choice in build_capacity_choices(viewer_standing)
            if choice.organisation is None or choice.organisation.pk in speaks_for
        }
        self.set_choices("whose", [(choice.value, _get_capacity_label(choice)) for choice in self._choices.values()])

    def get_organisation(self) -> Organisation | None:
        return self._choices[self.cleaned_data["whose"]].organisation


def _get_capacity_label(capacity_choice: CapacityChoice) -> str:
    return (
        str(_("Myself"))
        if capacity_choice.value == INDIVIDUAL_CAPACITY_VALUE or capacity_choice.organisation is None
        else capacity_choice.organisation.name
    )


class CommitmentTakeOverForm(RepresentedOrganisationForm, CommitmentNoteForm):
    field_order = ("whose", "note")


class EntryResponseForm(RepresentedOrganisationForm):
    """What becomes of an offer or a request."""

    field_order = ("response", "whose")

    response = forms.ChoiceField(label=_("Status"), choices=Entry.Response)

    def __init__(self, *args: Any, allowed_responses: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.set_choices("response", [(each, Entry.Response(each).label) for each in allowed_responses])
        self.fields["whose"].help_text = _(
            "If you mark the offer or request as taken up, its readers will see who took it up: you, or the "
            "organisation chosen here."
        )


class CommitmentPlanForm(Form):
    """The due date of a commitment, and who is responsible in the owner's organisation, if there are any `people`."""

    due_on = DayField(label=_("Due date"))
    responsible = forms.ChoiceField(
        label=_("Person responsible"),
        required=False,
        help_text=_(
            "Only members can see this person's name. We will send reminders to this person and to the"
            " representatives of the organisation."
        ),
    )

    def __init__(self, *args: Any, people: Iterable[Person], viewer_standing: Standing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._people = {str(person.pk): person for person in people}
        named = [(pk, get_display_name(person, viewer_standing)) for pk, person in self._people.items()]
        if named:
            self.set_choices("responsible", [("", _("No one")), *named])
        else:
            del self.fields["responsible"]

    def get_person(self) -> Person | None:
        return self._people.get(self.cleaned_data.get("responsible", ""))


class CommitmentCarryForwardForm(CommitmentNoteForm):
    field_order = ("into", "note")

    into = MeetingChoiceField(Meeting.objects.none(), label=_("Meeting"), empty_label=None)

    def __init__(self, *args: Any, meetings: QuerySet[Meeting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = meetings  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["note"].label = _("Note")
