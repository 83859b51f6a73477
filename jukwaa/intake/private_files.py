"""Files of a shared drive that their name or their columns show to be private. Pure."""

import csv
import tomllib
from contextlib import suppress
from functools import cache
from importlib.resources import files
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from jukwaa.intake.private_contents import has_private_title
from jukwaa.places.text_folding import fold_text

ADULT_AGE = 18
MAX_AGE_DIGITS = 3  # int() refuses thousands of them
CELL_SEPARATOR = " | "  # of the text of a spreadsheet
CSV_SEPARATORS = (";", "\t", ",")  # the text of a CSV file is the file itself

type Vocabulary = dict[str, frozenset[str]]


@cache
def _load_vocabulary() -> tuple[Vocabulary, Vocabulary]:
    table = tomllib.loads((files("jukwaa.intake") / "data" / "private_files.toml").read_text("utf-8"))
    names, columns = (
        {kind: frozenset(map(fold_text, words)) for kind, words in table[part].items()} for part in ("names", "columns")
    )
    return names, columns


def find_private_path_part(path: PurePosixPath) -> str:
    """Return the first folder, or the file, whose name says that it is private; an empty string if none does."""
    return next((part for part in path.parts if _is_private_name(part)), "")


def _is_private_name(name: str) -> bool:
    words, _columns = _load_vocabulary()
    folded = f" {fold_text(name)} "

    def has_word_of(kind: str) -> bool:
        return any(f" {word} " in folded for word in words[kind])

    is_about_subject = has_word_of("subject")
    is_about_minors = has_word_of("minors") and not is_about_subject
    return has_word_of("private") or has_word_of("staff") or is_about_minors or has_private_title(name)


def describe_private_columns(table_text: str) -> str:
    """Say what a spreadsheet lists about people, from the headings of its columns; nothing for other spreadsheets."""
    lines = table_text.splitlines()
    # Cells of a CSV file can contain the other separators: each is tried in all lines.
    separators = [CELL_SEPARATOR] if CELL_SEPARATOR in table_text else CSV_SEPARATORS
    tables = [
        [[fold_text(cell) for cell in _split_cells(line, separator)] for line in lines]
        for separator in separators
        if separator in table_text
    ]
    if any(any(map(_has_minors_heading, rows)) or _has_ages_of_minors(rows) for rows in tables):
        return _("people under 18 or their parents or guardians")
    if any(any(map(_has_address_headings, rows)) for rows in tables):
        return _("postal addresses")
    return ""


def _split_cells(line: str, separator: str) -> list[str]:
    """Cells in quotation marks can contain the separator."""
    if separator in CSV_SEPARATORS and '"' in line:
        with suppress(csv.Error):  # a cell that is too long for a list of people
            return next(csv.reader([line], delimiter=separator), [])
    return line.split(separator)


def _has_minors_heading(cells: list[str]) -> bool:
    _names, columns = _load_vocabulary()
    return len(cells) > 1 and any(cell in columns["birth"] or cell in columns["guardian"] for cell in cells)


def _has_address_headings(cells: list[str]) -> bool:
    _names, columns = _load_vocabulary()
    return any(cell in columns["address"] for cell in cells) and any(cell in columns["postcode"] for cell in cells)


def _has_ages_of_minors(rows: list[list[str]]) -> bool:
    _names, columns = _load_vocabulary()
    places: list[int] = []
    for cells in rows:
        if headings := [place for place, cell in enumerate(cells) if cell in columns["age"]]:
            places = headings if len(cells) > 1 else []
        elif any(place < len(cells) and _is_age_of_minor(cells[place]) for place in places):
            return True
    return False


def _is_age_of_minor(cell: str) -> bool:
    return cell.isdecimal() and len(cell) <= MAX_AGE_DIGITS and int(cell) < ADULT_AGE
