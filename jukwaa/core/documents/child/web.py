"""Text out of a web page: what a reader sees of it, with headings, lists and tables."""

import re
from pathlib import Path
from typing import Any

from lxml import etree, html

from jukwaa.core.documents.child.text_builder import (
    OnPage,
    TextBuilder,
    build_hidden_text_answer,
    collapse_spaces,
    collapse_spaces_in_lines,
    join_cell_lines,
    join_table_cells,
)
from jukwaa.core.documents.text_cleaning import DecodedText, clean_text, decode_text_bytes

_HIDDEN_TAGS = frozenset(
    {"script", "style", "template", "head", "noscript", "nav", "svg", "iframe", "object", "select"}
)
_STRUCK_TAGS = frozenset({"s", "strike", "del"})  # withdrawn, as deletions in a Word document are
_STRUCK_STYLE_PATTERN = re.compile(r"text-decoration(?:-line)?\s*:[^;]*\bline-through\b", re.IGNORECASE)
_STYLE_RULE_PATTERN = re.compile(r"([^{}]+)\{([^{}]*)\}")
_CLASS_SELECTOR_PATTERN = re.compile(r"(?:^|;)\s*[a-z0-9]*\.([\w-]+)\s*$", re.IGNORECASE)
_MAX_STYLE_CHARACTERS = 500_000
# Programs strike through what is ticked: that is done, and not withdrawn.
_TICKED_PATTERN = re.compile(r"\s*(?:[☑✅✔✓]|\[[xX✓✔]\])")
_HEADING_PREFIX_BY_TAG = {f"h{level}": "#" * level + " " for level in range(1, 7)}
_BLOCK_TAGS = frozenset(
    {
        *("address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt"),
        *("fieldset", "figcaption", "figure", "footer", "form", "header", "hr", "html", "legend", "li", "main", "ol"),
        *("p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "caption"),
        *_HEADING_PREFIX_BY_TAG,
    }
)
_META_CHARSET_PATTERN = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_XML_DECLARATION_PATTERN = re.compile(r"^\s*<\?xml[^>]*\?>")
_COMMENT_LINK_PATTERN = re.compile(r"#cmnt(?:_ref)?\d{1,4}")
_MAX_LIST_DEPTH = 6


def read(path: Path, orders: dict[str, Any], on_page: OnPage) -> dict[str, Any]:
    """The text of the page, and the language that it says it is in."""
    del on_page
    decoded = _decode_web_page(path.read_bytes())
    root = _parse_web_page(decoded.text)
    walker = PageWalker(TextBuilder(orders["characters"]), _find_struck_classes(root))
    walker.walk(root)
    notes = [*decoded.notes, *(["navigation"] if root.find(".//nav") is not None else [])]
    notes += ["deleted"] if walker.has_deleted_text else []
    notes += ["struck"] if walker.has_struck_text else []
    notes += ["comments"] if walker.comments else []
    answer = {"text": walker.builder.text(), "language": root.get("lang"), "notes": notes}
    answer |= {"comments": walker.comments} if walker.comments else {}
    return answer | build_hidden_text_answer(walker.struck_blocks, orders["characters"])


def extract_page_text(page_source: str, character_limit: int) -> tuple[str, list[str]]:
    """The text of a page that is not in a file of its own, and the blocks in which words are struck through."""
    root = _parse_web_page(page_source)
    walker = PageWalker(TextBuilder(character_limit), _find_struck_classes(root))
    walker.walk(root)
    return walker.builder.text(), walker.struck_blocks


def _parse_web_page(page_source: str) -> html.HtmlElement:
    text, _taken_out = clean_text(page_source)
    parser = html.HTMLParser(huge_tree=True, no_network=True, remove_comments=True, remove_pis=True)
    return html.document_fromstring(_XML_DECLARATION_PATTERN.sub("", text), parser=parser)


def _find_struck_classes(root: html.HtmlElement) -> frozenset[str]:
    """The classes that the page's own styles strike through, as Google Docs writes every formatting."""
    styles = "".join(style.text or "" for style in root.iter("style"))[:_MAX_STYLE_CHARACTERS]
    return frozenset(
        match[1]
        for selectors, properties in _STYLE_RULE_PATTERN.findall(styles)
        if _STRUCK_STYLE_PATTERN.search(properties)
        for selector in selectors.split(",")
        if (match := _CLASS_SELECTOR_PATTERN.search(selector))
    )


def _is_comment(element: etree._Element) -> bool:
    """Whether it is a comment in the margin, which Google Docs puts at the end of a page that it saves, or its mark."""
    if element.tag not in {"div", "sup"}:
        return False
    link = element.find("./p/a[@href]" if element.tag == "div" else "./a[@href]")
    return link is not None and _COMMENT_LINK_PATTERN.fullmatch(str(link.get("href"))) is not None


def _decode_web_page(file_data: bytes) -> DecodedText:
    """As the page says, if it is true; else as for any text."""
    said = _META_CHARSET_PATTERN.search(file_data[:2048])
    if said and not file_data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        encoding = said.group(1).decode("ascii").lower()
        encoding = {"iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252"}.get(encoding, encoding)
        try:
            return DecodedText(file_data.decode(encoding), encoding)
        except (UnicodeDecodeError, LookupError):
            pass
    return decode_text_bytes(file_data)


class PageWalker:
    """Collects inline text until a block begins or ends, and then knows what the text was."""

    def __init__(self, builder: TextBuilder, struck_classes: frozenset[str] = frozenset()) -> None:
        self.builder = builder
        self.struck_classes = struck_classes
        self.inline: list[str] = []
        self.prefix: list[str] = []
        self.lists: list[int | None] = []
        self.cells: list[str] | None = None
        self.pre = 0
        self.has_struck_text = False
        self.has_deleted_text = False
        self.comments = 0
        self.struck_blocks: list[str] = []
        self.struck_room = builder.max_size

    def walk(self, root_element: etree._Element) -> None:
        """Without recursion: pages nest deeper than Python's stack."""
        events = etree.iterwalk(root_element, events=("start", "end"))
        for event, element in events:
            if self.builder.full:
                return
            tag = str(element.tag)
            if event == "end":
                self._close_element(tag)
                self._add_inline_text(element.tail)
            elif tag in _HIDDEN_TAGS or "hidden" in element.attrib:
                events.skip_subtree()
            elif _is_comment(element):
                self.comments += tag == "div"
                events.skip_subtree()
            elif self._skips_struck_text(element):
                self._keep_struck_block(element)
                events.skip_subtree()
            else:
                self._open_element(tag)
                self._add_inline_text(element.text)
        self._flush_inline_text()

    def _keep_struck_block(self, element: etree._Element) -> None:
        """Keep struck words with those around them in their block, as they were written, for the checks alone."""
        if self.struck_room > 0:
            block = next(element.iterancestors("p", "li", "td", "th", "dd", *_HEADING_PREFIX_BY_TAG), element)
            words = collapse_spaces("".join(map(str, block.itertext())))
            self.struck_room -= len(words)
            if words not in self.struck_blocks[-1:]:
                self.struck_blocks.append(words)

    def _skips_struck_text(self, element: etree._Element) -> bool:
        """Whether these words are struck through and hold no longer."""
        is_deleted = element.tag in _STRUCK_TAGS
        is_struck = _STRUCK_STYLE_PATTERN.search(element.get("style", "")) is not None
        is_struck = is_struck or not self.struck_classes.isdisjoint(element.get("class", "").split())
        if not (is_deleted or is_struck) or _TICKED_PATTERN.fullmatch("".join(self.inline).rstrip()):
            return False
        self.has_deleted_text |= is_deleted
        self.has_struck_text |= is_struck and not is_deleted
        return True

    def _add_inline_text(self, text: str | None) -> None:
        if text:
            self.inline.append(text if self.pre else re.sub(r"\s+", " ", text))

    def _open_element(self, tag_name: str) -> None:
        if tag_name in _BLOCK_TAGS:
            self._flush_inline_text()
        if tag_name == "br":
            self.inline.append("\n")
        elif tag_name in {"ul", "ol"}:
            self.lists.append(0 if tag_name == "ol" else None)
        elif tag_name == "li":
            self.prefix = [self._build_list_item_prefix()]
        elif tag_name == "tr":
            self.cells = []
        elif tag_name == "pre":
            self.pre += 1

    def _close_element(self, tag_name: str) -> None:
        if tag_name in _HEADING_PREFIX_BY_TAG:
            self._flush_inline_text(block_kind="heading", text_prefix=_HEADING_PREFIX_BY_TAG[tag_name])
        elif tag_name in {"td", "th"} and self.cells is not None:
            self.cells.append(join_cell_lines("".join(self.inline).split("\n")))
            self.inline = []
        elif tag_name in _BLOCK_TAGS:
            self._flush_inline_text()
        if tag_name in {"ul", "ol"} and self.lists:
            self.lists.pop()
        elif tag_name == "li":
            self.prefix = []
        elif tag_name == "pre":
            self.pre -= 1
        elif tag_name == "tr" and self.cells is not None:
            cells, self.cells = self.cells, None
            self.builder.add(join_table_cells(cells), kind="row")

    def _build_list_item_prefix(self) -> str:
        indent = "  " * min(max(len(self.lists) - 1, 0), _MAX_LIST_DEPTH)
        if self.lists and self.lists[-1] is not None:
            self.lists[-1] += 1
            return f"{indent}{self.lists[-1]}. "
        return f"{indent}- "

    def _flush_inline_text(self, *, block_kind: str = "", text_prefix: str = "") -> None:
        raw = "".join(self.inline)
        self.inline = []
        if self.cells is not None:
            self.inline = [f"{collapse_spaces_in_lines(raw)}\n"] if raw.strip() else []
            return
        text = raw.strip("\n") if self.pre else collapse_spaces_in_lines(raw)
        if not text.strip():
            return
        if block_kind == "heading":
            self.builder.add(collapse_spaces(text), kind=block_kind, text_prefix=text_prefix)
        elif self.prefix:
            self.builder.add(text, kind="item", text_prefix=self.prefix.pop())
        else:
            self.builder.add(text, kind="item" if self.lists else "paragraph")
