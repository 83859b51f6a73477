"""What a pasted agenda says beside its items: its title, its date, who chairs, and remarks for the organisers.

Pure functions.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import pairwise

from jukwaa.places.text_folding import fold_text

MIN_NUMBERED_ITEMS = 3  # lines with a number, from which on a line without one is no item
MIN_TIMED_ITEMS = 3  # lines that begin with a time, from which on a line without one is no item
MIN_CLOCKS_OF_PLACES = 3
MIN_PROSE_WORDS = 8
MIN_MONTH_LETTERS = 3  # of an abbreviation
MAX_NAME_WORDS = 4  # behind "Kind regards,"
MAX_DAY_DIGITS = 2
HALF_DAY_MINUTES = 12 * 60
_DASH_PATTERN = re.compile(r"\s+[-\u2013\u2014|]+\s+|:\s*")
_YEAR_PATTERN = re.compile(r"\b20\d\d\b")
_NUMERIC_DATE_PATTERN = re.compile(r"^(?:\d{1,2}[./-]\d{1,2}[./-]20\d\d|20\d\d-\d\d-\d\d)\b")
_LABEL_PATTERN = re.compile(r"^(?P<label>[^:.?!]{2,40}?)\s*:\s*\S")
_CLOCK_PATTERN = re.compile(r"\b\d{1,2}(?:[:.hH][0-5]\d)?\s?(?:[ap]m|noon)\b|\b\d{1,2}[:.hH][0-5]\d\b", re.IGNORECASE)
_RULE_PATTERN = re.compile(r"[-_=*]{3,}")  # "-----Original Message-----"
_ADDRESS_PATTERN = re.compile(r"@|\+\d")
_REMARK_PATTERN = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|[^;()\[\]]+")


def _load_agenda_words() -> dict[str, tuple[str, ...]]:
    table = tomllib.loads((files("jukwaa.meetings") / "data" / "agenda_lines.toml").read_text("utf-8"))
    return {kind: tuple(dict.fromkeys(fold_text(word) for word in words)) for kind, words in table.items()}


AGENDA_WORDS = _load_agenda_words()


@dataclass(frozen=True)
class WrittenLine:
    """A line of the text: its mark, such as "3." or "-", whether it states a time or a length, and when it starts.

    `start` and `minutes` are those that its clock states, where it begins with them.
    """

    text: str
    mark: str
    has_time: bool
    start: int | None = None
    minutes: int | None = None

    @property
    def has_number(self) -> bool:
        return any(map(str.isdecimal, self.mark))


def find_lines_beside_items(lines: Sequence[WrittenLine]) -> set[int]:
    """Return the positions of the lines that are no items.

    Where three lines or more begin with a time, items are those, and numbered ones if they are mixed with them. In a
    numbered agenda, an item has a number or a time; in a list of at least as many lines as are beside it, a mark.
    Emails also have headers, greetings, quotes and an ending.
    """
    first = next((position for position, line in enumerate(lines) if line.text), None)
    timed = _find_timed_lines(lines)
    has_numbers = any(lines[position].has_number for position in timed)
    is_numbered = sum(line.has_number for line in lines) >= MIN_NUMBERED_ITEMS
    ending = _find_ending(lines)
    beside = {
        position
        for position, line in enumerate(lines)
        if line.text
        and position not in timed
        and (
            (bool(timed) and not (line.has_number and (has_numbers or line.has_time)) and not _is_usual_item(line.text))
            or line.text.startswith(">")
            or _has_several_clocks(line)
            or _is_header_of_email(line.text)
            or (
                not line.has_number
                and (
                    _is_date_line(line.text)
                    or _is_about_meeting(line.text)
                    or (is_numbered and _states_day_and_hour(line.text))
                    or (position == first and _is_agenda_title(line.text))
                    or (not line.has_time and _is_beside_list(line.text))
                    or (not (line.has_time or line.mark) and (position >= ending or _is_prose(line.text)))
                )
            )
        )
    }
    unmarked = {
        position
        for position, line in enumerate(lines)
        if line.text and position not in beside and not (line.has_time or line.mark)
    }
    marked = [line for line in lines if line.mark]
    is_listed = is_numbered or len(marked) >= max(MIN_NUMBERED_ITEMS, len(unmarked))
    return beside | unmarked if is_listed and not timed else beside


def _find_timed_lines(lines: Sequence[WrittenLine]) -> set[int]:
    """Return the positions of the lines that begin with a time, if there are three or more.

    Not the time of the whole meeting, in the local times of several places or as a range within which others start.
    """
    timed = [
        position
        for position, line in enumerate(lines)
        if line.start is not None and not (line.text.startswith(">") or _has_several_clocks(line))
    ]
    if len(timed) > MIN_TIMED_ITEMS and _spans_following_lines([lines[position] for position in timed]):
        timed = timed[1:]
    return set(timed) if len(timed) >= MIN_TIMED_ITEMS else set()


def _spans_following_lines(timed: list[WrittenLine]) -> bool:
    first, following = timed[0], [line.start for line in timed[1:3]]
    return all(
        start is not None
        and first.start is not None
        and (start - first.start) % HALF_DAY_MINUTES < (first.minutes or 0)
        for start in following
    )


def _has_several_clocks(line: WrittenLine) -> bool:
    """Whether it states one time in several places: "2.00-4.00pm Fiji / 1.00pm Noumea / 12 noon Brisbane"."""
    return not line.mark and "/" in line.text and len(_CLOCK_PATTERN.findall(line.text)) >= MIN_CLOCKS_OF_PLACES


def _find_ending(lines: Sequence[WrittenLine]) -> int:
    """Return the position of the line that ends an email, such as "Kind regards"; behind it, there are no items."""
    written = [position for position, line in enumerate(lines) if line.text]
    for number, position in enumerate(written[1:], 1):
        line = lines[position]
        is_ending = _is_ending(line.text) and not (line.mark or line.has_time)
        is_thanks = fold_text(line.text) in AGENDA_WORDS["thanks"] and "," not in line.text
        if is_ending and (not is_thanks or _are_last_thanks(lines, written, number)):
            return position
    return len(lines)


def _are_last_thanks(lines: Sequence[WrittenLine], written: list[int], number: int) -> bool:
    """Whether thanks alone on a line are the ending, and no item.

    At most one line or an address follows them, an empty line is before them and not between all items, or the items
    before them have marks or times.
    """
    before, after = written[:number], written[number + 1 :]
    has_address = any(_ADDRESS_PATTERN.search(lines[position].text) for position in after)
    is_apart = written[number] - before[-1] > 1 and any(later - earlier == 1 for earlier, later in pairwise(before))
    marked = [position for position in before if lines[position].mark or lines[position].has_time]
    return len(after) <= 1 or has_address or is_apart or len(marked) > len(before) - len(marked)


def _is_ending(line: str) -> bool:
    words, separator, rest = line.partition(",")
    return (
        fold_text(words) in AGENDA_WORDS["endings"]
        and len(rest.split()) <= MAX_NAME_WORDS
        and bool(separator or len(words.split()) > 1 or not rest)
    )


def _is_usual_item(line: str) -> bool:
    """Whether it is an item that needs no time of its own, such as a break."""
    return fold_text(line) in AGENDA_WORDS["usual_items"]


def _is_beside_list(line: str) -> bool:
    """Whether it introduces what follows, greets, or is a link."""
    return line.endswith(":") or _is_greeting(line) or "://" in line or _RULE_PATTERN.match(line) is not None


def _is_greeting(line: str) -> bool:
    folded = f"{fold_text(line)} "
    begins = folded.startswith(tuple(f"{word} " for word in AGENDA_WORDS["greetings"]))
    return begins and line.endswith((",", "!", "\u060c", ":", "."))


def _is_prose(line: str) -> bool:
    return line.endswith((".", "!")) and len(line.split()) >= MIN_PROSE_WORDS


def _is_header_of_email(line: str) -> bool:
    found = _LABEL_PATTERN.match(line)
    return bool(found and fold_text(found["label"]) in AGENDA_WORDS["mail_headers"])


def get_email_writer(text: str) -> str:
    """Return who has written an email by its "From:" line, without the address; empty if there is none."""
    for line in text.splitlines():
        label, _colon, rest = line.partition(":")
        if fold_text(label) in ("from", "de", "von", "\u0645\u0646"):
            return re.sub(r"<[^>]*>|\S+@\S+", "", rest).strip(" \"'")
    return ""


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
    labels = (*AGENDA_WORDS["labels"], *AGENDA_WORDS["mail_labels"])
    return bool(found and fold_text(found["label"]) in labels)


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


def _states_day_and_hour(line: str) -> bool:
    """Whether a sentence says when the meeting is: "We meet on 9 December, 13:00-14:30 UTC"."""
    words = [word for word in fold_text(line).split() if word not in {"de", "of"}]
    is_day = any(
        (_is_day_number(first.rstrip("stndrhe")) and _is_month(second)) or (_is_month(first) and _is_day_number(second))
        for first, second in pairwise(words)
    )
    return is_day and _CLOCK_PATTERN.search(line) is not None


def _is_month(word: str) -> bool:
    return len(word) >= MIN_MONTH_LETTERS and any(month.startswith(word) for month in AGENDA_WORDS["months"])


def _is_day_number(word: str) -> bool:
    return word.isdecimal() and len(word) <= MAX_DAY_DIGITS
