"""Exports of contacts, as Odoo makes them: a row may go on in the next one, and a name begin with an organisation.

The cells are arranged before the columns are guessed. All rows keep their numbers.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from jukwaa.coalitions.imports.vocabulary import IMPORT_VOCABULARY, is_negative_answer
from jukwaa.coalitions.models import Import
from jukwaa.core.documents.incoming import ImportedTable
from jukwaa.places.text_folding import fold_text

MIN_NAMED_SHARE = 0.6  # of the rows with an organisation: in these its name is the beginning of another cell
MIN_NAMED_ROWS = 2
MAX_SAMPLE_ROWS = 60
TAG_SEPARATOR = "; "
_MARKUP_PATTERN = re.compile(r"</?(?:p|div|br|span|ul|ol|li|b|strong|em|i|a|h[1-6])(?:\s[^<>]*)?/?>", re.IGNORECASE)
_WORDS = {name: frozenset(map(fold_text, words)) for name, words in IMPORT_VOCABULARY["exported_contacts"].items()}
_NAME_HEADINGS = frozenset(
    fold_text(word) for section in ("person", "contact", "name") for word in IMPORT_VOCABULARY["headings"][section]
)
# Headings under which the columns of such an export are known.
_KNOWN_HEADINGS = {
    Import.Kind.MEMBERS: ("Name of the organisation", "Contact person"),
    Import.Kind.PEOPLE: ("Organisation", "Full name"),
}


def remove_markup(table: ImportedTable) -> ImportedTable:
    """Return the table with the text of cells such as "<p>by phone</p>"."""
    rows = [
        [" ".join(_MARKUP_PATTERN.sub(" ", cell).split()) if _MARKUP_PATTERN.search(cell) else cell for cell in cells]
        for cells in table.rows
    ]
    return replace(table, rows=rows)


def join_continued_rows(table: ImportedTable, heading_place: int) -> ImportedTable:
    """Return the table without rows that have nothing but tags: these belong to the row above."""
    heading = table.rows[max(heading_place, 0)]
    tag_places = {place for place, text in enumerate(heading) if place and _is_about_tags(text)}
    if heading_place < 0 or not tag_places:
        return table
    numbers = table.numbers or tuple(range(1, len(table.rows) + 1))
    rows, kept = list(table.rows[: heading_place + 1]), list(numbers[: heading_place + 1])
    for number, cells in zip(numbers[heading_place + 1 :], table.rows[heading_place + 1 :], strict=True):
        filled = {place for place, cell in enumerate(cells) if cell}
        if filled and filled <= tag_places and len(rows) > heading_place + 1:
            rows[-1] = [TAG_SEPARATOR.join(filter(None, pair)) for pair in zip(rows[-1], cells, strict=True)]
        else:
            rows.append(cells)
            kept.append(number)
    return replace(table, rows=rows, numbers=tuple(kept)) if len(rows) < len(table.rows) else table


def _is_about_tags(heading: str) -> bool:
    """As "Tags" and "Tags/Display Name"."""
    return fold_text(heading.partition("/")[0]) in _WORDS["tag_headings"]


def separate_organisations_from_names(
    rows: Sequence[list[str]], import_kind: str
) -> tuple[list[list[str]], list[str]] | None:
    """Return the rows with "Ana Vidal" instead of "Quillwort, Ana Vidal", and the headings that are known by that.

    The first row has the headings. None if no column names people in that way.
    """
    found = _find_named_columns(rows)
    if found is None:
        return None
    name_place, organisation_place = found
    company_place = next((place for place, text in enumerate(rows[0]) if fold_text(text) in _WORDS["is_company"]), -1)
    arranged = [rows[0]]
    for cells in rows[1:]:
        name, organisation = cells[name_place], cells[organisation_place]
        is_company = company_place >= 0 and not is_negative_answer(cells[company_place])
        if is_company:
            name, organisation = "", organisation or name
        new = list(cells)
        new[name_place], new[organisation_place] = remove_organisation_from_name(name, organisation), organisation
        arranged.append(new)
    headings = list(rows[0])
    headings[organisation_place], headings[name_place] = _KNOWN_HEADINGS[Import.Kind(import_kind)]
    return arranged, headings


def remove_organisation_from_name(name: str, organisation: str) -> str:
    """The rest of "Quillwort, Ana Vidal"; the name if it does not begin with the organisation and a comma."""
    start, end = name[: len(organisation)], name[len(organisation) :].lstrip()
    rest = end.removeprefix(",").strip()
    is_named = bool(organisation) and start.casefold() == organisation.casefold() and end.startswith(",")
    return rest if is_named and rest else name


def _find_named_columns(rows: Sequence[list[str]]) -> tuple[int, int] | None:
    """The places of the names, and of the organisations with which most of them begin."""
    sample = rows[1 : MAX_SAMPLE_ROWS + 1]
    name_places = [place for place, text in enumerate(rows[0]) if fold_text(text) in _NAME_HEADINGS]
    for organisation_place in range(len(rows[0])):
        filled = [cells for cells in sample if cells[organisation_place]]
        for name_place in name_places:
            named = sum(
                remove_organisation_from_name(cells[name_place], cells[organisation_place]) != cells[name_place]
                for cells in filled
            )
            if named >= MIN_NAMED_ROWS and named >= MIN_NAMED_SHARE * len(filled):
                return name_place, organisation_place
    return None
