"""The days of a meeting as somebody types them: "22 e 23 de setembro de 2026", "September 2026", "2026"."""

import re
from dataclasses import dataclass
from datetime import date

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jukwaa.coalitions.forms.typed_dates import parse_typed_date
from jukwaa.coalitions.imports.dates import AmbiguousDateError, InvalidDateError
from jukwaa.intake.meeting_dates import DAY_RANGES
from jukwaa.meetings.models import Meeting

MEETING_DAYS_HELP = gettext_lazy("For example, 27 November 2009, 27-28 November 2009, November 2009 or 2009.")
NUMERIC_DATE_PATTERN = re.compile(r"\d{1,2}/\d{1,2}/\d{4}")


@dataclass(frozen=True, slots=True)
class MeetingDays:
    """`precision` says how exactly the first day is known. `last` is that of what takes several days."""

    first: date | None = None
    precision: str = Meeting.Precision.DAY
    last: date | None = None


def parse_meeting_days(text: str) -> MeetingDays:
    """Raises ValidationError with a sentence that says how to write it."""
    try:
        return _parse_typed_range(text) or _parse_typed_day(text)
    except AmbiguousDateError as error:
        raise forms.ValidationError(str(error)) from error
    except InvalidDateError as error:
        raise forms.ValidationError(
            _("Enter a date, for example 27 November 2009 or 2009-11-27, or only a month or a year.")
        ) from error


def _parse_typed_day(text: str) -> MeetingDays:
    parsed = parse_typed_date(text.strip(" .,"))
    return MeetingDays(parsed.day, parsed.precision) if parsed else MeetingDays()


def _parse_typed_range(text: str) -> MeetingDays | None:
    days = DAY_RANGES.find_only(text)
    if days is None or days.year is None:
        return None
    for numbers in NUMERIC_DATE_PATTERN.findall(text):
        parse_typed_date(numbers)  # refuses what could be two days
    try:
        first = date(days.year, days.first[1], days.first[0])
    except ValueError as error:
        raise InvalidDateError(text) from error
    last = days.get_last_day(first)
    if last is None:  # "3 and 10 June" are two meetings
        raise InvalidDateError(text)
    return MeetingDays(first, Meeting.Precision.DAY, last)
