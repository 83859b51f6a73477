"""What the page on balance shows: a picture and a table for each dimension, and the call's own rules about people."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from jukwaa.core.rule_checks import RuleOutcome, RuleResult
from jukwaa.places.count_graphics import BeadRow, choose_bead_value, draw_bead_row
from jukwaa.places.regions import UN_GROUPS, RegionalGroup, StakeholderGroup
from jukwaa.proposals.balance import (
    NO,
    ONLINE,
    ONSITE,
    OPEN_DIMENSIONS,
    PRIVATE_DIMENSIONS,
    YES,
    BalanceDimension,
    BalanceTable,
    GroupShare,
    PrivateBalanceTable,
    count_by_dimension,
    count_statements_privately,
    list_unique_people,
)
from jukwaa.proposals.call import CallForProposals, ReviewCriterion
from jukwaa.proposals.participant_models import PrivateStatement
from jukwaa.proposals.proposal_page import RULE_OUTCOME_LABELS, RULE_OUTCOME_STYLES, CheckRow, ProposalPage
from jukwaa.proposals.proposal_values import Participant

PEOPLE_CHECKS = frozenset(
    {
        "people",
        "other gender",
        "stakeholder groups",
        "regional groups",
        "age bands",
        "newcomers",
        "sessions of a person",
    }
)
PRIVATE_CHECKS = {BalanceDimension.GENDER: "other gender", BalanceDimension.AGE: "age bands"}
DIMENSION_TITLES: Mapping[BalanceDimension, str | Promise] = {
    BalanceDimension.REGION: gettext_lazy("Regional groups"),
    BalanceDimension.STAKEHOLDER_GROUP: gettext_lazy("Stakeholder groups"),
    BalanceDimension.NEWCOMER: gettext_lazy("New to the forum"),
    BalanceDimension.ATTENDANCE: gettext_lazy("On site and online"),
    BalanceDimension.GENDER: gettext_lazy("Gender"),
    BalanceDimension.AGE: gettext_lazy("Age"),
}
EXPECTED_GROUPS = tuple(
    group for group in StakeholderGroup if group not in (StakeholderGroup.OTHER, StakeholderGroup.UNKNOWN)
)
EXPECTED_VALUES: Mapping[BalanceDimension, tuple[str, ...]] = {
    BalanceDimension.REGION: tuple(group.value for group in UN_GROUPS),
    BalanceDimension.STAKEHOLDER_GROUP: tuple(group.value for group in EXPECTED_GROUPS),
    BalanceDimension.NEWCOMER: (YES, NO),
    BalanceDimension.ATTENDANCE: (ONSITE, ONLINE),
}
VALUE_NAMES: Mapping[BalanceDimension, Mapping[str, str | Promise]] = {
    BalanceDimension.REGION: {each.value: each.label for each in RegionalGroup},
    BalanceDimension.STAKEHOLDER_GROUP: {each.value: each.label for each in StakeholderGroup},
    BalanceDimension.NEWCOMER: {
        YES: pgettext_lazy("people", "First time at this forum"),
        NO: pgettext_lazy("people", "Have attended before"),
    },
    BalanceDimension.ATTENDANCE: {
        ONSITE: pgettext_lazy("people", "On site"),
        ONLINE: pgettext_lazy("people", "Online"),
    },
    BalanceDimension.GENDER: dict(PrivateStatement.Gender.choices),
    BalanceDimension.AGE: dict(PrivateStatement.AgeBand.choices),
}
PRIVATE_QUESTIONS: Mapping[BalanceDimension, str | Promise] = {
    BalanceDimension.GENDER: gettext_lazy("People of more than one gender take part"),
    BalanceDimension.AGE: gettext_lazy("People of more than one age group take part"),
}
# What the search of candidates is narrowed to for each gap; nobody is searched by how they attend.
SEARCH_PARAMETERS = {BalanceDimension.REGION: "region", BalanceDimension.STAKEHOLDER_GROUP: "group"}


@dataclass(frozen=True)
class GroupRow:
    """A group with the number of its people, as a number and as beads. `query` finds candidates for a gap."""

    name: str
    share: GroupShare
    beads: BeadRow
    query: str = ""


@dataclass(frozen=True)
class DimensionTable:
    dimension: BalanceDimension
    title: str | Promise
    rows: list[GroupRow]
    silent: GroupShare

    @property
    def not_stated(self) -> int:
        return self.silent.number


@dataclass(frozen=True)
class PrivateDimension:
    """A private dimension: an outcome, or numbers in steps, never a number of a few people."""

    title: str | Promise
    outcome: str | Promise
    look: str
    question: str | Promise
    numbers: list[tuple[str, int]]


@dataclass(frozen=True)
class BalancePage:
    shown: ProposalPage

    @property
    def call(self) -> CallForProposals:
        return self.shown.call

    @cached_property
    def people(self) -> list[Participant]:
        return list_unique_people(self.shown.subject.participants)

    @cached_property
    def tables(self) -> list[DimensionTable]:
        return [
            _build_dimension_table(count_by_dimension(self.people, each, EXPECTED_VALUES[each]))
            for each in OPEN_DIMENSIONS
        ]

    @cached_property
    def _check_results(self) -> list[RuleResult]:
        return [each for each in self.shown.report.results if each.rule.check in PEOPLE_CHECKS]

    @property
    def rules(self) -> list[CheckRow]:
        """Return the call's own rules about people."""
        return list(map(CheckRow, self._check_results))

    @property
    def criteria(self) -> tuple[ReviewCriterion, ...]:
        """Return what reviewers judge, in the words of the call."""
        return self.call.criteria

    @property
    def private(self) -> list[PrivateDimension]:
        return list(self._describe_private())

    def _describe_private(self) -> Iterator[PrivateDimension]:
        for dimension in PRIVATE_DIMENSIONS:
            outcomes = {
                each.verdict.outcome for each in self._check_results if each.rule.check == PRIVATE_CHECKS[dimension]
            }
            yield _describe_private(count_statements_privately(self.people, dimension), outcomes)


def _build_dimension_table(table: BalanceTable) -> DimensionTable:
    each = choose_bead_value(share.number for share in table.shares)
    rows = [
        GroupRow(
            str(VALUE_NAMES[table.dimension].get(share.value, share.value)),
            share,
            draw_bead_row(share.number, stands_for=each),
            _build_search_query(table.dimension, share) if share.value in table.missing else "",
        )
        for share in table.shares
    ]
    return DimensionTable(table.dimension, DIMENSION_TITLES[table.dimension], rows, table.not_stated)


def _build_search_query(dimension: BalanceDimension, share: GroupShare) -> str:
    """Return the filters of the search that fill a gap, as they stand in an address; nothing where none does."""
    if dimension is BalanceDimension.NEWCOMER and share.value == YES:
        return urlencode({"new": "on"})
    return urlencode({SEARCH_PARAMETERS[dimension]: share.value}) if dimension in SEARCH_PARAMETERS else ""


def _describe_private(table: PrivateBalanceTable, rules: set[RuleOutcome]) -> PrivateDimension:
    """Where the call has a rule, its outcome alone is shown: two outcomes about different people could be compared.

    A rule that is not met says that some are alike; numbers beside it could say who.
    """
    numbers = {} if RuleOutcome.NOT_MET in rules else table.at_least
    outcome = _combine_check_outcomes(rules) if rules else table.outcome
    question = _("See the rules of the call for proposals below") if rules else PRIVATE_QUESTIONS[table.dimension]
    names = VALUE_NAMES[table.dimension]
    found = [(str(names.get(value, _("Not stated"))), number) for value, number in numbers.items()]
    return PrivateDimension(
        DIMENSION_TITLES[table.dimension], RULE_OUTCOME_LABELS[outcome], RULE_OUTCOME_STYLES[outcome], question, found
    )


def _combine_check_outcomes(outcomes: set[RuleOutcome]) -> RuleOutcome:
    """Return the outcome of several rules together."""
    return next(each for each in (RuleOutcome.NOT_MET, RuleOutcome.UNKNOWN, RuleOutcome.MET) if each in outcomes)
