"""Plain text, for mail and for those who want nothing else: wrapped, with headings underlined."""

import textwrap
from collections.abc import Iterator, Sequence
from functools import singledispatch

from jukwaa.core.documents.outgoing.document_tree import (
    Block,
    BulletList,
    Document,
    DocumentQuote,
    DocumentTable,
    Heading,
    Inline,
    NumberedList,
    PageBreak,
    Paragraph,
    clean_for_export,
    convert_to_runs,
    get_link_if_external,
    normalize_heading_levels,
)

TEXT_LINE_WIDTH = 72
_TABLE_COLUMN_GAP = "  "


def to_text(document: Document, *, width: int = TEXT_LINE_WIDTH) -> str:
    """The document in lines of this width, save where a single word is longer."""
    blocks = [
        *_render_document_head(document, width),
        *(_render_document_block(block, width) for block in normalize_heading_levels(document.blocks)),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _render_document_head(document: Document, width: int) -> Iterator[str]:
    if document.restricted:
        yield document.label.rjust(width)
    yield "\n".join(_wrap_text_lines(line, width) for line in (document.masthead, document.masthead_note) if line)
    yield _underline_heading(document.title, "=", width)
    yield _wrap_text_lines(document.subtitle, width)
    yield "\n".join(
        _wrap_text_lines(f"{term}: {_render_inline_content(value)}", width, hanging_indent=2)
        for term, value in document.meta
    )


@singledispatch
def _render_document_block(document_block: Block, width: int) -> str:
    raise TypeError(document_block, width)


@_render_document_block.register
def _render_heading(block: Heading, width: int) -> str:
    return _underline_heading(block.text, "-", width) if block.level == 1 else _wrap_text_lines(block.text, width)


@_render_document_block.register
def _render_paragraph(block: Paragraph, width: int) -> str:
    return _wrap_text_lines(_render_inline_content(block.content), width)


@_render_document_block.register
def _render_bullet_list(block: BulletList, width: int) -> str:
    return "\n".join(_render_list_item("- ", item, width) for item in block.items)


@_render_document_block.register
def _render_numbered_list(block: NumberedList, width: int) -> str:
    return "\n".join(
        _render_list_item(f"{number}. ", item, width) for number, item in enumerate(block.items, block.start)
    )


@_render_document_block.register
def _render_quote(block: DocumentQuote, width: int) -> str:
    lines = [
        _wrap_text_lines(_render_inline_content(block.content), width - 4),
        _wrap_text_lines(_render_inline_content(block.source), width - 4),
    ]
    return textwrap.indent("\n".join(line for line in lines if line), "    ")


@_render_document_block.register
def _render_page_break(block: PageBreak, width: int) -> str:
    del block, width  # mail has no pages
    return ""


@_render_document_block.register
def _render_table(block: DocumentTable, width: int) -> str:
    headers = [_render_text_line(header) for header in block.headers]
    rows = [[_render_text_line(_render_inline_content(cell)) for cell in row] for row in block.rows]
    widths = [max(map(len, column)) for column in zip(headers, *rows, strict=True)]
    columns = sum(widths) + len(_TABLE_COLUMN_GAP) * (len(widths) - 1)
    body = (
        _render_table_columns(headers, rows, widths) if columns <= width else _render_table_cards(headers, rows, width)
    )
    return "\n".join(part for part in (_wrap_text_lines(block.caption, width), body) if part)


def _render_table_columns(
    column_headers: Sequence[str], table_rows: Sequence[Sequence[str]], column_widths: Sequence[int]
) -> str:
    lines = [column_headers, ["-" * size for size in column_widths], *table_rows]
    return "\n".join(
        _TABLE_COLUMN_GAP.join(cell.ljust(size) for cell, size in zip(line, column_widths, strict=True)).rstrip()
        for line in lines
    )


def _render_table_cards(column_headers: Sequence[str], table_rows: Sequence[Sequence[str]], width: int) -> str:
    """A table too wide for the page: each row as a few lines, a term and a value in each."""
    cards = (
        [
            _wrap_text_lines(f"{header}: {cell}", width, hanging_indent=2)
            for header, cell in zip(column_headers, row, strict=True)
            if cell
        ]
        for row in table_rows
    )
    return "\n\n".join("\n".join(card) for card in cards)


def _render_list_item(list_mark: str, inline_content: Inline, width: int) -> str:
    text = _wrap_text_lines(_render_inline_content(inline_content), width - len(list_mark))
    return list_mark + textwrap.indent(text, " " * len(list_mark)).lstrip(" ")


def _render_inline_content(inline_content: Inline) -> str:
    """The words, and where a link leads if they do not say it themselves."""
    parts = []
    for run in convert_to_runs(inline_content):
        link = "" if run.ref else get_link_if_external(run.link)
        parts.append(f"{run.text} <{link}>" if link and link.removeprefix("mailto:") != run.text else run.text)
    return "".join(parts)


def _underline_heading(text: str, text_line: str, width: int) -> str:
    wrapped = _wrap_text_lines(text, width)
    return f"{wrapped}\n{text_line * max(map(len, wrapped.split('\n')))}"


def _render_text_line(text: str) -> str:
    return " ".join(clean_for_export(text).split())


def _wrap_text_lines(text: str, width: int, *, hanging_indent: int = 0) -> str:
    """Lines that a person made stay; long ones are wrapped, and no word is cut."""
    return "\n".join(
        textwrap.fill(
            line,
            max(width, 20),
            break_long_words=False,
            break_on_hyphens=False,
            subsequent_indent=" " * hanging_indent,
        )
        for line in clean_for_export(text).split("\n")
    ).strip("\n")
