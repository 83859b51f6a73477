"""A fragment of HTML, for a page that frames it."""

from collections.abc import Iterable
from functools import singledispatch

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString

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
    get_common_text_direction,
    get_foreign_text_direction,
    get_link_if_safe,
    get_plain_text,
    normalize_heading_levels,
)

_EMPTY_SAFE_STRING = SafeString("")
_LINE_BREAK_HTML = SafeString("<br>")


def to_html(document: Document, *, includes_head: bool = True) -> SafeString:
    """The document as the inside of an `<article class="document">`: `h1` for its title, `h2` for level 1."""
    head = _render_document_head(document) if includes_head else _EMPTY_SAFE_STRING
    return head + _join_html_parts(_render_document_block(block) for block in normalize_heading_levels(document.blocks))


def _render_document_head(document: Document) -> SafeString:
    subtitle = (
        format_html('<p class="soft">{}</p>', clean_for_export(document.subtitle))
        if document.subtitle
        else _EMPTY_SAFE_STRING
    )
    return format_html(
        "<header>{}<h1>{}</h1>{}{}</header>",
        _render_document_masthead(document),
        clean_for_export(document.title),
        subtitle,
        _render_document_facts(document),
    )


def _render_document_masthead(document: Document) -> SafeString:
    note = (
        format_html("<br>{}", clean_for_export(document.masthead_note))
        if document.masthead_note
        else _EMPTY_SAFE_STRING
    )
    publisher = (
        format_html('<span class="capacity"><b>{}</b>{}</span> ', clean_for_export(document.masthead), note)
        if document.masthead
        else _EMPTY_SAFE_STRING
    )
    return format_html(
        '<p class="row between">{}<span class="tlp" translate="no">{}</span></p>', publisher, document.label
    )


def _render_document_facts(document: Document) -> SafeString:
    if not document.meta:
        return _EMPTY_SAFE_STRING
    pairs = ((clean_for_export(term), _render_inline_content(value)) for term, value in document.meta)
    return format_html('<dl class="facts">{}</dl>', format_html_join("", "<dt>{}</dt><dd>{}</dd>", pairs))


@singledispatch
def _render_document_block(document_block: Block) -> SafeString:
    raise TypeError(document_block)


@_render_document_block.register
def _render_heading(block: Heading) -> SafeString:
    return format_html("<h{0}>{1}</h{0}>", min(block.level + 1, 6), clean_for_export(block.text))


@_render_document_block.register
def _render_paragraph(block: Paragraph) -> SafeString:
    return format_html(
        "<p{}>{}</p>",
        _render_direction_attribute(get_foreign_text_direction(block.content)),
        _render_inline_content(block.content),
    )


@_render_document_block.register
def _render_bullet_list(block: BulletList) -> SafeString:
    return format_html(
        "<ul{}>{}</ul>",
        _render_direction_attribute(get_common_text_direction(block.items)),
        _render_list_items(block.items),
    )


@_render_document_block.register
def _render_numbered_list(block: NumberedList) -> SafeString:
    start = format_html(' start="{}"', block.start) if block.start != 1 else _EMPTY_SAFE_STRING
    return format_html(
        '<ol class="numbered"{}{}>{}</ol>',
        start,
        _render_direction_attribute(get_common_text_direction(block.items)),
        _render_list_items(block.items),
    )


@_render_document_block.register
def _render_quote(block: DocumentQuote) -> SafeString:
    source = (
        format_html("<footer>{}</footer>", _render_inline_content(block.source))
        if get_plain_text(block.source)
        else _EMPTY_SAFE_STRING
    )
    return format_html(
        "<blockquote><p{}>{}</p>{}</blockquote>",
        _render_direction_attribute(get_foreign_text_direction(block.content)),
        _render_inline_content(block.content),
        source,
    )


@_render_document_block.register
def _render_page_break(block: PageBreak) -> SafeString:
    del block  # a screen has no pages
    return _EMPTY_SAFE_STRING


@_render_document_block.register
def _render_table(block: DocumentTable) -> SafeString:
    caption = (
        format_html("<caption>{}</caption>", clean_for_export(block.caption)) if block.caption else _EMPTY_SAFE_STRING
    )
    head = format_html_join("", '<th scope="col">{}</th>', ((clean_for_export(header),) for header in block.headers))
    rows = format_html_join("", "<tr>{}</tr>", ((_render_table_row(row, block),) for row in block.rows))
    return format_html(
        '<table class="folds">{}<thead><tr>{}</tr></thead><tbody>{}</tbody></table>', caption, head, rows
    )


def _render_table_row(table_cells: Iterable[Inline], document_table: DocumentTable) -> SafeString:
    cells = [
        format_html('<th scope="row">{}</th>', _render_inline_content(cell))
        if at == 0 and document_table.row_headers
        else format_html('<td data-label="{}">{}</td>', clean_for_export(header), _render_inline_content(cell))
        for at, (header, cell) in enumerate(zip(document_table.headers, table_cells, strict=True))
    ]
    return _join_html_parts(cells)


def _render_list_items(list_items: Iterable[Inline]) -> SafeString:
    return format_html_join("", "<li>{}</li>", ((_render_inline_content(item),) for item in list_items))


def _render_direction_attribute(text_direction: str) -> SafeString:
    """Of words in another language, which may run the other way."""
    return format_html(' dir="{}"', text_direction) if text_direction else _EMPTY_SAFE_STRING


def _render_inline_content(inline_content: Inline) -> SafeString:
    return _join_html_parts(_render_text_run(run) for run in convert_to_runs(inline_content))


def _render_text_run(text_run: InlineRun) -> SafeString:
    lines = clean_for_export(text_run.text).split("\n")
    text = SafeString(_LINE_BREAK_HTML.join(escape(line) for line in lines))
    if text_run.emphasis:
        text = format_html("<em>{}</em>", text)
    if text_run.strong:
        text = format_html("<strong>{}</strong>", text)
    if text_run.language:
        text = format_html('<span lang="{}">{}</span>', text_run.language, text)
    if text_run.apart:
        text = format_html("<bdi>{}</bdi>", text)
    link = get_link_if_safe(text_run.link)
    if text_run.ref:
        return format_html('<a class="ref" href="{}">{}</a>' if link else '<span class="ref">{1}</span>', link, text)
    return format_html('<a href="{}">{}</a>', link, text) if link else text


def _join_html_parts(html_parts: Iterable[SafeString]) -> SafeString:
    """Each of them is escaped already; format_html_join would look at each again."""
    return SafeString("".join(html_parts))
