"""What the pages of the people of a proposal show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from jukwaa.coalitions.standing import Standing
from jukwaa.core.dates import written
from jukwaa.proposals.call import Call, DateKind, FieldType
from jukwaa.proposals.catalogue import get_entries
from jukwaa.proposals.invitations import Invitation, has_open_people, is_accepted
from jukwaa.proposals.models import Participant, Proposal
from jukwaa.proposals.participants import GROUPS, REGIONS
from jukwaa.proposals.people import (
    FormNames,
    compare_with_form,
    describe_roles,
    find_people,
    get_name,
    get_place,
)
from jukwaa.proposals.proposal_page import CheckRow, ProposalPage, build_page
from jukwaa.proposals.subject import as_text, get_call, get_own_call

LOOKS: Mapping[str, str] = {
    Participant.Status.CONFIRMED: "good",
    Participant.Status.PROVISIONAL: "good",
    Participant.Status.INVITED: "waits",
    Participant.Status.DECLINED: "gone",
    Participant.Status.WITHDRAWN: "gone",
}
LABELS = {**dict(GROUPS), **dict(REGIONS)}
HIDDEN = (FieldType.PEOPLE, FieldType.EMAIL, FieldType.FILE)


@dataclass(frozen=True)
class ParticipantRow:
    """Somebody as the team reads it. Gender and age are not among it."""

    participant: Participant
    name: str

    @property
    def look(self) -> str:
        return LOOKS.get(self.participant.status, "")

    @property
    def roles(self) -> list[str]:
        return describe_roles(self.participant)

    @property
    def problem(self) -> Promise | str:
        return Participant.Problem(self.participant.problem).label if self.participant.problem else ""

    @property
    def is_open_problem(self) -> bool:
        return bool(self.participant.problem) and self.participant.handled_at is None

    @property
    def stakeholder_group(self) -> str:
        return str(LABELS.get(self.participant.stakeholder_group, ""))

    @property
    def regional_group(self) -> str:
        return str(LABELS.get(self.participant.regional_group, ""))

    @property
    def attendance(self) -> str:
        return str(Participant.Attendance(self.participant.attendance).label) if self.participant.attendance else ""

    @property
    def has_address(self) -> bool:
        return self.participant.person is not None or bool(self.participant.address)

    @property
    def lacks_consent(self) -> bool:
        return self.participant.lacks_consent and not self.participant.is_gone


def describe_participant(participant: Participant, standing: Standing) -> ParticipantRow:
    return ParticipantRow(participant, get_name(participant, standing))


@dataclass(frozen=True)
class PeoplePage:
    proposal: Proposal
    call: Call
    rows: Sequence[ParticipantRow]
    names: FormNames
    shown: ProposalPage
    standing: Standing
    notice: str

    @property
    def is_open(self) -> bool:
        return has_open_people(self.proposal)

    @property
    def may_copy_names(self) -> bool:
        return (
            self.is_open
            and not self.proposal.is_submitted
            and bool(self.names.missing or self.names.obsolete or self.names.names_minor)
        )

    @property
    def other_lines(self) -> Sequence[str]:
        """The lines of the form that stay when names are copied; none once the form is submitted."""
        return () if self.proposal.is_submitted else self.names.others

    @property
    def not_in_form(self) -> list[str]:
        return [get_name(row, self.standing) for row in self.names.missing]

    @property
    def left_out_of_form(self) -> list[str]:
        return [get_name(row, self.standing) for row in self.names.left_out]

    @property
    def still_in_form(self) -> list[str]:
        return [get_name(row, self.standing) for row in self.names.obsolete]

    @property
    def private_rules(self) -> list[CheckRow]:
        """The rules of the call about gender and age, of which only the verdict is shown."""
        return [row for row in (*self.shown.binding, *self.shown.liked) if row.is_private]


def build_people_page(proposal: Proposal, standing: Standing, now: datetime) -> PeoplePage:
    shown = build_page(proposal, now)
    people = list(find_people(proposal))
    names = compare_with_form(shown.call, proposal, people)
    rows = [describe_participant(row, standing) for row in sorted(people, key=get_place)]
    notice = describe_changes(proposal, timezone.localdate(now), shown.call)
    return PeoplePage(proposal, shown.call, rows, names, shown, standing, notice)


def describe_changes(proposal: Proposal, today: date, call: Call | None = None) -> str:
    """Return what to know before the people of an accepted proposal are changed; empty for any other proposal."""
    if not (is_accepted(proposal) and has_open_people(proposal)):
        return ""
    call = call or get_own_call(proposal)
    days = [each.last_day or each.day for each in call.dates if each.kind is DateKind.FREEZE]
    if days and max(days) < today:
        return _(
            "The last day for changes was %(day)s. You can still change the people here, but you must inform the forum "
            "about each change. The submitted text will not change."
        ) % {"day": written(max(days))}
    return _("The proposal has been accepted. You can still change the people. The submitted text will not change.")


@dataclass(frozen=True)
class InvitationPage:
    """What somebody reads who was invited: what the proposal says about them, and about the session."""

    invitation: Invitation
    call: Call
    fields: Sequence[tuple[str, str]]

    @property
    def row(self) -> ParticipantRow:
        person = self.invitation.person
        return ParticipantRow(self.invitation.participant, "" if person.is_minor else person.name)

    @property
    def is_accepted(self) -> bool:
        return is_accepted(self.invitation.proposal)

    @property
    def status(self) -> str:
        """What they have answered, if they have."""
        answered = self.invitation.participant.answered_at is not None
        return self.invitation.participant.get_status_display() if answered else ""


def build_invitation_page(invitation: Invitation) -> InvitationPage:
    """Return what is shown to whoever holds the link: nothing that names other people."""
    proposal = invitation.proposal
    call = get_call(proposal.coalition, get_entries(proposal.coalition), proposal)
    answers = (
        (each.label, as_text(proposal.answers.get(each.name))) for each in call.fields if each.type not in HIDDEN
    )
    return InvitationPage(invitation, call, [(label, text) for label, text in answers if text.strip()])
