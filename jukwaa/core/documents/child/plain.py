"""Plain text as its parts: headings, paragraphs, items and tables, each as (kind, level, words)."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from jukwaa.core.documents.child.text_builder import OnPage

type Part = tuple[str, int, str]

PART_KINDS = frozenset({"heading", "paragraph", "bullet", "numbered", "table", "note"})

_ITEM_START = re.compile(r"^(\s*)(?:([-*\u2022\u2023\u25aa\u25e6\u2013])|(\d{1,3}[.)]))\s+(?=\S)")
_HEADING_START = re.compile(r"^(#{1,6}) +(?=\S)")
_MIN_WRAPPED_WIDTH = 50  # characters: lines of a paragraph that are longer were broken by a program, not by its writer


def read(path: Path, orders: dict[str, Any], on_page: OnPage) -> dict[str, Any]:
    del on_page
    return {"blocks": list(split_plain_text(path.read_text(encoding="utf-8")[: orders["characters"]]))}


def split_plain_text(text: str) -> Iterator[Part]:
    """Text with light structure: an empty line between paragraphs, a mark before headings and items."""
    for block in re.split(r"\n[ \t]*\n", text):
        waiting: list[str] = []
        for line in block.splitlines():
            found = _parse_marked_line(line)
            if found is None:
                waiting.append(line.strip())
                continue
            yield from _build_paragraph_parts(waiting)
            waiting = []
            yield found
        yield from _build_paragraph_parts(waiting)


def _parse_marked_line(line: str) -> Part | None:
    if heading := _HEADING_START.match(line):
        return "heading", len(heading[1]), line[heading.end() :].strip()
    if item := _ITEM_START.match(line):
        depth = len(item[1].expandtabs(2)) // 2 + 1
        return "bullet" if item[2] else "numbered", depth, line[item.end() :].strip()
    return None


def _build_paragraph_parts(lines: Sequence[str]) -> Iterator[Part]:
    if not any(lines):
        return
    if all(" | " in line for line in lines):
        yield "table", 1, "\n".join(lines)
        return
    broken = any(len(line) > _MIN_WRAPPED_WIDTH for line in lines)
    yield "paragraph", 1, (" " if broken else "\n").join(lines)
