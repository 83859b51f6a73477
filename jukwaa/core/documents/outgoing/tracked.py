"""A text, piece by piece, as a Word document.

Each piece stands under a mark by which it is found again when the document comes back. Or the document has tracked
changes: accepting all of them leaves the later text, and rejecting all of them the earlier one.

The elements are those of ECMA-376, part 1, section 17.13.5. python-docx writes everything else.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import count, zip_longest
from typing import Any, Literal

from docx.document import Document as Word
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn
from lxml import etree

from jukwaa.core.diff import word_diff
from jukwaa.core.documents.outgoing.pieces import TABLE, By, Piece, State
from jukwaa.core.documents.outgoing.tree import Document, tidy
from jukwaa.core.documents.outgoing.word import begun, finished, frame, new_list

type Status = Literal["kept", "removed", "added", "from", "to"]

_CHANGES = {"removed": "del", "added": "ins", "from": "moveFrom", "to": "moveTo"}
_STYLES = {"paragraph": "Normal", "note": "Caption", "bullet": "List Bullet", "numbered": "List Number"}
_DEEPEST_LIST = 3  # python-docx's own styles go no further
_GREY = "8B8480"
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VARIANTS = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_ANY_SET = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # the one set of properties that users may add to


def to_marked_docx(document: Document, pieces: Iterable[Piece], *, properties: Mapping[str, str], front: str) -> bytes:
    """The document, then the pieces under their marks. What stands before is marked by `front` and a number."""
    word = begun(document)
    writer = _Pieces(word, By("", ""), rtl=document.direction == "rtl")
    for number, paragraph in enumerate(word.paragraphs, 1):
        writer.mark(paragraph._p, f"{front}{number}")  # noqa: SLF001  # python-docx writes no bookmarks
    writer.write(pieces)
    _set_custom(word, properties)
    tab_stop = word.settings.element.find(qn("w:defaultTabStop"))
    tab_stop.addprevious(_sub(None, "trackRevisions"))  # whoever opens it writes with change tracking on
    return finished(word)


def to_tracked_docx(document: Document, pieces: Iterable[Piece], by: By) -> bytes:
    """The document, then the pieces with what has changed in each of them, and between them, as tracked changes."""
    word = begun(document)
    _Pieces(word, by, rtl=document.direction == "rtl").write(pieces)
    return finished(word)


@dataclass
class _Pieces:
    """Writes pieces behind what the document holds. Ids are counted through, as Word wants them."""

    word: Word
    by: By
    rtl: bool
    ids: Iterator[int] = field(default_factory=lambda: count(1))
    counted: int = 0  # the list that numbered pieces are in

    def __post_init__(self) -> None:
        self.end = self.word.element.body.sectPr
        self.styles = {style.name: style.style_id for style in self.word.styles}

    def write(self, pieces: Iterable[Piece]) -> None:
        for piece in pieces:
            self._piece(piece)
        self._append(_sub(None, "p"))  # into which a last paragraph goes on whose end is taken out

    def mark(self, paragraph: Any, name: str) -> None:
        """A bookmark around all that this paragraph holds."""
        number = str(next(self.ids))
        start = _sub(None, "bookmarkStart", id=number, name=name)
        properties = paragraph.find(qn("w:pPr"))
        paragraph.insert(0 if properties is None else 1, start)
        _sub(paragraph, "bookmarkEnd", id=number)

    def _piece(self, piece: Piece) -> None:
        before, after = piece.before, piece.after
        if before is None or after is None or _fit(before, after):
            self._one(piece)
        else:
            self._one(Piece(piece.label, before, None))
            self._one(Piece(piece.label, None, after))

    def _one(self, piece: Piece) -> None:
        state = piece.after or piece.before
        if state is None:
            return
        if state.kind != "numbered":
            self.counted = 0
        if state.kind == TABLE:
            self._table(piece, state)
        else:
            self._paragraph(piece, state)

    def _paragraph(self, piece: Piece, state: State) -> None:
        status = _status(piece)
        paragraph = self._begin(state, status, was=piece.before)
        moved = str(next(self.ids))
        if piece.move:
            name = {"id": moved, "name": piece.move, "author": self.by.author, "date": self.by.date}
            _sub(paragraph, f"{_CHANGES[status]}RangeStart", **name)
        self._label(paragraph, piece.label, status)
        if piece.before and piece.after:
            for change in word_diff(tidy(piece.before.text), tidy(piece.after.text)):
                self._run(paragraph, change.text, change.kind)
        else:
            self._run(paragraph, tidy(state.text), status)
        if piece.mark:
            self.mark(paragraph, piece.mark)
        self._append(paragraph)
        if piece.move:
            self._append(_sub(None, f"{_CHANGES[status]}RangeEnd", id=moved))

    def _begin(self, state: State, status: Status, *, was: State | None = None) -> Any:
        """A paragraph with its style, and with the one that it had before if that was another."""
        paragraph = _sub(None, "p")
        properties = _sub(paragraph, "pPr")
        _sub(properties, "pStyle", val=self._style(state))
        if state.kind == "numbered":
            self.counted = self.counted or new_list(self.word, 1)
            numbering = _sub(properties, "numPr")
            _sub(numbering, "ilvl", val="0")
            _sub(numbering, "numId", val=str(self.counted))
        if self.rtl:
            _sub(properties, "bidi")
        if status != "kept":
            self._changed(_sub(properties, "rPr"), status)
        if was is not None and self._style(was) != self._style(state):
            change = self._noted(properties, "pPrChange")
            _sub(_sub(change, "pPr"), "pStyle", val=self._style(was))
        return paragraph

    def _style(self, state: State) -> str:
        if state.kind == "heading":
            name = f"Heading {state.level}"
        else:
            name = _STYLES[state.kind]
            if state.kind in {"bullet", "numbered"} and state.level > 1:
                name += f" {min(state.level, _DEEPEST_LIST)}"
        return str(self.styles[name])

    def _label(self, paragraph: Any, label: str, status: Status) -> None:
        run = self._run(paragraph, f"{label} ", status)
        properties = run.find(qn("w:rPr"))
        _sub(properties, "color", val=_GREY)
        _sub(properties, "sz", val="16")
        if self.rtl:
            properties.append(properties.find(qn("w:rtl")))  # Word wants its marks in one order

    def _run(self, paragraph: Any, text: str, status: Status) -> Any:
        parent = paragraph if status == "kept" else self._changed(paragraph, status)
        run = _sub(parent, "r")
        properties = _sub(run, "rPr")
        if self.rtl:
            _sub(properties, "rtl")
        for number, line in enumerate(text.split("\n")):
            if number:
                _sub(run, "br")
            words = _sub(run, "delText" if status == "removed" else "t")
            words.text = line
            words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        return run

    def _changed(self, parent: Any, status: Status) -> Any:
        return self._noted(parent, _CHANGES[status])

    def _noted(self, parent: Any, tag: str) -> Any:
        return _sub(parent, tag, id=str(next(self.ids)), author=self.by.author, date=self.by.date)

    def _table(self, piece: Piece, state: State) -> None:
        """Its label stands above it: a row that is taken out takes what is in it along."""
        status = _status(piece)
        above = self._begin(State("note", 1, ""), status)
        self._label(above, piece.label, status)
        self._append(above)
        table = self.word.add_table(rows=0, cols=_width(state.text))
        frame(table, rtl=self.rtl, caption="")
        before = _rows(piece.before.text) if piece.before else []
        after = _rows(piece.after.text) if piece.after else []
        for number, (old, new) in enumerate(_rows_side_by_side(before, after)):
            row = self._row(table._tbl, old, new, width=_width(state.text), head=number == 0)  # noqa: SLF001  # as above
            if piece.mark and number == 0:
                self.mark(next(row.iter(qn("w:p"))), piece.mark)
        self._append(_sub(None, "p"))

    def _row(self, table: Any, old: list[str] | None, new: list[str] | None, *, width: int, head: bool) -> Any:
        status: Status = "added" if old is None else "removed" if new is None else "kept"
        row = _sub(table, "tr")
        properties = _sub(row, "trPr")
        if head:
            _sub(properties, "tblHeader")
        if status != "kept":
            self._changed(properties, status)
        for _at, was, now in zip_longest(range(width), old or [], new or [], fillvalue=""):
            cell = _sub(row, "tc")
            paragraph = self._begin(State("paragraph", 1, ""), status)
            cell.append(paragraph)
            if status == "kept":
                for change in word_diff(str(was), str(now)):
                    self._run(paragraph, change.text, change.kind)
            else:
                self._run(paragraph, str(was or now), status)
        return row

    def _append(self, element: Any) -> None:
        self.end.addprevious(element)


def _status(piece: Piece) -> Status:
    if piece.before is not None and piece.after is not None:
        return "kept"
    if piece.before is not None:
        return "from" if piece.move else "removed"
    return "to" if piece.move else "added"


def _fit(before: State, after: State) -> bool:
    """Whether one can become the other in its place: a table only becomes a table of as many columns."""
    if TABLE in {before.kind, after.kind}:
        return before.kind == after.kind and _width(before.text) == _width(after.text)
    return True


def _rows(text: str) -> list[list[str]]:
    lines = [line for line in tidy(text).split("\n") if line.strip()] or [""]  # a table without a row is none in Word
    return [[" ".join(cell.split()) for cell in line.split("|")] for line in lines]


def _width(text: str) -> int:
    return max((len(row) for row in _rows(text)), default=1)


def _rows_side_by_side(
    before: Sequence[list[str]], after: Sequence[list[str]]
) -> Iterator[tuple[list[str] | None, list[str] | None]]:
    matcher = SequenceMatcher(None, [tuple(row) for row in before], [tuple(row) for row in after], autojunk=False)
    for _operation, start, end, other_start, other_end in matcher.get_opcodes():
        yield from zip_longest(before[start:end], after[other_start:other_end])


def _sub(parent: Any, tag: str, **attributes: str) -> Any:
    named = {qn(f"w:{key}"): value for key, value in attributes.items()}
    if parent is None:
        return etree.Element(qn(f"w:{tag}"), named, nsmap={"w": qn("w:p")[1:].partition("}")[0]})
    return etree.SubElement(parent, qn(f"w:{tag}"), named)


def _set_custom(word: Word, properties: Mapping[str, str]) -> None:
    """Properties that a document carries along wherever it is sent; python-docx knows only the built-in ones."""
    root = etree.Element(f"{{{_CUSTOM}}}Properties", nsmap={None: _CUSTOM, "vt": _VARIANTS})  # type: ignore[dict-item]  # None is the default namespace
    for number, (name, value) in enumerate(properties.items(), 2):
        given = etree.SubElement(root, f"{{{_CUSTOM}}}property", {"fmtid": _ANY_SET, "pid": str(number), "name": name})
        etree.SubElement(given, f"{{{_VARIANTS}}}lpwstr").text = value
    xml = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    package = word.part.package
    part = Part(PackURI("/docProps/custom.xml"), _CUSTOM_TYPE, xml, package)
    package.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)
