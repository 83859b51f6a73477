"""What titles of meetings say: which group meets, and which meetings belong together."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib.resources import files
from itertools import pairwise

from jukwaa.coalitions.models import Coalition
from jukwaa.meetings.agenda_headings import AGENDA_WORDS
from jukwaa.meetings.models import Meeting
from jukwaa.places.text_folding import fold_text

MIN_MONTH_LETTERS = 3  # of an abbreviation
MAX_GROUP_NUMBER = 12  # a higher one beside a month is a day
_BRACKETS_PATTERN = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_TAIL_PATTERN = re.compile(r"\s+[-\u2013\u2014|/]+\s+|\s*[:\u2014|]\s+")
_ROMAN_NUMBERS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
# "17/06/26", "2026-06-17", "10:30", "à 15h", "9 am", "90 min", "UTC+2" and years.
_NUMERIC_DATE_PATTERN = re.compile(
    r"(?:(?<!\S)(?:à|a|a las?|às|at)\s)?"
    r"(?:\b\d{1,2}(?:[:.]\d\d)?\s?[ap]\.?m\b"
    r"|\b\d{1,4}(?P<sign>[./-])\d{1,2}(?:(?P=sign)\d{2,4})?\b|\b\d{1,2}\s?(?::|h(?![a-z]))\s?(?:[0-5]\d)?|\b20\d\d\b)"
    r"|\b\d{1,3}\s?(?:min|mn|mins|minut[eo]s|hours?|heures?|horas?)\b|\b(?:utc|gmt)\s?[+-]?\s?\d{1,2}\b",
    re.IGNORECASE,
)
_BREAK_BEFORE_NUMBER_PATTERN = re.compile(r"(?:[,;(]|\s[-\u2013\u2014])\s*(?=\d)")
_NUMBER_PATTERN = re.compile(r"(?P<before>[^\W\d_]*)(?P<number>\d+)")
# Not "all members of the board".
_EVERYONE_PATTERN = re.compile(
    r"\b(?:all members|(?:whole|full) (?:group|coalition)|whole membership|coalition group|tous les membres"
    r"|ensemble des membres|todos (?:los|os) (?:miembros|membros)"
    r"|\u062c\u0645\u064a\u0639 \u0627\u0644\u0627\u0639\u0636\u0627\u0621)\b"
    r"(?! (?:of|du|des?|del|d[aeo]s?)\b)"
)
_GUESTS_PATTERN = re.compile(r"\b(?:with|avec|con|com|\u0645\u0639)\b")
# "Working group" and "WG" are one word.
_ABBREVIATIONS = {"working group": "wg", "groupe de travail": "gt", "grupo de trabajo": "gt", "grupo de trabalho": "gt"}


def _load_title_words() -> dict[str, frozenset[str]]:
    table = tomllib.loads((files("jukwaa.meetings") / "data" / "meeting_titles.toml").read_text("utf-8"))
    return {
        kind: frozenset(word for each in words for word in fold_text(each).split()) for kind, words in table.items()
    }


TITLE_WORDS = _load_title_words()


def find_meetings_belonging_together(meeting: Meeting, others: Sequence[Meeting]) -> list[Meeting]:
    """Return those of some meetings, before and after it, to which one goes on from a meeting, in their order.

    They are the meetings of its series and those whose titles name the same group, without numbers, dates, brackets
    and what follows a dash: "9th General Meeting" and "General Meeting #10 (online)". A meeting that has no such
    others goes on to the general meetings if it is one: of no series, with a title that names no group, such as a
    committee, and that is not the title of several meetings. The first meeting of a working group has no previous
    minutes.
    """
    names = {each.pk: get_group_name(each.title, meeting.coalition) for each in [meeting, *others]}
    name, series = names[meeting.pk], meeting.series_id
    own = [each for each in others if (series and each.series_id == series) or (name and names[each.pk] == name)]
    return own if own or not _is_general(meeting, name) else find_general_meetings(meeting, others)


def find_general_meetings(meeting: Meeting, others: Sequence[Meeting]) -> list[Meeting]:
    """Return those of some meetings that are for the whole coalition of a meeting, in their order."""
    names = {each.pk: get_group_name(each.title, meeting.coalition) for each in others}
    numbers = Counter(names.values())
    return [
        each
        for each in others
        if _is_general(each, name := names[each.pk]) and (numbers[name] == 1 or name <= TITLE_WORDS["everyone"])
    ]


def _is_general(meeting: Meeting, name: frozenset[str]) -> bool:
    return meeting.series_id is None and not names_part_of_coalition(name)


def names_part_of_coalition(name: frozenset[str]) -> bool:
    """Whether the words of a title are about a committee, a working group or another part of a coalition."""
    return bool(name & (TITLE_WORDS["groups"] | TITLE_WORDS["bodies"]))


def concerns_part_of_coalition(title: str, coalition: Coalition) -> bool:
    """Whether a title names a part of a coalition and does not address all members.

    "Board: letter to all members" names the board. "All members with the Board of the Fund" names no part.
    """
    if not names_part_of_coalition(get_group_name(title, coalition)):
        return False
    folded = fold_text(title)
    if not (found := _EVERYONE_PATTERN.search(folded)):
        return True
    hosts = _GUESTS_PATTERN.split(folded[found.end() :], maxsplit=1)[0]
    return names_part_of_coalition(frozenset(_list_undated_words(f"{folded[: found.start()]} {hosts}", coalition)))


def get_group_name(title: str, coalition: Coalition | None = None) -> frozenset[str]:
    """Return the words of a title that say which group meets; none for "Call of 3 May"."""
    name: frozenset[str] = frozenset()
    for part in _TAIL_PATTERN.split(_BRACKETS_PATTERN.sub(" ", title)):
        name |= frozenset(_list_telling_words(part, coalition))
        if name - TITLE_WORDS["groups"]:
            return name
    return name


def have_different_numbers(first_title: str, second_title: str) -> bool:
    """Whether each of two titles has a number that the other one lacks: "Working Group 1" and "Working Group II".

    Dates and hours do not count. A letter counts behind a word such as "group".
    """
    first, second = _find_numbers(first_title), _find_numbers(second_title)
    return not (first <= second or second <= first)


def have_same_group_name(first_title: str, second_title: str) -> bool:
    """Whether two titles of one day name the same group, and at most one of them says more than how it meets."""
    name = get_group_name(first_title)
    is_same = bool(name) and name == get_group_name(second_title)
    return is_same and not all(_has_telling_tail(each, name) for each in (first_title, second_title))


def _has_telling_tail(title: str, name: frozenset[str]) -> bool:
    return bool({*_list_telling_words(title)} - name - TITLE_WORDS["remarks"])


def _list_telling_words(words: str, coalition: Coalition | None = None) -> Iterator[str]:
    """Yield the words that say which group meets; a number only if nothing else names it, as in "Working Group 2"."""
    listed = _list_undated_words(words, coalition)
    telling = [word for word in listed if not (word in TITLE_WORDS["general"] or _parse_number(word))]
    yield from telling
    if {*telling} <= TITLE_WORDS["groups"]:
        yield from _find_marks_of_groups(listed)


def _find_marks_of_groups(words: list[str]) -> Iterator[str]:
    """Yield the numbers and letters directly behind words such as "group"."""
    for before, word in pairwise(words):
        if before in TITLE_WORDS["groups"]:
            if number := _parse_number(word):
                yield str(number)
            elif len(word) == 1 and (word == "a" or word not in TITLE_WORDS["general"]):
                yield word


def _find_numbers(title: str) -> set[str]:
    words = _list_undated_words(title)
    return {str(number) for word in words if (number := _parse_number(word))} | {*_find_marks_of_groups(words)}


def _parse_number(word: str) -> int:
    """Return the number that a word is or contains, such as 9 of "9th"; 0 if there is none."""
    if word in _ROMAN_NUMBERS:
        return _ROMAN_NUMBERS.index(word) + 1
    found = _NUMBER_PATTERN.match(word)
    return int(found["number"]) if found else 0


def _list_undated_words(text: str, coalition: Coalition | None = None) -> list[str]:
    """Return the folded words of a title without dates, hours and the names of its coalition."""
    plain = _BREAK_BEFORE_NUMBER_PATTERN.sub(" of ", _NUMERIC_DATE_PATTERN.sub(" ", text).replace("#", " no "))
    folded = fold_text(plain)
    folded = f" {remove_names_of_coalition(folded, coalition) if coalition else folded} "
    for written, abbreviation in _ABBREVIATIONS.items():
        folded = folded.replace(f" {written} ", f" {abbreviation} ")
    words: list[str] = []
    for word in folded.split():
        found = _NUMBER_PATTERN.fullmatch(word)
        words += [found["before"], found["number"]] if found and found["before"] in TITLE_WORDS["groups"] else [word]
    return [
        word
        for position, word in enumerate(words)
        if not (word in AGENDA_WORDS["weekdays"] or _is_month(word) or _is_number_of_day(words, position))
    ]


def _is_number_of_day(words: list[str], position: int) -> bool:
    """Whether a number is beside a month: "14 January", "14 de enero", "January 14"; not in "Group 1 January call"."""
    word, before = words[position], words[max(position - 1, 0) : position]
    if before and before[0] in TITLE_WORDS["groups"] and word.isdecimal() and int(word) <= MAX_GROUP_NUMBER:
        return False
    following = [each for each in words[position + 1 : position + 3] if each not in {"de", "of"}]
    return word[:1].isdigit() and any(map(_is_month, [*before, *following[:1]]))


def remove_names_of_coalition(folded_text: str, coalition: Coalition) -> str:
    """Remove its name, its initials, and what its addresses begin with."""
    text = f" {folded_text} "
    for own_name in _list_names_of_coalition(coalition):
        text = text.replace(f" {own_name} ", " ")
    return text.strip()


def _list_names_of_coalition(coalition: Coalition) -> tuple[str, ...]:
    name = fold_text(coalition.name)
    capitals = "".join(word[0] for word in coalition.name.split() if word[0].isupper()).casefold()
    return tuple(each for each in (name, capitals, fold_text(coalition.slug)) if len(each) > 1)


def _is_month(word: str) -> bool:
    return len(word) >= MIN_MONTH_LETTERS and any(month.startswith(word) for month in AGENDA_WORDS["months"])
