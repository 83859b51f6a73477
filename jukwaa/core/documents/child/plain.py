"""Plain text as its parts: headings, paragraphs, items and tables, each as (kind, level, words)."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from jukwaa.core.documents.child.text_builder import OnPage

type Part = tuple[str, int, str]

DOCUMENT_PART_KINDS = frozenset({"heading", "paragraph", "bullet", "numbered", "table", "note"})

_LIST_ITEM_START_PATTERN = re.compile(r"^(\s*)(?:([-*\u2022\u2023\u25aa\u25e6\u2013])|(\d{1,3}[.)]))\s+(?=\S)")
_HEADING_START_PATTERN = re.compile(r"^(#{1,6}) +(?=\S)")
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


def _parse_marked_line(text_line: str) -> Part | None:
    if heading := _HEADING_START_PATTERN.match(text_line):
        return "heading", len(heading[1]), text_line[heading.end() :].strip()
    if item := _LIST_ITEM_START_PATTERN.match(text_line):
        depth = len(item[1].expandtabs(2)) // 2 + 1
        return "bullet" if item[2] else "numbered", depth, text_line[item.end() :].strip()
    return None


def _build_paragraph_parts(text_lines: Sequence[str]) -> Iterator[Part]:
    if not any(text_lines):
        return
    if all(" | " in line for line in text_lines):
        yield "table", 1, "\n".join(text_lines)
        return
    broken = any(len(line) > _MIN_WRAPPED_WIDTH for line in text_lines)
    yield "paragraph", 1, (" " if broken else "\n").join(text_lines)
