"""Markdown (CommonMark, with the tables of GitHub), for those who go on writing. People's text stays text in it."""

import re
from collections.abc import Iterator
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

_MARKUP_CHARACTER_PATTERN = re.compile(r"([\\`*_\[\]<>#|~&!])")
_LINE_START_MARKUP_PATTERN = re.compile(r"^(\s*)([-+=]|\d+[.)])", re.MULTILINE)


def to_markdown(document: Document) -> str:
    blocks = [
        *_render_document_head(document),
        *(_render_document_block(block) for block in normalize_heading_levels(document.blocks)),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def escape_markdown(text: str) -> str:
    """Words that no reader of Markdown takes for a mark."""
    return _LINE_START_MARKUP_PATTERN.sub(
        _escape_line_start, _MARKUP_CHARACTER_PATTERN.sub(r"\\\1", clean_for_export(text))
    )


def _escape_line_start(line_start: re.Match[str]) -> str:
    mark = line_start[2]
    return f"{line_start[1]}{mark[:-1]}\\{mark[-1]}"


def _render_document_head(document: Document) -> Iterator[str]:
    if document.restricted:
        yield f"**{escape_markdown(document.label)}**"
    yield f"# {_render_text_line(document.title)}"
    yield _render_inline_content(document.subtitle)
    meta = [f"- {escape_markdown(term)}: {_render_inline_content(value)}" for term, value in document.meta]
    yield "\n".join(meta)


@singledispatch
def _render_document_block(document_block: Block) -> str:
    raise TypeError(document_block)


@_render_document_block.register
def _render_heading(block: Heading) -> str:
    return f"{'#' * min(block.level + 1, 6)} {_render_text_line(block.text)}"


@_render_document_block.register
def _render_paragraph(block: Paragraph) -> str:
    return _render_inline_content(block.content)


@_render_document_block.register
def _render_bullet_list(block: BulletList) -> str:
    return "\n".join(_indent_list_item("- ", item) for item in block.items)


@_render_document_block.register
def _render_numbered_list(block: NumberedList) -> str:
    return "\n".join(_indent_list_item(f"{number}. ", item) for number, item in enumerate(block.items, block.start))


@_render_document_block.register
def _render_quote(block: DocumentQuote) -> str:
    parts = [part for part in (_render_inline_content(block.content), _render_inline_content(block.source)) if part]
    return "\n>\n".join("\n".join(f"> {line}" for line in part.split("\n")) for part in parts)


@_render_document_block.register
def _render_page_break(block: PageBreak) -> str:
    del block  # a page that scrolls has none
    return ""


@_render_document_block.register
def _render_table(block: DocumentTable) -> str:
    rows = [
        "| " + " | ".join(cells) + " |"
        for cells in (
            [_render_text_line(header) for header in block.headers],
            ["---"] * len(block.headers),
            *([_render_inline_content(cell).replace("\\\n", "<br>") for cell in row] for row in block.rows),
        )
    ]
    return "\n\n".join(part for part in (escape_markdown(block.caption), "\n".join(rows)) if part)


def _indent_list_item(list_mark: str, item: Inline) -> str:
    return list_mark + _render_inline_content(item).replace("\n", "\n" + " " * len(list_mark))


def _render_inline_content(inline_content: Inline) -> str:
    return "".join(
        _render_text_run(run.text, run.link, is_strong=run.strong, emphasis=run.emphasis)
        for run in convert_to_runs(inline_content)
    )


def _render_text_run(text: str, link_url: str, *, is_strong: bool, emphasis: bool) -> str:
    words = escape_markdown(text).replace("\n", "\\\n")  # a line that a person began stays one
    inner = words.strip()
    if not inner:
        return words
    before, after = words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]
    mark = "**" if is_strong else "*" if emphasis else ""
    marked = f"{mark}{inner}{mark}"
    if target := get_link_if_external(link_url):
        marked = f"[{marked}](<{target.replace('<', '%3C').replace('>', '%3E')}>)"
    return f"{before}{marked}{after}"


def _render_text_line(text: str) -> str:
    return " ".join(escape_markdown(text).split())
