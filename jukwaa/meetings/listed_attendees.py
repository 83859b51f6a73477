"""Who is on the attendance list of a meeting already, so that another source does not list them a second time."""

from collections.abc import Sequence

from jukwaa.coalitions.known_people import get_person_name_key, is_short_name
from jukwaa.meetings.models import Attendance, Meeting
from jukwaa.places.text_folding import fold_text


class ListedAttendees:
    """Finds the row of an attendee by who they are, or by their name, by which each row is found once.

    Reads the list once.
    """

    def __init__(self, meeting: Meeting) -> None:
        rows = meeting.attendances.filter(is_group=False, part=None)
        self._rows = list(rows.select_related("capacity__person", "capacity__organisation"))

    def find(self, names: Sequence[str], person_id: int | None, organisation_id: int | None) -> Attendance | None:
        """Return the row of the same person, of the same name, or of a name that is a part of the other.

        A row of another organisation is never meant, and a row of the organisation itself stands for one of its people.
        """
        if person_id is not None:
            for row in self._rows:
                if row.capacity.person_id == person_id:
                    return row
        rows = [row for row in self._rows if _is_compatible_row(row, person_id, organisation_id)]
        found = (
            next((row for row in rows if _has_same_name(row, names)), None)
            or next((row for row in rows if _has_similar_name(row, names)), None)
            or next((row for row in rows if _is_row_of_organisation_itself(row, organisation_id)), None)
        )
        if found is not None:
            self._rows.remove(found)
        return found


def get_listed_name(row: Attendance) -> str:
    """Return how the list names this attendee to those who keep it; nothing for somebody under 18."""
    person = row.capacity.person
    if person is None:
        return row.capacity.name
    return "" if person.is_minor else person.name


def _is_compatible_row(row: Attendance, person_id: int | None, organisation_id: int | None) -> bool:
    capacity = row.capacity
    is_other_person = person_id is not None and capacity.person_id is not None
    is_other_organisation = None not in {organisation_id, capacity.organisation_id} and (
        organisation_id != capacity.organisation_id
    )
    return not (is_other_person or is_other_organisation)


def _has_same_name(row: Attendance, names: Sequence[str]) -> bool:
    listed = get_person_name_key(get_listed_name(row))
    return bool(listed) and any(get_person_name_key(name) == listed for name in names)


def _has_similar_name(row: Attendance, names: Sequence[str]) -> bool:
    listed = get_listed_name(row)
    return any(is_short_name(name, listed) or is_short_name(listed, name) for name in names)


def _is_row_of_organisation_itself(row: Attendance, organisation_id: int | None) -> bool:
    capacity = row.capacity
    if organisation_id is None or capacity.organisation is None or capacity.person_id is not None:
        return False
    own = (capacity.organisation.name, capacity.organisation.acronym)
    return fold_text(capacity.name) in {fold_text(name) for name in own}
