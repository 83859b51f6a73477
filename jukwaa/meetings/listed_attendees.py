"""Who is on the attendance list of a meeting already, so that another source does not list them a second time."""

from collections.abc import Sequence

from jukwaa.coalitions.known_people import get_person_name_key, is_short_name
from jukwaa.coalitions.nicknames import is_beginning_of_first_name
from jukwaa.meetings.models import Attendance, Meeting
from jukwaa.places.text_folding import fold_text


class ListedAttendees:
    """Finds the row of an attendee by who they are, or by their name, by which each row is found once.

    Reads the list once.
    """

    def __init__(self, meeting: Meeting) -> None:
        rows = meeting.attendances.filter(is_group=False, part=None)
        self._everyone = list(rows.select_related("capacity__person", "capacity__organisation"))
        self._rows = list(self._everyone)

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

    def may_be_several(self, names: Sequence[str]) -> bool:
        """Whether these names are parts of those of two attendees, and the whole of none."""
        is_whole = any(_has_same_name(row, names) for row in self._everyone)
        return not is_whole and sum(_has_similar_name(row, names) for row in self._everyone) > 1

    def find_device_owner(self, name: str, organisation_id: int | None) -> Attendance | None:
        """Return the one row of whom a device may be, if no other line of the file is of that person.

        By the name or the beginning of it, else by the organisation of a room.
        """
        named = [row for row in self._everyone if get_listed_name(row)]
        found = [row for row in named if _may_be_called(name, get_listed_name(row))]
        if not found and organisation_id is not None:
            found = [row for row in named if row.capacity.organisation_id == organisation_id]
        return found[0] if len(found) == 1 and found[0] in self._rows else None


def _may_be_called(name: str, listed_name: str) -> bool:
    return is_short_name(name, listed_name) or is_beginning_of_first_name(name, listed_name)


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
