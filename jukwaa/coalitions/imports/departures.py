"""Rows about current members that say that these have left: one day ends what the directory has, never both."""

from datetime import date

from django.utils.translation import gettext as _

from jukwaa.coalitions.imports.decisions import END, KEEP, Decisions, get_row_decision
from jukwaa.coalitions.imports.problems import DEPARTURE, RowProblem
from jukwaa.coalitions.imports.row_parsing import MemberRow
from jukwaa.coalitions.imports.vocabulary import RowStanding
from jukwaa.coalitions.models import ImportRow
from jukwaa.core.dates import format_long_date, get_utc_date


def has_departed(member_row: MemberRow) -> bool:
    """Whether the row says that the organisation was a member, and is none any more."""
    if member_row.stands not in {RowStanding.MEMBER, RowStanding.LEFT}:
        return False
    return member_row.until is not None and member_row.until.day < get_utc_date()


def find_departure_problem(
    row: ImportRow, member_row: MemberRow, starts_on: date | None, decisions: Decisions, notes: list[str]
) -> RowProblem | None:
    """Ask whether the membership of the directory ends on the day in the row; or note what was answered."""
    if not has_departed(member_row) or member_row.until is None:
        return None
    day = str(member_row.until.partial_date)
    answer = get_departure_answer(row, decisions)
    if starts_on and member_row.until.day < starts_on:
        if member_row.since:
            return None  # an earlier time as a member
        sentence = _(
            "Check the last day. According to the directory, this organisation has been a member since %(start)s."
        )
        return RowProblem(sentence % {"start": format_long_date(starts_on)}, "until")
    if answer == END:
        notes.append(_("The membership in the directory will end on this day: %(day)s.") % {"day": day})
    elif answer == KEEP:
        notes.append(_("The membership in the directory will not change."))
    else:
        sentence = _("This organisation is a member. The file says that its membership ended: %(day)s.")
        return RowProblem(sentence % {"day": day}, "until", DEPARTURE)
    return None


def get_departure_answer(row: ImportRow, decisions: Decisions) -> str:
    return str(row.answers.get("departure", "")) or get_row_decision(decisions, "departure")
