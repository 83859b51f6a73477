"""Rows of HTML tables that stand in the text of a document, as Markdown allows."""

import re
from collections.abc import Iterator

TABLE_START_PATTERN = re.compile(r"<table\b", re.IGNORECASE)
TABLE_END_PATTERN = re.compile(r"</table\b[^<>]{0,20}>", re.IGNORECASE)
ROW_START_PATTERN = re.compile(r"<tr\b[^<>]{0,300}>", re.IGNORECASE)
ROW_END_PATTERN = re.compile(r"</tr\b|<tr\b|</(?:thead|tbody|table)\b", re.IGNORECASE)
FIRST_CELL_PATTERN = re.compile(r"\s*<t[dh]\b[^<>]{0,300}>\s*", re.IGNORECASE)
LAST_CELL_PATTERN = re.compile(r"</t[dh]>$", re.IGNORECASE)


def find_html_tables(text: str) -> Iterator[tuple[int, int, list[tuple[int, int]]]]:
    """Yield where each table starts and ends, and the places of its rows, from the first cell to the last."""
    place = 0
    while start := TABLE_START_PATTERN.search(text, place):
        end = TABLE_END_PATTERN.search(text, start.end())
        if end is None:
            return
        yield start.start(), end.end(), list(_find_rows(text, start.end(), end.start()))
        place = end.end()


def _find_rows(text: str, place: int, limit: int) -> Iterator[tuple[int, int]]:
    while start := ROW_START_PATTERN.search(text, place, limit):
        end = ROW_END_PATTERN.search(text, start.end(), limit)
        place = end.start() if end else limit
        if first := FIRST_CELL_PATTERN.match(text, start.end(), place):
            cells = LAST_CELL_PATTERN.sub("", text[first.end() : place].rstrip()).rstrip()
            yield first.end(), first.end() + len(cells)
