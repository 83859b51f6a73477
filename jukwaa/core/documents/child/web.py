"""Text out of a web page: what a reader sees of it, with headings, lists and tables."""

import re
from pathlib import Path
from typing import Any

from lxml import etree, html

from jukwaa.core.documents.child.answers import Builder, OnPage, row, squeeze, squeeze_lines
from jukwaa.core.documents.clean import Decoded, clean_text, decode_text

_UNSEEN = frozenset({"script", "style", "template", "head", "noscript", "nav", "svg", "iframe", "object", "select"})
_HEADINGS = {f"h{level}": "#" * level + " " for level in range(1, 7)}
_BLOCKS = frozenset(
    {
        *("address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt"),
        *("fieldset", "figcaption", "figure", "footer", "form", "header", "hr", "html", "legend", "li", "main", "ol"),
        *("p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "caption"),
        *_HEADINGS,
    }
)
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_DEEPEST = 6


def read(path: Path, orders: dict[str, Any], on_page: OnPage) -> dict[str, Any]:
    """The text of the page, and the language that it says it is in."""
    del on_page
    decoded = _decode(path.read_bytes())
    text, _taken_out = clean_text(decoded.text)
    parser = html.HTMLParser(huge_tree=True, no_network=True, remove_comments=True, remove_pis=True)
    root = html.document_fromstring(_DECLARATION.sub("", text), parser=parser)
    walker = Walker(Builder(orders["characters"]))
    walker.walk(root)
    notes = [*decoded.notes, *(["navigation"] if root.find(".//nav") is not None else [])]
    return {"text": walker.builder.text(), "language": root.get("lang"), "notes": notes}


def _decode(data: bytes) -> Decoded:
    """As the page says, if it is true; else as for any text."""
    said = _CHARSET.search(data[:2048])
    if said and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        encoding = said.group(1).decode("ascii").lower()
        encoding = {"iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252"}.get(encoding, encoding)
        try:
            return Decoded(data.decode(encoding), encoding)
        except (UnicodeDecodeError, LookupError):
            pass
    return decode_text(data)


class Walker:
    """Collects inline text until a block begins or ends, and then knows what the text was."""

    def __init__(self, builder: Builder) -> None:
        self.builder = builder
        self.inline: list[str] = []
        self.prefix: list[str] = []
        self.lists: list[int | None] = []
        self.cells: list[str] | None = None
        self.pre = 0

    def walk(self, root: etree._Element) -> None:
        """Without recursion: pages nest deeper than Python's stack."""
        events = etree.iterwalk(root, events=("start", "end"))
        for event, element in events:
            if self.builder.full:
                return
            tag = str(element.tag)
            if event == "end":
                self._end(tag)
                self._inline(element.tail)
            elif tag in _UNSEEN or "hidden" in element.attrib:
                events.skip_subtree()
            else:
                self._start(tag)
                self._inline(element.text)
        self._flush()

    def _inline(self, text: str | None) -> None:
        if text:
            self.inline.append(text if self.pre else re.sub(r"\s+", " ", text))

    def _start(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._flush()
        if tag == "br":
            self.inline.append("\n")
        elif tag in {"ul", "ol"}:
            self.lists.append(0 if tag == "ol" else None)
        elif tag == "li":
            self.prefix = [self._mark()]
        elif tag == "tr":
            self.cells = []
        elif tag == "pre":
            self.pre += 1

    def _end(self, tag: str) -> None:
        if tag in _HEADINGS:
            self._flush(kind="heading", prefix=_HEADINGS[tag])
        elif tag in {"td", "th"} and self.cells is not None:
            self.cells.append(squeeze("".join(self.inline)))
            self.inline = []
        elif tag in _BLOCKS:
            self._flush()
        if tag in {"ul", "ol"} and self.lists:
            self.lists.pop()
        elif tag == "li":
            self.prefix = []
        elif tag == "pre":
            self.pre -= 1
        elif tag == "tr" and self.cells is not None:
            cells, self.cells = self.cells, None
            self.builder.add(row(cells), kind="row")

    def _mark(self) -> str:
        indent = "  " * min(max(len(self.lists) - 1, 0), _DEEPEST)
        if self.lists and self.lists[-1] is not None:
            self.lists[-1] += 1
            return f"{indent}{self.lists[-1]}. "
        return f"{indent}- "

    def _flush(self, *, kind: str = "", prefix: str = "") -> None:
        raw = "".join(self.inline)
        self.inline = []
        if self.cells is not None:
            self.inline = [f"{squeeze(raw)} "] if raw.strip() else []
            return
        text = raw.strip("\n") if self.pre else squeeze_lines(raw)
        if not text.strip():
            return
        if kind == "heading":
            self.builder.add(squeeze(text), kind=kind, prefix=prefix)
        elif self.prefix:
            self.builder.add(text, kind="item", prefix=self.prefix.pop())
        else:
            self.builder.add(text, kind="item" if self.lists else "paragraph")
