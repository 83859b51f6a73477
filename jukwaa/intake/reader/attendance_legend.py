"""Lists of members in which a sign marks those who came, and a line says so: "* indicates attending", "+ = present".

In tables, letters may do so: "P = in the room; E = excused; A = absent".
"""

import re
from collections.abc import Sequence
from datetime import date
from itertools import groupby, pairwise

from jukwaa.intake.reader.leading_dates import find_first_day, names_day
from jukwaa.intake.reader.names import PERSON_NAME_PATTERN, is_full_name
from jukwaa.intake.reader.passage import Passage
from jukwaa.intake.reader.tables import parse_column_roles

LEGEND_PATTERN = re.compile(
    r"[\W_]*?[\"“'‘(\[]?\s?(?P<sign>[*+†‡#^x✓✔]|\(p\))\s?[\"”'’)\]]?\s*(?:[=:–—-]|indicates?|denotes?|means?|marks?|shows?)\s*"
    r"(?:(?:those|members?|people|persons?|who|were|was|in) )*(?:attend(?:ing|ed|ance|ees?)?|present)\b.{0,30}$",
    re.IGNORECASE,
)
ENTRY_SEPARATOR_PATTERN = re.compile(r"\s[–—/|-]\s|[,;:]\s|\s/|/\s")
# "P = dans la salle ; E = excusé(e) ; A = absent(e)"
LETTER_PATTERN = re.compile(r"(?<![\w'’])(?P<sign>[^\W\d_]{1,2})\s?[=:–]\s?(?P<meaning>(?:(?!\.\s)[^=:;,/|\n]){3,40})")
EXCUSED_PATTERN = re.compile(
    r"(?:absente?s? )?(?:excus|apolog|regrets|disculp|justific|desculp|entschuldigt|giustific|udhuru|معتذر|اعتذ)",
    re.IGNORECASE,
)
ABSENT_PATTERN = re.compile(r"absen|ausente|not present|did not|abwesend|assent|hakuwepo|غائب|غياب", re.IGNORECASE)
NAMED_CELL_PATTERN = re.compile(r"[^\W\d_]{2}")  # not the number of the row
TASK_COLUMNS = frozenset({"what", "who", "due", "decision", "result", "discussion"})
MIN_LETTERS = 2
MAX_LETTERS_LENGTH = 160
MAX_LEGEND_LENGTH = 80
MAX_LEGEND_DISTANCE = 60  # entries between the legend and the list that it explains


def mark_attendees_by_legend(passages: list[Passage], text: str) -> None:
    """Settle who came in the lists that such a legend explains: nobody else in them did."""
    _mark_absent_rows_by_letters(passages, text)
    for place, passage in enumerate(passages):
        line = text[text.rfind("\n", 0, passage.block.start) + 1 : passage.block.end]  # its sign may look like a bullet
        match = LEGEND_PATTERN.match(line) if len(line) <= MAX_LEGEND_LENGTH else None
        if match is None:
            continue
        before = passages[max(0, place - MAX_LEGEND_DISTANCE) : place]
        entries = _collect_list_entries_with_sign(before[::-1], match["sign"]) or _collect_list_entries_with_sign(
            passages[place + 1 : place + MAX_LEGEND_DISTANCE], match["sign"]
        )
        for entry in entries:
            entry.signed_people = _find_names_with_sign(entry.text, match["sign"])
            entry.absent = not entry.signed_people
            entry.role, entry.lead = "attendee", ""
        passage.absent = bool(entries)


def find_legend_letters(text: str) -> dict[str, str]:
    """The letters that a line of the text explains, with their meanings, if one of them is for those who were away."""
    for line in text.split("\n"):
        found = list(LETTER_PATTERN.finditer(line)) if len(line) <= MAX_LETTERS_LENGTH else []
        letters = {match["sign"]: match["meaning"].strip(" .)") for match in found}
        is_away = any(EXCUSED_PATTERN.match(meaning) or ABSENT_PATTERN.match(meaning) for meaning in letters.values())
        if len(letters) >= MIN_LETTERS and is_away:
            return letters
    return {}


def find_letters_of_apologies(letters: dict[str, str]) -> frozenset[str]:
    """The letters that mark in a table who sent apologies."""
    return frozenset(sign for sign, meaning in letters.items() if EXCUSED_PATTERN.match(meaning))


def find_letters_of_rows(
    rows: Sequence[Sequence[str]], letters: dict[str, str], meeting_day: date | None, *, is_attendance: bool
) -> list[str]:
    """The letter of each of these rows, in tables of people alone; nothing for other rows.

    In a register of several meetings it is the one in the column of this day.
    """
    starts = [place for place in range(len(rows)) if place == 0 or parse_column_roles(rows[place])]
    found: list[str] = []
    for begin, end in pairwise([*starts, len(rows)]):
        table = rows[begin:end]
        column = _find_letter_column(table, letters, meeting_day) if _names_people(table, is_attendance) else -1
        found += [row[column] if 0 < column < len(row) else "" for row in table]
    return found


def _names_people(table: Sequence[Sequence[str]], is_attendance: bool) -> bool:  # noqa: FBT001 - private
    """Whether a table is of people and not of tasks, whose letters may be their priority."""
    columns = parse_column_roles(table[0])
    if TASK_COLUMNS & set(columns):
        return False
    names = [next(filter(NAMED_CELL_PATTERN.search, row), "") for row in table]
    return is_attendance or "name" in columns or sum(map(is_full_name, names)) * 2 > len(names)


def _find_letter_column(table: Sequence[Sequence[str]], letters: dict[str, str], meeting_day: date | None) -> int:
    """The one column of such letters, or the one of them whose head is this day; -1 if that is unclear."""
    found = []
    for column in range(1, max(map(len, table))):
        cells = [row[column] for row in table if len(row) > column and row[column]]
        if sum(cell in letters for cell in cells) > len(cells) // 2:
            found.append(column)
    if len(found) > 1:
        found = [
            place for place in found if meeting_day and names_day("".join(table[0][place : place + 1]), meeting_day)
        ]
    return found[0] if len(found) == 1 else -1


def _mark_absent_rows_by_letters(passages: list[Passage], text: str) -> None:
    """Mark the rows of people whom such a letter says to be away."""
    letters = find_legend_letters(text)
    away = {
        sign for sign, meaning in letters.items() if EXCUSED_PATTERN.match(meaning) or ABSENT_PATTERN.match(meaning)
    }
    for is_row, group in groupby(passages, key=lambda passage: passage.block.kind == "row") if away else ():
        rows = [passage for passage in group if is_row]
        is_attendance = any("attendee" in {row.role, row.lead} for row in rows)
        found = find_letters_of_rows(
            [row.cells for row in rows], letters, find_first_day(text), is_attendance=is_attendance
        )
        for row, letter in zip(rows, found, strict=False):
            row.absent = row.absent or letter in away


def _collect_list_entries_with_sign(passages: list[Passage], sign: str) -> list[Passage]:
    """The entries of the nearest list, if some of them have the sign."""
    entries: list[Passage] = []
    for passage in passages:
        if passage.block.kind != "bullet":
            break
        entries.append(passage)
    return entries if sum(bool(_find_names_with_sign(entry.text, sign)) for entry in entries) > 1 else []


def _find_names_with_sign(phrase: str, sign: str) -> tuple[str, ...]:
    names = []
    for part in ENTRY_SEPARATOR_PATTERN.split(phrase):
        name = re.sub(r"\s*\([^()]*\)\s*(?=\W*$)", "", part.replace(sign, "").strip(" .,")).strip()
        if sign in part and PERSON_NAME_PATTERN.match(name):
            names.append(name)
    return tuple(names)
