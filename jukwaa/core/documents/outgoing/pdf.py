"""A tagged PDF, set by Typst in a process of its own."""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import singledispatch
from typing import Any

from django.utils.translation import gettext as _

from jukwaa.core.documents.limits import BYTES_PER_MEGABYTE, DEFAULT_FILE_LIMITS, FileLimits
from jukwaa.core.documents.outgoing.document_tree import (
    Block,
    BulletList,
    Document,
    DocumentQuote,
    DocumentTable,
    Heading,
    Inline,
    InlineRun,
    NumberedList,
    PageBreak,
    Paragraph,
    clean_for_export,
    convert_to_runs,
    detect_text_direction,
    get_common_text_direction,
    get_foreign_text_direction,
    get_link_if_external,
    get_plain_text,
    normalize_heading_levels,
)
from jukwaa.core.documents.refusals import FileRefused
from jukwaa.core.documents.sandbox import run_document_child

_MAX_COLUMN_CHARACTERS = 60
_MARK_BY_DIRECTION = {"ltr": "\u200e", "rtl": "\u200f"}  # around a line, so that its full stop stays at its own end
_MIN_COLUMN_CHARACTERS = 10
_TYPESET_FILE_LIMITS = replace(
    DEFAULT_FILE_LIMITS, text_characters=16 * BYTES_PER_MEGABYTE
)  # here: of the PDF, in letters of base 64


class TypesettingError(Exception):
    """No PDF could be made. The document can still be had as a page, as text or in Word."""


@dataclass(frozen=True, slots=True)
class TypesetPdf:
    """A PDF, and sentences about what is not perfect in it."""

    pdf: bytes
    warnings: tuple[str, ...] = ()
    pages: int = 0


def to_pdf(document: Document, *, paper: str = "a4", file_limits: FileLimits = _TYPESET_FILE_LIMITS) -> TypesetPdf:
    """The document on paper, after PDF/UA-1, the same bytes for the same document.

    Where that standard can't be kept, since no font has some letters, the PDF is still tagged, and `warnings` say so.
    """
    order = json.dumps(_serialize_document(document, paper), ensure_ascii=False).encode()
    try:
        answer = run_document_child("typeset", order, file_limits=file_limits)
    except FileRefused as refused:
        raise TypesettingError(refused.code) from refused
    return TypesetPdf(base64.b64decode(answer["pdf"]), tuple(_build_typeset_warnings(answer)), answer["pages"])


def _build_typeset_warnings(child_answer: dict[str, Any]) -> list[str]:
    if "missing" in child_answer["warnings"]:
        return [_("No font on this server has all the letters of this document. Missing letters appear as boxes.")]
    return [_("This PDF does not fully meet the accessibility standard PDF/UA-1.")] if child_answer["warnings"] else []


def _serialize_document(document: Document, paper: str) -> dict[str, Any]:
    language, _separator, region = document.language.partition("-")
    return {
        "title": clean_for_export(document.title),
        "subtitle": clean_for_export(document.subtitle),
        "masthead": clean_for_export(document.masthead),
        "masthead_note": clean_for_export(document.masthead_note),
        "meta": [
            {"term": clean_for_export(term), "runs": _serialize_inline_content(value)} for term, value in document.meta
        ],
        "language": language.lower(),
        "region": region.upper() if len(region) == len("KE") else None,
        "rtl": document.direction == "rtl",
        "label": document.label,
        "restricted": document.restricted,
        "paper": paper,
        "blocks": [_serialize_document_block(block) for block in normalize_heading_levels(document.blocks)],
    }


@singledispatch
def _serialize_document_block(document_block: Block) -> dict[str, Any]:
    raise TypeError(document_block)


@_serialize_document_block.register
def _serialize_heading(block: Heading) -> dict[str, Any]:
    return {"kind": "heading", "level": block.level, "text": clean_for_export(block.text)}


@_serialize_document_block.register
def _serialize_paragraph(block: Paragraph) -> dict[str, Any]:
    return {
        "kind": "paragraph",
        "dir": get_foreign_text_direction(block.content),
        "runs": _serialize_inline_content(block.content),
    }


@_serialize_document_block.register
def _serialize_bullet_list(block: BulletList) -> dict[str, Any]:
    return {
        "kind": "bullets",
        "dir": get_common_text_direction(block.items),
        "items": [_serialize_inline_content(item) for item in block.items],
    }


@_serialize_document_block.register
def _serialize_numbered_list(block: NumberedList) -> dict[str, Any]:
    items = [_serialize_inline_content(item) for item in block.items]
    return {"kind": "numbered", "dir": get_common_text_direction(block.items), "start": block.start, "items": items}


@_serialize_document_block.register
def _serialize_quote(block: DocumentQuote) -> dict[str, Any]:
    source = _serialize_inline_content(block.source) if get_plain_text(block.source) else []
    return {
        "kind": "quote",
        "dir": get_foreign_text_direction(block.content),
        "runs": _serialize_inline_content(block.content),
        "source": source,
    }


@_serialize_document_block.register
def _serialize_page_break(block: PageBreak) -> dict[str, Any]:
    del block
    return {"kind": "break"}


@_serialize_document_block.register
def _serialize_table(block: DocumentTable) -> dict[str, Any]:
    return {
        "kind": "table",
        "caption": clean_for_export(block.caption),
        "headers": [clean_for_export(header) for header in block.headers],
        "rows": [[_serialize_inline_content(cell) for cell in row] for row in block.rows],
        "row_headers": block.row_headers,
        "widths": _compute_column_widths(block),
    }


def _compute_column_widths(document_table: DocumentTable) -> list[int]:
    """Shares of the page by how much a column has to say, within reason."""
    columns: Sequence[Sequence[Inline]] = list(zip(document_table.headers, *document_table.rows, strict=True))
    return [
        max(_MIN_COLUMN_CHARACTERS, min(_MAX_COLUMN_CHARACTERS, max(len(get_plain_text(cell)) for cell in column)))
        for column in columns
    ]


def _serialize_inline_content(inline_content: Inline) -> list[dict[str, Any]]:
    return [_serialize_text_run(run) for run in convert_to_runs(inline_content)]


def _serialize_text_run(text_run: InlineRun) -> dict[str, Any]:
    mark = _MARK_BY_DIRECTION.get(detect_text_direction(text_run.text), "") if text_run.apart else ""
    return {
        "lines": [f"{mark}{line}{mark}" for line in clean_for_export(text_run.text).split("\n")],
        "emphasis": text_run.emphasis,
        "strong": text_run.strong,
        "ref": text_run.ref,
        "link": get_link_if_external(text_run.link),
        "language": text_run.language.partition("-")[0].lower(),
    }
