"""The last day of a meeting that takes several days."""

from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.forms.fields import DayField
from jukwaa.core.dates import format_long_date
from jukwaa.core.forms import Form
from jukwaa.meetings import times
from jukwaa.meetings.models import Meeting


class LastDayField(DayField):
    def __init__(self) -> None:
        super().__init__(
            label=_("Last day, if it takes more than one day"),
            help_text=_("If you enter a start time and a duration, they apply to each day."),
        )


def check_last_day(form: Form, cleaned_values: dict[str, Any]) -> None:
    """Add an error for a last day that cannot be. The first day is no last day: the meeting then takes one day."""
    first: date | None = cleaned_values.get("starts_on")
    last: date | None = cleaned_values.get("ends_on")
    if last is None:
        return
    if first is None:
        if "starts_on" not in form.errors:
            form.add_error("starts_on", gettext("Enter the first day too, or clear the last day."))
    elif cleaned_values.get("precision", Meeting.Precision.DAY) != Meeting.Precision.DAY:
        form.add_error("ends_on", gettext("Clear the last day, or choose “The date is already set”."))
    elif last == first:
        cleaned_values["ends_on"] = None
    elif error := find_last_day_error(first, last):
        form.add_error("ends_on", error)
    elif _ends_on_another_day(cleaned_values, last):
        form.add_error(
            "duration",
            gettext("Enter the duration of one day. With this duration, the meeting would not end on its last day."),
        )


def find_last_day_error(first_day: date, last_day: date) -> str:
    """Return what is wrong with the last day of a meeting, as a sentence; empty if nothing is."""
    if last_day < first_day:
        return gettext("Enter a last day after the first day, or clear it.")
    latest = first_day + timedelta(days=times.MAX_MEETING_DAYS - 1)
    if last_day > latest:
        sentence = gettext("A meeting can take at most %(days)s days. Enter a last day no later than %(latest)s.")
        return sentence % {"days": times.MAX_MEETING_DAYS, "latest": format_long_date(latest)}
    return ""


def _ends_on_another_day(cleaned_values: dict[str, Any], last_day: date) -> bool:
    """Whether a duration of a day or more, which is that of the whole meeting, does not reach the last day exactly."""
    duration = timedelta(minutes=cleaned_values.get("duration") or 0)
    hour, zone = cleaned_values.get("start_time"), cleaned_values.get("time_zone")
    if not hour or not zone or duration < times.ONE_DAY:
        return False
    starts_at = times.get_local_moment(cleaned_values["starts_on"], hour, zone, cleaned_values["fold"])
    return times.get_local_day(starts_at + duration - times.ONE_MINUTE, zone) != last_day
