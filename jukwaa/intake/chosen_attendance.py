"""The attendance that a person adds from words of a report: the names in them, and as what these people attended."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from jukwaa.coalitions.known_people import KnownPeople
from jukwaa.coalitions.models import Coalition
from jukwaa.intake import reader
from jukwaa.intake.guesses import build_suggestion_guesses
from jukwaa.intake.leading_owner import is_known_person
from jukwaa.intake.meeting_chairs import mark_chair_among_attendees
from jukwaa.intake.reader.attendance_legend import find_legend_letters, find_letters_of_apologies
from jukwaa.intake.reader.chosen_attendance import find_chosen_attendees
from jukwaa.intake.reader.names import find_bracketed_text_by_name
from jukwaa.intake.reader.tables import CELL_SEPARATOR_PATTERN
from jukwaa.meetings.models import Attendance


@dataclass(slots=True)
class ChosenAttendance:
    """People who attended as the same. By name: the organisation beside it, as written; in the room or online."""

    came_as: str
    mode: str
    is_chair: bool
    names: list[str] = field(default_factory=list)
    groups: dict[str, str] = field(default_factory=dict)
    modes: dict[str, str] = field(default_factory=dict)


def find_chosen_attendance(words: str, report_text: str = "", *, by_mode: bool = False) -> list[ChosenAttendance]:
    """The people whom these words list, those who attended first; nobody where the words are prose.

    `report_text` may explain letters in tables, such as "E = excused". `by_mode`: those in the room and those online
    apart from each other.
    """
    has_cells = CELL_SEPARATOR_PATTERN.search(words) is not None
    letters = find_letters_of_apologies(find_legend_letters(report_text)) if has_cells else frozenset()
    people = [replace(made, start=place) for place, made in enumerate(find_chosen_attendees(words, letters))]
    lines = tuple(reader.Sentence(made.start, made.end, made.quote, "", "", made.start) for made in people)
    parsed = reader.Reading(report_text, "en", understood=True, sentences=lines, suggestions=tuple(people))
    found: dict[tuple[str, str, bool], ChosenAttendance] = {}
    for guess in build_suggestion_guesses(mark_chair_among_attendees(parsed), set()):
        made = guess.made
        how = (guess.came_as, guess.mode if by_mode else "", guess.is_chair)
        chosen = found.setdefault(how, ChosenAttendance(*how))
        chosen.names += [name for name in made.actors if name not in chosen.names]
        chosen.groups |= find_bracketed_text_by_name(made.quote, made.actors)
        chosen.groups |= dict.fromkeys(made.actors, made.group) if made.group else {}
        chosen.modes |= dict.fromkeys(made.actors, guess.mode)
    return sorted(found.values(), key=lambda chosen: chosen.came_as == Attendance.As.APOLOGIES)


def has_known_or_several_people(coalition: Coalition, attendance: Iterable[ChosenAttendance]) -> bool:
    """Whether these are surely people or organisations: two names at least, or one of the directory."""
    names = [name for chosen in attendance for name in chosen.names]
    if len(names) != 1:
        return bool(names)
    known = KnownPeople(coalition)
    return is_known_person(known, names[0]) or known.directory.find_exact_match(names[0]) is not None
