"""Rules as data: each names a check and its parameters, and a check is a pure function over a plain dataclass.

Proposals for a call and the conditions for staying listed are judged by this engine. It knows neither, and no Django:
messages are templates with values, which the page translates.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class RuleOutcome(StrEnum):
    MET = "met"
    NOT_MET = "not-met"
    UNKNOWN = "unknown"  # cannot be determined


class RuleLevel(StrEnum):
    MUST = "must"
    LIKED = "liked"


class ParameterKind(StrEnum):
    """What a parameter of a check holds."""

    COUNT = "count"  # a whole number from 1
    FLAG = "flag"
    TEXT = "text"
    TEXTS = "texts"
    FIELD = "field"  # the name of a field of the same file
    ROLE = "role"
    ROLES = "roles"


def gettext_noop(text: str) -> str:
    """Mark a template for translation, as Django's function of this name does."""
    return text


@dataclass(frozen=True)
class RuleMessage:
    """A sentence for people: `text` is a template for gettext, `values` are what it names."""

    text: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.text % self.values if self.values else self.text


@dataclass(frozen=True)
class CheckVerdict:
    outcome: RuleOutcome
    message: RuleMessage
    field: str = ""  # of the form, where the answer can be changed


@dataclass(frozen=True)
class Rule:
    """A rule of a call or of a list. `text` says it in the words of its source."""

    name: str
    check: str
    text: str = ""
    parameters: Mapping[str, Any] = field(default_factory=dict)
    level: RuleLevel = RuleLevel.MUST
    stage: str = ""
    source: str = ""


@dataclass(frozen=True)
class Check[Subject]:
    """`parameters` says what each parameter holds; of those in `one_of`, at least one has to be given."""

    judge: Callable[[Subject, Mapping[str, Any]], CheckVerdict]
    parameters: Mapping[str, ParameterKind] = field(default_factory=dict)
    optional: frozenset[str] = frozenset()
    one_of: frozenset[str] = frozenset()


@dataclass(frozen=True)
class RuleResult:
    rule: Rule
    verdict: CheckVerdict

    @property
    def is_met(self) -> bool:
        return self.verdict.outcome is RuleOutcome.MET


@dataclass(frozen=True)
class RuleReport:
    """What was found. `unknown` lists rules of which the file says that they exist and are not known."""

    results: tuple[RuleResult, ...]
    unknown: tuple[str, ...] = ()

    @property
    def binding(self) -> tuple[RuleResult, ...]:
        return tuple(result for result in self.results if result.rule.level is RuleLevel.MUST)

    @property
    def is_green(self) -> bool:
        """Whether every known rule is met. Without a known rule there is nothing to be green about."""
        return bool(self.binding) and all(result.is_met for result in self.binding)


def evaluate_rules[Subject](
    subject: Subject,
    checked_rules: Sequence[Rule],
    checks_by_name: Mapping[str, Check[Subject]],
    unknown_rules: Sequence[str] = (),
) -> RuleReport:
    """Judge a subject by each rule. Raises LookupError for a check that does not exist."""
    results = (RuleResult(rule, checks_by_name[rule.check].judge(subject, rule.parameters)) for rule in checked_rules)
    return RuleReport(tuple(results), tuple(unknown_rules))


def judge_count_in_range(known_count: int, possible_count: int, rule_parameters: Mapping[str, Any]) -> RuleOutcome:
    """Compare a number with `min` and `max`. It lies between `known_count` and `possible_count`, as far as is known."""
    least, most = rule_parameters.get("min", 0), rule_parameters.get("max")
    if possible_count < least or (most is not None and known_count > most):
        return RuleOutcome.NOT_MET
    if known_count >= least and (most is None or possible_count <= most):
        return RuleOutcome.MET
    return RuleOutcome.UNKNOWN


def judge_yes_no_answer(*, yes_no_answer: bool | None) -> RuleOutcome:
    """Return the outcome of a question that only a person can answer; None is no answer yet."""
    return {True: RuleOutcome.MET, False: RuleOutcome.NOT_MET, None: RuleOutcome.UNKNOWN}[yes_no_answer]
