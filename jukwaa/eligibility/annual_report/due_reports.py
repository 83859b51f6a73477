"""Which annual report the forum asks for next, and by when."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from jukwaa.coalitions.models import Coalition
from jukwaa.proposals.call import CallPhase, get_call_phase
from jukwaa.proposals.call_catalogue import get_call_catalogue


@dataclass(frozen=True)
class DueReport:
    """`due_on` is None where no date is known."""

    year: int
    due_on: date | None = None


def find_due_reports(coalition: Coalition, now: datetime, submitted_years: set[int]) -> list[DueReport]:
    """Return the reports to submit now, the earliest first. `submitted_years` are years whose submission is recorded.

    The forum asks for the report of a year with the proposal of the next year, so its date is that of the open call.
    The self-check of this year asks for the report of the year before.
    """
    this_year = timezone.localdate(now).year
    calls = [entry.call for entry in get_call_catalogue(coalition).values() if entry.call is not None]
    dated = [
        DueReport(call.year - 1, call.deadline.day)
        for call in calls
        if call.deadline is not None
        and this_year <= call.year <= this_year + 1
        and get_call_phase(call, now) is CallPhase.OPEN
    ]
    found = {each.year: each for each in sorted(dated, key=lambda each: each.due_on or date.max, reverse=True)}
    if this_year - 1 not in submitted_years:
        found.setdefault(this_year - 1, DueReport(this_year - 1))
    return sorted(found.values(), key=lambda each: each.year)
