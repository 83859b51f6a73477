"""From a proposal as it is stored to what is checked, and the call that it answers."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from jukwaa.coalitions.models import Coalition
from jukwaa.core.rule_checks import Report, Rule, evaluate
from jukwaa.proposals.call import Call, Field, FieldType
from jukwaa.proposals.call_files import get_shipped_calls
from jukwaa.proposals.catalogue import Entry, get_entries, read_call
from jukwaa.proposals.checks import ALL_CHECKS
from jukwaa.proposals.models import CallFile, Proposal
from jukwaa.proposals.proposal import Answer, File, Participant, Role
from jukwaa.proposals.proposal import Proposal as Subject

JUDGED = "judged:"  # before the name of a rule that a person judges, among the facts of a proposal


def get_call(coalition: Coalition, entries: dict[str, Entry], proposal: Proposal) -> Call:
    """Return the call as it stands now. If it has been removed, return it as it was when the proposal was started."""
    entry = entries.get(proposal.call_name)
    if entry is not None and entry.call is not None:
        return entry.call
    kept = CallFile.objects.of(coalition).filter(name=proposal.call_name, number=proposal.call_number).first()
    call = read_call(kept.text) if kept is not None else get_shipped_calls().get(proposal.call_name)
    return call or _build_unreadable(proposal)


def get_own_call(proposal: Proposal) -> Call:
    return get_call(proposal.coalition, get_entries(proposal.coalition), proposal)


def _build_unreadable(proposal: Proposal) -> Call:
    """Return a call without rules, so that the answers of a call that cannot be read any more can still be shown."""
    fields = tuple(Field(name, name, FieldType.TEXT) for name in proposal.answers)
    name = proposal.call_name
    return Call(name=name, title=name, forum="", edition="", year=0, kind="", fields=fields)


def as_lines(text: str) -> list[str]:
    """Return the lines of an answer in which each stands for one person or option."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def as_text(answer: Any) -> str:
    return "\n".join(answer) if isinstance(answer, list) else str(answer or "")


def is_list(field: Field) -> bool:
    """Whether an answer to this field is a list of options."""
    return field.type is FieldType.CHOICES


def build_subject(call: Call, proposal: Proposal, at: datetime) -> Subject:
    """Return what is checked, as if it were submitted at this moment."""
    facts = proposal.facts
    found = ((field.name, _read(field, proposal.answers.get(field.name))) for field in call.fields)
    return Subject(
        answers={name: answer for name, answer in found if answer},
        participants=tuple(_list_people(call.fields, proposal)),
        submitted_at=at,
        proposals_by_person=facts.get("proposals_by_person"),
        proposals_by_institution=facts.get("proposals_by_institution"),
        had_session_before=facts.get("had_session_before"),
        is_by_committee_member=facts.get("is_by_committee_member"),
        judgements={name.removeprefix(JUDGED): met for name, met in facts.items() if name.startswith(JUDGED)},
    )


def _read(field: Field, answer: Any) -> Answer | None:
    text = as_text(answer)
    if field.type is FieldType.PEOPLE or not text.strip():
        return None
    if field.type is FieldType.FILE:
        return File(text)
    return tuple(as_lines(text)) if is_list(field) else text


def _list_people(fields: Iterable[Field], proposal: Proposal) -> Iterable[Participant]:
    """Return a person for each line, of whom only the role is known: nothing about a person is derived."""
    for field in fields:
        if field.type is FieldType.PEOPLE and field.role:
            for name in as_lines(as_text(proposal.answers.get(field.name))):
                yield Participant(name.casefold(), frozenset({Role(field.role)}))


def check_proposal(call: Call, proposal: Proposal, at: datetime) -> Report:
    """Judge a proposal by each rule of the call."""
    rules: tuple[Rule, ...] = call.all_rules
    return evaluate(build_subject(call, proposal, at), rules, ALL_CHECKS, call.unknown)
