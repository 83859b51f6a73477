"""People's text, which is Markdown, as blocks of a document: what `core.text.prose` is for a page."""

from collections.abc import Iterator
from dataclasses import replace

from markdown_it.tree import SyntaxTreeNode

from jukwaa.core.documents.outgoing.document_tree import (
    Block,
    BulletList,
    DocumentQuote,
    Heading,
    InlineRun,
    NumberedList,
    Paragraph,
)
from jukwaa.core.prose import get_markdown_parser

PROSE_HEADING_LEVEL = 3  # of people's text: below the question that it answers
LINE_BREAK_NODE_TYPES = {"softbreak", "hardbreak"}
LITERAL_NODE_TYPES = {"code_block", "fence", "code_inline", "text"}


def build_prose_blocks(text: str, language: str = "") -> Iterator[Block]:
    """`language` is the text's, where it is not that of the document."""
    for node in SyntaxTreeNode(get_markdown_parser().parse(text or "")).children:
        yield from _build_prose_blocks(node, InlineRun("", language=language))


def _build_prose_blocks(node: SyntaxTreeNode, like_run: InlineRun) -> Iterator[Block]:
    match node.type:
        case "heading":
            yield Heading(PROSE_HEADING_LEVEL, "".join(run.text for run in _build_text_runs(node, like_run)))
        case "bullet_list":
            yield BulletList([list(_build_text_runs(item, like_run)) for item in node.children])
        case "ordered_list":
            start = int(node.attrs.get("start", 1))
            yield NumberedList([list(_build_text_runs(item, like_run)) for item in node.children], start=start)
        case "blockquote":
            yield DocumentQuote(list(_build_text_runs(node, like_run)))
        case "hr":
            return
        case _:
            yield Paragraph(list(_build_text_runs(node, like_run)))


def _build_text_runs(node: SyntaxTreeNode, like_run: InlineRun) -> Iterator[InlineRun]:
    """The words below a node. Paragraphs within a list or a quotation begin a new line."""
    if node.type in LINE_BREAK_NODE_TYPES:
        yield replace(like_run, text="\n")
    elif node.type in LITERAL_NODE_TYPES:
        yield replace(like_run, text=node.content)
    for place, child in enumerate(node.children):
        if place and child.block and child.type != "inline":
            yield replace(like_run, text="\n")
        yield from _build_text_runs(child, _apply_node_style(child, like_run))


def _apply_node_style(node: SyntaxTreeNode, like_run: InlineRun) -> InlineRun:
    match node.type:
        case "em":
            return replace(like_run, emphasis=True)
        case "strong":
            return replace(like_run, strong=True)
        case "link":
            return replace(like_run, link=str(node.attrs.get("href", "")))
        case _:
            return like_run
