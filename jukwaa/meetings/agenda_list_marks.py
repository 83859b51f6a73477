"""The marks before the lines of a pasted agenda: letters instead of numbers, and parts of an item such as "4.1".

Pure functions.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jukwaa.meetings.agenda_lines import AgendaLine

MAX_TITLE_LENGTH = 200
_LETTER_MARK = re.compile(r"\(?(?P<mark>[a-z]|[ivx]{1,4}|[\u0621-\u064a])\s?(?:[.)]|-(?=\s))\s+(?=\S)", re.IGNORECASE)
_FIRST_LETTER_MARKS = (("a", "b"), ("i", "ii"), ("\u0623", "\u0628"), ("\u0627", "\u0628"))
_ITEM_NUMBER = re.compile(
    r"(?:item |point |punto |ponto )?\(?(?P<number>\d{1,2})(?:\s?[.):\u00ba\u00b0-]|\s)(?!\d)", re.IGNORECASE
)
_ITEM_START = re.compile(
    rf"{_ITEM_NUMBER.pattern}|\d{{1,2}}[:.hH][0-5]\d|[-\u2013\u2022*\u00b7\u25aa\u25e6\u25cf]\s", re.IGNORECASE
)
_WRAPPED_LINE = re.compile(r"(?P<brackets>\((?!\w{1,2}\))[^()]+\))\s*(?P<remark>[^()]*)")
_OPEN_BRACKET = re.compile(r"\([^()\t]*$")
_COLUMN_GAP = re.compile(r"\S\s{2,}\S|\t")
_CLOSED_BRACKET = re.compile(r"[^()]*\S\)")
# "4.1 Deadlines" below item 4, "a) Deadlines" and "- Deadlines" below any item with a number
_PART_MARK = re.compile(
    r"(?P<mark>(?P<number>\d{1,2})\.\d{1,2}[.)]?|\(?[a-z]\)|\(?[ivx]{1,4}\)|[-\u2013\u2022*\u00b7\u25aa\u25e6\u25cf])\s+(?=\S)",
    re.IGNORECASE,
)


def join_wrapped_lines(text: str) -> str:
    """Return the text with each line in brackets below an item with a number, a time or a mark at the end of that item.

    "(Ana, 10 minutes) moved from May" below "4. Budget" is its presenter, its length and a remark. Below a time or a
    mark alone, such a line must be indented: "(all times UTC)" is about the agenda. A line that closes the bracket
    of an item belongs to it as well: "4. Budget (fees," and "reserve) Ana".
    """
    joined: list[str] = []
    for line in text.splitlines():
        wrapped = _WRAPPED_LINE.fullmatch(line.strip())
        if wrapped and joined and _accepts_brackets(joined[-1], line):
            remark = f" ({wrapped['remark']})" if wrapped["remark"] else ""
            joined[-1] = f"{joined[-1].rstrip()}{remark} {wrapped['brackets']}"
        elif joined and _continues_brackets(joined[-1], line.strip()):
            joined[-1] = f"{joined[-1].rstrip()} {line.strip()}"
        else:
            joined.append(line)
    return "\n".join(joined)


def _accepts_brackets(item: str, following: str) -> bool:
    if _ITEM_NUMBER.match(item.strip()):
        return True
    return _ITEM_START.match(item.strip()) is not None and _count_indent(following) > _count_indent(item)


def _count_indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _continues_brackets(item: str, following: str) -> bool:
    found = _OPEN_BRACKET.search(item)
    return (
        found is not None
        and _COLUMN_GAP.search(found[0]) is None
        and _ITEM_START.match(item.strip()) is not None
        and _ITEM_START.match(following) is None
        and _CLOSED_BRACKET.match(following) is not None
    )


def replace_letters_of_list(lines: Sequence[str]) -> list[str]:
    """Return the lines with numbers for the letters and Roman numbers before them, if two or more are in order."""
    marks = [found["mark"].casefold() if (found := _LETTER_MARK.match(line)) else "" for line in lines]
    is_list = any({*marks} >= {*first_marks} for first_marks in _FIRST_LETTER_MARKS)
    return [
        _LETTER_MARK.sub("1. ", line, count=1) if mark and is_list else line
        for line, mark in zip(lines, marks, strict=True)
    ]


def join_parts_of_items(items: Iterable[tuple[str, "AgendaLine"]]) -> list["AgendaLine"]:
    """Return the items, each with its parts: "4.1" is a part of item 4, unless it has a time or presenters itself."""
    joined: list[AgendaLine] = []
    item_number = ""
    for written, line in items:
        mark = _PART_MARK.match(written)
        if item_number and mark and mark["number"] in {None, item_number} and _is_plain(line):
            part = f"{mark['mark'].strip('(-\u2013\u2022*\u00b7\u25aa\u25e6\u25cf')} {line.title}".strip()
            whole = replace(joined[-1], parts=(*joined[-1].parts, part))
            if len(whole.title_with_parts) <= MAX_TITLE_LENGTH:
                joined[-1] = whole
                continue
        if not (mark and mark["number"]):
            found = _ITEM_NUMBER.match(written)
            item_number = found["number"] if found else ""
        joined.append(line)
    return joined


def _is_plain(line: "AgendaLine") -> bool:
    """Whether it has no time, purpose or presenters. Words in small letters name nobody: "a) dates - b) places"."""
    names = (name for part in line.name_parts for name in part.names)
    return line.minutes is None and line.start is None and line.purpose is None and all(n[:1].islower() for n in names)
