"""A tagged PDF, set by Typst in a process of its own."""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import singledispatch
from typing import Any

from django.utils.translation import gettext as _

from jukwaa.core.documents.limits import LIMITS, MEGABYTE, Limits
from jukwaa.core.documents.outgoing.tree import (
    Block,
    Bullets,
    Document,
    Heading,
    Inline,
    Numbered,
    PageBreak,
    Paragraph,
    Quote,
    Run,
    Table,
    all_turned,
    direction_of,
    outward,
    plain,
    runs,
    tidy,
    turned,
    with_levels,
)
from jukwaa.core.documents.refusals import FileRefused
from jukwaa.core.documents.sandbox import run_child

_LONGEST_COLUMN = 60
_MARKS = {"ltr": "\u200e", "rtl": "\u200f"}  # around a line, so that its full stop stays at its own end
_SHORTEST_COLUMN = 10
_LIMITS = replace(LIMITS, text_characters=16 * MEGABYTE)  # here: of the PDF, in letters of base 64


class NotTypesetError(Exception):
    """No PDF could be made. The document can still be had as a page, as text or in Word."""


@dataclass(frozen=True, slots=True)
class Typeset:
    """A PDF, and sentences about what is not perfect in it."""

    pdf: bytes
    warnings: tuple[str, ...] = ()
    pages: int = 0


def to_pdf(document: Document, *, paper: str = "a4", limits: Limits = _LIMITS) -> Typeset:
    """The document on paper, after PDF/UA-1, the same bytes for the same document.

    Where that standard can't be kept, since no font has some letters, the PDF is still tagged, and `warnings` say so.
    """
    order = json.dumps(_document(document, paper), ensure_ascii=False).encode()
    try:
        answer = run_child("typeset", order, limits=limits)
    except FileRefused as refused:
        raise NotTypesetError(refused.code) from refused
    return Typeset(base64.b64decode(answer["pdf"]), tuple(_warnings(answer)), answer["pages"])


def _warnings(answer: dict[str, Any]) -> list[str]:
    if "missing" in answer["warnings"]:
        return [_("No font on this server has all the letters of this document. Missing letters appear as boxes.")]
    return [_("This PDF does not fully meet the accessibility standard PDF/UA-1.")] if answer["warnings"] else []


def _document(document: Document, paper: str) -> dict[str, Any]:
    language, _separator, region = document.language.partition("-")
    return {
        "title": tidy(document.title),
        "subtitle": tidy(document.subtitle),
        "masthead": tidy(document.masthead),
        "masthead_note": tidy(document.masthead_note),
        "meta": [{"term": tidy(term), "runs": _inline(value)} for term, value in document.meta],
        "language": language.lower(),
        "region": region.upper() if len(region) == len("KE") else None,
        "rtl": document.direction == "rtl",
        "label": document.label,
        "restricted": document.restricted,
        "paper": paper,
        "blocks": [_block(block) for block in with_levels(document.blocks)],
    }


@singledispatch
def _block(block: Block) -> dict[str, Any]:
    raise TypeError(block)


@_block.register
def _heading(block: Heading) -> dict[str, Any]:
    return {"kind": "heading", "level": block.level, "text": tidy(block.text)}


@_block.register
def _paragraph(block: Paragraph) -> dict[str, Any]:
    return {"kind": "paragraph", "dir": turned(block.content), "runs": _inline(block.content)}


@_block.register
def _bullets(block: Bullets) -> dict[str, Any]:
    return {"kind": "bullets", "dir": all_turned(block.items), "items": [_inline(item) for item in block.items]}


@_block.register
def _numbered(block: Numbered) -> dict[str, Any]:
    items = [_inline(item) for item in block.items]
    return {"kind": "numbered", "dir": all_turned(block.items), "start": block.start, "items": items}


@_block.register
def _quote(block: Quote) -> dict[str, Any]:
    source = _inline(block.source) if plain(block.source) else []
    return {"kind": "quote", "dir": turned(block.content), "runs": _inline(block.content), "source": source}


@_block.register
def _page_break(block: PageBreak) -> dict[str, Any]:
    del block
    return {"kind": "break"}


@_block.register
def _table(block: Table) -> dict[str, Any]:
    return {
        "kind": "table",
        "caption": tidy(block.caption),
        "headers": [tidy(header) for header in block.headers],
        "rows": [[_inline(cell) for cell in row] for row in block.rows],
        "row_headers": block.row_headers,
        "widths": _widths(block),
    }


def _widths(table: Table) -> list[int]:
    """Shares of the page by how much a column has to say, within reason."""
    columns: Sequence[Sequence[Inline]] = list(zip(table.headers, *table.rows, strict=True))
    return [max(_SHORTEST_COLUMN, min(_LONGEST_COLUMN, max(len(plain(cell)) for cell in column))) for column in columns]


def _inline(content: Inline) -> list[dict[str, Any]]:
    return [_run(run) for run in runs(content)]


def _run(run: Run) -> dict[str, Any]:
    mark = _MARKS.get(direction_of(run.text), "") if run.apart else ""
    return {
        "lines": [f"{mark}{line}{mark}" for line in tidy(run.text).split("\n")],
        "emphasis": run.emphasis,
        "strong": run.strong,
        "ref": run.ref,
        "link": outward(run.link),
        "language": run.language.partition("-")[0].lower(),
    }
