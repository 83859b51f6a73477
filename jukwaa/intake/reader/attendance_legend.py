"""Lists of members in which a sign marks those who came, and a line says so: "* indicates attending", "+ = present".

In tables, letters may do so: "P = in the room; E = excused; A = absent".
"""

import re
from itertools import groupby

from jukwaa.intake.reader.names import PERSON_NAME_PATTERN
from jukwaa.intake.reader.passage import Passage

LEGEND_PATTERN = re.compile(
    r"[\W_]*?[\"“'‘(\[]?\s?(?P<sign>[*+†‡#^x✓✔]|\(p\))\s?[\"”'’)\]]?\s*(?:[=:–—-]|indicates?|denotes?|means?|marks?|shows?)\s*"
    r"(?:(?:those|members?|people|persons?|who|were|was|in) )*(?:attend(?:ing|ed|ance|ees?)?|present)\b.{0,30}$",
    re.IGNORECASE,
)
ENTRY_SEPARATOR_PATTERN = re.compile(r"\s[–—/|-]\s|[,;:]\s|\s/|/\s")
# "P = dans la salle ; E = excusé(e) ; A = absent(e)"
LETTER_PATTERN = re.compile(r"(?<![\w'’])(?P<sign>[^\W\d_]{1,2})\s?[=:–]\s?(?P<meaning>[^=:;,/|\n]{3,40})")
EXCUSED_PATTERN = re.compile(
    r"(?:absente?s? )?(?:excus|apolog|regrets|disculp|justific|desculp|entschuldigt|giustific|udhuru|معتذر|اعتذ)",
    re.IGNORECASE,
)
ABSENT_PATTERN = re.compile(r"absen|ausente|not present|did not|abwesend|assent|hakuwepo|غائب|غياب", re.IGNORECASE)
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


def find_letters_of_apologies(text: str) -> frozenset[str]:
    """The letters that mark in a table who sent apologies."""
    return frozenset(sign for sign, meaning in find_legend_letters(text).items() if EXCUSED_PATTERN.match(meaning))


def _mark_absent_rows_by_letters(passages: list[Passage], text: str) -> None:
    """Mark the rows of people whom such a letter says to be away."""
    letters = find_legend_letters(text)
    away = {
        sign for sign, meaning in letters.items() if EXCUSED_PATTERN.match(meaning) or ABSENT_PATTERN.match(meaning)
    }
    for is_row, group in groupby(passages, key=lambda passage: passage.block.kind == "row") if away else ():
        rows = [passage for passage in group if is_row]
        width = max((len(row.cells) for row in rows), default=0)
        for column in range(1, width):
            cells = [row.cells[column] for row in rows if len(row.cells) > column and row.cells[column]]
            if sum(cell in letters for cell in cells) > len(cells) // 2:
                for row in rows:
                    row.absent = row.absent or (len(row.cells) > column and row.cells[column] in away)


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
