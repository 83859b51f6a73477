"""The balance of a proposal: how many people of each group are in it, and which groups are missing. No Django here.

Each person counts once, whatever their roles; who has declined does not count. Gender and age are private: they are
counted in steps of five, and only where no group is small. See `count_privately`.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from enum import StrEnum

from jukwaa.core.rule_checks import RuleOutcome
from jukwaa.proposals.proposal_values import CheckedParticipant

MIN_SHOWN_GROUP_SIZE = 5  # people of a group: a smaller number would say something about each of them
PRIVATE_COUNT_ROUNDING_STEP = (
    5  # numbers of groups are rounded down to steps, so that one more answer seldom changes any
)
MIN_PRIVATE_STATEMENTS = 3  # of two people, each would learn what the other stated
NOT_STATED_GROUP_VALUES = ("", "unknown")
YES, NO = "yes", "no"
ONSITE, ONLINE = "on-site", "online"


class BalanceDimension(StrEnum):
    """What is balanced. The values stand in addresses."""

    REGION = "region"
    STAKEHOLDER_GROUP = "stakeholder-group"
    NEWCOMER = "newcomer"
    ATTENDANCE = "attendance"
    GENDER = "gender"
    AGE = "age"


OPEN_BALANCE_DIMENSIONS = (
    BalanceDimension.REGION,
    BalanceDimension.STAKEHOLDER_GROUP,
    BalanceDimension.NEWCOMER,
    BalanceDimension.ATTENDANCE,
)
PRIVATE_BALANCE_DIMENSIONS = (BalanceDimension.GENDER, BalanceDimension.AGE)


def _normalise_group_name(group_name: str) -> str:
    return "" if group_name in NOT_STATED_GROUP_VALUES else group_name


def _convert_yes_no_answer(yes_no_answer: bool | None, yes_value: str, no_value: str) -> str:  # noqa: FBT001 - a statement of three values
    return "" if yes_no_answer is None else yes_value if yes_no_answer else no_value


STATEMENT_GETTERS_BY_DIMENSION: Mapping[BalanceDimension, Callable[[CheckedParticipant], str]] = {
    BalanceDimension.REGION: lambda person: _normalise_group_name(person.regional_group),
    BalanceDimension.STAKEHOLDER_GROUP: lambda person: _normalise_group_name(person.stakeholder_group),
    BalanceDimension.NEWCOMER: lambda person: _convert_yes_no_answer(person.is_newcomer, YES, NO),
    BalanceDimension.ATTENDANCE: lambda person: _convert_yes_no_answer(person.is_onsite, ONSITE, ONLINE),
    BalanceDimension.GENDER: lambda person: person.gender,
    BalanceDimension.AGE: lambda person: person.age_band,
}


@dataclass(frozen=True)
class GroupShare:
    """How many people have stated a group, by whether they have confirmed; "" is those who have stated none."""

    value: str
    confirmed: int = 0
    unconfirmed: int = 0

    @property
    def number(self) -> int:
        return self.confirmed + self.unconfirmed


@dataclass(frozen=True)
class BalanceTable:
    """All people of a proposal by one dimension that is not private."""

    dimension: BalanceDimension
    shares: tuple[GroupShare, ...]
    not_stated: GroupShare

    @property
    def total(self) -> int:
        return sum(share.number for share in self.shares) + self.not_stated.number

    @property
    def missing_groups(self) -> tuple[str, ...]:
        """Groups that nobody has stated. Those who have not stated theirs may belong to one of them."""
        return tuple(share.value for share in self.shares if not share.number)


@dataclass(frozen=True)
class PrivateBalanceTable:
    """What can be said about a private dimension without saying anything about one person.

    `at_least` are numbers in steps of five by group; it is empty where a number could identify somebody.
    """

    dimension: BalanceDimension
    outcome: RuleOutcome  # of: at least two groups are in it
    at_least: Mapping[str, int] = field(default_factory=dict)


def list_unique_people(participants: Iterable[CheckedParticipant]) -> list[CheckedParticipant]:
    """Return each person once, with all roles, without those who have declined."""
    found: dict[str, CheckedParticipant] = {}
    for each in participants:
        if each.is_confirmed is False:
            continue
        found[each.key] = _merge_duplicate_participants(found[each.key], each) if each.key in found else each
    return list(found.values())


def _merge_duplicate_participants(
    kept_participant: CheckedParticipant, duplicate_participant: CheckedParticipant
) -> CheckedParticipant:
    """Return one person of two rows: a statement in either holds, and the first where they differ."""
    values = {each.name: getattr(kept_participant, each.name) for each in fields(kept_participant)}
    for name, value in values.items():
        if value is None or value == "":
            values[name] = getattr(duplicate_participant, name)
    return CheckedParticipant(**values | {"roles": kept_participant.roles | duplicate_participant.roles})


def count_by_dimension(
    participants: Iterable[CheckedParticipant], balance_dimension: BalanceDimension, expected_groups: Sequence[str]
) -> BalanceTable:
    """Count people by a dimension that is not private, in the order of the groups that are expected."""
    if balance_dimension in PRIVATE_BALANCE_DIMENSIONS:
        raise ValueError(f"{balance_dimension} is private: use count_privately")
    numbers = Counter(
        (STATEMENT_GETTERS_BY_DIMENSION[balance_dimension](each), each.is_confirmed is True) for each in participants
    )
    stated = {value for value, _confirmed in numbers if value}
    order = [*expected_groups, *sorted(stated - set(expected_groups))]
    shares = [GroupShare(value, numbers[value, True], numbers[value, False]) for value in ["", *order]]
    return BalanceTable(balance_dimension, tuple(shares[1:]), shares[0])


def count_statements_privately(
    participants: Iterable[CheckedParticipant], balance_dimension: BalanceDimension
) -> PrivateBalanceTable:
    """Count people by a private dimension, as far as no number identifies anybody.

    Either every group is shown or none, since one that is left out could be subtracted from the number of people. They
    are shown only if each of them, and those who have stated nothing, are at least five, and if there are at least two:
    of a single group, everybody would be known to belong to it.
    """
    numbers = Counter(STATEMENT_GETTERS_BY_DIMENSION[balance_dimension](each) for each in participants)
    outcome = _judge_group_variety(numbers)
    stated = [value for value in numbers if value]
    if len(stated) > 1 and min(numbers.values()) >= MIN_SHOWN_GROUP_SIZE:
        at_least = {
            value: number // PRIVATE_COUNT_ROUNDING_STEP * PRIVATE_COUNT_ROUNDING_STEP
            for value, number in sorted(numbers.items())
        }
        return PrivateBalanceTable(balance_dimension, outcome, at_least)
    return PrivateBalanceTable(balance_dimension, outcome)


def _judge_group_variety(counts_by_group: Counter[str]) -> RuleOutcome:
    """Return whether at least two groups are there. It cannot be determined for very few people."""
    stated = counts_by_group.total() - counts_by_group[""]
    if stated < MIN_PRIVATE_STATEMENTS:
        return RuleOutcome.UNKNOWN
    if len([value for value in counts_by_group if value and counts_by_group[value]]) > 1:
        return RuleOutcome.MET
    return RuleOutcome.UNKNOWN if counts_by_group[""] else RuleOutcome.NOT_MET
