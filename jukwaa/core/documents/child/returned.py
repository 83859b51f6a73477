"""A Word document that somebody sends back: what each paragraph says once its tracked changes are accepted, and what it
said before them; the marks in it (bookmarks under names of ours), and the comments with the words that each is about.

Read as a stream, for the reasons that stand in `word.py`. What a paragraph holds is read in two views at once: in one
of them insertions stand and deletions don't, in the other it is the other way round.
"""

import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree

from jukwaa.core.documents.child.answers import OnPage, Refusal, row, squeeze, squeeze_lines

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\N{NON-BREAKING HYPHEN}", "ptab": "\t"}
_GONE = {f"{_W}del", f"{_W}moveFrom"}
_NEW = {f"{_W}ins", f"{_W}moveTo"}
_MOST_PROPERTIES = 50
_ANCHORED = {f"{_W}bookmarkStart", f"{_W}commentRangeStart", f"{_W}commentRangeEnd", f"{_W}commentReference"}


@dataclass
class Quoted:
    """The words that a comment stands at: as they were, and as they are."""

    was: list[str] = field(default_factory=list)
    now: list[str] = field(default_factory=list)


@dataclass
class View:
    """The blocks of the document as one of the two ways to read it has them. What is being read waits in `parts`."""

    blocks: list[dict[str, Any]] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    length: int = 0
    anchors: list[list[Any]] = field(default_factory=list)  # kind, name, offset: in the order of the document
    by: list[str] = field(default_factory=list)

    def add(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def take(self) -> str:
        text, self.parts, self.length = "".join(self.parts), [], 0
        return text

    def flush(self, kind: str, text: str) -> None:
        if text.strip() or self.anchors:
            by = list(dict.fromkeys(self.by))
            self.blocks.append({"kind": kind, "text": text, "anchors": self.anchors, "by": by})
        self.anchors, self.by = [], []


@dataclass
class Grid:
    """A table that is being read: for each view its rows, and the cells of the row that has begun."""

    rows: tuple[list[str], list[str]] = field(default_factory=lambda: ([], []))
    cells: tuple[list[str], list[str]] = field(default_factory=lambda: ([], []))


def read(path: Path, orders: dict[str, Any], on_page: OnPage) -> dict[str, Any]:
    """Its blocks in both views, its comments, and the properties that were given to it."""
    del on_page
    with zipfile.ZipFile(path) as archive:
        notes = _notes(archive)
        reader = Reader(orders["characters"], orders["mark"], notes)
        with archive.open("word/document.xml") as part:
            reader.read(part)
        comments = _comments(archive)
        properties = _properties(archive)
    for key, quoted in reader.quoted.items():
        if key in comments:
            comments[key] |= {"was": squeeze("".join(quoted.was)), "now": squeeze("".join(quoted.now))}
    now, was = reader.views
    return {"blocks": now.blocks, "before": was.blocks, "comments": comments, "properties": properties}


class Reader:
    """Walks the stream of elements; a paragraph is read when it ends, unless its end is deleted: then it goes on."""

    def __init__(self, most: int, mark: str, notes: dict[str, str]) -> None:
        self.room = most
        self.mark = mark  # how the names of the bookmarks begin that are looked for
        self.notes = notes
        self.views = (View(), View())  # accepted, rejected
        self.tables: list[Grid] = []
        self.quoted: dict[str, Quoted] = {}
        self.open: set[str] = set()
        self.noted: list[str] = []

    def read(self, part: Any) -> None:
        events = etree.iterparse(part, events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False)
        for event, element in events:
            if event == "start":
                self._start(element)
            else:
                self._end(element)
        self._close()

    def _start(self, element: etree._Element) -> None:
        tag = element.tag
        if tag == f"{_W}tbl":
            if not self.tables:
                self._close()
            self.tables.append(Grid())
        elif tag == f"{_W}tc" and self.tables:
            for cells in self.tables[-1].cells:
                cells.append("")
        elif tag in _ANCHORED and next(element.iterancestors(f"{_W}p"), None) is None:
            self._anchor(element)
        elif _STRICT in str(tag):
            raise Refusal("broken")

    def _end(self, element: etree._Element) -> None:
        tag = element.tag
        if tag == f"{_W}p":
            self._paragraph(element)
            element.clear()
        elif tag == f"{_W}tr" and self.tables:
            self._row(element)
            element.clear()
        elif tag == f"{_W}tbl" and self.tables:
            self._table()
        elif tag == _FALLBACK:
            element.clear()

    def _paragraph(self, element: etree._Element) -> None:
        if next(element.iterancestors(_FALLBACK), None) is not None:
            return
        if next(element.iterancestors(f"{_W}txbxContent"), None) is not None:
            self._aside(element)
            return
        self._walk(element, now=True, was=True)
        ends = _of_the_mark(element)
        for at, (view, stays) in enumerate(zip(self.views, ends, strict=True)):
            if self.tables:
                self._into_cell(at, view.take() + ("\n" if stays else ""))
            elif stays:
                view.flush("paragraph", view.take())
        if any(ends):
            self._end_quotes()
            self._emit_notes()

    def _into_cell(self, at: int, text: str) -> None:
        """`at` is the number of the view."""
        cells = self.tables[-1].cells[at]
        if cells:
            cells[-1] += text

    def _aside(self, element: etree._Element) -> None:
        """A text box stands nowhere in the text: a block by itself. Its paragraph around it is still being read."""
        outer, self.views = self.views, (View(), View())
        above = {parent.tag for parent in element.iterancestors()}
        self._walk(element, now=not above & _GONE, was=not above & _NEW)
        inner, self.views = self.views, outer
        for view, box in zip(outer, inner, strict=True):
            box.flush("aside", squeeze_lines(box.take()))
            view.blocks += box.blocks

    def _row(self, element: etree._Element) -> None:
        properties = element.find(f"{_W}trPr")
        marks = {child.tag for child in properties} if properties is not None else set()
        stays = (f"{_W}del" not in marks, f"{_W}ins" not in marks)
        grid = self.tables[-1]
        for rows, cells, there in zip(grid.rows, grid.cells, stays, strict=True):
            text = row([squeeze(cell) for cell in cells])
            if there and text:
                rows.append(text)
        grid.cells = ([], [])

    def _table(self) -> None:
        grid = self.tables.pop()
        for at, (view, rows) in enumerate(zip(self.views, grid.rows, strict=True)):
            if self.tables:  # a table in a cell of another one reads as lines of that cell
                self._into_cell(at, "\n".join(rows) + "\n")
            else:
                view.flush("table", "\n".join(rows))
        if not self.tables:
            self._end_quotes()
            self._emit_notes()

    def _close(self) -> None:
        """A paragraph whose end is deleted has nothing to go on into: a table follows, or the document ends."""
        for view in self.views:
            view.flush("paragraph", view.take())
        self._end_quotes()

    def _walk(self, node: etree._Element, *, now: bool, was: bool) -> None:
        for child in node:
            tag = child.tag
            if tag in _GONE or tag in _NEW:
                self._changed_by(child, now=now, was=was)
                self._walk(child, now=now and tag not in _GONE, was=was and tag not in _NEW)
            elif tag in {f"{_W}t", f"{_W}delText"}:
                self._text(child.text or "", now=now, was=was)
            elif tag in _ANCHORED:
                self._anchor(child)
            elif str(tag).removeprefix(_W) in _SIGNS and node.tag == f"{_W}r":
                self._text(_SIGNS[str(tag).removeprefix(_W)], now=now, was=was)
            elif tag in {f"{_W}footnoteReference", f"{_W}endnoteReference"} and now:
                self.noted.append(f"{tag}{child.get(f'{_W}id')}")
            elif tag not in {f"{_W}pPr", f"{_W}rPr"}:
                self._walk(child, now=now, was=was)

    def _changed_by(self, change: etree._Element, *, now: bool, was: bool) -> None:
        for view, there in zip(self.views, (now, was), strict=True):
            if there and (author := change.get(f"{_W}author")):
                view.by.append(author)

    def _text(self, text: str, *, now: bool, was: bool) -> None:
        self.room -= len(text)
        if self.room < 0:
            raise Refusal("too_heavy")
        for view, there in zip(self.views, (now, was), strict=True):
            if there:
                view.add(text)
        for key in self.open:
            quoted = self.quoted[key]
            if now:
                quoted.now.append(text)
            if was:
                quoted.was.append(text)

    def _anchor(self, element: etree._Element) -> None:
        tag, name = element.tag, element.get(f"{_W}name", "")
        key = element.get(f"{_W}id", "")
        if tag == f"{_W}bookmarkStart":
            if name.startswith(self.mark):
                self._stand("mark", name.removeprefix(self.mark))
        elif tag == f"{_W}commentRangeEnd":
            self.open.discard(key)
        elif key not in self.quoted:
            self.quoted[key] = Quoted()
            self._stand("comment", key)
            if tag == f"{_W}commentRangeStart":
                self.open.add(key)

    def _stand(self, kind: str, name: str) -> None:
        for view in self.views:
            view.anchors.append([kind, name, view.length])

    def _end_quotes(self) -> None:
        """A quotation ends with its first paragraph that has words."""
        self.open = {key for key in self.open if not any(part.strip() for part in self.quoted[key].was)}

    def _emit_notes(self) -> None:
        for key in self.noted:
            if text := self.notes.get(key):
                self.views[0].flush("note", text)
        self.noted = []


def _of_the_mark(paragraph: etree._Element) -> tuple[bool, bool]:
    """Whether the end of this paragraph stands, in either view."""
    properties = paragraph.find(f"{_W}pPr/{_W}rPr")
    marks = {child.tag for child in properties} if properties is not None else set()
    return not marks & _GONE, not marks & _NEW


def _comments(archive: zipfile.ZipFile) -> dict[str, dict[str, Any]]:
    found = {}
    for comment in _parsed(archive, "word/comments.xml", f"{_W}comment"):
        paragraphs = ["".join(_pieces(paragraph)) for paragraph in comment.iter(f"{_W}p")]
        text = squeeze_lines("\n".join(paragraphs))
        author = squeeze(comment.get(f"{_W}author", ""))
        found[comment.get(f"{_W}id", "")] = {"text": text, "by": author, "was": "", "now": ""}
    return found


def _notes(archive: zipfile.ZipFile) -> dict[str, str]:
    """The words of foot- and endnotes, by what refers to them."""
    found = {}
    for name in ("footnote", "endnote"):
        for note in _parsed(archive, f"word/{name}s.xml", f"{_W}{name}"):
            if not note.get(f"{_W}type"):  # a line that parts notes from text is one of them too
                key = f"{_W}{name}Reference{note.get(f'{_W}id')}"
                found[key] = squeeze(" ".join("".join(_pieces(part)) for part in note.iter(f"{_W}p")))
    return found


def _properties(archive: zipfile.ZipFile) -> dict[str, str]:
    name = "{http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}property"
    found: dict[str, str] = {}
    for one in _parsed(archive, "docProps/custom.xml", name):
        if len(found) < _MOST_PROPERTIES:
            found[one.get("name", "")[:200]] = "".join(str(text) for text in one.itertext()).strip()[:200]
    return found


def _pieces(element: etree._Element) -> list[str]:
    pieces = []
    for piece in element.iter(f"{_W}t", *(f"{_W}{sign}" for sign in _SIGNS)):
        tag = str(piece.tag).removeprefix(_W)
        parent = piece.getparent()
        if tag == "t":
            pieces.append(piece.text or "")
        elif parent is not None and parent.tag == f"{_W}r":
            pieces.append(_SIGNS[tag])
    return pieces


def _parsed(archive: zipfile.ZipFile, name: str, tag: str) -> list[etree._Element]:
    try:
        data = archive.read(name)
    except KeyError:
        return []
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return list(etree.fromstring(data, parser).iter(tag))
