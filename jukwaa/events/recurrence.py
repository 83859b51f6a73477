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

MAX_RECURRING_DATES = 60  # days that are made at a time
WEEKDAY_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
# The Tuesday on 5 to 11 February fits each day that is known, 2007 to 2025. "The second Tuesday" does not.
SAFER_INTERNET_DAY_RULE = "FREQ=YEARLY;BYMONTH=2;BYDAY=TU;BYMONTHDAY=5,6,7,8,9,10,11"
LEAP_DAY_MONTH_AND_DAY = (2, 29)
LAST_DAY_IN_EVERY_MONTH = 28  # a fifth weekday begins after it


class Repetition(models.TextChoices):
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


def build_recurrence_rule(repetition: str, day: date) -> str:
    """Return the recurrence rule (RFC 5545) for this choice and first day; an empty string for a single event."""
    weekday = WEEKDAY_CODES[day.weekday()]
    nth = f"{-1 if day.day > LAST_DAY_IN_EVERY_MONTH else (day.day - 1) // 7 + 1}{weekday}"
    return {
        Repetition.SAFER_INTERNET_DAY: SAFER_INTERNET_DAY_RULE,
        Repetition.YEARLY: _build_yearly_rule(day),
        Repetition.YEARLY_WEEKDAY: f"FREQ=YEARLY;BYMONTH={day.month};BYDAY={nth}",
        Repetition.MONTHLY_WEEKDAY: f"FREQ=MONTHLY;BYDAY={nth}",
        Repetition.WEEKLY: f"FREQ=WEEKLY;BYDAY={weekday}",
    }.get(Repetition(repetition), "")


def _build_yearly_rule(day: date) -> str:
    """Return a yearly rule. 29 February recurs on the last day of February in other years."""
    if (day.month, day.day) == LEAP_DAY_MONTH_AND_DAY:
        return "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1"
    return f"FREQ=YEARLY;BYMONTH={day.month};BYMONTHDAY={day.day}"


def get_recurrence_choice(recurrence_rule: str, day: date) -> Repetition:
    """Return the choice from which a rule was built, given a day on which the event takes place."""
    return next(
        (
            again
            for again in Repetition
            if again != Repetition.KEPT and build_recurrence_rule(again, day) == recurrence_rule
        ),
        Repetition.KEPT,
    )


def list_recurring_dates(recurrence_rule: str, first_day: date, until_date: date) -> Sequence[date]:
    """Return at most 60 days that the rule gives from `first_day` to `until_date`, both included."""
    if not recurrence_rule or until_date < first_day:
        return []
    begin = datetime.combine(first_day, time())
    made = rrulestr(recurrence_rule, dtstart=begin)
    days = (moment.date() for moment in made.xafter(begin, inc=True))
    return list(islice(takewhile(lambda day: day <= until_date, days), MAX_RECURRING_DATES))


def find_next_date(recurrence_rule: str, day: date) -> date:
    """Return the first day that the rule gives on or after `day`; `day` itself if there is none within eight years."""
    return next(iter(list_recurring_dates(recurrence_rule, day, day + timedelta(days=366 * 8))), day)


def describe_recurrence_rule(recurrence_rule: str) -> str | Promise:
    """Return a phrase that says how often the event takes place."""
    if recurrence_rule == SAFER_INTERNET_DAY_RULE:
        return _("every year, on the Tuesday between 5 and 11 February")
    how = recurrence_rule.partition(";")[0].removeprefix("FREQ=")
    return {"YEARLY": _("every year"), "MONTHLY": _("every month"), "WEEKLY": _("every week")}.get(how, _("once"))
