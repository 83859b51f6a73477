"""Who in an attendance list was there without being a member: an observer, a guest, a person of the secretariat."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.resources import files

from jukwaa.intake.reader.model import Reading

WITHOUT_VOTE_STATUS = "without a vote"
GUEST_STATUS, ONE_ITEM_STATUS = "guest", "one item"
MAX_NOTE_LENGTH = 120  # letters behind a name that may be about it
NOTE_END_PATTERN = re.compile(r"[;\n|](?![^(]*\))|[.!?]\s")
LABEL_PATTERN = re.compile(r"(?P<label>[^\W\d_][\w’' -]{1,40}?)\s?:\s")
LABEL_END_PATTERN = re.compile(r"[;\n|]|\.\s")


@dataclass(frozen=True, slots=True)
class AttendanceStatus:
    """Words for one status. `example` has them beside a name, `counter` only looks so; a test reads both."""

    name: str
    words: str
    example: str
    counter: str
    regex: re.Pattern[str] = field(init=False, repr=False)
    label_regex: re.Pattern[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        # Alone in brackets or between commas, or before more words: "(Elm Farm, observer)", ", observer for Elm Farm".
        before = r"(?:^|[(\[,،;|/–—-]\s*|\se?\s?)"
        after = r"(?=\s*(?:[)\],،;.:–—-]|$)|\s(?:of|for|from|d[aeou]|del|pour|por)\b)"
        pattern = rf"{before}(?:{self.words}){after}"
        object.__setattr__(self, "regex", re.compile(pattern, re.IGNORECASE))
        object.__setattr__(self, "label_regex", re.compile(rf"(?:{self.words})$", re.IGNORECASE))


def _load_attendance_statuses() -> Iterator[AttendanceStatus]:
    data = tomllib.loads(
        files("jukwaa.intake.reader").joinpath("data/attendance_status.toml").read_text(encoding="utf-8")
    )
    for row in data["status"]:
        yield AttendanceStatus(**{**row, "words": "".join(row["words"])})


ATTENDANCE_STATUSES = tuple(_load_attendance_statuses())
STATUS_WORDS = "|".join(status.words for status in ATTENDANCE_STATUSES)
# In brackets in the agenda or the text: "Reports of the police (guest: Ana Lopes)".
GUESTS_PATTERN = re.compile(
    r"\((?:(?:invited )?guests?(?: speakers?)?|(?:personnes? )?invitée?s?|invitad[oa]s?|convidad[oa]s?|gäste|gast)"
    r"\s?:\s+(?P<names>[^.:;|()\n]{3,200})",
    re.IGNORECASE,
)
GUEST_SEPARATOR_PATTERN = re.compile(r"\s*[,،&+]\s*|\s+(?:and|et|y|e|und|na|و)\s+")
OPENING_STATUS_PATTERN = re.compile(
    r",\s*(?:sem direito a voto|sin derecho a voto|sans droit de vote|without (?:a )?vote),", re.IGNORECASE
)


def find_attendance_statuses(phrase: str, listed_names: Sequence[str]) -> dict[str, str]:
    """By name: the status that this list says by words beside the name, or before it."""
    places = sorted((place, name) for name in listed_names if (place := phrase.find(name)) >= 0)
    ends = [*(place for place, _name in places[1:]), len(phrase)][: len(places)]
    opening = OPENING_STATUS_PATTERN.search(phrase)
    found: dict[str, str] = {}
    for (place, name), end in zip(places, ends, strict=True):
        status = (
            _find_status_in_note(phrase[place + len(name) : min(end, place + len(name) + MAX_NOTE_LENGTH)])
            or _find_status_of_label(phrase[:place])
            or (WITHOUT_VOTE_STATUS if opening is not None and opening.start() < place else "")
        )
        if status:
            found[name] = status
    return found


def find_guests_named_elsewhere(parsed_report: Reading) -> set[str]:
    """Those who attended whom brackets anywhere in the report name as guests, but not "Write to the guests: Ana"."""
    attendees = {name for made in parsed_report.suggestions if made.kind == "attendee" for name in made.actors}
    labelled = GUESTS_PATTERN.finditer(parsed_report.text) if attendees else ()
    guests = {name.strip() for match in labelled for name in GUEST_SEPARATOR_PATTERN.split(match["names"])}
    return attendees & guests


def _find_status_in_note(note: str) -> str:
    own = NOTE_END_PATTERN.split(note, maxsplit=1)[0]
    own = re.split(r"\s[^\W\d_][\w-]*\s?:", own, maxsplit=1)[0]  # a label for the names behind it
    return next((status.name for status in ATTENDANCE_STATUSES if status.regex.search(own)), "")


def _find_status_of_label(words_before: str) -> str:
    """The status that the last label before a name is, if any: "Observers: Ana, Ben"."""
    part = LABEL_END_PATTERN.split(words_before)[-1]
    labels = list(LABEL_PATTERN.finditer(f"{part} "))
    return find_status_of_words(labels[-1]["label"].split("  ")[-1]) if labels else ""


def find_status_of_words(words: str) -> str:
    """The status that these words, or the last of them, are: "Secretariat" of those in a table."""
    plain = words.strip(" *_.:()")
    ends = list(_iter_ends(plain))
    return next((status.name for status in ATTENDANCE_STATUSES if any(map(status.label_regex.match, ends))), "")


def is_status_word(words: str) -> bool:
    """Whether these words, or the last of them, are only such a status."""
    return bool(find_status_of_words(words))


def _iter_ends(words: str) -> Iterable[str]:
    """The words, without the first, without the first two: a label may stand behind the words of the entry before."""
    tokens = words.split()
    return (" ".join(tokens[start:]) for start in range(len(tokens)))
