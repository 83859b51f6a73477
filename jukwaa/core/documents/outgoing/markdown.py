"""Markdown (CommonMark, with the tables of GitHub), for those who go on writing. People's text stays text in it."""

import re
from collections.abc import Iterator
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

_MARKS = re.compile(r"([\\`*_\[\]<>#|~&!])")
_BEGINS = re.compile(r"^(\s*)([-+=]|\d+[.)])", re.MULTILINE)


def to_markdown(document: Document) -> str:
    blocks = [*_head(document), *(_block(block) for block in with_levels(document.blocks))]
    return "\n\n".join(block for block in blocks if block) + "\n"


def escaped(text: str) -> str:
    """Words that no reader of Markdown takes for a mark."""
    return _BEGINS.sub(_escape_beginning, _MARKS.sub(r"\\\1", tidy(text)))


def _escape_beginning(found: re.Match[str]) -> str:
    mark = found[2]
    return f"{found[1]}{mark[:-1]}\\{mark[-1]}"


def _head(document: Document) -> Iterator[str]:
    if document.restricted:
        yield f"**{escaped(document.label)}**"
    yield f"# {_line(document.title)}"
    yield _words(document.subtitle)
    meta = [f"- {escaped(term)}: {_words(value)}" for term, value in document.meta]
    yield "\n".join(meta)


@singledispatch
def _block(block: Block) -> str:
    raise TypeError(block)


@_block.register
def _heading(block: Heading) -> str:
    return f"{'#' * min(block.level + 1, 6)} {_line(block.text)}"


@_block.register
def _paragraph(block: Paragraph) -> str:
    return _words(block.content)


@_block.register
def _bullets(block: Bullets) -> str:
    return "\n".join(_indented("- ", item) for item in block.items)


@_block.register
def _numbered(block: Numbered) -> str:
    return "\n".join(_indented(f"{number}. ", item) for number, item in enumerate(block.items, block.start))


@_block.register
def _quote(block: Quote) -> str:
    parts = [part for part in (_words(block.content), _words(block.source)) if part]
    return "\n>\n".join("\n".join(f"> {line}" for line in part.split("\n")) for part in parts)


@_block.register
def _page_break(block: PageBreak) -> str:
    del block  # a page that scrolls has none
    return ""


@_block.register
def _table(block: Table) -> str:
    rows = [
        "| " + " | ".join(cells) + " |"
        for cells in (
            [_line(header) for header in block.headers],
            ["---"] * len(block.headers),
            *([_words(cell).replace("\\\n", "<br>") for cell in row] for row in block.rows),
        )
    ]
    return "\n\n".join(part for part in (escaped(block.caption), "\n".join(rows)) if part)


def _indented(mark: str, item: Inline) -> str:
    return mark + _words(item).replace("\n", "\n" + " " * len(mark))


def _words(content: Inline) -> str:
    return "".join(_run(run.text, run.link, strong=run.strong, emphasis=run.emphasis) for run in runs(content))


def _run(text: str, link: str, *, strong: bool, emphasis: bool) -> str:
    words = escaped(text).replace("\n", "\\\n")  # a line that a person began stays one
    inner = words.strip()
    if not inner:
        return words
    before, after = words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]
    mark = "**" if strong else "*" if emphasis else ""
    marked = f"{mark}{inner}{mark}"
    if target := outward(link):
        marked = f"[{marked}](<{target.replace('<', '%3C').replace('>', '%3E')}>)"
    return f"{before}{marked}{after}"


def _line(text: str) -> str:
    return " ".join(escaped(text).split())
