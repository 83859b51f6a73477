"""When something comes again: a few rules that people choose by name, and the days that a rule gives (RFC 5545).

Pure: from a rule and days to days. Weeks and months are those of the calendar that the whole field plans by.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice, takewhile

from dateutil.rrule import rrulestr
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

MOST = 60  # days that are made at a time
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
# The Tuesday on 5 to 11 February fits each day that is known, 2007 to 2025. "The second Tuesday" does not.
SAFER_INTERNET_DAY = "FREQ=YEARLY;BYMONTH=2;BYDAY=TU;BYMONTHDAY=5,6,7,8,9,10,11"
LEAP_DAY = (2, 29)
LAST_FIFTH = 28  # a fifth weekday begins after it


class Again(models.TextChoices):
    """What a form offers."""

    ONCE = "once", _("once")
    SAFER_INTERNET_DAY = (
        "safer-internet-day",
        _("every year, on Safer Internet Day (the Tuesday between 5 and 11 February)"),
    )
    YEARLY = "yearly", _("every year, on the same date")
    YEARLY_WEEKDAY = "yearly-weekday", _("every year, on the same weekday of the month (such as the second Tuesday)")
    MONTHLY_WEEKDAY = "monthly-weekday", _("every month, on the same weekday (such as the second Tuesday)")
    WEEKLY = "weekly", _("every week, on the same weekday")
    KEPT = "kept", pgettext_lazy("when it comes again", "unchanged")


def rule_for(again: str, day: date) -> str:
    """The rule that this choice means for something that first takes place on this day; empty for once."""
    weekday = DAYS[day.weekday()]
    nth = f"{-1 if day.day > LAST_FIFTH else (day.day - 1) // 7 + 1}{weekday}"
    return {
        Again.SAFER_INTERNET_DAY: SAFER_INTERNET_DAY,
        Again.YEARLY: _yearly(day),
        Again.YEARLY_WEEKDAY: f"FREQ=YEARLY;BYMONTH={day.month};BYDAY={nth}",
        Again.MONTHLY_WEEKDAY: f"FREQ=MONTHLY;BYDAY={nth}",
        Again.WEEKLY: f"FREQ=WEEKLY;BYDAY={weekday}",
    }.get(Again(again), "")


def _yearly(day: date) -> str:
    """29 February comes each year: on its last day of February where there is none."""
    if (day.month, day.day) == LEAP_DAY:
        return "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1"
    return f"FREQ=YEARLY;BYMONTH={day.month};BYMONTHDAY={day.day}"


def again_of(rule: str, day: date) -> Again:
    """Which choice a rule came from, as seen from a day on which it takes place."""
    return next((again for again in Again if again != Again.KEPT and rule_for(again, day) == rule), Again.KEPT)


def days_of(rule: str, first: date, until: date) -> Sequence[date]:
    """The days from `first` to `until` that the rule gives, both included, and at most sixty of them."""
    if not rule or until < first:
        return []
    begin = datetime.combine(first, time())
    made = rrulestr(rule, dtstart=begin)
    days = (moment.date() for moment in made.xafter(begin, inc=True))
    return list(islice(takewhile(lambda day: day <= until, days), MOST))


def next_day(rule: str, day: date) -> date:
    """The first day that the rule gives, on this day or after it; the day itself where it gives none in eight years."""
    return next(iter(days_of(rule, day, day + timedelta(days=366 * 8))), day)


def in_words(rule: str) -> str | Promise:
    """How often, for a reader. The days themselves stand beside it."""
    if rule == SAFER_INTERNET_DAY:
        return _("every year, on the Tuesday between 5 and 11 February")
    how = rule.partition(";")[0].removeprefix("FREQ=")
    return {"YEARLY": _("every year"), "MONTHLY": _("every month"), "WEEKLY": _("every week")}.get(how, _("once"))
