"""Plain text, for mail and for those who want nothing else: wrapped, with headings underlined."""

import textwrap
from collections.abc import Iterator, Sequence
from functools import singledispatch

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
    Table,
    outward,
    runs,
    tidy,
    with_levels,
)

WIDTH = 72
_GAP = "  "


def to_text(document: Document, *, width: int = WIDTH) -> str:
    """The document in lines of this width, save where a single word is longer."""
    blocks = [*_head(document, width), *(_block(block, width) for block in with_levels(document.blocks))]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _head(document: Document, width: int) -> Iterator[str]:
    if document.restricted:
        yield document.label.rjust(width)
    yield "\n".join(_wrap(line, width) for line in (document.masthead, document.masthead_note) if line)
    yield _underlined(document.title, "=", width)
    yield _wrap(document.subtitle, width)
    yield "\n".join(_wrap(f"{term}: {_words(value)}", width, hang=2) for term, value in document.meta)


@singledispatch
def _block(block: Block, width: int) -> str:
    raise TypeError(block, width)


@_block.register
def _heading(block: Heading, width: int) -> str:
    return _underlined(block.text, "-", width) if block.level == 1 else _wrap(block.text, width)


@_block.register
def _paragraph(block: Paragraph, width: int) -> str:
    return _wrap(_words(block.content), width)


@_block.register
def _bullets(block: Bullets, width: int) -> str:
    return "\n".join(_item("- ", item, width) for item in block.items)


@_block.register
def _numbered(block: Numbered, width: int) -> str:
    return "\n".join(_item(f"{number}. ", item, width) for number, item in enumerate(block.items, block.start))


@_block.register
def _quote(block: Quote, width: int) -> str:
    lines = [_wrap(_words(block.content), width - 4), _wrap(_words(block.source), width - 4)]
    return textwrap.indent("\n".join(line for line in lines if line), "    ")


@_block.register
def _page_break(block: PageBreak, width: int) -> str:
    del block, width  # mail has no pages
    return ""


@_block.register
def _table(block: Table, width: int) -> str:
    headers = [_line(header) for header in block.headers]
    rows = [[_line(_words(cell)) for cell in row] for row in block.rows]
    widths = [max(map(len, column)) for column in zip(headers, *rows, strict=True)]
    columns = sum(widths) + len(_GAP) * (len(widths) - 1)
    body = _columns(headers, rows, widths) if columns <= width else _cards(headers, rows, width)
    return "\n".join(part for part in (_wrap(block.caption, width), body) if part)


def _columns(headers: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]) -> str:
    lines = [headers, ["-" * size for size in widths], *rows]
    return "\n".join(
        _GAP.join(cell.ljust(size) for cell, size in zip(line, widths, strict=True)).rstrip() for line in lines
    )


def _cards(headers: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> str:
    """A table too wide for the page: each row as a few lines, a term and a value in each."""
    cards = (
        [_wrap(f"{header}: {cell}", width, hang=2) for header, cell in zip(headers, row, strict=True) if cell]
        for row in rows
    )
    return "\n\n".join("\n".join(card) for card in cards)


def _item(mark: str, content: Inline, width: int) -> str:
    text = _wrap(_words(content), width - len(mark))
    return mark + textwrap.indent(text, " " * len(mark)).lstrip(" ")


def _words(content: Inline) -> str:
    """The words, and where a link leads if they do not say it themselves."""
    parts = []
    for run in runs(content):
        link = "" if run.ref else outward(run.link)
        parts.append(f"{run.text} <{link}>" if link and link.removeprefix("mailto:") != run.text else run.text)
    return "".join(parts)


def _underlined(text: str, line: str, width: int) -> str:
    wrapped = _wrap(text, width)
    return f"{wrapped}\n{line * max(map(len, wrapped.split('\n')))}"


def _line(text: str) -> str:
    return " ".join(tidy(text).split())


def _wrap(text: str, width: int, *, hang: int = 0) -> str:
    """Lines that a person made stay; long ones are wrapped, and no word is cut."""
    return "\n".join(
        textwrap.fill(
            line,
            max(width, 20),
            break_long_words=False,
            break_on_hyphens=False,
            subsequent_indent=" " * hang,
        )
        for line in tidy(text).split("\n")
    ).strip("\n")
