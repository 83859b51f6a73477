"""Forms of ideas. What is typed is kept when a form comes back."""

import uuid
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.capacities import CapacityChoice
from jukwaa.coalitions.models import Coalition, Organisation
from jukwaa.coalitions.models.people import Viewer
from jukwaa.coalitions.public_names import PublicNames
from jukwaa.core.forms import Form
from jukwaa.core.row_numbers import find_row_number_in_address
from jukwaa.core.safeguards import SafeguardHit, join_overlapping_hits
from jukwaa.core.safeguards.forms import ScreenedForm
from jukwaa.meetings.meeting_choice import MeetingChoiceField
from jukwaa.meetings.models import Idea, Meeting, Part
from jukwaa.meetings.public_names import will_everyone_read_meeting
from jukwaa.records.models import Label, Record, State

MAX_IDEA_TITLE_LENGTH = 250
MAX_IDEA_TEXT_LENGTH = 5000
IDEA_LABEL_CHOICES = [(Label.GREEN, _("Members")), (Label.CLEAR, _("Everyone"))]
IDEA_TOO_LONG_ERROR = _("Enter at most %(limit_value)s characters. Add the rest as details.")


def _build_title_field() -> forms.CharField:
    return forms.CharField(
        label=_("Your idea"),
        max_length=MAX_IDEA_TITLE_LENGTH,
        help_text=_("One sentence is enough."),
        error_messages={"required": _("Enter your idea."), "max_length": IDEA_TOO_LONG_ERROR},
    )


def _build_summary_field() -> forms.CharField:
    return forms.CharField(
        label=pgettext_lazy("field", "Details"),
        required=False,
        max_length=MAX_IDEA_TEXT_LENGTH,
        widget=forms.Textarea({"rows": 4}),
    )


def _build_timeframe_field() -> forms.ChoiceField:
    return forms.ChoiceField(label=_("What is the idea for?"), choices=Idea.Timeframe, widget=forms.RadioSelect)


class IdeaCapacityForm(Form):
    """Asks for whom a person speaks, where they can choose."""

    capacity = forms.ChoiceField(
        label=_("Who do you represent?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose who you represent."),
            "invalid_choice": _(
                "Choose one of the options listed. You can represent an organisation once it has confirmed that you"
                " belong to it."
            ),
        },
    )

    def __init__(self, *args: Any, capacity_choices: list[CapacityChoice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {choice.value: choice.organisation for choice in capacity_choices}
        self.set_choices("capacity", [(choice.value, choice.label) for choice in capacity_choices])
        self.fields["capacity"].initial = next(iter(self.offered), None)
        if len(capacity_choices) == 1:
            field = self.fields["capacity"]
            field.required, field.widget = False, forms.HiddenInput()

    def organisation(self) -> Organisation | None:
        """For whom the person speaks; None is on their own."""
        return self.offered[self.cleaned_data["capacity"] or next(iter(self.offered))]


class IdeaForm(ScreenedForm, IdeaCapacityForm):
    """`token` makes a second press harmless. The list has a short form: the title and the capacity alone."""

    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("title", "summary")

    title = _build_title_field()
    summary = _build_summary_field()
    timeframe = _build_timeframe_field()
    label = forms.ChoiceField(label=_("Who can read the idea?"), choices=IDEA_LABEL_CHOICES, widget=forms.RadioSelect)
    token = forms.UUIDField(required=False, widget=forms.HiddenInput)
    field_order = ("title", "summary", "timeframe", "label", "capacity")

    def __init__(self, *args: Any, origin_record: Record | None = None, **kwargs: Any) -> None:
        initial = {"token": uuid.uuid4(), "timeframe": Idea.Timeframe.NEXT_MEETING, "label": Label.GREEN}
        super().__init__(*args, initial=initial, **kwargs)
        self.origin = origin_record
        if origin_record is not None and origin_record.label != Label.CLEAR:
            del self.fields["label"]

    def get_values(self) -> dict[str, Any]:
        given = {name: self.cleaned_data.get(name) for name in ("title", "summary", "timeframe", "label", "token")}
        return {**given, "label": given["label"] or Label.GREEN, "organisation": self.organisation()}


class IdeaEditForm(ScreenedForm):
    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("title", "summary")

    title = _build_title_field()
    summary = _build_summary_field()
    timeframe = _build_timeframe_field()
    version = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def get_initial(cls, idea: Idea) -> dict[str, Any]:
        return {name: getattr(idea, name) for name in ("title", "summary", "timeframe", "version")}

    def get_changes(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("title", "summary", "timeframe")}


class IdeaSupportForm(IdeaCapacityForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["capacity"].label = _("Who do you represent?")


class IdeaAgendaForm(ScreenedForm):
    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("title",)

    meeting = MeetingChoiceField(
        Meeting.objects.none(), label=_("Meeting"), error_messages={"required": _("Choose a planned meeting.")}
    )
    title = forms.CharField(
        label=_("Agenda item"),
        max_length=Part._meta.get_field("title").max_length,  # noqa: SLF001 - public by Django's word
        help_text=_("Everyone who can read the meeting page will see the agenda item."),
        error_messages={"required": _("Enter a title for the agenda item.")},
    )

    def __init__(self, *args: Any, meetings: QuerySet[Meeting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meeting"].queryset = meetings  # type: ignore[attr-defined]  # a ModelChoiceField

    def find_field_hits(self, name: str, text: str) -> list[SafeguardHit]:
        """Show names that are not public if everyone reads the agenda of the chosen meeting."""
        hits = super().find_field_hits(name, text)
        meeting = self.cleaned_data.get("meeting")
        if meeting is None or not will_everyone_read_meeting(meeting):
            return hits
        return join_overlapping_hits(PublicNames(meeting.coalition).find_hits(text), hits)


class IdeaOutcomeForm(Form):
    """What an idea has become: a record that began as it, or any other one by its address."""

    record = forms.CharField(
        label=_("Web address of the record"),
        max_length=300,
        help_text=_("For example, the web address of a consultation, an event or a joint work page."),
        error_messages={"required": _("Enter the address of the page.")},
    )

    def __init__(self, *args: Any, viewer: Viewer, coalition: Coalition, **kwargs: Any) -> None:
        self.viewer, self.coalition = viewer, coalition
        super().__init__(*args, **kwargs)

    def clean_record(self) -> Record:
        readable = Record.objects.visible_to(self.viewer).of(self.coalition).filter(state=State.PUBLISHED)
        found: Record | None = readable.filter(pk=find_row_number_in_address(self.cleaned_data["record"])).first()
        if found is None:
            raise forms.ValidationError(
                gettext("No published record was found at this address. Check it and try again.")
            )
        found.coalition = self.coalition
        return found


class DeclineIdeaForm(ScreenedForm):
    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("reason",)

    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_(
            "Everyone who can read the idea will see the reason. We will email the "
            "reason to everyone who suggested or supports the idea."
        ),
        error_messages={"required": _("Enter a reason.")},
    )


class MergeIdeasForm(Form):
    into = forms.ModelChoiceField(
        Idea.objects.none(),
        label=_("Merge this idea into"),
        empty_label=_("Choose an idea"),
        error_messages={"required": _("Choose an idea."), "invalid_choice": _("Choose an open idea.")},
    )

    def __init__(self, *args: Any, ideas: QuerySet[Idea], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = ideas  # type: ignore[attr-defined]  # a ModelChoiceField
