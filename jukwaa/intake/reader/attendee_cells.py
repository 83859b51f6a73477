"""Cells that name several people of one organisation, and tables of people whose heads do not say which column does."""

import re
from collections.abc import Sequence

from jukwaa.intake.reader.lexicon import COLLECTIVE_NOUNS, PEOPLE_NOUNS, ROLE_NOUNS
from jukwaa.intake.reader.names import clean_attendee_name, is_full_name

PEOPLE_SEPARATOR_PATTERN = re.compile(
    r"\s*[;\n]\s*|\s*[,،]\s+(?![^()]*\))|\s+[/&+]\s+|\s(?:and|et|y|e|und|og|och|en|dan|na)\s(?=[^\W\d_a-z])"
)
COMMA_PATTERN = re.compile(r"\s*[,،]\s")
TITLE_PATTERN = re.compile(r"(?:MM?|Mme|Mlle|Mrs?|Ms|Dra?|Prof|Sra?|Srta|Hr|Herr|Frau)\b\.? ")
ARABIC_NAME_PATTERN = re.compile(r"[\u0600-\u06ff]{2,}(?: [\u0600-\u06ff]{2,}){1,3}$")
GROUP_NOUNS = COLLECTIVE_NOUNS | ROLE_NOUNS | PEOPLE_NOUNS
MOSTLY = 0.6
MIN_PEOPLE = 2


def split_attendee_cell(cell_text: str, *, has_group: bool) -> list[str]:
    """The people in a cell. What stands behind a comma is one only where a cell of its own names the organisation."""
    parts = [part.strip() for part in PEOPLE_SEPARATOR_PATTERN.split(cell_text) if part.strip()]
    may_be_split = has_group or not COMMA_PATTERN.search(cell_text) or all(map(TITLE_PATTERN.match, parts))
    return parts if may_be_split and len(parts) >= MIN_PEOPLE and all(map(_is_person, parts)) else [cell_text]


def _is_person(words: str) -> bool:
    name = clean_attendee_name(words)
    if name.rpartition(" ")[2].lower().rstrip("s") in GROUP_NOUNS:
        return False  # "Ana Lopes, Programme Officer"
    return is_full_name(name) or ARABIC_NAME_PATTERN.match(name) is not None


def infer_people_columns(table_rows: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], bool]:
    """The columns of rows such as "5A | Ana Lopes, Ben Okoro", and whether the first row is their head."""
    width = min(map(len, table_rows), default=0)
    rows = table_rows[1:]
    for index in range(1, width if rows else 0):
        people = [split_attendee_cell(row[index], has_group=True) for row in rows if row[index]]
        named = sum(all(map(_is_person, cell)) for cell in people)
        are_listed = any(len(cell) >= MIN_PEOPLE for cell in people)
        if people and are_listed and named >= MOSTLY * len(people):
            first = split_attendee_cell(table_rows[0][index], has_group=True)
            columns = ("group", *("name" if place == index else "" for place in range(1, width)))
            return columns, not all(map(_is_person, first))
    return (), False
