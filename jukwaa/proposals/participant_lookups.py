"""What is read of the people of proposals: who they are called, what is wrong, in how many sessions they are."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from jukwaa.coalitions.display_names import get_display_name
from jukwaa.coalitions.standing import Standing
from jukwaa.proposals.call import CallFieldType, CallForProposals
from jukwaa.proposals.models import Participant, Proposal, Submission
from jukwaa.proposals.participant_models import SIMULTANEOUS_ROLES, ParticipantRole
from jukwaa.proposals.subject import (
    does_line_start_with_name,
    format_stored_answer,
    get_participant_name_in_form,
    match_answer_lines_to_people,
    split_answer_lines,
)
from jukwaa.records.models import State

ParticipantProblem = Participant.Problem
POSITION_BY_ROLE = {role.value: number for number, role in enumerate(ParticipantRole)}
SESSIONS_OF_PERSON_CHECK_NAME = "sessions of a person"


def get_participant_name(participant: Participant, viewer_standing: Standing) -> str:
    """Return what to call somebody before this reader. Nobody under 18 is named."""
    if participant.person is None:
        return participant.name
    return (
        _("a participant under 18") if participant.is_minor else get_display_name(participant.person, viewer_standing)
    )


def sort_role_names(role_names: Iterable[str]) -> list[str]:
    """Return each role once, in the order of the page."""
    return sorted(set(role_names), key=lambda role: POSITION_BY_ROLE[role])


def list_role_labels(participant: Participant) -> list[str]:
    return [str(ParticipantRole(role).label) for role in sort_role_names(participant.roles)]


def get_participant_sort_key(participant: Participant) -> tuple[bool, int, int]:
    """Return where somebody stands on the page: by their first role, and at the end once they have declined."""
    first = min((POSITION_BY_ROLE[role] for role in participant.roles), default=len(POSITION_BY_ROLE))
    return participant.is_gone, first, participant.pk


def find_proposal_participants(proposal: Proposal) -> QuerySet[Participant]:
    return Participant.objects.filter(proposal=proposal).select_related("person")


def find_other_participations(participant: Participant) -> QuerySet[Participant]:
    """Return where else the same person takes part in a session of this call, in this coalition."""
    rows = Participant.objects.taking_part().filter(
        person=participant.person,
        person__isnull=False,
        proposal__coalition=participant.proposal.coalition_id,
        proposal__call_name=participant.proposal.call_name,
        proposal__state=State.PUBLISHED,
    )
    rows = rows.exclude(proposal=participant.proposal_id)
    return rows.exclude(proposal__submission__outcome=Submission.Outcome.DECLINED)


def get_session_limits_by_role(call: CallForProposals) -> dict[str, int]:
    """Return in how many sessions somebody can be, by role, as the rules of the call say."""
    rules = [rule for rule in call.all_rules if rule.check == SESSIONS_OF_PERSON_CHECK_NAME]
    return {rule.parameters["role"]: rule.parameters["max"] for rule in rules}


def find_participant_problem(
    participant: Participant, session_limits: Mapping[str, int], other_participations: Collection[Participant]
) -> str:
    """Return what the team has to deal with, as a value of `Problem`; empty if there is nothing."""
    if participant.status == Participant.Status.WITHDRAWN:
        return ParticipantProblem.WITHDRAWN.value
    if participant.status == Participant.Status.DECLINED:
        return ParticipantProblem.DECLINED.value
    if len(SIMULTANEOUS_ROLES.intersection(participant.roles)) > 1:
        return ParticipantProblem.TWO_ROLES.value
    known = Counter(role for each in (participant, *other_participations) for role in each.roles)
    for role in participant.roles:
        if role in session_limits and max(participant.sessions or 0, known[role]) > session_limits[role]:
            return ParticipantProblem.SESSIONS.value
    return ""


@dataclass(frozen=True)
class FormNameComparison:
    """How the fields of the form name the people of one proposal. `lines` is what each field should say.

    `others` are the lines among them that name nobody who was added, such as what was typed before people were added.

    Versions of a proposal are kept, so only people who have confirmed are written into it. `left_out` are the others.
    """

    lines: Mapping[str, Sequence[str]]
    missing: Sequence[Participant] = field(default_factory=list)  # have confirmed, and no field names them
    obsolete: Sequence[Participant] = field(default_factory=list)  # have declined, and a field still names them
    left_out: Sequence[Participant] = field(default_factory=list)  # have not confirmed, and no field names them
    others: Sequence[str] = ()
    names_minor: bool = False  # a field names somebody under 18, such as from the time before we knew their age


def compare_people_with_form(
    call: CallForProposals, proposal: Proposal, participants: Sequence[Participant]
) -> FormNameComparison:
    """Compare the people with the fields of the form that ask for their names, one for each role."""
    lines: dict[str, list[str]] = {}
    missing: dict[int, Participant] = {}
    obsolete: dict[int, Participant] = {}
    left_out: dict[int, Participant] = {}
    kept_lines: list[str] = []
    names_minor = False
    asked = {each.role: each for each in reversed(call.fields) if each.type is CallFieldType.PEOPLE and each.role}
    for role, each in asked.items():
        inside = [row for row in participants if role in row.roles]
        there = split_answer_lines(format_stored_answer(proposal.answers.get(each.name)))
        found = match_answer_lines_to_people(proposal, inside, there)
        unnamed = [row for row in inside if not row.is_gone and row.pk not in found]
        missing |= {row.pk: row for row in unnamed if _has_participant_confirmed(row)}
        left_out |= {row.pk: row for row in unnamed if not _has_participant_confirmed(row)}
        obsolete |= {row.pk: row for row in inside if row.is_gone and row.pk in found}
        others = [line for number, line in enumerate(there) if number not in found.values()]
        kept = [line for line in others if not does_line_mention_minor(participants, line)]
        names_minor = names_minor or len(kept) < len(others)
        own = [
            there[found[row.pk]] if row.pk in found else _format_form_line(proposal, row)
            for row in inside
            if not row.is_gone and (row.pk in found or _has_participant_confirmed(row))
        ]
        lines[each.name] = [*own, *kept]
        kept_lines += kept
    return FormNameComparison(
        lines,
        list(missing.values()),
        list(obsolete.values()),
        list(left_out.values()),
        list(dict.fromkeys(kept_lines)),
        names_minor,
    )


def does_line_mention_minor(participants: Iterable[Participant], answer_line: str) -> bool:
    """Whether a line of the form gives the name of one of these people who is under 18."""
    return any(
        row.is_minor and row.person is not None and does_line_start_with_name(answer_line, row.person.name)
        for row in participants
    )


def _has_participant_confirmed(participant: Participant) -> bool:
    """Confirmed or provisionally confirmed; for somebody under 18, their adult contact has agreed too."""
    return participant.is_coming and not participant.lacks_consent


def _format_form_line(proposal: Proposal, participant: Participant) -> str:
    """Return how the form names somebody: name and organisation."""
    organisation = "" if participant.is_minor else participant.organisation
    return ", ".join(part for part in (get_participant_name_in_form(proposal, participant), organisation) if part)
