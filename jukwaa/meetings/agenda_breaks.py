"""Breaks in a pasted agenda, such as tea and lunch: they are no items, but the next item begins after them.

Pure functions.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from jukwaa.meetings.agenda_clock import MAX_LINE_MINUTES, MINUTES_PER_DAY, MINUTES_PER_HOUR
from jukwaa.meetings.agenda_headings import AGENDA_WORDS
from jukwaa.meetings.agenda_list_marks import MAX_TITLE_LENGTH
from jukwaa.places.text_folding import fold_text

if TYPE_CHECKING:
    from jukwaa.meetings.agenda_lines import AgendaLine

_BRACKETS_PATTERN = re.compile(r"[(\[][^()\[\]]*[)\]]")
_BETWEEN_WORDS_PATTERN = re.compile(r"[,;/&+\u060c\u2013\u2014]|\s-\s|\b(?:and|et|y|e|und|then|dan)\b|\s\u0648")
_WORDS_OF_BREAKS = {words for words in AGENDA_WORDS["breaks"] if " " not in words}
_DETAILS_OF_BREAKS = {*AGENDA_WORDS["break_details"]}


def is_break(title: str) -> bool:
    """Whether a title says only that the meeting pauses or ends: "tea", "Lunch (canteen)", "end, makan"."""
    parts = _BETWEEN_WORDS_PATTERN.split(_BRACKETS_PATTERN.sub(" ", title).casefold())
    words = [folded for part in parts if (folded := fold_text(part).strip())]
    return bool(words) and all(map(_names_break, words))


def _names_break(words: str) -> bool:
    """Whether nothing but listed words is there: "short coffee break", and not "tax break" or "pausa regulatoria"."""
    each = {*words.split()}
    return words in AGENDA_WORDS["breaks"] or bool(
        each & _WORDS_OF_BREAKS and each <= _WORDS_OF_BREAKS | _DETAILS_OF_BREAKS
    )


def add_breaks_to_items(lines: Iterable["AgendaLine"]) -> list["AgendaLine"]:
    """Return the items alone. One before a break says when it is, as in "Budget (11:05 tea)".

    It lasts until the end of the break, unless its stated length ends before the break starts.
    """
    items: list[AgendaLine] = []
    pending: list[AgendaLine] = []
    for line in lines:
        if line.is_break:
            pending.append(line)
            continue
        if items:
            items[-1] = _add_breaks(items[-1], pending)
        pending = []
        items.append(line)
    return items or [replace(line, is_break=False) for line in pending]


def _add_breaks(item: "AgendaLine", breaks: Iterable["AgendaLine"]) -> "AgendaLine":
    for each in breaks:
        longer = (item.minutes or 0) + (each.minutes or 0)
        whole = replace(item, parts=(*item.parts, _describe_break(each)))
        if item.minutes and _follows(item, each) and longer <= MAX_LINE_MINUTES:
            whole = replace(whole, minutes=longer)
        item = whole if len(whole.title_with_parts) <= MAX_TITLE_LENGTH else replace(whole, parts=item.parts)
    return item


def _follows(item: "AgendaLine", pause: "AgendaLine") -> bool:
    """Whether a break starts when the item ends. Without times, it does."""
    if item.start is None or pause.start is None:
        return item.start is pause.start
    return (item.start + (item.minutes or 0)) % MINUTES_PER_DAY == pause.start % MINUTES_PER_DAY


def _describe_break(line: "AgendaLine") -> str:
    if line.start is None:
        return line.title
    hour, minute = divmod(line.start, MINUTES_PER_HOUR)
    return f"{hour:02}:{minute:02} {line.title}"
