"""The attendance that a person adds from words of a report: the names in them, and as what these people attended."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from jukwaa.coalitions.known_people import KnownPeople
from jukwaa.coalitions.models import Coalition
from jukwaa.intake import reader
from jukwaa.intake.guesses import build_suggestion_guesses
from jukwaa.intake.leading_owner import is_known_person
from jukwaa.intake.meeting_chairs import mark_chair_among_attendees
from jukwaa.intake.reader.attendance_legend import find_letters_of_apologies
from jukwaa.intake.reader.chosen_attendance import find_chosen_attendees
from jukwaa.intake.reader.names import find_bracketed_text_by_name
from jukwaa.intake.reader.tables import CELL_SEPARATOR_PATTERN
from jukwaa.meetings.models import Attendance


@dataclass(slots=True)
class ChosenAttendance:
    """People who attended as the same. `groups`: the organisation beside a name, as written."""

    came_as: str
    is_chair: bool
    names: list[str] = field(default_factory=list)
    groups: dict[str, str] = field(default_factory=dict)


def find_chosen_attendance(words: str, report_text: str = "") -> list[ChosenAttendance]:
    """The people whom these words list, those who attended first; nobody where the words are prose.

    `report_text` may explain letters in tables, such as "E = excused".
    """
    has_cells = CELL_SEPARATOR_PATTERN.search(words) is not None
    people = find_chosen_attendees(words, find_letters_of_apologies(report_text) if has_cells else frozenset())
    parsed = reader.Reading("", "en", understood=True, sentences=(), suggestions=tuple(people))
    found: dict[tuple[str, bool], ChosenAttendance] = {}
    for guess in build_suggestion_guesses(mark_chair_among_attendees(parsed), set()):
        made = guess.made
        chosen = found.setdefault((guess.came_as, guess.is_chair), ChosenAttendance(guess.came_as, guess.is_chair))
        chosen.names += [name for name in made.actors if name not in chosen.names]
        chosen.groups |= find_bracketed_text_by_name(made.quote, made.actors)
        chosen.groups |= dict.fromkeys(made.actors, made.group) if made.group else {}
    return sorted(found.values(), key=lambda chosen: chosen.came_as == Attendance.As.APOLOGIES)


def has_known_or_several_people(coalition: Coalition, attendance: Iterable[ChosenAttendance]) -> bool:
    """Whether these are surely people or organisations: two names at least, or one of the directory."""
    names = [name for chosen in attendance for name in chosen.names]
    if len(names) != 1:
        return bool(names)
    known = KnownPeople(coalition)
    return is_known_person(known, names[0]) or known.directory.find_exact_match(names[0]) is not None
