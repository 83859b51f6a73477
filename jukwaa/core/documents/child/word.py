"""Text out of a Word document: headings, lists, tables, notes, and tracked changes as if accepted.

Read straight from its XML, as a stream: python-docx builds a tree of 1.8 GB from 1.4 MB of file, and kreuzberg loses
`<`, `>` and `&` as well as lists that a style makes.
"""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from jukwaa.core.documents.child.answers import Builder, OnPage, Refusal, row, squeeze, squeeze_lines

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_MARKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\N{NON-BREAKING HYPHEN}", "ptab": "\t"}
_DEEPEST = 6


class Styles:
    """Which styles are headings, and which make lists."""

    def __init__(self, root: etree._Element | None) -> None:
        self.heading: dict[str, int] = {}
        self.list: dict[str, tuple[str, int]] = {}
        elements = root.findall(f"{_W}style") if root is not None else []
        for _round in range(4):  # a style may rest on another that stands below it
            for style in elements:
                self._learn(style)

    def _learn(self, style: etree._Element) -> None:
        key = style.get(f"{_W}styleId", "")
        name = _value(style.find(f"{_W}name")).lower()
        base = _value(style.find(f"{_W}basedOn"))
        outline = _value(style.find(f"{_W}pPr/{_W}outlineLvl"))
        if name == "title":
            self.heading[key] = 1
        elif name.startswith("heading ") and name[8:].isdigit():
            self.heading[key] = int(name[8:])
        elif outline.isdigit() and int(outline) < _DEEPEST:
            self.heading[key] = int(outline) + 1
        elif base in self.heading:
            self.heading[key] = self.heading[base]
        numbering = _numbering(style.find(f"{_W}pPr"))
        if numbering or base in self.list:
            self.list[key] = numbering or self.list[base]


class Lists:
    """Which lists are numbered, and how far each of them has counted."""

    def __init__(self, root: etree._Element | None) -> None:
        self._format: dict[tuple[str, int], str] = {}
        self._first: dict[tuple[str, int], int] = {}
        self._count: dict[tuple[str, int], int] = {}
        if root is not None:
            self._learn(root)

    def _learn(self, root: etree._Element) -> None:
        abstract = {item.get(f"{_W}abstractNumId"): item for item in root.findall(f"{_W}abstractNum")}
        for item in root.findall(f"{_W}num"):
            source = abstract.get(_value(item.find(f"{_W}abstractNumId")))
            key = item.get(f"{_W}numId", "")
            for level in source.findall(f"{_W}lvl") if source is not None else ():
                depth = _number(level.get(f"{_W}ilvl", ""))
                self._format[key, depth] = _value(level.find(f"{_W}numFmt"))
                self._first[key, depth] = _number(_value(level.find(f"{_W}start")), 1)
            for level in item.findall(f"{_W}lvlOverride"):
                depth = _number(level.get(f"{_W}ilvl", ""))
                self._first[key, depth] = _number(_value(level.find(f"{_W}startOverride")), 1)

    def prefix(self, key: str, depth: int) -> str:
        """The mark before the next item of this list; empty where the list shows none."""
        style = self._format.get((key, depth), "bullet")
        if key == "0" or style == "none":
            return ""
        indent = "  " * min(depth, _DEEPEST)
        if style == "bullet":
            return f"{indent}- "
        self._count[key, depth] = self._count.get((key, depth), self._first.get((key, depth), 1) - 1) + 1
        for deeper in [at for at in self._count if at[0] == key and at[1] > depth]:
            del self._count[deeper]
        return f"{indent}{self._count[key, depth]}. "


def read(path: Path, orders: dict[str, Any], on_page: OnPage) -> dict[str, Any]:
    """The text of the document and of its footnotes."""
    del on_page  # a Word document has no pages until it is printed
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        styles = Styles(part_of(archive, names, "word/styles.xml"))
        lists = Lists(part_of(archive, names, "word/numbering.xml"))
        reader = Reader(styles, lists, Builder(orders["characters"]))
        with archive.open("word/document.xml") as part:
            reader.read(part)
        for name in ("word/footnotes.xml", "word/endnotes.xml"):
            if name in names:
                with archive.open(name) as part:
                    reader.read(part)
    notes = [*reader.notes, *(["comments"] if "word/comments.xml" in names else [])]
    return {"text": reader.builder.text(), "notes": notes}


class Reader:
    """Walks the stream of elements; a paragraph is handed on when it ends, a row of a table when the row ends."""

    def __init__(self, styles: Styles, lists: Lists, builder: Builder) -> None:
        self.styles = styles
        self.lists = lists
        self.builder = builder
        self.notes: list[str] = []
        self.rows: list[list[list[str]]] = []

    def read(self, part: Any) -> None:
        events = etree.iterparse(part, events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False)
        for event, element in events:
            if self.builder.full:
                return
            if event == "start":
                self._start(element)
            else:
                self._end(element)

    def _start(self, element: etree._Element) -> None:
        if element.tag == f"{_W}tr":
            self.rows.append([])
        elif element.tag == f"{_W}tc" and self.rows:
            self.rows[-1].append([])
        elif _STRICT in str(element.tag):
            raise Refusal("broken")

    def _end(self, element: etree._Element) -> None:
        if element.tag == f"{_W}p":
            self._paragraph(element)
            element.clear()
        elif element.tag == f"{_W}tr":
            self._row()
            element.clear()
        elif element.tag == _FALLBACK:
            element.clear()

    def _paragraph(self, element: etree._Element) -> None:
        text = squeeze_lines("".join(self._runs(element)))
        if not text or self._in_fallback(element):
            return
        properties = element.find(f"{_W}pPr")
        kind, prefix = self._standing(properties)
        if self.rows and self.rows[-1]:
            self.rows[-1][-1].append(prefix + text if kind == "item" else text)
            return
        if kind == "heading":
            text = squeeze(text)
        self.builder.add(text, kind=kind, prefix=prefix)

    def _row(self) -> None:
        cells = [squeeze(" ".join(cell)) for cell in self.rows.pop()]
        text = row(cells)
        if self.rows and self.rows[-1]:
            self.rows[-1][-1].append(text)
        else:
            self.builder.add(text, kind="row")

    def _standing(self, properties: etree._Element | None) -> tuple[str, str]:
        style = _value(properties.find(f"{_W}pStyle")) if properties is not None else ""
        outline = _value(properties.find(f"{_W}outlineLvl")) if properties is not None else ""
        level = int(outline) + 1 if outline.isdigit() and int(outline) < _DEEPEST else self.styles.heading.get(style)
        if level:
            return "heading", "#" * min(level, _DEEPEST) + " "
        numbering = _numbering(properties) or self.styles.list.get(style)
        prefix = self.lists.prefix(*numbering) if numbering else ""
        return ("item", prefix) if prefix else ("paragraph", "")

    def _runs(self, element: etree._Element) -> Iterator[str]:
        for piece in element.iter(f"{_W}*"):
            tag = str(piece.tag).removeprefix(_W)
            if tag in {"t", "delText"} and self._kept(piece, element):
                yield piece.text or ""
            elif tag in _MARKS and _parent(piece) == f"{_W}r":
                yield _MARKS[tag]
            elif tag in {"footnoteReference", "endnoteReference", "footnoteRef", "endnoteRef"}:
                yield f"[{self._note(piece)}]" + (" " if tag.endswith("Ref") else "")

    def _kept(self, piece: etree._Element, end: etree._Element) -> bool:
        for above in piece.iterancestors():
            if above is end:
                break
            if above.tag in {f"{_W}del", f"{_W}moveFrom"}:
                self.notes.append("deleted") if "deleted" not in self.notes else None
                return False
        return piece.tag == f"{_W}t"

    def _note(self, piece: etree._Element) -> str:
        if key := piece.get(f"{_W}id"):
            return key
        note = next(piece.iterancestors(f"{_W}footnote", f"{_W}endnote"), None)
        return note.get(f"{_W}id", "") if note is not None else ""

    def _in_fallback(self, element: etree._Element) -> bool:
        return next(element.iterancestors(_FALLBACK), None) is not None


def part_of(archive: zipfile.ZipFile, names: set[str], name: str) -> etree._Element | None:
    if name not in names:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(archive.read(name), parser)


def _parent(piece: etree._Element) -> str:
    parent = piece.getparent()
    return str(parent.tag) if parent is not None else ""


def _value(element: etree._Element | None) -> str:
    return element.get(f"{_W}val", "") if element is not None else ""


def _numbering(properties: etree._Element | None) -> tuple[str, int] | None:
    key = _value(properties.find(f"{_W}numPr/{_W}numId")) if properties is not None else ""
    if not key or properties is None:
        return None
    depth = _value(properties.find(f"{_W}numPr/{_W}ilvl"))
    return key, _number(depth)


def _number(text: str, otherwise: int = 0) -> int:
    return int(text) if text.isascii() and text.isdigit() else otherwise
