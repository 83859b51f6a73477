"""Forms of the people of a proposal: what the team enters, and what they answer."""

import uuid
from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.forms.fields import DayField
from jukwaa.coalitions.forms.people import build_adult_field
from jukwaa.core.forms import Form
from jukwaa.core.safeguards.forms import ScreenedForm
from jukwaa.proposals.actions import (
    ParticipantFacts,
    ParticipantStatements,
    get_recorded_answer,
    hash_participant_answer,
    hash_participant_facts,
)
from jukwaa.proposals.invitations import get_answer_choices
from jukwaa.proposals.models import Participant, PrivateStatement
from jukwaa.proposals.participant_models import GROUP_CHOICES, REGION_CHOICES, ParticipantRole

NOT_STATED_CHOICE = ("", _("Not stated"))
STATEMENT_HELP_TEXT = _(
    "Answer only if this information comes from the person. They can also answer this question themselves."
)
YES_NO_CHOICES = [NOT_STATED_CHOICE, ("yes", _("Yes")), ("no", _("No"))]
BOOLEAN_BY_YES_NO_VALUE = {"yes": True, "no": False}
MAX_SESSIONS_OF_PERSON = 100


def _build_optional_choice(
    field_label: Any, field_choices: Iterable[tuple[Any, Any]], help_text: Any = ""
) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=field_label, choices=[NOT_STATED_CHOICE, *field_choices], required=False, help_text=help_text
    )


class ParticipantForm(ScreenedForm):
    """Somebody to take part. `person` is set for somebody known here, whose name and address are their own."""

    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("message",)
    collects_personal_data = True

    name = forms.CharField(label=_("Name"), max_length=120, error_messages={"required": _("Enter a name.")})
    email = forms.EmailField(
        label=_("Email address"),
        max_length=254,
        required=False,
        help_text=_("This person can answer by email or on a web page, and does not need an account."),
        error_messages={"invalid": _("Enter a full email address, such as name@example.org.")},
    )
    organisation = forms.CharField(label=_("Organisation"), max_length=200, required=False)
    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        choices=ParticipantRole,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one role.")},
    )
    message = forms.CharField(
        label=_("Message in the invitation"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("For example, why you are inviting this person, and what you would like them to speak about."),
    )
    answer_by = DayField(
        label=_("Answer by"),
        help_text=_(
            "If you leave this field empty, the person can answer within 2 weeks, or until the deadline of the call "
            "for proposals if sooner."
        ),
        error_messages={"invalid": _("Enter a date.")},
    )
    stakeholder_group = _build_optional_choice(_("Stakeholder group"), GROUP_CHOICES, STATEMENT_HELP_TEXT)
    regional_group = _build_optional_choice(_("Regional group"), REGION_CHOICES, STATEMENT_HELP_TEXT)
    is_adult = build_adult_field(_("This person is 18 or older"))

    def __init__(self, *args: Any, person: Person | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        if person is not None:
            for name in ("name", "email", "is_adult"):
                del self.fields[name]

    def clean_answer_by(self) -> Any:
        day = self.cleaned_data["answer_by"]
        if day is not None and day < timezone.localdate() and "answer_by" in self.changed_data:
            raise forms.ValidationError(gettext("This date has passed. Choose a later date."))
        return day

    def get_facts(self) -> ParticipantFacts:
        given = self.cleaned_data
        names = ("organisation", "message", "answer_by", "stakeholder_group", "regional_group")
        return ParticipantFacts(
            roles=tuple(given["roles"]),
            person=self.person,
            name=" ".join(given.get("name", "").split()),
            address=given.get("email", ""),
            **{name: given[name] for name in names},
        )


class ParticipantNewForm(ParticipantForm):
    invites = forms.BooleanField(label=_("Send the invitation by email now"), required=False, initial=True)
    token = forms.UUIDField(required=False, widget=forms.HiddenInput)

    field_order = (
        *("name", "email", "organisation", "roles", "message", "answer_by"),
        *("stakeholder_group", "regional_group", "is_adult", "invites"),
    )

    def __init__(self, *args: Any, initial: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, initial={"token": uuid.uuid4(), **initial}, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("invites") and "email" in self.fields and "email" not in self.errors and not cleaned["email"]:
            self.add_error(
                "email", gettext("Enter an email address, or clear the box “Send the invitation by email now”.")
            )
        return cleaned


class ParticipantEditForm(ParticipantForm):
    seen = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)

    def __init__(self, *args: Any, participant: Participant, **kwargs: Any) -> None:
        super().__init__(*args, person=participant.person, initial=get_participant_values(participant), **kwargs)
        self.fields.pop("is_adult", None)


def get_participant_values(participant: Participant) -> dict[str, Any]:
    """Return what the form of somebody begins with."""
    names = ("name", "organisation", "roles", "message", "answer_by", "stakeholder_group", "regional_group")
    values = {name: getattr(participant, name) for name in names}
    return values | {"email": participant.address, "seen": hash_participant_facts(participant)}


class RecordedAnswerForm(Form):
    """An answer that came in another way than by the invitation."""

    asks_age: ClassVar[bool] = False

    answer = forms.ChoiceField(label=_("Answer from this person"), widget=forms.RadioSelect)
    seen = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)

    def __init__(self, *args: Any, participant: Participant, **kwargs: Any) -> None:
        super().__init__(*args, initial=get_recorded_answer_values(participant), **kwargs)
        status = Participant.Status
        self.set_choices(
            "answer", [(each.value, each.label) for each in (status.CONFIRMED, status.PROVISIONAL, status.DECLINED)]
        )


def get_recorded_answer_values(participant: Participant) -> dict[str, Any]:
    """Return what the form of a recorded answer begins with."""
    return {"answer": get_recorded_answer(participant), "seen": hash_participant_answer(participant)}


# The labels that an adult contact reads, who answers for a person under 18.
LABELS_FOR_GUARDIAN = {
    "answer": _("Will this person take part?"),
    "reason": _("Reason, if they will not take part"),
    "attendance": _("How will they take part?"),
    "is_newcomer": _("Is this their first time at this forum?"),
    "sessions": _("In how many sessions at this forum will they take part, including this one?"),
}


class ParticipantInvitationForm(ScreenedForm):
    """The answer of a participant, and what they state about themselves. All but the answer can be left out.

    Gender and age are not asked once the outcome of the proposal is recorded.
    """

    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("reason",)
    collects_personal_data = True
    asks_age: ClassVar[bool] = False  # it asks by itself, in the one case in which it is needed

    answer = forms.ChoiceField(
        label=_("Will you take part?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose an answer.")},
    )
    reason = forms.CharField(
        label=_("Reason, if you will not take part"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Only coordinators, chairs, rapporteurs and the team of the proposal can read this reason."),
    )
    consent = forms.BooleanField(
        label=_("As this person's adult contact, I agree that they can take part in this session"),
        required=False,
        help_text=_("The proposal will not name this person."),
    )
    is_adult = forms.BooleanField(
        label=_("I am 18 or older"),
        required=False,
        help_text=_("If you are under 18, ask the team of the proposal to write to an adult you trust."),
    )
    attendance = _build_optional_choice(_("How will you take part?"), Participant.Attendance.choices)
    stakeholder_group = _build_optional_choice(_("Stakeholder group"), GROUP_CHOICES)
    regional_group = _build_optional_choice(_("Regional group"), REGION_CHOICES)
    is_newcomer = _build_optional_choice(_("Is this your first time at this forum?"), YES_NO_CHOICES[1:])
    sessions = forms.IntegerField(
        label=_("In how many sessions at this forum will you take part, including this one?"),
        min_value=1,
        max_value=MAX_SESSIONS_OF_PERSON,
        required=False,
        error_messages={"invalid": _("Enter a number."), "min_value": _("Enter a number of 1 or more.")},
    )
    gender = _build_optional_choice(_("Gender"), PrivateStatement.Gender.choices)
    age_band = _build_optional_choice(_("Age"), ())

    PRIVATE: ClassVar[tuple[str, ...]] = ("gender", "age_band")
    CONDITIONAL_FIELDS: ClassVar[tuple[str, ...]] = ("consent", "is_adult", *PRIVATE)

    def __init__(
        self,
        *args: Any,
        is_guardian: bool,
        asks_if_adult: bool,
        is_minor: bool,
        asks_private_questions: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.set_choices("answer", get_answer_choices(is_for_guardian=is_guardian))
        if is_guardian:
            for name, label in LABELS_FOR_GUARDIAN.items():
                self.fields[name].label = label
        band = PrivateStatement.AgeBand
        bands = [band.UNDER_18, band.WITHHELD] if is_minor else [each for each in band if each != band.UNDER_18]
        self.set_choices("age_band", [NOT_STATED_CHOICE, *((each.value, each.label) for each in bands)])
        if not is_guardian:
            del self.fields["consent"]
        if not asks_if_adult:
            del self.fields["is_adult"]
        if not asks_private_questions:
            for name in self.PRIVATE:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        is_coming = cleaned.get("answer") in Participant.COMING
        if is_coming and "consent" in self.fields and not cleaned.get("consent"):
            self.add_error(
                "consent", gettext("Select this box to agree, or answer that the person will not take part.")
            )
        if is_coming and "is_adult" in self.fields and not cleaned.get("is_adult"):
            self.add_error("is_adult", gettext("Confirm that you are 18 or older."))
        return cleaned

    @property
    def answer_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("answer", "reason", "consent", "is_adult") if name in self.fields]

    @property
    def open_fields(self) -> list[forms.BoundField]:
        """What the team can read."""
        return [self[name] for name in ("attendance", "stakeholder_group", "regional_group", "is_newcomer", "sessions")]

    @property
    def private_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.PRIVATE if name in self.fields]

    def get_statements(self) -> ParticipantStatements:
        given = self.cleaned_data
        names = ("attendance", "stakeholder_group", "regional_group", "sessions")
        private = {name: given.get(name, "") for name in self.PRIVATE}
        return ParticipantStatements(
            is_newcomer=BOOLEAN_BY_YES_NO_VALUE.get(given["is_newcomer"]),
            **{name: given[name] for name in names},
            **private,
        )


def get_invitation_values(participant: Participant, answer_from_link: str) -> dict[str, Any]:
    """Return what the form of an invitation begins with: the answer of the link, else the one that was given.

    Gender and age are not shown again: whoever else holds the link would read them.
    """
    answers = [value for value, _label in get_answer_choices()]
    given = get_recorded_answer(participant)
    chosen = answer_from_link if answer_from_link in answers else given if given in answers else ""
    names = ("reason", "attendance", "stakeholder_group", "regional_group", "sessions")
    newcomer = {True: "yes", False: "no", None: ""}[participant.is_newcomer]
    values = {name: getattr(participant, name) for name in names}
    return values | {"answer": chosen, "is_newcomer": newcomer, "consent": participant.consent_by_id is not None}
