"""From a proposal as it is stored to what is checked, and the call that it answers."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils import translation

from jukwaa.coalitions.models import Coalition
from jukwaa.core.rule_checks import Rule, RuleReport, evaluate_rules
from jukwaa.proposals.call import CallField, CallFieldType, CallForProposals
from jukwaa.proposals.call_catalogue import CallCatalogueEntry, get_call_catalogue, parse_stored_call
from jukwaa.proposals.call_files import get_shipped_calls_for_proposals
from jukwaa.proposals.checks import ALL_CHECKS_BY_NAME
from jukwaa.proposals.models import CallFile, Participant, Proposal, Submission
from jukwaa.proposals.participant_models import WITHHELD_VALUE
from jukwaa.proposals.proposal_values import Answer, ProposalRole, UploadedAnswerFile
from jukwaa.proposals.proposal_values import CheckedParticipant as Somebody
from jukwaa.proposals.proposal_values import CheckedProposal as Subject
from jukwaa.records.models import State

PARTICIPANT_KEY_PREFIX = "participant-"  # before the number of somebody who was added, in the key of a participant
JUDGEMENT_KEY_PREFIX = "judged:"  # before the name of a rule that a person judges, among the facts of a proposal


def find_call_for_proposal(
    coalition: Coalition, catalogue_entries: dict[str, CallCatalogueEntry], proposal: Proposal
) -> CallForProposals:
    """Return the call as it stands now. If it has been removed, return it as it was when the proposal was started."""
    entry = catalogue_entries.get(proposal.call_name)
    if entry is not None and entry.call is not None:
        return entry.call
    kept = CallFile.objects.of(coalition).filter(name=proposal.call_name, number=proposal.call_number).first()
    call = (
        parse_stored_call(kept.text) if kept is not None else get_shipped_calls_for_proposals().get(proposal.call_name)
    )
    return call or _build_placeholder_call(proposal)


def load_call_for_proposal(proposal: Proposal) -> CallForProposals:
    return find_call_for_proposal(proposal.coalition, get_call_catalogue(proposal.coalition), proposal)


def _build_placeholder_call(proposal: Proposal) -> CallForProposals:
    """Return a call without rules, so that the answers of a call that cannot be read any more can still be shown."""
    fields = tuple(CallField(name, name, CallFieldType.TEXT) for name in proposal.answers)
    name = proposal.call_name
    return CallForProposals(name=name, title=name, forum="", edition="", year=0, kind="", fields=fields)


def split_answer_lines(text: str) -> list[str]:
    """Return the lines of an answer in which each stands for one person or option."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def format_stored_answer(stored_answer: Any) -> str:
    return "\n".join(stored_answer) if isinstance(stored_answer, list) else str(stored_answer or "")


def is_list_call_field(call_field: CallField) -> bool:
    """Whether an answer to this field is a list of options."""
    return call_field.type is CallFieldType.CHOICES


def build_checked_proposal(call: CallForProposals, proposal: Proposal, checked_at: datetime) -> Subject:
    """Return what is checked, as if it were submitted at this moment."""
    facts = proposal.facts
    found = ((field.name, _convert_stored_answer(field, proposal.answers.get(field.name))) for field in call.fields)
    return Subject(
        answers={name: answer for name, answer in found if answer},
        participants=tuple(_list_checked_participants(call.fields, proposal)),
        submitted_at=checked_at,
        proposals_by_person=facts.get("proposals_by_person"),
        proposals_by_institution=facts.get("proposals_by_institution"),
        had_session_before=facts.get("had_session_before"),
        is_by_committee_member=facts.get("is_by_committee_member"),
        judgements={
            name.removeprefix(JUDGEMENT_KEY_PREFIX): met
            for name, met in facts.items()
            if name.startswith(JUDGEMENT_KEY_PREFIX)
        },
    )


def _convert_stored_answer(call_field: CallField, stored_answer: Any) -> Answer | None:
    text = format_stored_answer(stored_answer)
    if call_field.type is CallFieldType.PEOPLE or not text.strip():
        return None
    if call_field.type is CallFieldType.FILE:
        return UploadedAnswerFile(text)
    return tuple(split_answer_lines(text)) if is_list_call_field(call_field) else text


def _list_checked_participants(call_fields: Iterable[CallField], proposal: Proposal) -> Iterable[Somebody]:
    """Return those who were added to the proposal, and a person for each line of the form that names somebody else.

    Of the lines only the role is known: nothing about a person is derived.
    """
    rows, elsewhere = _load_participants_with_other_sessions(proposal)
    named, asked = set[int](), set[str]()
    for field in call_fields:
        if field.type is CallFieldType.PEOPLE and field.role:
            lines = split_answer_lines(format_stored_answer(proposal.answers.get(field.name)))
            found = match_answer_lines_to_people(proposal, [row for row in rows if field.role in row.roles], lines)
            named |= found.keys()
            asked.add(field.role)
            others = (line for number, line in enumerate(lines) if number not in found.values())
            yield from (Somebody(line.casefold(), frozenset({ProposalRole(field.role)})) for line in others)
    sessions = _count_sessions_by_person(rows, elsewhere)
    for row in rows:
        if not row.is_gone:
            is_in_form = row.pk in named or not asked.intersection(row.roles)
            yield _build_checked_participant(row, sessions[row.person_id], is_named_in_form=is_in_form)


def _build_checked_participant(participant: Participant, session_count: int, *, is_named_in_form: bool) -> Somebody:
    private = getattr(participant, "private", None)
    attendance = {Participant.Attendance.ONSITE.value: True, Participant.Attendance.ONLINE.value: False}
    return Somebody(
        key=f"{PARTICIPANT_KEY_PREFIX}{participant.pk}",
        roles=frozenset(map(ProposalRole, participant.roles)),
        stakeholder_group=_get_stated_group(participant.stakeholder_group),
        regional_group=_get_stated_group(participant.regional_group),
        gender=_get_stated_group(private.gender) if private else "",
        age_band=_get_stated_group(private.age_band) if private else "",
        is_newcomer=participant.is_newcomer,
        is_confirmed=True if participant.is_coming and not participant.lacks_consent else None,
        is_onsite=attendance.get(participant.attendance),
        sessions=max(participant.sessions, session_count) if participant.sessions is not None else None,
        least_sessions=session_count,
        is_in_form=is_named_in_form,
    )


def _get_stated_group(group_name: str) -> str:
    return "" if group_name == WITHHELD_VALUE else group_name


def _load_participants_with_other_sessions(proposal: Proposal) -> tuple[list[Participant], list[Participant]]:
    """Return the people of the proposal, and the same people as they take part in others in its call."""
    here = Participant.objects.filter(proposal=proposal.pk).order_by()
    others = Participant.objects.taking_part().filter(
        person__in=here.values("person"),
        proposal__coalition=proposal.coalition_id,
        proposal__call_name=proposal.call_name,
        proposal__state=State.PUBLISHED,
    )
    others = others.exclude(proposal=proposal.pk).exclude(proposal__submission__outcome=Submission.Outcome.DECLINED)
    parts = [rows.order_by().select_related("person", "private") for rows in (here, others)]
    rows = list(parts[0].union(parts[1], all=True).order_by("pk"))
    own = [row for row in rows if row.proposal_id == proposal.pk]
    return own, [row for row in rows if row.proposal_id != proposal.pk]


def _count_sessions_by_person(
    participants: Sequence[Participant], other_sessions: Iterable[Participant]
) -> Mapping[int | None, int]:
    """Return in how many sessions of this call each person has one of the roles that they have in this one."""
    roles = {row.person_id: set(row.roles) for row in participants if row.person_id is not None}
    counts: dict[int | None, int] = defaultdict(lambda: 1)
    for row in other_sessions:
        if row.person_id is not None:
            counts[row.person_id] += bool(roles[row.person_id].intersection(row.roles))
    return counts


def get_participant_name_in_form(proposal: Proposal, participant: Participant) -> str:
    """Return what a line of the form about somebody begins with. Nobody under 18 is named there."""
    if participant.is_minor:
        with translation.override(proposal.language):
            return translation.gettext("Participant under 18")
    return participant.person.name if participant.person else participant.name


def match_answer_lines_to_people(
    proposal: Proposal, participants: Iterable[Participant], answer_lines: Sequence[str]
) -> dict[int, int]:
    """Return which line is about whom: numbers of lines, each once, by numbers of participants."""
    found: dict[int, int] = {}
    for row in participants:
        name = get_participant_name_in_form(proposal, row)
        fitting = (number for number, line in enumerate(answer_lines) if does_line_start_with_name(line, name))
        number = next((number for number in fitting if number not in found.values()), None)
        if number is not None:
            found[row.pk] = number
    return found


def does_line_start_with_name(answer_line: str, participant_name: str) -> bool:
    """Whether a line of the form begins with this name."""
    answer_line, participant_name = answer_line.casefold(), participant_name.casefold()
    return (
        bool(participant_name)
        and answer_line.startswith(participant_name)
        and not answer_line[len(participant_name) : len(participant_name) + 1].isalnum()
    )


def check_proposal_rules(call: CallForProposals, proposal: Proposal, checked_at: datetime) -> RuleReport:
    """Judge a proposal by each rule of the call."""
    return evaluate_call_rules(call, build_checked_proposal(call, proposal, checked_at))


def evaluate_call_rules(call: CallForProposals, checked_proposal: Subject) -> RuleReport:
    rules: tuple[Rule, ...] = call.all_rules
    return evaluate_rules(checked_proposal, rules, ALL_CHECKS_BY_NAME, call.unknown)
