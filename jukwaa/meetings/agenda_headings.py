"""What a pasted agenda says beside its items: its title, its date, who chairs, and remarks for the organisers.

Pure functions.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files

from jukwaa.places.text_folding import fold_text

MIN_NUMBERED_ITEMS = 3  # lines with a number, from which on a line without one is no item
MAX_DAY_DIGITS = 2
_DASH_PATTERN = re.compile(r"\s+[-\u2013\u2014|]+\s+|:\s*")
_YEAR_PATTERN = re.compile(r"\b20\d\d\b")
_NUMERIC_DATE_PATTERN = re.compile(r"^(?:\d{1,2}[./-]\d{1,2}[./-]20\d\d|20\d\d-\d\d-\d\d)\b")
_LABEL_PATTERN = re.compile(r"^(?P<label>[^:.?!]{2,40}?)\s*:\s*\S")
_REMARK_PATTERN = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|[^;()\[\]]+")


def _load_agenda_words() -> dict[str, tuple[str, ...]]:
    table = tomllib.loads((files("jukwaa.meetings") / "data" / "agenda_lines.toml").read_text("utf-8"))
    return {kind: tuple(dict.fromkeys(fold_text(word) for word in words)) for kind, words in table.items()}


AGENDA_WORDS = _load_agenda_words()


@dataclass(frozen=True)
class WrittenLine:
    """A line of the text: its mark, such as "3." or "-", and whether it states a time or a length."""

    text: str
    mark: str
    has_time: bool

    @property
    def has_number(self) -> bool:
        return any(map(str.isdecimal, self.mark))


def find_lines_beside_items(lines: Sequence[WrittenLine]) -> set[int]:
    """Return the positions of the lines that are no items. In a numbered agenda, an item has a number or a time."""
    first = next((position for position, line in enumerate(lines) if line.text), None)
    is_numbered = sum(line.has_number for line in lines) >= MIN_NUMBERED_ITEMS
    return {
        position
        for position, line in enumerate(lines)
        if line.text
        and not line.has_number
        and (
            _is_date_line(line.text)
            or _is_about_meeting(line.text)
            or (position == first and _is_agenda_title(line.text))
            or (not line.has_time and line.text.endswith(":"))
            or (is_numbered and not line.has_time and not line.mark)
        )
    }


def find_private_remarks(title: str) -> Iterator[str]:
    """Return the parts of a title that seem meant for the organisers alone, such as "doc 2, confidential"."""
    for found in _REMARK_PATTERN.finditer(title):
        words = f" {fold_text(found[0])} "
        if any(f" {remark} " in words for remark in AGENDA_WORDS["private_remarks"]):
            yield found[0].strip(" ()[];,\u060c")


def _is_agenda_title(line: str) -> bool:
    parts = [fold_text(part) for part in _DASH_PATTERN.split(re.sub(r"\([^()]*\)", " ", line))]
    return any(part in AGENDA_WORDS["titles"] for part in parts) or parts[0].startswith(
        tuple(
            f"{title} {preposition} " for title in AGENDA_WORDS["titles"] for preposition in ("for", "of", "de", "du")
        )
    )


def _is_about_meeting(line: str) -> bool:
    found = _LABEL_PATTERN.match(line)
    return bool(found and fold_text(found["label"]) in AGENDA_WORDS["labels"])


def _is_date_line(line: str) -> bool:
    """Whether it begins with a date: "Thursday 14 January, 15:00", "14 janvier 2027" or "14/01/2027"."""
    if _NUMERIC_DATE_PATTERN.match(line):
        return True
    words = fold_text(line).split()
    begins_with_weekday = f"{' '.join(words[:2])} ".startswith(
        tuple(f"{weekday} " for weekday in AGENDA_WORDS["weekdays"])
    )
    has_month = any(word in AGENDA_WORDS["months"] for word in words[:6])
    if begins_with_weekday:
        return has_month or bool(_YEAR_PATTERN.search(line))
    numbers = [word.rstrip("stndrhe") for word in words[:2]]
    is_day_first = bool(numbers) and _is_day_number(numbers[0])
    is_month_first = bool(words) and words[0] in AGENDA_WORDS["months"] and _is_day_number(numbers[-1])
    return (is_day_first or is_month_first) and has_month and bool(_YEAR_PATTERN.search(" ".join(words[:7])))


def _is_day_number(word: str) -> bool:
    return word.isdecimal() and len(word) <= MAX_DAY_DIGITS
