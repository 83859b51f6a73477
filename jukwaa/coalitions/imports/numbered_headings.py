"""Columns that address books number: "E-mail 1 - Value" has the addresses, "E-mail 1 - Label" what each is for."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from jukwaa.coalitions.imports.ages import MAX_CACHED_HEADINGS
from jukwaa.places.text_folding import fold_text

_NUMBERED_PATTERN = re.compile(r"\s*(?P<thing>\S.*?)\s+(?P<number>\d+)\s+-\s+(?P<part>\S.*?)\s*")
_VALUE, _LABELS = "value", frozenset({"label", "type"})
_CUSTOM_FIELDS = frozenset({"custom field", "user defined field"})


def get_plain_heading(heading: str) -> str:
    """Return "E-mail" for "E-mail 1 - Value", and "Organization Title" for "Organization 1 - Title".

    Nothing for a column of labels. Other headings stay as they are.
    """
    thing, _number, part = _split_numbered_heading(heading)
    if not part:
        return heading
    if fold_text(part) in _LABELS:
        return ""
    return thing if fold_text(part) == _VALUE else f"{thing} {part}"


def iter_named_cells(headings: Sequence[str], cells: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each cell of a row with its heading. A custom field is called as the cell beside it says, as in "Newsletter"."""
    for place, (heading, cell) in enumerate(zip(headings, cells, strict=False)):
        if _is_name_of_field(heading, *headings[place + 1 : place + 2]):
            yield heading, ""
        elif place and cells[place - 1] and _is_name_of_field(headings[place - 1], heading):
            yield cells[place - 1], cell
        else:
            yield heading, cell


@lru_cache(maxsize=MAX_CACHED_HEADINGS)
def _split_numbered_heading(heading: str) -> tuple[str, str, str]:
    found = _NUMBERED_PATTERN.fullmatch(heading)
    return (found["thing"], found["number"], found["part"]) if found else (heading, "", "")


def _is_name_of_field(heading: str, next_heading: str = "") -> bool:
    """Whether the cells of a column name what is in the next one."""
    thing, number, part = _split_numbered_heading(heading)
    if fold_text(part) not in _LABELS or fold_text(thing) not in _CUSTOM_FIELDS:
        return False
    next_thing, next_number, next_part = _split_numbered_heading(next_heading)
    return (next_thing, next_number, fold_text(next_part)) == (thing, number, _VALUE)
