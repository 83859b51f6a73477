"""Two rows of the directory that say the same of one organisation or one person: the one that stays holds both.

Each function takes (stays, goes), and saves nothing.
"""

from datetime import date
from typing import Any

from jukwaa.coalitions.models import Affiliation, Membership


def merge_memberships(survivor: Membership, merged: Membership) -> None:
    """An active one counts more than an application; of two active ones the earlier start counts."""
    active = Membership.Standing.ACTIVE
    if merged.standing == active != survivor.standing:
        survivor.standing, survivor.starts_on = merged.standing, merged.starts_on
        survivor.starts_precision = merged.starts_precision
    elif survivor.standing == merged.standing == active:
        ends_on, starts_on = survivor.ends_on, survivor.starts_on
        merge_dates(survivor, merged)
        if survivor.starts_on != starts_on:
            survivor.starts_precision = merged.starts_precision
        if survivor.ends_on != ends_on:
            survivor.ends_precision = merged.ends_precision
    survivor.applied_on = min(filter(None, [survivor.applied_on, merged.applied_on]), default=None)
    survivor.motivation = _join_differing_texts(survivor.motivation, merged.motivation)
    survivor.reason = _join_differing_texts(survivor.reason, merged.reason)
    survivor.applicant = survivor.applicant or merged.applicant


def merge_affiliations(survivor: Affiliation, merged: Affiliation) -> None:
    """Allow to represent what either of the two allows; keep the later confirmation."""
    merge_dates(survivor, merged)
    survivor.position = _join_differing_texts(survivor.position, merged.position, separator="; ")[:120]
    survivor.phone = survivor.phone or merged.phone
    survivor.may_speak = survivor.may_speak or merged.may_speak
    if merged.confirmed_on and (survivor.confirmed_on is None or merged.confirmed_on > survivor.confirmed_on):
        survivor.confirmed_on, survivor.confirmed_by = merged.confirmed_on, merged.confirmed_by


def merge_dates(survivor: Any, merged: Any) -> None:
    survivor.starts_on, survivor.ends_on = get_longest_period(survivor, merged)


def get_longest_period(first: Any, second: Any) -> tuple[date | None, date | None]:
    """From the earliest day that is known to the latest; without an end if either has none."""
    starts_on = min(filter(None, [first.starts_on, second.starts_on]), default=None)
    ends_on = max(first.ends_on, second.ends_on) if first.ends_on and second.ends_on else None
    return starts_on, ends_on


def _join_differing_texts(first: str, second: str, separator: str = "\n\n") -> str:
    return first if not second or second in first else separator.join(filter(None, [first, second]))
