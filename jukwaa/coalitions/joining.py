"""Two rows of the directory that say the same of one organisation or one person: the one that stays holds both.

Each function takes (stays, goes), and saves nothing.
"""

from datetime import date
from typing import Any

from jukwaa.coalitions.models import Affiliation, Membership


def join_memberships(stays: Membership, goes: Membership) -> None:
    """An active one counts more than an application; of two active ones the earlier start counts."""
    active = Membership.Standing.ACTIVE
    if goes.standing == active != stays.standing:
        stays.standing, stays.starts_on = goes.standing, goes.starts_on
    elif stays.standing == goes.standing == active:
        join_times(stays, goes)
    stays.applied_on = min(filter(None, [stays.applied_on, goes.applied_on]), default=None)
    stays.motivation = _join_words(stays.motivation, goes.motivation)
    stays.reason = _join_words(stays.reason, goes.reason)
    stays.applicant = stays.applicant or goes.applicant


def join_affiliations(stays: Affiliation, goes: Affiliation) -> None:
    """Whoever may speak by one of the two may speak; the later confirmation counts."""
    join_times(stays, goes)
    stays.position = _join_words(stays.position, goes.position, between="; ")[:120]
    stays.may_speak = stays.may_speak or goes.may_speak
    if goes.confirmed_on and (stays.confirmed_on is None or goes.confirmed_on > stays.confirmed_on):
        stays.confirmed_on, stays.confirmed_by = goes.confirmed_on, goes.confirmed_by


def join_times(stays: Any, goes: Any) -> None:
    stays.starts_on, stays.ends_on = find_longest_time(stays, goes)


def find_longest_time(one: Any, other: Any) -> tuple[date | None, date | None]:
    """From the earliest day that is known to the latest; without an end if either has none."""
    starts_on = min(filter(None, [one.starts_on, other.starts_on]), default=None)
    ends_on = max(one.ends_on, other.ends_on) if one.ends_on and other.ends_on else None
    return starts_on, ends_on


def _join_words(one: str, other: str, between: str = "\n\n") -> str:
    return one if not other or other in one else between.join(filter(None, [one, other]))
