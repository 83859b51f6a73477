"""The rules of a silence procedure as data, and what they allow to be declared: pure, so that each law can be tested.

Silence never counts as support. Members that await instructions, and those that no email reached, never count at all.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from jukwaa.drafting.models import Call, Position, Rules

CallOutcome = Call.Outcome
DECIDED_CALL_OUTCOMES = frozenset({CallOutcome.CONSENSUS, CallOutcome.WITH_DISSENT})


@dataclass(frozen=True)
class DecisionRules:
    """The rules of a coalition for decisions, as they were when a call began."""

    silence: str = Rules.Silence.SUPPORT
    objections: int = 1
    objections_from: str = Rules.From.ANY
    amendments_object: bool = True
    procedure_objections: int = 1
    awaiting: str = Rules.Awaiting.EXTEND
    extension_days: int = 7

    @classmethod
    def from_rules(cls, decision_rules: Rules) -> "DecisionRules":
        return cls(**{name: getattr(decision_rules, name) for name in cls.__dataclass_fields__})

    @classmethod
    def from_call(cls, call: Call) -> "DecisionRules":
        return cls(**call.rules)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def is_extendable(self) -> bool:
        return self.awaiting == Rules.Awaiting.EXTEND


@dataclass(frozen=True)
class PositionTally:
    """What the members did. Objections and amendments are given by the stakeholder group of the member."""

    support: int = 0  # with a reservation or without
    silent: int = 0
    objections: tuple[str, ...] = ()
    amendments: tuple[str, ...] = ()
    to_procedure: int = 0
    awaiting: int = 0
    unreached: int = 0


@dataclass(frozen=True)
class CallVerdict:
    """`outcomes` may be declared once the call has ended; those `at_once` also before."""

    outcomes: frozenset[str]
    at_once: frozenset[str] = field(default=frozenset())
    is_stopped: bool = False


def determine_call_verdict(decision_rules: DecisionRules, position_tally: PositionTally) -> CallVerdict:
    """Return which outcomes may be declared."""
    if position_tally.to_procedure >= decision_rules.procedure_objections:
        moved = frozenset({str(CallOutcome.TO_MEETING)})
        return CallVerdict(moved, moved, is_stopped=True)
    against = (*position_tally.objections, *(position_tally.amendments if decision_rules.amendments_object else ()))
    if _count_relevant_objections(against, decision_rules.objections_from) >= decision_rules.objections:
        stopped = frozenset({str(CallOutcome.NO_CONSENSUS), str(CallOutcome.TO_MEETING)})
        return CallVerdict(stopped, stopped, is_stopped=True)
    allowed = {str(CallOutcome.NO_CONSENSUS)}
    if position_tally.support or (position_tally.silent and decision_rules.silence == Rules.Silence.SUPPORT):
        dissents = bool(position_tally.objections or position_tally.amendments or position_tally.to_procedure)
        allowed.add(str(CallOutcome.WITH_DISSENT if dissents else CallOutcome.CONSENSUS))
    if position_tally.to_procedure:
        allowed.add(str(CallOutcome.TO_MEETING))
    return CallVerdict(frozenset(allowed))


def _count_relevant_objections(stakeholder_groups: Iterable[str], deadline_rule: str) -> int:
    """All objections, or the most within one stakeholder group."""
    counted = Counter(stakeholder_groups)
    return max(counted.values(), default=0) if deadline_rule == Rules.From.GROUP else counted.total()


def get_available_stances(call: Call) -> list[Position.Stance]:
    """Return what a member can say to a call; amendments and objections to the procedure only to a decision."""
    for_decisions = (Position.Stance.AMENDMENT, Position.Stance.PROCEDURE)
    return [stance for stance in Position.Stance if call.text.is_decision or stance not in for_decisions]
