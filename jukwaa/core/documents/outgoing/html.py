"""A fragment of HTML, for a page that frames it."""

from collections.abc import Iterable
from functools import singledispatch

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

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
    onward,
    plain,
    runs,
    tidy,
    turned,
    with_levels,
)

_NOTHING = SafeString("")
_BREAK = SafeString("<br>")


def to_html(document: Document, *, with_head: bool = True) -> SafeString:
    """The document as the inside of an `<article class="document">`: `h1` for its title, `h2` for level 1."""
    head = _head(document) if with_head else _NOTHING
    return head + _joined(_block(block) for block in with_levels(document.blocks))


def _head(document: Document) -> SafeString:
    subtitle = format_html('<p class="soft">{}</p>', tidy(document.subtitle)) if document.subtitle else _NOTHING
    return format_html(
        "<header>{}<h1>{}</h1>{}{}</header>",
        _masthead(document),
        tidy(document.title),
        subtitle,
        _facts(document),
    )


def _masthead(document: Document) -> SafeString:
    note = format_html("<br>{}", tidy(document.masthead_note)) if document.masthead_note else _NOTHING
    publisher = (
        format_html('<span class="capacity"><b>{}</b>{}</span> ', tidy(document.masthead), note)
        if document.masthead
        else _NOTHING
    )
    return format_html(
        '<p class="row between">{}<span class="tlp" translate="no">{}</span></p>', publisher, document.label
    )


def _facts(document: Document) -> SafeString:
    if not document.meta:
        return _NOTHING
    pairs = ((tidy(term), _inline(value)) for term, value in document.meta)
    return format_html('<dl class="facts">{}</dl>', format_html_join("", "<dt>{}</dt><dd>{}</dd>", pairs))


@singledispatch
def _block(block: Block) -> SafeString:
    raise TypeError(block)


@_block.register
def _heading(block: Heading) -> SafeString:
    return format_html("<h{0}>{1}</h{0}>", min(block.level + 1, 6), tidy(block.text))


@_block.register
def _paragraph(block: Paragraph) -> SafeString:
    return format_html("<p{}>{}</p>", _direction(turned(block.content)), _inline(block.content))


@_block.register
def _bullets(block: Bullets) -> SafeString:
    return format_html("<ul{}>{}</ul>", _direction(all_turned(block.items)), _items(block.items))


@_block.register
def _numbered(block: Numbered) -> SafeString:
    start = format_html(' start="{}"', block.start) if block.start != 1 else _NOTHING
    return format_html(
        '<ol class="numbered"{}{}>{}</ol>', start, _direction(all_turned(block.items)), _items(block.items)
    )


@_block.register
def _quote(block: Quote) -> SafeString:
    source = format_html("<footer>{}</footer>", _inline(block.source)) if plain(block.source) else _NOTHING
    return format_html(
        "<blockquote><p{}>{}</p>{}</blockquote>", _direction(turned(block.content)), _inline(block.content), source
    )


@_block.register
def _page_break(block: PageBreak) -> SafeString:
    del block  # a screen has no pages
    return _NOTHING


@_block.register
def _table(block: Table) -> SafeString:
    caption = format_html("<caption>{}</caption>", tidy(block.caption)) if block.caption else _NOTHING
    head = format_html_join("", '<th scope="col">{}</th>', ((tidy(header),) for header in block.headers))
    rows = format_html_join("", "<tr>{}</tr>", ((_row(row, block),) for row in block.rows))
    return format_html(
        '<table class="folds">{}<thead><tr>{}</tr></thead><tbody>{}</tbody></table>', caption, head, rows
    )


def _row(row: Iterable[Inline], table: Table) -> SafeString:
    cells = [
        format_html('<th scope="row">{}</th>', _inline(cell))
        if at == 0 and table.row_headers
        else format_html('<td data-label="{}">{}</td>', tidy(header), _inline(cell))
        for at, (header, cell) in enumerate(zip(table.headers, row, strict=True))
    ]
    return _joined(cells)


def _items(items: Iterable[Inline]) -> SafeString:
    return format_html_join("", "<li>{}</li>", ((_inline(item),) for item in items))


def _direction(way: str) -> SafeString:
    """Of words in another language, which may run the other way."""
    return format_html(' dir="{}"', way) if way else _NOTHING


def _inline(content: Inline) -> SafeString:
    return _joined(_run(run) for run in runs(content))


def _run(run: Run) -> SafeString:
    lines = ((line,) for line in tidy(run.text).split("\n"))
    text = format_html_join(_BREAK, "{}", lines)
    if run.emphasis:
        text = format_html("<em>{}</em>", text)
    if run.strong:
        text = format_html("<strong>{}</strong>", text)
    if run.language:
        text = format_html('<span lang="{}">{}</span>', run.language, text)
    if run.apart:
        text = format_html("<bdi>{}</bdi>", text)
    link = onward(run.link)
    if run.ref:
        return format_html('<a class="ref" href="{}">{}</a>' if link else '<span class="ref">{1}</span>', link, text)
    return format_html('<a href="{}">{}</a>', link, text) if link else text


def _joined(parts: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))
