"""Earlier meetings of the group that a new one is for: their title, and the people who are selected for it at first."""

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition
from jukwaa.meetings.meeting_titles import concerns_part_of_coalition, get_group_name
from jukwaa.meetings.models import Attendance, Invitee, Meeting
from jukwaa.places.text_folding import fold_text
from jukwaa.records.models import State

MAX_EARLIER_MEETINGS = 100


def list_earlier_meetings(viewer: Person, coalition: Coalition) -> list[Meeting]:
    """Return the latest meetings of groups of the coalition, the latest first."""
    rows = Meeting.objects.visible_to(viewer).of(coalition).filter(state=State.PUBLISHED, starts_on__isnull=False)
    found = rows.order_by("-starts_on", "-pk")[:MAX_EARLIER_MEETINGS]
    return [meeting for meeting in found if concerns_part_of_coalition(meeting.title, coalition)]


def find_meeting_named_in_text(text: str, meetings: list[Meeting]) -> Meeting | None:
    """Return the latest meeting whose group is named at the top of a text."""
    words = frozenset(fold_text(text).split())
    return next((each for each in meetings if get_group_name(each.title, each.coalition) <= words), None)


def find_people_of_group(title: str, coalition: Coalition, meetings: list[Meeting]) -> tuple[Meeting | None, set[int]]:
    """Return the latest meeting of the group that a title names with known people, and who attended or was invited."""
    name = get_group_name(title, coalition)
    if not concerns_part_of_coalition(title, coalition):
        return None, set()
    for meeting in meetings:
        if get_group_name(meeting.title, coalition) == name:
            attended = Attendance.objects.filter(meeting=meeting, capacity__person__isnull=False)
            people = {*attended.values_list("capacity__person", flat=True)}
            people |= {*Invitee.objects.filter(meeting=meeting).values_list("person", flat=True)}
            if people:
                return meeting, people
    return None, set()
