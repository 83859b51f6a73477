"""Markdown as its parts: headings, paragraphs, items, tables and notes, each as (kind, level, words)."""

import re
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from jukwaa.core.documents.child.plain import Part
from jukwaa.core.documents.child.text_builder import OnPage, collapse_spaces, join_table_cells

_FOOTNOTE_START_PATTERN = re.compile(r"^\[\^?[\w-]{1,20}\](?::\s*|\s+)(?=\S)")
_FOOTNOTE_REFERENCE_PATTERN = re.compile(r"\[\^([\w-]{1,20})\]")


def read(path: Path, orders: dict[str, Any], on_page: OnPage) -> dict[str, Any]:
    """Markup that is not Markdown's own is text like any other."""
    del on_page
    text = path.read_text(encoding="utf-8")[: orders["characters"]]
    parser = MarkdownIt("js-default", {"html": False, "linkify": False, "typographer": False})
    parts = PartsCollector()
    for token in parser.parse(text):
        parts.take(token)
    return {"blocks": parts.found}


class PartsCollector:
    """The blocks of a Markdown text in their order; what a list holds keeps its depth."""

    def __init__(self) -> None:
        self.found: list[Part] = []
        self._lists: list[str] = []
        self._rows: list[list[str]] = []
        self._tag, self._begins = "", False

    def take(self, token: Token) -> None:
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                self._lists.append("bullet" if token.type.startswith("bullet") else "numbered")
            case "bullet_list_close" | "ordered_list_close":
                self._lists.pop()
            case "list_item_open":
                self._begins = True
            case "tr_open":
                self._rows.append([])
            case "table_close":
                self.found.append(("table", 1, "\n".join(join_table_cells(cells) for cells in self._rows)))
                self._rows = []
            case "fence" | "code_block" | "html_block":
                self.found.append(("paragraph", 1, token.content.strip()))
            case "heading_open" | "paragraph_open" | "th_open" | "td_open":
                self._tag = token.tag
            case "inline":
                self._add_inline_text(_extract_token_words(token))

    def _add_inline_text(self, words: str) -> None:
        if self._rows and self._tag in {"th", "td"}:
            self._rows[-1].append(collapse_spaces(words).replace(" | ", " / "))
            return
        self.found.append(self._build_text_part(words))
        self._begins = False

    def _build_text_part(self, words: str) -> Part:
        if self._tag.startswith("h"):
            return "heading", int(self._tag[1]), words
        if note := _FOOTNOTE_START_PATTERN.match(words):
            return "note", 1, f"{words[: note.end()].rstrip(': ')} {words[note.end() :]}"
        if self._lists and self._begins:
            return self._lists[-1], len(self._lists), words
        return "paragraph", 1, words


def _extract_token_words(token: Token) -> str:
    """What is written, without how it is set; a link keeps its address."""
    said: list[str] = []
    targets: list[str] = []
    for piece in token.children or ():
        match piece.type:
            case "text" | "code_inline" | "html_inline" | "image":
                said.append(piece.content)
            case "softbreak" | "hardbreak":
                said.append(" " if piece.type == "softbreak" else "\n")
            case "link_open":
                targets.append(str(piece.attrGet("href") or ""))
            case "link_close":
                address = targets.pop()
                said.append(f" ({address})" if address and address not in said else "")
    return _FOOTNOTE_REFERENCE_PATTERN.sub(r"[\1]", "".join(said)).strip()
