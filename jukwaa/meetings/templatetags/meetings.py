"""How meetings are written on pages: `{% load meetings %}`."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from jukwaa.coalitions.caching import get_or_build_cached
from jukwaa.coalitions.models import Coalition, Organisation
from jukwaa.coalitions.models.people import Viewer
from jukwaa.coalitions.standing import Standing
from jukwaa.core.linked_data import render_linked_data
from jukwaa.core.prepared import execute_prepared
from jukwaa.meetings import policies
from jukwaa.meetings.attendance import describe_modes_of_rows
from jukwaa.meetings.idea_pages import IdeasOfMeeting
from jukwaa.meetings.linked_data import build_meeting_linked_data
from jukwaa.meetings.meeting_lists import find_latest_agreements, find_past_meetings
from jukwaa.meetings.models import Attendance, Commitment, Entry, Meeting
from jukwaa.meetings.report.formats import ReportFormat
from jukwaa.meetings.spoken_capacities import SpokenCapacity, list_spoken_capacities
from jukwaa.meetings.time_formatting import MeetingTimeLine, build_meeting_time_lines, format_meeting_date
from jukwaa.places.count_graphics import draw_bead_row
from jukwaa.places.countries import get_country_name
from jukwaa.records.models import State

register = template.Library()

MAX_HOME_AGREEMENTS = 5  # decisions and commitments on the home page
MAX_HOME_PAST_MEETINGS = 6  # on the home page
# The shapes of `report/data/shapes.toml`, as pages call them; one that an operator added keeps its own title.
REPORT_FORMAT_TITLES = {
    "own": gettext_lazy("Session report"),
    "igf-2015": gettext_lazy("IGF workshop report (2015 and 2016 template)"),
    "igf-2021": gettext_lazy("IGF session report (template since 2021): key takeaways and call to action first"),
}


@register.filter
def report_format_title(shape: ReportFormat) -> str:
    return str(REPORT_FORMAT_TITLES.get(shape.name, shape.title))


@register.filter
def attendance_modes(rows: Sequence[Attendance]) -> str:
    """How many attended in the room and online, where that is known."""
    return describe_modes_of_rows(rows)


@register.simple_tag(takes_context=True)
def spoken_capacities(context: template.Context, organisation: Organisation) -> list[SpokenCapacity]:
    """As what it spoke here, for the page of the organisation."""
    return list_spoken_capacities(organisation, context["request"].standing)


@register.simple_tag
def latest_agreements(viewer: Viewer, coalition: Coalition) -> list[Entry]:
    return list(execute_prepared(find_latest_agreements, viewer, coalition, MAX_HOME_AGREEMENTS))


@register.simple_tag
def past_meetings(coalition: Coalition) -> list[Meeting]:
    """The latest that everyone can read: the same for every reader."""
    return get_or_build_cached(
        coalition, "past-meetings", lambda: list(find_past_meetings(coalition, MAX_HOME_PAST_MEETINGS))
    )


@register.simple_tag
def meeting_time_lines(meeting: Meeting) -> list[MeetingTimeLine]:
    return build_meeting_time_lines(meeting)


@register.simple_tag
def meeting_linked_data(meeting: Meeting) -> SafeString:
    """The meeting for machines, as data in its page."""
    return render_linked_data(build_meeting_linked_data(meeting))


@register.filter
def is_joinable_by(meeting: Meeting, standing: Standing) -> bool:
    """Whether this reader may see the joining link."""
    return policies.can_see_joining_link(standing, meeting)


@register.inclusion_tag("meetings/meeting_ideas.html", takes_context=True)
def ideas_of_meeting(context: template.Context, meeting: Meeting) -> dict[str, Any]:
    """Ideas on the page of a planned meeting; nothing on the page of another one."""
    standing = context["standing"]
    is_over = meeting.is_held or meeting.is_cancelled
    ideas = IdeasOfMeeting(meeting, standing) if meeting.state == State.PUBLISHED and not is_over else None
    return {"ideas": ideas, "coalition": context["coalition"], "standing": standing}


@register.filter
def bead_row(number: int) -> str:
    """A row of beads for a number that stands beside it."""
    return draw_bead_row(number).svg


@register.filter
def entry_text_for(entry: Entry, standing: Standing) -> str:
    """Return the text of an entry; members also read the name of an owner who has not confirmed a commitment."""
    commitment = _get_readable_commitment(entry, standing)
    return commitment.written_text if commitment else entry.text


@register.filter
def entry_title_for(entry: Entry, standing: Standing) -> str:
    """Return the title of an entry, as `entry_text_for`."""
    commitment = _get_readable_commitment(entry, standing)
    return commitment.written_title if commitment else entry.title


def _get_readable_commitment(entry: Entry, viewer_standing: Standing) -> Commitment | None:
    return entry.commitment_if_any if viewer_standing.is_inside else None


@register.filter
def meeting_date(meeting: Meeting) -> str:
    """22-23 September 2026; 27 November 2009; November 2009; 2009: as far as it is known."""
    if meeting.starts_on is None:
        return _("date not decided") if meeting.is_planned else _("date not known")
    return format_meeting_date(meeting)


@register.filter
def meeting_iso_date(meeting: Meeting) -> str:
    """The same for machines: 2009-11-27; 2009-11; 2009."""
    lengths = {Meeting.Precision.YEAR: 4, Meeting.Precision.MONTH: 7}
    known = meeting.starts_on.isoformat() if meeting.starts_on else ""
    return known[: lengths.get(Meeting.Precision(meeting.precision), len(known))]


@register.filter
def meeting_place(meeting: Meeting) -> str:
    """Sharm El Sheikh, Egypt."""
    country = get_country_name(meeting.country, get_language() or "en") if meeting.country else ""
    if meeting.place and country and not meeting.place.endswith(country):
        return _("%(place)s, %(country)s") % {"place": meeting.place, "country": country}
    return meeting.place or country
