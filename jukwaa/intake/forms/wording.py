"""What a suggestion would enter, in a person's own words; who a name is; parts of the meeting."""

from dataclasses import replace
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jukwaa.coalitions.forms.fields import DayField
from jukwaa.coalitions.known_people import KnownPeople
from jukwaa.coalitions.models import Coalition, Organisation
from jukwaa.coalitions.organisation_matching import OrganisationDirectory
from jukwaa.core.forms import Form
from jukwaa.intake.actions import SuggestionWording
from jukwaa.intake.chosen_attendance import find_chosen_attendance
from jukwaa.intake.desk import MAIN_SUGGESTION_KINDS, OTHER_SUGGESTION_KINDS
from jukwaa.intake.forms.fields import AlternativeCharField
from jukwaa.intake.models import ATTENDANCE_SUGGESTION_KINDS, Actor, DeskKind, Suggestion
from jukwaa.intake.models.suggestions import SuggestionQuerySet
from jukwaa.intake.suggestion_wording import join_owners, split_owners
from jukwaa.meetings.forms import get_entry_kind_label
from jukwaa.meetings.forms_attendance import AttendanceModeField
from jukwaa.meetings.models import Attendance, Commitment

MIN_PEOPLE_OF_LIST = 2
MAX_OWNER_LENGTH = 250


class SuggestionWordingForm(Form):
    """All that a person may edit of a suggestion. What its kind does not have is left out when it is kept."""

    use_required_attribute = False

    kind = forms.ChoiceField(
        label=gettext_lazy("Type"),
        choices=[
            ("", gettext_lazy("Choose the type of entry")),
            *[(kind.value, get_entry_kind_label(kind)) for kind in (*MAIN_SUGGESTION_KINDS, *OTHER_SUGGESTION_KINDS)],
        ],
        error_messages={"required": gettext_lazy("Choose a type, such as decision, offer or attendance.")},
    )
    text = AlternativeCharField(
        label=gettext_lazy("Text for the record"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    actors = AlternativeCharField(
        label=gettext_lazy("People or organisations"),
        help_text=gettext_lazy(
            "Enter the names as they are written in the document, one per line. Leave this empty if the "
            "sentence names nobody."
        ),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    came_as = forms.ChoiceField(
        label=gettext_lazy("Attended as"),
        choices=[("", gettext_lazy("Member or observer, as in the directory")), *Attendance.As.choices],
        required=False,
    )
    mode = AttendanceModeField()
    is_chair = forms.BooleanField(label=gettext_lazy("Chaired the meeting"), required=False)
    owner = forms.CharField(
        label=gettext_lazy("Person or organisation responsible"),
        help_text=gettext_lazy(
            "Only if the document names them. Separate several names with semicolons: each will have their own"
            " commitment."
        ),
        max_length=1000,
        required=False,
        widget=forms.TextInput(attrs={"list": "report-names"}),
    )
    due_text = forms.CharField(
        label=gettext_lazy("Deadline as written in the document"), max_length=120, required=False
    )
    due_on = DayField(
        label=gettext_lazy("Deadline as a date"),
        help_text=gettext_lazy("Enter a date only if the document gives one."),
        error_messages={
            "invalid": gettext_lazy(
                "Enter the date in the format year-month-day, for example 2009-11-27, or leave this empty."
            )
        },
    )
    progress = forms.ChoiceField(
        label=gettext_lazy("Status"),
        choices=[("", "—"), *Commitment.Progress.choices],
        required=False,
    )

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if not self.is_bound:  # else what went wrong is read first
            self.fields["kind"].widget.attrs["autofocus"] = True

    def clean_owner(self) -> str:
        names = split_owners(self.cleaned_data["owner"])
        if any(len(name) > MAX_OWNER_LENGTH for name in names):
            raise forms.ValidationError(_("Enter shorter names, of at most 250 characters each."))
        return join_owners(names)

    def get_suggestion_wording(self) -> SuggestionWording:
        data = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return SuggestionWording(**{**data, "actors": data["actors"].splitlines()})

    @property
    def is_attendance(self) -> bool:
        return self["kind"].value() in ATTENDANCE_SUGGESTION_KINDS

    @property
    def is_commitment(self) -> bool:
        return bool(self["kind"].value() == DeskKind.COMMITMENT)

    @staticmethod
    def get_initial(wording: SuggestionWording) -> dict[str, Any]:
        return {**wording.__dict__, "actors": "\n".join(wording.actors)}


def fill_in_attendance(
    wording: SuggestionWording, words: str, report_text: str, suggestions: SuggestionQuerySet
) -> tuple[SuggestionWording, list[str]]:
    """Return the wording for a form about these words, with people whom they list and who are not kept yet.

    Beside it, those whom the words list too, who attended as something else: they need an entry of their own.
    Without a kind, it becomes attendance where the words list several people.
    """
    if wording.kind not in {"", *ATTENDANCE_SUGGESTION_KINDS}:
        return wording, []
    attendance = find_chosen_attendance(words, report_text)
    if not attendance or (not wording.kind and sum(len(chosen.names) for chosen in attendance) < MIN_PEOPLE_OF_LIST):
        return wording, []
    attending = list(suggestions.filter(kind__in=ATTENDANCE_SUGGESTION_KINDS))
    kept = {name for each in attending if each.is_kept for name in each.actors}
    suggested_modes = {name: each.mode for each in attending for name in each.actors if each.mode}
    for chosen in attendance:
        chosen.names = [name for name in chosen.names if name not in kept]
    left = [chosen for chosen in attendance if chosen.names]
    if not left:
        return wording, []
    first, *others = left
    modes = {first.modes[name] or suggested_modes.get(name, "") for name in first.names}
    filled = replace(
        wording,
        kind=wording.kind or DeskKind.ATTENDEE,
        actors=first.names,
        came_as=first.came_as,
        mode=modes.pop() if len(modes) == 1 else "",
        is_chair=first.is_chair,
    )
    return filled, [name for chosen in others for name in chosen.names]


class SuggestionMergeForm(Form):
    """With which other suggestion it is the same."""

    into = forms.ModelChoiceField(
        label=gettext_lazy("Merge with"),
        queryset=Suggestion.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={
            "required": gettext_lazy("Choose a suggestion, or cancel."),
            "invalid_choice": gettext_lazy("Choose another suggestion. This one has been reviewed in the meantime."),
        },
    )

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, other_suggestions: QuerySet[Suggestion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["into"]
        field.queryset = other_suggestions
        field.label_from_instance = lambda other: (
            _("Sentence %(number)s, %(kind)s: %(text)s")
            % {
                "number": other.sentence.number,
                "kind": other.get_kind_display(),
                "text": f"{other.text} ({other.owner})" if other.owner else other.text,
            }
        )


PERSON_MEANING = "person"  # of the directory: what is kept is the organisation that they represent


class ActorMatchForm(Form):
    """Whom a name means. `found` is the organisation that was chosen."""

    CONDITIONAL_FIELDS: ClassVar[tuple[str, ...]] = ("person", "organisation", "new_name")

    means = forms.ChoiceField(
        label=gettext_lazy("This name refers to"),
        choices=Actor.Means.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what the name refers to.")},
    )
    person = forms.ChoiceField(
        label=gettext_lazy("Person in the directory"),
        help_text=gettext_lazy("These people have this name, or a part of it."),
        required=False,
        widget=forms.RadioSelect,
    )
    organisation = forms.CharField(
        label=gettext_lazy("Organisation in the directory"),
        help_text=gettext_lazy("Enter the organisation's name, acronym or a former name."),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"list": "organisations"}),
    )
    new_name = forms.CharField(
        label=gettext_lazy("Name of the new organisation"),
        help_text=gettext_lazy("We will add the organisation to the directory when you add the report to the record."),
        max_length=200,
        required=False,
    )

    def __init__(self, *args: Any, coalition: Coalition, named_actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.coalition = coalition
        self.found: Organisation | None = None
        known = KnownPeople(coalition)
        people = known.find_by_short_name(named_actor.written)
        self.organisations_by_person = {
            f"{person.pk}-{organisation.pk}": organisation for person, organisation in people
        }
        self.set_choices("means", [(PERSON_MEANING, _("a person in the directory")), *Actor.Means.choices])
        self.set_choices(
            "person", [(f"{person.pk}-{each.pk}", f"{person.name}, {each.name}") for person, each in people]
        )
        if not people:
            self.set_choices("means", Actor.Means.choices)
            del self.fields["person"]
        self.initial = self._build_initial(named_actor, known)

    def _build_initial(self, named_actor: Actor, known: KnownPeople) -> dict[str, Any]:
        """What is known of the name, or likely. Otherwise nothing is selected: a name may be anybody's."""
        organisation = named_actor.known_organisation or named_actor.suggested_organisation
        initial: dict[str, Any] = {
            "organisation": organisation or "",
            "new_name": named_actor.new_name or named_actor.written,
        }
        person = known.find_in_organisation(named_actor.written, organisation.pk) if organisation else None
        if organisation is not None and person is not None:
            return initial | {"means": PERSON_MEANING, "person": f"{person.pk}-{organisation.pk}"}
        if organisation is not None:
            return initial | {"means": Actor.Means.MATCHED}
        is_decided = named_actor.decided_by_id is not None or named_actor.means == Actor.Means.NEW
        return initial | ({"means": named_actor.means} if is_decided else {})

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        means = data.get("means")
        if means == Actor.Means.NEW and not data.get("new_name", "").strip():
            self.add_error("new_name", _("Enter the name of the organisation."))
        if means == PERSON_MEANING:
            self.found = self.organisations_by_person.get(data.get("person", ""))
            if self.found is None and "person" not in self.errors:
                self.add_error("person", _("Choose a person."))
        if means == Actor.Means.MATCHED:
            self.found = self._find_organisation(data.get("organisation", ""))
            if self.found is None:
                self.add_error(
                    "organisation",
                    _("Choose an organisation from the directory, or select “a new organisation”."),
                )
        return data

    def _find_organisation(self, organisation_name: str) -> Organisation | None:
        number = OrganisationDirectory.of(self.coalition).find_exact_match(organisation_name)
        return Organisation.objects.of(self.coalition).filter(pk=number).first() if number else None


class ReadingPartForm(Form):
    """Sentences that report one part of the meeting."""

    title = forms.CharField(label=gettext_lazy("Title of the agenda item"), max_length=200)
    first = forms.IntegerField(label=gettext_lazy("Number of the first sentence"), min_value=1)
    last = forms.IntegerField(label=gettext_lazy("Number of the last sentence"), min_value=1)
    chatham = forms.BooleanField(
        label=gettext_lazy("Held under the Chatham House Rule"),
        help_text=gettext_lazy(
            "We will not record who spoke. Only the people who imported the document will be able to read the document."
        ),
        required=False,
    )
