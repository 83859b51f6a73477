"""Text out of a Word document: headings, lists, tables, notes, and tracked changes as if accepted.

Read straight from its XML, as a stream: python-docx builds a tree of 1.8 GB from 1.4 MB of file, and kreuzberg loses
`<`, `>` and `&` as well as lists that a style makes.
"""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from jukwaa.core.documents.child.margins import read_word_margins
from jukwaa.core.documents.child.text_builder import (
    FileUnreadableError,
    OnPage,
    TextBuilder,
    build_hidden_text_answer,
    collapse_spaces,
    collapse_spaces_in_lines,
    join_cell_lines,
    join_table_cells,
)

_WORD_NAMESPACE = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT_NAMESPACE = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_FALLBACK_TAG = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TEXT_BY_TAG = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\N{NON-BREAKING HYPHEN}", "ptab": "\t"}
_NOTE_REFERENCE_TAGS = frozenset({"footnoteReference", "endnoteReference", "footnoteRef", "endnoteRef"})
_WORDS_TAGS = (f"{_WORD_NAMESPACE}t", f"{_WORD_NAMESPACE}delText")
_MAX_LIST_DEPTH = 6


class WordStyles:
    """Which styles are headings, and which make lists."""

    def __init__(self, root_element: etree._Element | None) -> None:
        self.heading: dict[str, int] = {}
        self.list: dict[str, tuple[str, int]] = {}
        elements = root_element.findall(f"{_WORD_NAMESPACE}style") if root_element is not None else []
        for _round in range(4):  # a style may rest on another that stands below it
            for style in elements:
                self._read_definitions(style)

    def _read_definitions(self, style_element: etree._Element) -> None:
        key = style_element.get(f"{_WORD_NAMESPACE}styleId", "")
        name = _get_value_attribute(style_element.find(f"{_WORD_NAMESPACE}name")).lower()
        base = _get_value_attribute(style_element.find(f"{_WORD_NAMESPACE}basedOn"))
        outline = _get_value_attribute(style_element.find(f"{_WORD_NAMESPACE}pPr/{_WORD_NAMESPACE}outlineLvl"))
        if name == "title":
            self.heading[key] = 1
        elif name.startswith("heading ") and name[8:].isdigit():
            self.heading[key] = int(name[8:])
        elif outline.isdigit() and int(outline) < _MAX_LIST_DEPTH:
            self.heading[key] = int(outline) + 1
        elif base in self.heading:
            self.heading[key] = self.heading[base]
        numbering = _get_list_level(style_element.find(f"{_WORD_NAMESPACE}pPr"))
        if numbering or base in self.list:
            self.list[key] = numbering or self.list[base]


class ListNumbering:
    """Which lists are numbered, and how far each of them has counted."""

    def __init__(self, root_element: etree._Element | None) -> None:
        self._format: dict[tuple[str, int], str] = {}
        self._first: dict[tuple[str, int], int] = {}
        self._count: dict[tuple[str, int], int] = {}
        if root_element is not None:
            self._read_definitions(root_element)

    def _read_definitions(self, root_element: etree._Element) -> None:
        abstract = {
            item.get(f"{_WORD_NAMESPACE}abstractNumId"): item
            for item in root_element.findall(f"{_WORD_NAMESPACE}abstractNum")
        }
        for item in root_element.findall(f"{_WORD_NAMESPACE}num"):
            source = abstract.get(_get_value_attribute(item.find(f"{_WORD_NAMESPACE}abstractNumId")))
            key = item.get(f"{_WORD_NAMESPACE}numId", "")
            for level in source.findall(f"{_WORD_NAMESPACE}lvl") if source is not None else ():
                depth = _parse_number_or_default(level.get(f"{_WORD_NAMESPACE}ilvl", ""))
                self._format[key, depth] = _get_value_attribute(level.find(f"{_WORD_NAMESPACE}numFmt"))
                self._first[key, depth] = _parse_number_or_default(
                    _get_value_attribute(level.find(f"{_WORD_NAMESPACE}start")), 1
                )
            for level in item.findall(f"{_WORD_NAMESPACE}lvlOverride"):
                depth = _parse_number_or_default(level.get(f"{_WORD_NAMESPACE}ilvl", ""))
                self._first[key, depth] = _parse_number_or_default(
                    _get_value_attribute(level.find(f"{_WORD_NAMESPACE}startOverride")), 1
                )

    def prefix(self, numbering_key: str, nesting_depth: int) -> str:
        """The mark before the next item of this list; empty where the list shows none."""
        style = self._format.get((numbering_key, nesting_depth), "bullet")
        if numbering_key == "0" or style == "none":
            return ""
        indent = "  " * min(nesting_depth, _MAX_LIST_DEPTH)
        if style == "bullet":
            return f"{indent}- "
        self._count[numbering_key, nesting_depth] = (
            self._count.get((numbering_key, nesting_depth), self._first.get((numbering_key, nesting_depth), 1) - 1) + 1
        )
        for deeper in [at for at in self._count if at[0] == numbering_key and at[1] > nesting_depth]:
            del self._count[deeper]
        return f"{indent}{self._count[numbering_key, nesting_depth]}. "


def read(path: Path, orders: dict[str, Any], on_page: OnPage) -> dict[str, Any]:
    """The text of the document and of its footnotes."""
    del on_page  # a Word document has no pages until it is printed
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        styles = WordStyles(parse_xml_part(archive, names, "word/styles.xml"))
        lists = ListNumbering(parse_xml_part(archive, names, "word/numbering.xml"))
        reader = WordReader(styles, lists, TextBuilder(orders["characters"]))
        with archive.open("word/document.xml") as part:
            reader.read(part)
        for name in ("word/footnotes.xml", "word/endnotes.xml"):
            if name in names:
                with archive.open(name) as part:
                    reader.read(part)
        margins = read_word_margins(archive)
    notes = [*reader.notes, *(["comments"] if "word/comments.xml" in names else [])]
    answer = {"text": reader.builder.text(), "notes": notes, **({"margins": margins} if margins else {})}
    return answer | build_hidden_text_answer(reader.paragraphs_with_hidden_words, orders["characters"])


class WordReader:
    """Walks the stream of elements; a paragraph is handed on when it ends, a row of a table when the row ends."""

    def __init__(self, word_styles: WordStyles, list_numbering: ListNumbering, builder: TextBuilder) -> None:
        self.styles = word_styles
        self.lists = list_numbering
        self.builder = builder
        self.notes: list[str] = []
        self.paragraphs_with_hidden_words: list[str] = []
        self.has_hidden_words = False  # in the paragraph that is read
        self.rows: list[list[list[str]]] = []

    def read(self, package_part: Any) -> None:
        events = etree.iterparse(
            package_part, events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False
        )
        for event, element in events:
            if self.builder.full:
                return
            if event == "start":
                self._open_element(element)
            else:
                self._end_element(element)

    def _open_element(self, element: etree._Element) -> None:
        if element.tag == f"{_WORD_NAMESPACE}tr":
            self.rows.append([])
        elif element.tag == f"{_WORD_NAMESPACE}tc" and self.rows:
            self.rows[-1].append([])
        elif _STRICT_NAMESPACE in str(element.tag):
            raise FileUnreadableError("broken")

    def _end_element(self, element: etree._Element) -> None:
        if element.tag == f"{_WORD_NAMESPACE}p":
            self._read_paragraph(element)
            element.clear()
        elif element.tag == f"{_WORD_NAMESPACE}tr":
            self._end_row()
            element.clear()
        elif element.tag == _FALLBACK_TAG:
            element.clear()

    def _read_paragraph(self, element: etree._Element) -> None:
        self.has_hidden_words = False
        text = collapse_spaces_in_lines("".join(self._extract_text_runs(element)))
        if self._is_in_fallback(element):
            return
        self._keep_hidden_words(element)
        if not text:
            return
        properties = element.find(f"{_WORD_NAMESPACE}pPr")
        kind, prefix = self._get_kind_and_prefix(properties)
        if self.rows and self.rows[-1]:
            self.rows[-1][-1].append(prefix + text if kind == "item" else text)
            return
        if kind == "heading":
            text = collapse_spaces(text)
        self.builder.add(text, kind=kind, text_prefix=prefix)

    def _keep_hidden_words(self, element: etree._Element) -> None:
        """Keep a paragraph with its deleted and struck words, as it was written: the checks read them in context."""
        if self.has_hidden_words:
            words = "".join(str(piece.text or "") for piece in element.iter(*_WORDS_TAGS))
            self.paragraphs_with_hidden_words.append(collapse_spaces(words))

    def _end_row(self) -> None:
        cells = [join_cell_lines("\n".join(cell).split("\n")) for cell in self.rows.pop()]
        text = join_table_cells(cells)
        if self.rows and self.rows[-1]:
            self.rows[-1][-1].append(text)
        else:
            self.builder.add(text, kind="row")

    def _get_kind_and_prefix(self, properties: etree._Element | None) -> tuple[str, str]:
        style = _get_style_key(properties)
        outline = (
            _get_value_attribute(properties.find(f"{_WORD_NAMESPACE}outlineLvl")) if properties is not None else ""
        )
        level = (
            int(outline) + 1 if outline.isdigit() and int(outline) < _MAX_LIST_DEPTH else self.styles.heading.get(style)
        )
        if level:
            return "heading", "#" * min(level, _MAX_LIST_DEPTH) + " "
        numbering = self._get_numbering(properties)
        prefix = self.lists.prefix(*numbering) if numbering else ""
        return ("item", prefix) if prefix else ("paragraph", "")

    def _get_numbering(self, style_properties: etree._Element | None) -> tuple[str, int] | None:
        """The list that counts a paragraph, by itself or by its style, and how deep the paragraph is in it."""
        return _get_list_level(style_properties) or self.styles.list.get(_get_style_key(style_properties))

    def _extract_text_runs(self, element: etree._Element) -> Iterator[str]:
        for piece in element.iter(f"{_WORD_NAMESPACE}*"):
            tag = str(piece.tag).removeprefix(_WORD_NAMESPACE)
            if tag in {"t", "delText"} and self._is_piece_included(piece, element):
                yield piece.text or ""
            elif tag in _TEXT_BY_TAG and _get_parent_tag(piece) == f"{_WORD_NAMESPACE}r":
                yield _TEXT_BY_TAG[tag]
            elif tag in _NOTE_REFERENCE_TAGS and not self._is_piece_deleted(piece, element):
                yield self._format_note_mark(piece, tag)

    def _is_piece_included(self, text_element: etree._Element, end_element: etree._Element) -> bool:
        is_deleted = self._is_piece_deleted(text_element, end_element)
        self.has_hidden_words = self.has_hidden_words or is_deleted
        return not is_deleted and text_element.tag == f"{_WORD_NAMESPACE}t"

    def _is_piece_deleted(self, text_element: etree._Element, end_element: etree._Element) -> bool:
        for above in text_element.iterancestors():
            if above is end_element:
                break
            if above.tag in {f"{_WORD_NAMESPACE}del", f"{_WORD_NAMESPACE}moveFrom"}:
                self.notes.append("deleted") if "deleted" not in self.notes else None
                return True
            if above.tag == f"{_WORD_NAMESPACE}r" and _is_struck_through(above):
                self.notes.append("struck") if "struck" not in self.notes else None
                return True
        return False

    def _format_note_mark(self, piece: etree._Element, tag: str) -> str:
        return f"[{self._get_note_id(piece)}]" + (" " if tag.endswith("Ref") else "")

    def _get_note_id(self, text_element: etree._Element) -> str:
        if key := text_element.get(f"{_WORD_NAMESPACE}id"):
            return key
        note = next(text_element.iterancestors(f"{_WORD_NAMESPACE}footnote", f"{_WORD_NAMESPACE}endnote"), None)
        return note.get(f"{_WORD_NAMESPACE}id", "") if note is not None else ""

    def _is_in_fallback(self, element: etree._Element) -> bool:
        return next(element.iterancestors(_FALLBACK_TAG), None) is not None


def _is_struck_through(run: etree._Element) -> bool:
    """Whether somebody crossed these words out by hand; they hold no longer, as words of a tracked deletion."""
    marks = (run.find(f"{_WORD_NAMESPACE}rPr/{_WORD_NAMESPACE}{name}") for name in ("strike", "dstrike"))
    return any(mark is not None and _get_value_attribute(mark) not in {"0", "false", "off"} for mark in marks)


def parse_xml_part(zip_archive: zipfile.ZipFile, wanted_names: set[str], part_name: str) -> etree._Element | None:
    if part_name not in wanted_names:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(zip_archive.read(part_name), parser)


def _get_parent_tag(text_element: etree._Element) -> str:
    parent = text_element.getparent()
    return str(parent.tag) if parent is not None else ""


def _get_value_attribute(element: etree._Element | None) -> str:
    return element.get(f"{_WORD_NAMESPACE}val", "") if element is not None else ""


def _get_style_key(style_properties: etree._Element | None) -> str:
    return (
        _get_value_attribute(style_properties.find(f"{_WORD_NAMESPACE}pStyle")) if style_properties is not None else ""
    )


def _get_list_level(style_properties: etree._Element | None) -> tuple[str, int] | None:
    key = (
        _get_value_attribute(style_properties.find(f"{_WORD_NAMESPACE}numPr/{_WORD_NAMESPACE}numId"))
        if style_properties is not None
        else ""
    )
    if not key or style_properties is None:
        return None
    depth = _get_value_attribute(style_properties.find(f"{_WORD_NAMESPACE}numPr/{_WORD_NAMESPACE}ilvl"))
    return key, _parse_number_or_default(depth)


def _parse_number_or_default(text: str, default_number: int = 0) -> int:
    return int(text) if text.isascii() and text.isdigit() else default_number
