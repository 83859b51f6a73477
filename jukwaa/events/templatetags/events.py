"""Days and hours of events, for templates: `{% load events %}`."""

from datetime import date, datetime

from babel.dates import format_time
from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jukwaa.core.dates import written
from jukwaa.core.lists import in_a_row
from jukwaa.events.calendar_sources import Dated
from jukwaa.events.models import Occurrence
from jukwaa.events.times import day_there, hour_there
from jukwaa.places.templatetags.places import country_name

register = template.Library()


@register.filter
def days(what: Occurrence | Dated) -> str:
    """9 February 2027, or 5 March 2027 to 7 March 2027."""
    first, last = (what.first, what.last) if isinstance(what, Dated) else (what.starts_on, what.ends_on)
    return written(first) if last == first else _("%(first)s to %(last)s") % _both(first, last)


def _both(first: date, last: date) -> dict[str, str]:
    return {"first": written(first), "last": written(last)}


@register.filter
def hours(what: Occurrence | Dated) -> str:
    """14:30 to 16:00 (Africa/Nairobi), 11:30 to 13:00 UTC; empty where no hour is known."""
    if what.starts_at is None:
        return ""
    zone = what.time_zone
    here = f"{_span(what.starts_at, what.ends_at, zone)} ({zone.replace('_', ' ')})"
    if zone == "UTC":
        return here
    there = _span(what.starts_at, what.ends_at, "UTC")
    other = day_there(what.starts_at, "UTC")
    if other != day_there(what.starts_at, zone):
        there = f"{written(other)}, {there}"
    return f"{here}; {there} UTC"


def _span(starts: datetime, ends: datetime | None, zone: str) -> str:
    first = _hour(starts, zone)
    return _("%(first)s to %(last)s") % {"first": first, "last": _hour(ends, zone)} if ends else first


def _hour(at: datetime, zone: str) -> str:
    return format_time(hour_there(at, zone), "HH:mm", locale=(get_language() or "en").replace("-", "_"))


@register.filter
def year(what: Occurrence) -> int:
    return what.starts_on.year


@register.filter
def names(countries: list[str]) -> str:
    """Countries in a row, by the names of today."""
    return in_a_row(country_name(code) or code for code in countries)
