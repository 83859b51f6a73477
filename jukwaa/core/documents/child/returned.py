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

from jukwaa.core.documents.child.text_builder import (
    FileUnreadableError,
    OnPage,
    collapse_spaces,
    collapse_spaces_in_lines,
    join_table_cells,
)

_WORD_NAMESPACE = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT_NAMESPACE = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_FALLBACK_TAG = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TEXT_BY_TAG = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\N{NON-BREAKING HYPHEN}", "ptab": "\t"}
_DELETION_TAGS = {f"{_WORD_NAMESPACE}del", f"{_WORD_NAMESPACE}moveFrom"}
_INSERTION_TAGS = {f"{_WORD_NAMESPACE}ins", f"{_WORD_NAMESPACE}moveTo"}
_MAX_CUSTOM_PROPERTIES = 50
_ANCHOR_TAGS = {
    f"{_WORD_NAMESPACE}bookmarkStart",
    f"{_WORD_NAMESPACE}commentRangeStart",
    f"{_WORD_NAMESPACE}commentRangeEnd",
    f"{_WORD_NAMESPACE}commentReference",
}


@dataclass
class CommentedWords:
    """The words that a comment stands at: as they were, and as they are."""

    was: list[str] = field(default_factory=list)
    now: list[str] = field(default_factory=list)


@dataclass
class ReturnedTextView:
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

    def flush(self, view_kind: str, text: str) -> None:
        if text.strip() or self.anchors:
            by = list(dict.fromkeys(self.by))
            self.blocks.append({"kind": view_kind, "text": text, "anchors": self.anchors, "by": by})
        self.anchors, self.by = [], []


@dataclass
class TableInProgress:
    """A table that is being read: for each view its rows, and the cells of the row that has begun."""

    rows: tuple[list[str], list[str]] = field(default_factory=lambda: ([], []))
    cells: tuple[list[str], list[str]] = field(default_factory=lambda: ([], []))


def read(path: Path, orders: dict[str, Any], on_page: OnPage) -> dict[str, Any]:
    """Its blocks in both views, its comments, and the properties that were given to it."""
    del on_page
    with zipfile.ZipFile(path) as archive:
        notes = _read_notes_part(archive)
        reader = ReturnedFileReader(orders["characters"], orders["mark"], notes)
        with archive.open("word/document.xml") as part:
            reader.read(part)
        comments = _read_comments_part(archive)
        properties = _read_custom_properties(archive)
    for key, quoted in reader.quoted.items():
        if key in comments:
            comments[key] |= {"was": collapse_spaces("".join(quoted.was)), "now": collapse_spaces("".join(quoted.now))}
    now, was = reader.views
    return {"blocks": now.blocks, "before": was.blocks, "comments": comments, "properties": properties}


class ReturnedFileReader:
    """Walks the stream of elements; a paragraph is read when it ends, unless its end is deleted: then it goes on."""

    def __init__(self, max_size: int, list_mark: str, note_texts: dict[str, str]) -> None:
        self.room = max_size
        self.mark = list_mark  # how the names of the bookmarks begin that are looked for
        self.notes = note_texts
        self.views = (ReturnedTextView(), ReturnedTextView())  # accepted, rejected
        self.tables: list[TableInProgress] = []
        self.quoted: dict[str, CommentedWords] = {}
        self.open: set[str] = set()
        self.noted: list[str] = []

    def read(self, package_part: Any) -> None:
        events = etree.iterparse(
            package_part, events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False
        )
        for event, element in events:
            if event == "start":
                self._open_element(element)
            else:
                self._close_element(element)
        self._close_paragraph()

    def _open_element(self, element: etree._Element) -> None:
        tag = element.tag
        if tag == f"{_WORD_NAMESPACE}tbl":
            if not self.tables:
                self._close_paragraph()
            self.tables.append(TableInProgress())
        elif tag == f"{_WORD_NAMESPACE}tc" and self.tables:
            for cells in self.tables[-1].cells:
                cells.append("")
        elif tag in _ANCHOR_TAGS and next(element.iterancestors(f"{_WORD_NAMESPACE}p"), None) is None:
            self._read_anchor_element(element)
        elif _STRICT_NAMESPACE in str(tag):
            raise FileUnreadableError("broken")

    def _close_element(self, element: etree._Element) -> None:
        tag = element.tag
        if tag == f"{_WORD_NAMESPACE}p":
            self._read_paragraph(element)
            element.clear()
        elif tag == f"{_WORD_NAMESPACE}tr" and self.tables:
            self._close_row(element)
            element.clear()
        elif tag == f"{_WORD_NAMESPACE}tbl" and self.tables:
            self._close_table()
        elif tag == _FALLBACK_TAG:
            element.clear()

    def _read_paragraph(self, element: etree._Element) -> None:
        if next(element.iterancestors(_FALLBACK_TAG), None) is not None:
            return
        if next(element.iterancestors(f"{_WORD_NAMESPACE}txbxContent"), None) is not None:
            self._read_text_box(element)
            return
        self._walk_child_elements(element, stands_now=True, stood_before=True)
        ends = _read_paragraph_end_state(element)
        for at, (view, stays) in enumerate(zip(self.views, ends, strict=True)):
            if self.tables:
                self._append_to_cell(at, view.take() + ("\n" if stays else ""))
            elif stays:
                view.flush("paragraph", view.take())
        if any(ends):
            self._close_open_quotes()
            self._emit_footnotes()

    def _append_to_cell(self, char_index: int, text: str) -> None:
        """`char_index` is the number of the view."""
        cells = self.tables[-1].cells[char_index]
        if cells:
            cells[-1] += text

    def _read_text_box(self, element: etree._Element) -> None:
        """A text box stands nowhere in the text: a block by itself. Its paragraph around it is still being read."""
        outer, self.views = self.views, (ReturnedTextView(), ReturnedTextView())
        above = {parent.tag for parent in element.iterancestors()}
        self._walk_child_elements(
            element, stands_now=not above & _DELETION_TAGS, stood_before=not above & _INSERTION_TAGS
        )
        inner, self.views = self.views, outer
        for view, box in zip(outer, inner, strict=True):
            box.flush("aside", collapse_spaces_in_lines(box.take()))
            view.blocks += box.blocks

    def _close_row(self, element: etree._Element) -> None:
        properties = element.find(f"{_WORD_NAMESPACE}trPr")
        marks = {child.tag for child in properties} if properties is not None else set()
        stays = (f"{_WORD_NAMESPACE}del" not in marks, f"{_WORD_NAMESPACE}ins" not in marks)
        grid = self.tables[-1]
        for rows, cells, there in zip(grid.rows, grid.cells, stays, strict=True):
            text = join_table_cells([collapse_spaces(cell) for cell in cells])
            if there and text:
                rows.append(text)
        grid.cells = ([], [])

    def _close_table(self) -> None:
        grid = self.tables.pop()
        for at, (view, rows) in enumerate(zip(self.views, grid.rows, strict=True)):
            if self.tables:  # a table in a cell of another one reads as lines of that cell
                self._append_to_cell(at, "\n".join(rows) + "\n")
            else:
                view.flush("table", "\n".join(rows))
        if not self.tables:
            self._close_open_quotes()
            self._emit_footnotes()

    def _close_paragraph(self) -> None:
        """A paragraph whose end is deleted has nothing to go on into: a table follows, or the document ends."""
        for view in self.views:
            view.flush("paragraph", view.take())
        self._close_open_quotes()

    def _walk_child_elements(self, node: etree._Element, *, stands_now: bool, stood_before: bool) -> None:
        for child in node:
            tag = child.tag
            if tag in _DELETION_TAGS or tag in _INSERTION_TAGS:
                self._record_change_author(child, stands_now=stands_now, stood_before=stood_before)
                self._walk_child_elements(
                    child,
                    stands_now=stands_now and tag not in _DELETION_TAGS,
                    stood_before=stood_before and tag not in _INSERTION_TAGS,
                )
            elif tag in {f"{_WORD_NAMESPACE}t", f"{_WORD_NAMESPACE}delText"}:
                self._add_text_to_views(child.text or "", stands_now=stands_now, stood_before=stood_before)
            elif tag in _ANCHOR_TAGS:
                self._read_anchor_element(child)
            elif str(tag).removeprefix(_WORD_NAMESPACE) in _TEXT_BY_TAG and node.tag == f"{_WORD_NAMESPACE}r":
                self._add_text_to_views(
                    _TEXT_BY_TAG[str(tag).removeprefix(_WORD_NAMESPACE)],
                    stands_now=stands_now,
                    stood_before=stood_before,
                )
            elif tag in {f"{_WORD_NAMESPACE}footnoteReference", f"{_WORD_NAMESPACE}endnoteReference"} and stands_now:
                self.noted.append(f"{tag}{child.get(f'{_WORD_NAMESPACE}id')}")
            elif tag not in {f"{_WORD_NAMESPACE}pPr", f"{_WORD_NAMESPACE}rPr"}:
                self._walk_child_elements(child, stands_now=stands_now, stood_before=stood_before)

    def _record_change_author(self, change_element: etree._Element, *, stands_now: bool, stood_before: bool) -> None:
        for view, there in zip(self.views, (stands_now, stood_before), strict=True):
            if there and (author := change_element.get(f"{_WORD_NAMESPACE}author")):
                view.by.append(author)

    def _add_text_to_views(self, text: str, *, stands_now: bool, stood_before: bool) -> None:
        self.room -= len(text)
        if self.room < 0:
            raise FileUnreadableError("too_heavy")
        for view, there in zip(self.views, (stands_now, stood_before), strict=True):
            if there:
                view.add(text)
        for key in self.open:
            quoted = self.quoted[key]
            if stands_now:
                quoted.now.append(text)
            if stood_before:
                quoted.was.append(text)

    def _read_anchor_element(self, element: etree._Element) -> None:
        tag, name = element.tag, element.get(f"{_WORD_NAMESPACE}name", "")
        key = element.get(f"{_WORD_NAMESPACE}id", "")
        if tag == f"{_WORD_NAMESPACE}bookmarkStart":
            if name.startswith(self.mark):
                self._add_text_anchor("mark", name.removeprefix(self.mark))
        elif tag == f"{_WORD_NAMESPACE}commentRangeEnd":
            self.open.discard(key)
        elif key not in self.quoted:
            self.quoted[key] = CommentedWords()
            self._add_text_anchor("comment", key)
            if tag == f"{_WORD_NAMESPACE}commentRangeStart":
                self.open.add(key)

    def _add_text_anchor(self, anchor_kind: str, anchor_name: str) -> None:
        for view in self.views:
            view.anchors.append([anchor_kind, anchor_name, view.length])

    def _close_open_quotes(self) -> None:
        """A quotation ends with its first paragraph that has words."""
        self.open = {key for key in self.open if not any(part.strip() for part in self.quoted[key].was)}

    def _emit_footnotes(self) -> None:
        for key in self.noted:
            if text := self.notes.get(key):
                self.views[0].flush("note", text)
        self.noted = []


def _read_paragraph_end_state(paragraph: etree._Element) -> tuple[bool, bool]:
    """Whether the end of this paragraph stands, in either view."""
    properties = paragraph.find(f"{_WORD_NAMESPACE}pPr/{_WORD_NAMESPACE}rPr")
    marks = {child.tag for child in properties} if properties is not None else set()
    return not marks & _DELETION_TAGS, not marks & _INSERTION_TAGS


def _read_comments_part(zip_archive: zipfile.ZipFile) -> dict[str, dict[str, Any]]:
    found = {}
    for comment in _parse_part_elements(zip_archive, "word/comments.xml", f"{_WORD_NAMESPACE}comment"):
        paragraphs = ["".join(_extract_text_pieces(paragraph)) for paragraph in comment.iter(f"{_WORD_NAMESPACE}p")]
        text = collapse_spaces_in_lines("\n".join(paragraphs))
        author = collapse_spaces(comment.get(f"{_WORD_NAMESPACE}author", ""))
        found[comment.get(f"{_WORD_NAMESPACE}id", "")] = {"text": text, "by": author, "was": "", "now": ""}
    return found


def _read_notes_part(zip_archive: zipfile.ZipFile) -> dict[str, str]:
    """The words of foot- and endnotes, by what refers to them."""
    found = {}
    for name in ("footnote", "endnote"):
        for note in _parse_part_elements(zip_archive, f"word/{name}s.xml", f"{_WORD_NAMESPACE}{name}"):
            if not note.get(f"{_WORD_NAMESPACE}type"):  # a line that parts notes from text is one of them too
                key = f"{_WORD_NAMESPACE}{name}Reference{note.get(f'{_WORD_NAMESPACE}id')}"
                found[key] = collapse_spaces(
                    " ".join("".join(_extract_text_pieces(part)) for part in note.iter(f"{_WORD_NAMESPACE}p"))
                )
    return found


def _read_custom_properties(zip_archive: zipfile.ZipFile) -> dict[str, str]:
    name = "{http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}property"
    found: dict[str, str] = {}
    for one in _parse_part_elements(zip_archive, "docProps/custom.xml", name):
        if len(found) < _MAX_CUSTOM_PROPERTIES:
            found[one.get("name", "")[:200]] = "".join(str(text) for text in one.itertext()).strip()[:200]
    return found


def _extract_text_pieces(element: etree._Element) -> list[str]:
    pieces = []
    for piece in element.iter(f"{_WORD_NAMESPACE}t", *(f"{_WORD_NAMESPACE}{sign}" for sign in _TEXT_BY_TAG)):
        tag = str(piece.tag).removeprefix(_WORD_NAMESPACE)
        parent = piece.getparent()
        if tag == "t":
            pieces.append(piece.text or "")
        elif parent is not None and parent.tag == f"{_WORD_NAMESPACE}r":
            pieces.append(_TEXT_BY_TAG[tag])
    return pieces


def _parse_part_elements(zip_archive: zipfile.ZipFile, part_name: str, tag_name: str) -> list[etree._Element]:
    try:
        data = zip_archive.read(part_name)
    except KeyError:
        return []
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return list(etree.fromstring(data, parser).iter(tag_name))
