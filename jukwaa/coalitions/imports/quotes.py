"""What the file says in a cell that is not imported, for the coordinator who is asked about it."""

from django.utils.translation import gettext as _

from jukwaa.coalitions.imports.numbered_headings import iter_named_cells
from jukwaa.coalitions.models import ImportRow

MAX_QUOTE_LENGTHS = (60, 100)  # of the heading and of the cell


def quote_cell(row: ImportRow, place: int) -> str:
    """A sentence that quotes the heading and the cell, or nothing if the cell has been removed."""
    quote = _get_quote(row, row.number, place)
    if not quote["text"]:
        return ""
    if not quote["heading"]:
        return _("The row says: “%(text)s”.") % quote
    return _("The row says under “%(heading)s”: “%(text)s”.") % quote


def quote_cell_of_other_row(row: ImportRow, number: int, place: int) -> str:
    """A sentence that quotes what another row of the file says about the same person, or nothing as above."""
    quote = _get_quote(row, number, place)
    if not quote["text"]:
        return ""
    sentence = _("Row %(number)s is about the same address or person, and says under “%(heading)s”: “%(text)s”.")
    return sentence % {**quote, "number": number}


def _get_quote(row: ImportRow, number: int, place: int) -> dict[str, str]:
    source, index = row.source, row.source.find_table_index(number)
    is_there = 0 < index < len(source.table) and place >= 0
    texts = [*iter_named_cells(source.table[0], source.table[index])][place] if is_there else ("", "")
    shortened = map(_shorten_text, texts, MAX_QUOTE_LENGTHS)
    return dict(zip(("heading", "text"), shortened, strict=True))


def _shorten_text(text: str, max_length: int) -> str:
    return text if len(text) <= max_length else f"{text[:max_length].rstrip()}…"
