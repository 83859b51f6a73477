"""A Word document as its parts: headings, paragraphs, items, tables and notes.

Each is (kind, level, words, number, list): the number that Word prints before it, and the list that counts it.
Footnotes follow the words that they belong to. A table of contents is left out: a text makes its own.
"""

import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from jukwaa.core.documents.child.numbering import PrintedNumbering
from jukwaa.core.documents.child.text_builder import OnPage, TextBuilder, collapse_spaces, join_table_cells
from jukwaa.core.documents.child.word import ListNumbering, WordReader, WordStyles, parse_xml_part

_WORD_NAMESPACE = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


type NumberedPart = tuple[str, int, str, str, str]
type PartWithChanges = tuple[str, int, str, str, str, int, int]  # and how many insertions and deletions were accepted

CHANGE_TAGS_BY_KIND = {"insertion": ("ins", "moveTo"), "deletion": ("del", "moveFrom")}

_WORDS_TAGS = (f"{_WORD_NAMESPACE}t", f"{_WORD_NAMESPACE}delText")
_CONTENTS_FIELD_PATTERN = re.compile(r"\s*TOC\b")
_CONTENTS_STYLE_PATTERN = re.compile(r"toc(?:\s*\d|\s*heading)", re.IGNORECASE)
# What stands above a table of contents, in the languages of the interface and a few more.
_CONTENTS_TITLES = frozenset(
    {
        *("contents", "table of contents", "table des matières", "sommaire", "índice", "contenido"),
        *(
            "tabla de contenido",
            "tabla de contenidos",
            "sumário",
            "inhalt",
            "inhaltsverzeichnis",
            "المحتويات",
            "الفهرس",
        ),
    }
)
# Around the number of a footnote until all are read: no XML holds these two characters.
_NOTE_START, _NOTE_END = "\x02", "\x03"
_NOTE_MARK_PATTERN = re.compile(f"{_NOTE_START}(\\d+){_NOTE_END}")


class PartsBuilder(TextBuilder):
    """What the reader of Word documents finds, kept apart instead of put together."""

    def __init__(self, max_size: int, max_parts: int) -> None:
        super().__init__(max_size)
        self._most_parts = max_parts
        self.parts: list[NumberedPart] = []
        self.changes: Counter[tuple[int, str]] = Counter()  # tracked ones, by the number of their part and their kind
        self.next_number = ("", "")
        self._rows: list[str] = []

    def add(self, text: str, *, kind: str = "paragraph", text_prefix: str = "") -> None:
        if not text:
            return
        super().add(text)
        if kind == "row":
            self._rows.append(text)
            return
        self.finish_table()
        if kind == "heading":
            self.parts.append(("heading", text_prefix.count("#"), text, *self.next_number))
        elif kind == "item":
            depth = (len(text_prefix) - len(text_prefix.lstrip())) // 2 + 1
            self.parts.append(("bullet" if text_prefix.strip() == "-" else "numbered", depth, text, *self.next_number))
        else:
            self.parts.append(("paragraph", 1, text, "", ""))

    @property
    def full(self) -> bool:
        return len(self.parts) > self._most_parts or super().full

    def finish_table(self) -> None:
        if self._rows:
            self.parts.append(("table", 1, "\n".join(self._rows), "", ""))
            self._rows = []

    def add_changes(self, kinds: Iterable[str], *, is_next_part: bool = False) -> None:
        """Count tracked changes for the last part, or for the one that is still being read."""
        at = len(self.parts) if is_next_part else max(len(self.parts) - 1, 0)
        self.changes.update((at, kind) for kind in kinds)

    def remove_contents_title(self) -> None:
        """The line above a table of contents goes with it."""
        if self.parts and self.parts[-1][2].strip(" :").casefold() in _CONTENTS_TITLES:
            self.parts.pop()


class PartsReader(WordReader):
    """A table ends where its element does, and a table inside a cell becomes words of that cell."""

    builder: PartsBuilder

    def __init__(self, *args: Any, printed_numbering: PrintedNumbering) -> None:
        super().__init__(*args)
        self.printed = printed_numbering
        self.footnotes: dict[int, list[str]] = {}
        self._note_numbers: dict[tuple[str, str], int] = {}
        self._fields: list[str] = []  # the instructions of the fields that are open

    def _end_element(self, element: etree._Element) -> None:
        super()._end_element(element)
        if element.tag == f"{_WORD_NAMESPACE}tbl" and not self.rows:
            self.builder.finish_table()

    def _end_row(self) -> None:
        cells = [collapse_spaces(" ".join(cell)).replace(" | ", " / ") for cell in self.rows.pop()]
        if self.rows and self.rows[-1]:
            self.rows[-1][-1].append(", ".join(filter(None, cells)) + ";")
        else:
            self.builder.add(join_table_cells([cell.removesuffix(";") for cell in cells]), kind="row")

    def _read_paragraph(self, element: etree._Element) -> None:
        if self._is_table_of_contents(element):
            if "contents" not in self.notes:
                self.notes.append("contents")
            self.builder.remove_contents_title()
            return
        note = next(element.iterancestors(f"{_WORD_NAMESPACE}footnote", f"{_WORD_NAMESPACE}endnote"), None)
        if note is None:
            self._count_empty_paragraph(element)
            kinds = list(_iter_tracked_changes(element)) if not self._is_in_fallback(element) else []
            super()._read_paragraph(element)
            self.builder.add_changes(kinds, is_next_part=bool(self.rows))
            return
        number = self._note_numbers.get(_get_note_key(note, str(note.tag)))
        if number is not None and (text := collapse_spaces("".join(self._extract_text_runs(element)))):
            self.footnotes.setdefault(number, []).append(text)

    def _count_empty_paragraph(self, element: etree._Element) -> None:
        """Word prints a number before an empty paragraph too, unless the paragraph was deleted with its words."""
        properties = element.find(f"{_WORD_NAMESPACE}pPr")
        is_deleted = element.find(f"{_WORD_NAMESPACE}pPr/{_WORD_NAMESPACE}rPr/{_WORD_NAMESPACE}del") is not None
        if properties is not None and not is_deleted and not "".join(self._extract_text_runs(element)).strip():
            self._get_kind_and_prefix(properties)

    def _is_table_of_contents(self, element: etree._Element) -> bool:
        style = element.find(f"{_WORD_NAMESPACE}pPr/{_WORD_NAMESPACE}pStyle")
        found = style is not None and bool(_CONTENTS_STYLE_PATTERN.fullmatch(style.get(f"{_WORD_NAMESPACE}val", "")))
        found = found or any(map(_CONTENTS_FIELD_PATTERN.match, self._fields))
        for piece in element.iter(f"{_WORD_NAMESPACE}fldChar", f"{_WORD_NAMESPACE}instrText"):
            if piece.tag == f"{_WORD_NAMESPACE}instrText":
                if self._fields:
                    self._fields[-1] += piece.text or ""
                    found = found or bool(_CONTENTS_FIELD_PATTERN.match(self._fields[-1]))
            elif piece.get(f"{_WORD_NAMESPACE}fldCharType") == "begin":
                self._fields.append("")
            elif piece.get(f"{_WORD_NAMESPACE}fldCharType") == "end" and self._fields:
                self._fields.pop()
        return found

    def _get_kind_and_prefix(self, properties: etree._Element | None) -> tuple[str, str]:
        kind, text_prefix = super()._get_kind_and_prefix(properties)
        numbering = self._get_numbering(properties) if kind in {"heading", "item"} else None
        self.builder.next_number = self.printed.get_next_number(*numbering) if numbering else ("", "")
        return kind, text_prefix

    def _format_note_mark(self, piece: etree._Element, tag: str) -> str:
        if not tag.endswith("Reference"):
            return ""  # the number before the words of the note: it is put there when the note has its place
        key = _get_note_key(piece, tag)
        number = self._note_numbers.setdefault(key, len(self._note_numbers) + 1)
        return f"{_NOTE_START}{number}{_NOTE_END}"

    def iter_parts_with_notes(self) -> Iterator[PartWithChanges]:
        """Each footnote below the paragraph that refers to it; those of a heading or a table in a part after it."""
        for at, (kind, level, words, *number) in enumerate(self.builder.parts):
            changes = self.builder.changes[at, "insertion"], self.builder.changes[at, "deletion"]
            notes = [
                f"[{mark}] {' '.join(self.footnotes[int(mark)])}"
                for mark in dict.fromkeys(_NOTE_MARK_PATTERN.findall(words))
                if int(mark) in self.footnotes
            ]
            text = _NOTE_MARK_PATTERN.sub(r"[\1]", words)
            apart = kind in {"heading", "table"}
            yield kind, level, text if apart else "\n".join([text, *notes]), number[0], number[1], *changes
            if apart and notes:
                yield "note", 1, "\n".join(notes), "", "", 0, 0


def _iter_tracked_changes(paragraph_element: etree._Element) -> Iterator[str]:
    """The kind of each tracked change of words in a paragraph. What one person did at one place counts once."""
    for kind, names in CHANGE_TAGS_BY_KIND.items():
        tags = {f"{_WORD_NAMESPACE}{name}" for name in names}
        for change in paragraph_element.iter(*tags):
            before = change.getprevious()
            goes_on = (
                before is not None
                and before.tag == change.tag
                and _get_change_author(before) == _get_change_author(change)
            )
            if not goes_on and any(piece.text for piece in change.iter(*_WORDS_TAGS)):
                yield kind


def _get_change_author(element: etree._Element) -> str:
    return element.get(f"{_WORD_NAMESPACE}author", "")


def _get_note_key(element: etree._Element, tag_name: str) -> tuple[str, str]:
    kind = "endnote" if "endnote" in tag_name else "footnote"
    return kind, element.get(f"{_WORD_NAMESPACE}id", "")


def read(path: Path, orders: dict[str, Any], on_page: OnPage) -> dict[str, Any]:
    del on_page  # a Word document has no pages until it is printed
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        numbering = parse_xml_part(archive, names, "word/numbering.xml")
        parts = PartsBuilder(orders["characters"], orders["parts"])
        reader = PartsReader(
            WordStyles(parse_xml_part(archive, names, "word/styles.xml")),
            ListNumbering(numbering),
            parts,
            printed_numbering=PrintedNumbering(numbering),
        )
        with archive.open("word/document.xml") as part:
            reader.read(part)
        parts.finish_table()
        comments = parse_xml_part(archive, names, "word/comments.xml")
        for name in ("word/footnotes.xml", "word/endnotes.xml"):
            if name in names:
                with archive.open(name) as part:
                    reader.read(part)
    told = [note for note in reader.notes if note != "deleted" or not parts.changes]
    notes = [*told, *(["comments"] if "word/comments.xml" in names else [])]
    return {
        "blocks": list(reader.iter_parts_with_notes()),
        "notes": [*notes, *(["cut"] if parts.full else [])],
        "comments": 0 if comments is None else len(comments.findall(f"{_WORD_NAMESPACE}comment")),
    }
