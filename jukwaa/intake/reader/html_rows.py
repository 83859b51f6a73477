"""Rows of HTML tables that stand in the text of a document, as Markdown allows."""

import re
from collections.abc import Iterator

TABLE_START_PATTERN = re.compile(r"<table\b", re.IGNORECASE)
TABLE_END_PATTERN = re.compile(r"</table\b[^<>]{0,20}>", re.IGNORECASE)
TABLE_ROW_START_PATTERN = re.compile(r"<tr\b[^<>]{0,300}>", re.IGNORECASE)
TABLE_ROW_END_PATTERN = re.compile(r"</tr\b|<tr\b|</(?:thead|tbody|table)\b", re.IGNORECASE)
FIRST_CELL_PATTERN = re.compile(r"\s*<t[dh]\b[^<>]{0,300}>\s*", re.IGNORECASE)
LAST_CELL_PATTERN = re.compile(r"</t[dh]>$", re.IGNORECASE)


def find_html_tables(text: str) -> Iterator[tuple[int, int, list[tuple[int, int]]]]:
    """Yield where each table starts and ends, and the places of its rows, from the first cell to the last."""
    place = 0
    while start := TABLE_START_PATTERN.search(text, place):
        end = TABLE_END_PATTERN.search(text, start.end())
        if end is None:
            return
        yield start.start(), end.end(), list(_find_table_row_spans(text, start.end(), end.start()))
        place = end.end()


def _find_table_row_spans(text: str, search_start: int, search_end: int) -> Iterator[tuple[int, int]]:
    while start := TABLE_ROW_START_PATTERN.search(text, search_start, search_end):
        end = TABLE_ROW_END_PATTERN.search(text, start.end(), search_end)
        search_start = end.start() if end else search_end
        if first := FIRST_CELL_PATTERN.match(text, start.end(), search_start):
            cells = LAST_CELL_PATTERN.sub("", text[first.end() : search_start].rstrip()).rstrip()
            yield first.end(), first.end() + len(cells)
