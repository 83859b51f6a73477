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
from jukwaa.places.regions import UN_REGIONAL_GROUPS, RegionalGroup, StakeholderGroup
from jukwaa.proposals.balance import (
    NO,
    ONLINE,
    ONSITE,
    OPEN_BALANCE_DIMENSIONS,
    PRIVATE_BALANCE_DIMENSIONS,
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
from jukwaa.proposals.proposal_page import RULE_OUTCOME_LABELS, RULE_OUTCOME_STYLES, ProposalPage, RuleCheckRow
from jukwaa.proposals.proposal_values import CheckedParticipant

PEOPLE_CHECK_NAMES = frozenset(
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
CHECK_NAME_BY_PRIVATE_DIMENSION = {BalanceDimension.GENDER: "other gender", BalanceDimension.AGE: "age bands"}
BALANCE_DIMENSION_TITLES: Mapping[BalanceDimension, str | Promise] = {
    BalanceDimension.REGION: gettext_lazy("Regional groups"),
    BalanceDimension.STAKEHOLDER_GROUP: gettext_lazy("Stakeholder groups"),
    BalanceDimension.NEWCOMER: gettext_lazy("New to the forum"),
    BalanceDimension.ATTENDANCE: gettext_lazy("On site and online"),
    BalanceDimension.GENDER: gettext_lazy("Gender"),
    BalanceDimension.AGE: gettext_lazy("Age"),
}
EXPECTED_STAKEHOLDER_GROUPS = tuple(
    group for group in StakeholderGroup if group not in (StakeholderGroup.OTHER, StakeholderGroup.UNKNOWN)
)
EXPECTED_VALUES_BY_DIMENSION: Mapping[BalanceDimension, tuple[str, ...]] = {
    BalanceDimension.REGION: tuple(group.value for group in UN_REGIONAL_GROUPS),
    BalanceDimension.STAKEHOLDER_GROUP: tuple(group.value for group in EXPECTED_STAKEHOLDER_GROUPS),
    BalanceDimension.NEWCOMER: (YES, NO),
    BalanceDimension.ATTENDANCE: (ONSITE, ONLINE),
}
VALUE_NAMES_BY_DIMENSION: Mapping[BalanceDimension, Mapping[str, str | Promise]] = {
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
QUESTIONS_BY_PRIVATE_DIMENSION: Mapping[BalanceDimension, str | Promise] = {
    BalanceDimension.GENDER: gettext_lazy("People of more than one gender take part"),
    BalanceDimension.AGE: gettext_lazy("People of more than one age group take part"),
}
# What the search of candidates is narrowed to for each gap; nobody is searched by how they attend.
SEARCH_PARAMETERS_BY_DIMENSION = {BalanceDimension.REGION: "region", BalanceDimension.STAKEHOLDER_GROUP: "group"}


@dataclass(frozen=True)
class BalanceGroupRow:
    """A group with the number of its people, as a number and as beads. `query` finds candidates for a gap."""

    name: str
    share: GroupShare
    beads: BeadRow
    query: str = ""


@dataclass(frozen=True)
class BalanceDimensionTable:
    dimension: BalanceDimension
    title: str | Promise
    rows: list[BalanceGroupRow]
    silent: GroupShare

    @property
    def not_stated_count(self) -> int:
        return self.silent.number


@dataclass(frozen=True)
class PrivateBalanceDimension:
    """A private dimension: an outcome, or numbers in steps, never a number of a few people."""

    title: str | Promise
    outcome: str | Promise
    style_class: str
    question: str | Promise
    numbers: list[tuple[str, int]]


@dataclass(frozen=True)
class BalancePage:
    shown: ProposalPage

    @property
    def call(self) -> CallForProposals:
        return self.shown.call

    @cached_property
    def people(self) -> list[CheckedParticipant]:
        return list_unique_people(self.shown.subject.participants)

    @cached_property
    def tables(self) -> list[BalanceDimensionTable]:
        return [
            _build_dimension_table(count_by_dimension(self.people, each, EXPECTED_VALUES_BY_DIMENSION[each]))
            for each in OPEN_BALANCE_DIMENSIONS
        ]

    @cached_property
    def _check_results(self) -> list[RuleResult]:
        return [each for each in self.shown.report.results if each.rule.check in PEOPLE_CHECK_NAMES]

    @property
    def rule_check_rows(self) -> list[RuleCheckRow]:
        """Return the call's own rules about people."""
        return list(map(RuleCheckRow, self._check_results))

    @property
    def criteria(self) -> tuple[ReviewCriterion, ...]:
        """Return what reviewers judge, in the words of the call."""
        return self.call.criteria

    @property
    def private_dimensions(self) -> list[PrivateBalanceDimension]:
        return list(self._describe_private_dimensions())

    def _describe_private_dimensions(self) -> Iterator[PrivateBalanceDimension]:
        for dimension in PRIVATE_BALANCE_DIMENSIONS:
            outcomes = {
                each.verdict.outcome
                for each in self._check_results
                if each.rule.check == CHECK_NAME_BY_PRIVATE_DIMENSION[dimension]
            }
            yield _describe_private_dimension(count_statements_privately(self.people, dimension), outcomes)


def _build_dimension_table(balance_table: BalanceTable) -> BalanceDimensionTable:
    each = choose_bead_value(share.number for share in balance_table.shares)
    rows = [
        BalanceGroupRow(
            str(VALUE_NAMES_BY_DIMENSION[balance_table.dimension].get(share.value, share.value)),
            share,
            draw_bead_row(share.number, bead_value=each),
            _build_candidate_search_query(balance_table.dimension, share)
            if share.value in balance_table.missing_groups
            else "",
        )
        for share in balance_table.shares
    ]
    return BalanceDimensionTable(
        balance_table.dimension, BALANCE_DIMENSION_TITLES[balance_table.dimension], rows, balance_table.not_stated
    )


def _build_candidate_search_query(balance_dimension: BalanceDimension, group_share: GroupShare) -> str:
    """Return the filters of the search that fill a gap, as they stand in an address; nothing where none does."""
    if balance_dimension is BalanceDimension.NEWCOMER and group_share.value == YES:
        return urlencode({"new": "on"})
    return (
        urlencode({SEARCH_PARAMETERS_BY_DIMENSION[balance_dimension]: group_share.value})
        if balance_dimension in SEARCH_PARAMETERS_BY_DIMENSION
        else ""
    )


def _describe_private_dimension(
    balance_table: PrivateBalanceTable, rule_outcomes: set[RuleOutcome]
) -> PrivateBalanceDimension:
    """Where the call has a rule, its outcome alone is shown: two outcomes about different people could be compared.

    A rule that is not met says that some are alike; numbers beside it could say who.
    """
    numbers = {} if RuleOutcome.NOT_MET in rule_outcomes else balance_table.at_least
    outcome = _combine_check_outcomes(rule_outcomes) if rule_outcomes else balance_table.outcome
    question = (
        _("See the rules of the call for proposals below")
        if rule_outcomes
        else QUESTIONS_BY_PRIVATE_DIMENSION[balance_table.dimension]
    )
    names = VALUE_NAMES_BY_DIMENSION[balance_table.dimension]
    found = [(str(names.get(value, _("Not stated"))), number) for value, number in numbers.items()]
    return PrivateBalanceDimension(
        BALANCE_DIMENSION_TITLES[balance_table.dimension],
        RULE_OUTCOME_LABELS[outcome],
        RULE_OUTCOME_STYLES[outcome],
        question,
        found,
    )


def _combine_check_outcomes(rule_outcomes: set[RuleOutcome]) -> RuleOutcome:
    """Return the outcome of several rules together."""
    return next(each for each in (RuleOutcome.NOT_MET, RuleOutcome.UNKNOWN, RuleOutcome.MET) if each in rule_outcomes)
