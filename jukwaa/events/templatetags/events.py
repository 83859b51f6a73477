"""Days and hours of events, for templates: `{% load events %}`."""

from collections.abc import Iterable
from datetime import datetime

from babel.dates import format_time
from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jukwaa.core.dates import format_day_range, format_long_date
from jukwaa.core.linked_data import render_linked_data
from jukwaa.core.list_formatting import join_with_separator
from jukwaa.events.calendar_sources import CalendarItem
from jukwaa.events.linked_data import build_linked_event, build_linked_occurrence
from jukwaa.events.models import Event, Occurrence
from jukwaa.events.times import get_local_date, get_local_time
from jukwaa.places.templatetags.places import country_name

register = template.Library()


@register.simple_tag
def linked_event(event: Event, occurrences: Iterable[Occurrence]) -> SafeString:
    """The event for machines, as data in its page."""
    return render_linked_data(build_linked_event(event, occurrences))


@register.simple_tag
def linked_occurrence(event: Event, occurrence: Occurrence) -> SafeString:
    return render_linked_data(build_linked_occurrence(event, occurrence))


@register.filter
def days(item: Occurrence | CalendarItem) -> str:
    """9 February 2027, or 5-7 March 2027."""
    first, last = (item.first, item.last) if isinstance(item, CalendarItem) else (item.starts_on, item.ends_on)
    return format_day_range(first, last)


@register.filter
def hours(item: Occurrence | CalendarItem) -> str:
    """14:30 to 16:00 (Africa/Nairobi), 11:30 to 13:00 UTC; empty where no hour is known."""
    if item.starts_at is None:
        return ""
    zone = item.time_zone
    ends_at = None if isinstance(item, CalendarItem) and not item.is_end_time_known else item.ends_at
    here = f"{_format_time_span(item.starts_at, ends_at, zone)} ({zone.replace('_', ' ')})"
    if zone == "UTC":
        return here
    there = _format_time_span(item.starts_at, ends_at, "UTC")
    other = get_local_date(item.starts_at, "UTC")
    if other != get_local_date(item.starts_at, zone):
        there = f"{format_long_date(other)}, {there}"
    return f"{here}; {there} UTC"


def _format_time_span(starts_at: datetime, ends_at: datetime | None, time_zone: str) -> str:
    first = _format_local_hour(starts_at, time_zone)
    return (
        _("%(first)s to %(last)s") % {"first": first, "last": _format_local_hour(ends_at, time_zone)}
        if ends_at
        else first
    )


def _format_local_hour(utc_moment: datetime, time_zone: str) -> str:
    return format_time(
        get_local_time(utc_moment, time_zone), "HH:mm", locale=(get_language() or "en").replace("-", "_")
    )


@register.filter
def year(item: Occurrence) -> int:
    return item.starts_on.year


@register.filter
def names(countries: list[str]) -> str:
    """Countries in a row, by the names of today."""
    return join_with_separator(country_name(code) or code for code in countries)
