"""What the file says in a cell that is not imported, for the coordinator who is asked about it."""

from django.utils.translation import gettext as _

from jukwaa.coalitions.models import ImportRow

MAX_QUOTE_LENGTHS = (60, 100)  # of the heading and of the cell


def quote_cell(row: ImportRow, place: int) -> str:
    """A sentence that quotes the heading and the cell, or nothing if the cell has been removed."""
    source, index = row.source, row.source.find_table_index(row.number)
    if not 0 < index < len(source.table) or not source.table[index][place]:
        return ""
    texts = {"heading": source.table[0][place], "text": source.table[index][place]}
    quote = {
        name: _shorten_text(text, limit) for (name, text), limit in zip(texts.items(), MAX_QUOTE_LENGTHS, strict=True)
    }
    if not quote["heading"]:
        return _("The row says: “%(text)s”.") % quote
    return _("The row says under “%(heading)s”: “%(text)s”.") % quote


def _shorten_text(text: str, max_length: int) -> str:
    return text if len(text) <= max_length else f"{text[:max_length].rstrip()}…"
