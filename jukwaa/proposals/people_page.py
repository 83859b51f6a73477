"""What the pages of the people of a proposal show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from jukwaa.coalitions.standing import Standing
from jukwaa.core.dates import format_long_date
from jukwaa.proposals.call import CallDateKind, CallFieldType, CallForProposals
from jukwaa.proposals.call_catalogue import get_call_catalogue
from jukwaa.proposals.invitations import ParticipantInvitation, is_accepted, is_open_to_people_changes
from jukwaa.proposals.models import Participant, Proposal
from jukwaa.proposals.participant_lookups import (
    FormNameComparison,
    compare_people_with_form,
    find_proposal_participants,
    get_participant_name,
    get_participant_sort_key,
    list_role_labels,
)
from jukwaa.proposals.participant_models import GROUP_CHOICES, REGION_CHOICES
from jukwaa.proposals.proposal_page import ProposalPage, RuleCheckRow, build_proposal_page
from jukwaa.proposals.subject import find_call_for_proposal, format_stored_answer, load_call_for_proposal

PARTICIPANT_STATUS_STYLES: Mapping[str, str] = {
    Participant.Status.CONFIRMED: "good",
    Participant.Status.PROVISIONAL: "good",
    Participant.Status.INVITED: "waits",
    Participant.Status.DECLINED: "gone",
    Participant.Status.WITHDRAWN: "gone",
}
GROUP_AND_REGION_LABELS = {**dict(GROUP_CHOICES), **dict(REGION_CHOICES)}
HIDDEN_FIELD_TYPES = (CallFieldType.PEOPLE, CallFieldType.EMAIL, CallFieldType.FILE)


@dataclass(frozen=True)
class ParticipantRow:
    """Somebody as the team reads it. Gender and age are not among it."""

    participant: Participant
    name: str

    @property
    def style_class(self) -> str:
        return PARTICIPANT_STATUS_STYLES.get(self.participant.status, "")

    @property
    def roles(self) -> list[str]:
        return list_role_labels(self.participant)

    @property
    def problem_label(self) -> Promise | str:
        return Participant.Problem(self.participant.problem).label if self.participant.problem else ""

    @property
    def is_open_problem(self) -> bool:
        return bool(self.participant.problem) and self.participant.handled_at is None

    @property
    def stakeholder_group(self) -> str:
        return str(GROUP_AND_REGION_LABELS.get(self.participant.stakeholder_group, ""))

    @property
    def regional_group(self) -> str:
        return str(GROUP_AND_REGION_LABELS.get(self.participant.regional_group, ""))

    @property
    def attendance(self) -> str:
        return str(Participant.Attendance(self.participant.attendance).label) if self.participant.attendance else ""

    @property
    def has_address(self) -> bool:
        return self.participant.person is not None or bool(self.participant.address)

    @property
    def lacks_consent(self) -> bool:
        return self.participant.lacks_consent and not self.participant.is_gone


def build_participant_row(participant: Participant, viewer_standing: Standing) -> ParticipantRow:
    return ParticipantRow(participant, get_participant_name(participant, viewer_standing))


@dataclass(frozen=True)
class PeoplePage:
    proposal: Proposal
    call: CallForProposals
    rows: Sequence[ParticipantRow]
    names: FormNameComparison
    shown: ProposalPage
    standing: Standing
    notice: str

    @property
    def is_open(self) -> bool:
        return is_open_to_people_changes(self.proposal)

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
        return [get_participant_name(row, self.standing) for row in self.names.missing]

    @property
    def left_out_of_form(self) -> list[str]:
        return [get_participant_name(row, self.standing) for row in self.names.left_out]

    @property
    def withdrawn_but_in_form(self) -> list[str]:
        return [get_participant_name(row, self.standing) for row in self.names.obsolete]

    @property
    def private_rules(self) -> list[RuleCheckRow]:
        """The rules of the call about gender and age, of which only the verdict is shown."""
        return [row for row in (*self.shown.binding_checks, *self.shown.preferred_checks) if row.is_private]


def build_people_page(proposal: Proposal, viewer_standing: Standing, now: datetime) -> PeoplePage:
    shown = build_proposal_page(proposal, now)
    people = list(find_proposal_participants(proposal))
    names = compare_people_with_form(shown.call, proposal, people)
    rows = [build_participant_row(row, viewer_standing) for row in sorted(people, key=get_participant_sort_key)]
    notice = describe_participant_change_rules(proposal, timezone.localdate(now), shown.call)
    return PeoplePage(proposal, shown.call, rows, names, shown, viewer_standing, notice)


def describe_participant_change_rules(proposal: Proposal, today: date, call: CallForProposals | None = None) -> str:
    """Return what to know before the people of an accepted proposal are changed; empty for any other proposal."""
    if not (is_accepted(proposal) and is_open_to_people_changes(proposal)):
        return ""
    call = call or load_call_for_proposal(proposal)
    days = [each.last_day or each.day for each in call.dates if each.kind is CallDateKind.FREEZE]
    if days and max(days) < today:
        return _(
            "The last day for changes was %(day)s. You can still change the list of people here, but you must inform "
            "the forum of each change. The submitted text will not change."
        ) % {"day": format_long_date(max(days))}
    return _(
        "The proposal has been accepted. You can still change the list of people. The submitted text will not change."
    )


@dataclass(frozen=True)
class InvitationPage:
    """What somebody reads who was invited: what the proposal says about them, and about the session."""

    invitation: ParticipantInvitation
    call: CallForProposals
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


def build_invitation_page(invitation: ParticipantInvitation) -> InvitationPage:
    """Return what is shown to whoever holds the link: nothing that names other people."""
    proposal = invitation.proposal
    call = find_call_for_proposal(proposal.coalition, get_call_catalogue(proposal.coalition), proposal)
    answers = (
        (each.label, format_stored_answer(proposal.answers.get(each.name)))
        for each in call.fields
        if each.type not in HIDDEN_FIELD_TYPES
    )
    return InvitationPage(invitation, call, [(label, text) for label, text in answers if text.strip()])
