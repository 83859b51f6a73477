"""Who attends for the first time, for those who keep the minutes, so that they can greet them at the meeting."""

from dataclasses import dataclass

from jukwaa.coalitions.display_names import get_display_name
from jukwaa.coalitions.standing import Standing
from jukwaa.meetings.models import FIRST_TIME_ATTENDANCE_ROLES, Attendance, Meeting


@dataclass(frozen=True)
class MeetingNewcomers:
    """Nobody under 18 is named or counted here: they attend unnamed."""

    names: list[str]

    @property
    def newcomer_count(self) -> int:
        return len(self.names)


def find_newcomers(meeting: Meeting, viewer_standing: Standing) -> MeetingNewcomers:
    """Return who attends this meeting for the first time; nobody for other readers."""
    if not viewer_standing.is_rapporteur:
        return MeetingNewcomers([])
    rows = Attendance.objects.filter(
        meeting=meeting, came_as__in=FIRST_TIME_ATTENDANCE_ROLES, is_group=False
    ).without_minors()
    rows = rows.select_related("capacity__person", "capacity__organisation").order_by("pk")
    return MeetingNewcomers([get_display_name(row.capacity, viewer_standing) for row in rows])
