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

from jukwaa.core.diff import compare_words
from jukwaa.core.documents.outgoing.document_tree import Document, clean_for_export
from jukwaa.core.documents.outgoing.pieces import TABLE_KIND, ChangeAuthor, ChangedPiece, PieceState
from jukwaa.core.documents.outgoing.word import (
    add_table_borders,
    build_word_document,
    create_numbered_list,
    serialize_word_document,
)

type Status = Literal["kept", "removed", "added", "from", "to"]

_TAG_BY_CHANGE_STATUS = {"removed": "del", "added": "ins", "from": "moveFrom", "to": "moveTo"}
_STYLE_BY_PIECE_KIND = {"paragraph": "Normal", "note": "Caption", "bullet": "List Bullet", "numbered": "List Number"}
_MAX_LIST_DEPTH = 3  # python-docx's own styles go no further
_GREY_COLOUR = "8B8480"
_CUSTOM_PROPERTIES_NAMESPACE = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VARIANT_TYPES_NAMESPACE = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_CUSTOM_PROPERTIES_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_PROPERTY_SET_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # the one set of properties that users may add to


def to_marked_docx(
    document: Document,
    changed_pieces: Iterable[ChangedPiece],
    *,
    document_properties: Mapping[str, str],
    front_matter: str,
) -> bytes:
    """The document, then the pieces under their marks. What stands before is marked by `front_matter` and a number."""
    word = build_word_document(document)
    writer = _PieceWriter(word, ChangeAuthor("", ""), rtl=document.direction == "rtl")
    for number, paragraph in enumerate(word.paragraphs, 1):
        writer.mark(paragraph._p, f"{front_matter}{number}")  # noqa: SLF001  # python-docx writes no bookmarks
    writer.write(changed_pieces)
    _set_custom_properties(word, document_properties)
    tab_stop = word.settings.element.find(qn("w:defaultTabStop"))
    tab_stop.addprevious(_add_xml_element(None, "trackRevisions"))  # whoever opens it writes with change tracking on
    return serialize_word_document(word)


def to_tracked_docx(document: Document, changed_pieces: Iterable[ChangedPiece], change_author: ChangeAuthor) -> bytes:
    """The document, then the pieces with what has changed in each of them, and between them, as tracked changes."""
    word = build_word_document(document)
    _PieceWriter(word, change_author, rtl=document.direction == "rtl").write(changed_pieces)
    return serialize_word_document(word)


@dataclass
class _PieceWriter:
    """Writes pieces behind what the document holds. Ids are counted through, as Word wants them."""

    word: Word
    by: ChangeAuthor
    rtl: bool
    ids: Iterator[int] = field(default_factory=lambda: count(1))
    counted: int = 0  # the list that numbered pieces are in

    def __post_init__(self) -> None:
        self.end = self.word.element.body.sectPr
        self.styles = {style.name: style.style_id for style in self.word.styles}

    def write(self, changed_pieces: Iterable[ChangedPiece]) -> None:
        for piece in changed_pieces:
            self._write_changed_piece(piece)
        self._append_body_element(
            _add_xml_element(None, "p")
        )  # into which a last paragraph goes on whose end is taken out

    def mark(self, paragraph: Any, tag_name: str) -> None:
        """A bookmark around all that this paragraph holds."""
        number = str(next(self.ids))
        start = _add_xml_element(None, "bookmarkStart", id=number, name=tag_name)
        properties = paragraph.find(qn("w:pPr"))
        paragraph.insert(0 if properties is None else 1, start)
        _add_xml_element(paragraph, "bookmarkEnd", id=number)

    def _write_changed_piece(self, changed_piece: ChangedPiece) -> None:
        before, after = changed_piece.before, changed_piece.after
        if before is None or after is None or _can_merge_paragraphs(before, after):
            self._write_unchanged_piece(changed_piece)
        else:
            self._write_unchanged_piece(ChangedPiece(changed_piece.label, before, None))
            self._write_unchanged_piece(ChangedPiece(changed_piece.label, None, after))

    def _write_unchanged_piece(self, changed_piece: ChangedPiece) -> None:
        state = changed_piece.after or changed_piece.before
        if state is None:
            return
        if state.kind != "numbered":
            self.counted = 0
        if state.kind == TABLE_KIND:
            self._write_table(changed_piece, state)
        else:
            self._write_paragraph(changed_piece, state)

    def _write_paragraph(self, changed_piece: ChangedPiece, piece_state: PieceState) -> None:
        status = _get_change_status(changed_piece)
        paragraph = self._begin_paragraph(piece_state, status, previous_state=changed_piece.before)
        moved = str(next(self.ids))
        if changed_piece.move:
            name = {"id": moved, "name": changed_piece.move, "author": self.by.author, "date": self.by.date}
            _add_xml_element(paragraph, f"{_TAG_BY_CHANGE_STATUS[status]}RangeStart", **name)
        self._write_status_label(paragraph, changed_piece.label, status)
        if changed_piece.before and changed_piece.after:
            for change in compare_words(
                clean_for_export(changed_piece.before.text), clean_for_export(changed_piece.after.text)
            ):
                self._add_text_run(paragraph, change.text, change.kind)
        else:
            self._add_text_run(paragraph, clean_for_export(piece_state.text), status)
        if changed_piece.mark:
            self.mark(paragraph, changed_piece.mark)
        self._append_body_element(paragraph)
        if changed_piece.move:
            self._append_body_element(_add_xml_element(None, f"{_TAG_BY_CHANGE_STATUS[status]}RangeEnd", id=moved))

    def _begin_paragraph(
        self, piece_state: PieceState, change_status: Status, *, previous_state: PieceState | None = None
    ) -> Any:
        """A paragraph with its style, and with the one that it had before if that was another."""
        paragraph = _add_xml_element(None, "p")
        properties = _add_xml_element(paragraph, "pPr")
        _add_xml_element(properties, "pStyle", val=self._get_style_id(piece_state))
        if piece_state.kind == "numbered":
            self.counted = self.counted or create_numbered_list(self.word, 1)
            numbering = _add_xml_element(properties, "numPr")
            _add_xml_element(numbering, "ilvl", val="0")
            _add_xml_element(numbering, "numId", val=str(self.counted))
        if self.rtl:
            _add_xml_element(properties, "bidi")
        if change_status != "kept":
            self._add_change_element(_add_xml_element(properties, "rPr"), change_status)
        if previous_state is not None and self._get_style_id(previous_state) != self._get_style_id(piece_state):
            change = self._add_authored_element(properties, "pPrChange")
            _add_xml_element(_add_xml_element(change, "pPr"), "pStyle", val=self._get_style_id(previous_state))
        return paragraph

    def _get_style_id(self, piece_state: PieceState) -> str:
        if piece_state.kind == "heading":
            name = f"Heading {piece_state.level}"
        else:
            name = _STYLE_BY_PIECE_KIND[piece_state.kind]
            if piece_state.kind in {"bullet", "numbered"} and piece_state.level > 1:
                name += f" {min(piece_state.level, _MAX_LIST_DEPTH)}"
        return str(self.styles[name])

    def _write_status_label(self, paragraph: Any, label: str, change_status: Status) -> None:
        run = self._add_text_run(paragraph, f"{label} ", change_status)
        properties = run.find(qn("w:rPr"))
        _add_xml_element(properties, "color", val=_GREY_COLOUR)
        _add_xml_element(properties, "sz", val="16")
        if self.rtl:
            properties.append(properties.find(qn("w:rtl")))  # Word wants its marks in one order

    def _add_text_run(self, paragraph: Any, text: str, change_status: Status) -> Any:
        parent = paragraph if change_status == "kept" else self._add_change_element(paragraph, change_status)
        run = _add_xml_element(parent, "r")
        properties = _add_xml_element(run, "rPr")
        if self.rtl:
            _add_xml_element(properties, "rtl")
        for number, line in enumerate(text.split("\n")):
            if number:
                _add_xml_element(run, "br")
            words = _add_xml_element(run, "delText" if change_status == "removed" else "t")
            words.text = line
            words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        return run

    def _add_change_element(self, parent_element: Any, change_status: Status) -> Any:
        return self._add_authored_element(parent_element, _TAG_BY_CHANGE_STATUS[change_status])

    def _add_authored_element(self, parent_element: Any, tag_name: str) -> Any:
        return _add_xml_element(
            parent_element, tag_name, id=str(next(self.ids)), author=self.by.author, date=self.by.date
        )

    def _write_table(self, changed_piece: ChangedPiece, piece_state: PieceState) -> None:
        """Its label stands above it: a row that is taken out takes what is in it along."""
        status = _get_change_status(changed_piece)
        above = self._begin_paragraph(PieceState("note", 1, ""), status)
        self._write_status_label(above, changed_piece.label, status)
        self._append_body_element(above)
        table = self.word.add_table(rows=0, cols=_count_table_columns(piece_state.text))
        add_table_borders(table, is_right_to_left=self.rtl, table_caption="")
        before = _split_table_rows(changed_piece.before.text) if changed_piece.before else []
        after = _split_table_rows(changed_piece.after.text) if changed_piece.after else []
        for number, (old, new) in enumerate(_pair_table_rows(before, after)):
            width = _count_table_columns(piece_state.text)
            row = self._build_table_row(table._tbl, old, new, width=width, is_header_row=number == 0)  # noqa: SLF001  # as above
            if changed_piece.mark and number == 0:
                self.mark(next(row.iter(qn("w:p"))), changed_piece.mark)
        self._append_body_element(_add_xml_element(None, "p"))

    def _build_table_row(
        self,
        word_table: Any,
        old_cells: list[str] | None,
        new_cells: list[str] | None,
        *,
        width: int,
        is_header_row: bool,
    ) -> Any:
        status: Status = "added" if old_cells is None else "removed" if new_cells is None else "kept"
        row = _add_xml_element(word_table, "tr")
        properties = _add_xml_element(row, "trPr")
        if is_header_row:
            _add_xml_element(properties, "tblHeader")
        if status != "kept":
            self._add_change_element(properties, status)
        for _at, was, now in zip_longest(range(width), old_cells or [], new_cells or [], fillvalue=""):
            cell = _add_xml_element(row, "tc")
            paragraph = self._begin_paragraph(PieceState("paragraph", 1, ""), status)
            cell.append(paragraph)
            if status == "kept":
                for change in compare_words(str(was), str(now)):
                    self._add_text_run(paragraph, change.text, change.kind)
            else:
                self._add_text_run(paragraph, str(was or now), status)
        return row

    def _append_body_element(self, element: Any) -> None:
        self.end.addprevious(element)


def _get_change_status(changed_piece: ChangedPiece) -> Status:
    if changed_piece.before is not None and changed_piece.after is not None:
        return "kept"
    if changed_piece.before is not None:
        return "from" if changed_piece.move else "removed"
    return "to" if changed_piece.move else "added"


def _can_merge_paragraphs(old_state: PieceState, new_state: PieceState) -> bool:
    """Whether one can become the other in its place: a table only becomes a table of as many columns."""
    if TABLE_KIND in {old_state.kind, new_state.kind}:
        return old_state.kind == new_state.kind and _count_table_columns(old_state.text) == _count_table_columns(
            new_state.text
        )
    return True


def _split_table_rows(text: str) -> list[list[str]]:
    lines = [line for line in clean_for_export(text).split("\n") if line.strip()] or [
        ""
    ]  # a table without a row is none in Word
    return [[" ".join(cell.split()) for cell in line.split("|")] for line in lines]


def _count_table_columns(text: str) -> int:
    return max((len(row) for row in _split_table_rows(text)), default=1)


def _pair_table_rows(
    rows_before: Sequence[list[str]], rows_after: Sequence[list[str]]
) -> Iterator[tuple[list[str] | None, list[str] | None]]:
    matcher = SequenceMatcher(
        None, [tuple(row) for row in rows_before], [tuple(row) for row in rows_after], autojunk=False
    )
    for _operation, start, end, other_start, other_end in matcher.get_opcodes():
        yield from zip_longest(rows_before[start:end], rows_after[other_start:other_end])


def _add_xml_element(parent_element: Any, tag_name: str, **attributes: str) -> Any:
    named = {qn(f"w:{key}"): value for key, value in attributes.items()}
    if parent_element is None:
        return etree.Element(qn(f"w:{tag_name}"), named, nsmap={"w": qn("w:p")[1:].partition("}")[0]})
    return etree.SubElement(parent_element, qn(f"w:{tag_name}"), named)


def _set_custom_properties(word_document: Word, document_properties: Mapping[str, str]) -> None:
    """Properties that a document carries along wherever it is sent; python-docx knows only the built-in ones."""
    root = etree.Element(
        f"{{{_CUSTOM_PROPERTIES_NAMESPACE}}}Properties",
        nsmap={None: _CUSTOM_PROPERTIES_NAMESPACE, "vt": _VARIANT_TYPES_NAMESPACE},  # type: ignore[dict-item]  # default
    )
    for number, (name, value) in enumerate(document_properties.items(), 2):
        given = etree.SubElement(
            root,
            f"{{{_CUSTOM_PROPERTIES_NAMESPACE}}}property",
            {"fmtid": _PROPERTY_SET_ID, "pid": str(number), "name": name},
        )
        etree.SubElement(given, f"{{{_VARIANT_TYPES_NAMESPACE}}}lpwstr").text = value
    xml = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    package = word_document.part.package
    part = Part(PackURI("/docProps/custom.xml"), _CUSTOM_PROPERTIES_TYPE, xml, package)
    package.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)
