"""Two rows of the directory that say the same of one organisation or one person: the one that stays holds both.

Each function takes (stays, goes), and saves nothing.
"""

from datetime import date
from typing import Any

from jukwaa.coalitions.models import Affiliation, Membership


def merge_memberships(surviving_membership: Membership, merged_membership: Membership) -> None:
    """An active one counts more than an application; of two active ones, or two observers, the earlier start counts."""
    active = Membership.Standing.ACTIVE
    if merged_membership.standing == active != surviving_membership.standing:
        surviving_membership.standing, surviving_membership.starts_on = (
            merged_membership.standing,
            merged_membership.starts_on,
        )
        surviving_membership.starts_precision = merged_membership.starts_precision
    elif surviving_membership.standing == merged_membership.standing and surviving_membership.standing in {
        active,
        Membership.Standing.OBSERVER,
    }:
        for date_field, precision_field in (("starts_on", "starts_precision"), ("ends_on", "ends_precision")):
            _merge_partial_date(surviving_membership, merged_membership, date_field, precision_field)
    surviving_membership.applied_on = min(
        filter(None, [surviving_membership.applied_on, merged_membership.applied_on]), default=None
    )
    surviving_membership.motivation = _join_differing_texts(
        surviving_membership.motivation, merged_membership.motivation
    )
    surviving_membership.reason = _join_differing_texts(surviving_membership.reason, merged_membership.reason)
    surviving_membership.applicant = surviving_membership.applicant or merged_membership.applicant


def merge_affiliations(surviving_affiliation: Affiliation, merged_affiliation: Affiliation) -> None:
    """Allow to represent what either of the two allows; keep the later confirmation."""
    merge_period_dates(surviving_affiliation, merged_affiliation)
    surviving_affiliation.position = _join_differing_texts(
        surviving_affiliation.position, merged_affiliation.position, separator="; "
    )[:120]
    surviving_affiliation.phone = surviving_affiliation.phone or merged_affiliation.phone
    surviving_affiliation.no_invitations = Affiliation.choose_objection(
        surviving_affiliation.no_invitations, merged_affiliation.no_invitations
    )
    surviving_affiliation.may_speak = surviving_affiliation.may_speak or merged_affiliation.may_speak
    if merged_affiliation.confirmed_on and (
        surviving_affiliation.confirmed_on is None
        or merged_affiliation.confirmed_on > surviving_affiliation.confirmed_on
    ):
        surviving_affiliation.confirmed_on, surviving_affiliation.confirmed_by = (
            merged_affiliation.confirmed_on,
            merged_affiliation.confirmed_by,
        )


def _merge_partial_date(
    surviving_membership: Membership, merged_membership: Membership, date_field: str, precision_field: str
) -> None:
    """Of a day and the month or year that it is in, the day counts; of others the longer membership."""
    ours, theirs = (
        (getattr(row, date_field), getattr(row, precision_field)) for row in (surviving_membership, merged_membership)
    )
    if _is_date_within(theirs, ours):
        setattr(surviving_membership, date_field, theirs[0])
        setattr(surviving_membership, precision_field, theirs[1])
    elif not _is_date_within(ours, theirs):
        longest = get_longest_period(surviving_membership, merged_membership)
        chosen = longest[0] if date_field == "starts_on" else longest[1]
        if chosen != ours[0]:
            setattr(surviving_membership, date_field, chosen)
            setattr(surviving_membership, precision_field, theirs[1])


def _is_date_within(inner: tuple[date | None, str], outer: tuple[date | None, str]) -> bool:
    """Whether the first is more exact than the second, and in the month or year that the second stands for."""
    lengths = {
        Membership.Precision.YEAR: 4,
        Membership.Precision.MONTH: 7,
        Membership.Precision.DAY: 10,
    }  # of the part of 2009-11-27 that is known
    if (
        inner[0] is None
        or outer[0] is None
        or lengths[Membership.Precision(inner[1])] <= lengths[Membership.Precision(outer[1])]
    ):
        return False
    known = lengths[Membership.Precision(outer[1])]
    return inner[0].isoformat()[:known] == outer[0].isoformat()[:known]


def merge_period_dates(surviving_row: Any, merged_row: Any) -> None:
    surviving_row.starts_on, surviving_row.ends_on = get_longest_period(surviving_row, merged_row)


def get_longest_period(first_period: Any, second_period: Any) -> tuple[date | None, date | None]:
    """From the earliest day that is known to the latest; without an end if either has none."""
    starts_on = min(filter(None, [first_period.starts_on, second_period.starts_on]), default=None)
    ends_on = (
        max(first_period.ends_on, second_period.ends_on) if first_period.ends_on and second_period.ends_on else None
    )
    return starts_on, ends_on


def _join_differing_texts(first_text: str, second_text: str, separator: str = "\n\n") -> str:
    return (
        first_text
        if not second_text or second_text in first_text
        else separator.join(filter(None, [first_text, second_text]))
    )
