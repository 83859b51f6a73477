"""A Word document as its parts: headings, paragraphs, items, tables and notes, each as (kind, level, words)."""

import zipfile
from pathlib import Path
from typing import Any

from lxml import etree

from jukwaa.core.documents.child.plain import Part
from jukwaa.core.documents.child.text_builder import OnPage, TextBuilder, collapse_spaces, join_table_cells
from jukwaa.core.documents.child.word import ListNumbering, WordReader, WordStyles, parse_xml_part

_WORD_NAMESPACE = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class PartsBuilder(TextBuilder):
    """What the reader of Word documents finds, kept apart instead of put together."""

    def __init__(self, max_size: int, max_parts: int) -> None:
        super().__init__(max_size)
        self._most_parts = max_parts
        self.parts: list[Part] = []
        self.in_notes = False
        self._rows: list[str] = []

    def add(self, text: str, *, kind: str = "paragraph", text_prefix: str = "") -> None:
        if not text:
            return
        super().add(text)
        if kind == "row":
            self._rows.append(text)
            return
        self.end_table()
        if self.in_notes:
            self.parts.append(("note", 1, text))
        elif kind == "heading":
            self.parts.append(("heading", text_prefix.count("#"), text))
        elif kind == "item":
            depth = (len(text_prefix) - len(text_prefix.lstrip())) // 2 + 1
            self.parts.append(("bullet" if text_prefix.strip() == "-" else "numbered", depth, text))
        else:
            self.parts.append(("paragraph", 1, text))

    @property
    def full(self) -> bool:
        return len(self.parts) > self._most_parts or super().full

    def end_table(self) -> None:
        if self._rows:
            self.parts.append(("table", 1, "\n".join(self._rows)))
            self._rows = []


class PartsReader(WordReader):
    """A table ends where its element does, and a table inside a cell becomes words of that cell."""

    builder: PartsBuilder

    def _end_element(self, element: etree._Element) -> None:
        super()._end_element(element)
        if element.tag == f"{_WORD_NAMESPACE}tbl" and not self.rows:
            self.builder.end_table()

    def _end_row(self) -> None:
        cells = [collapse_spaces(" ".join(cell)).replace(" | ", " / ") for cell in self.rows.pop()]
        if self.rows and self.rows[-1]:
            self.rows[-1][-1].append(", ".join(filter(None, cells)) + ";")
        else:
            self.builder.add(join_table_cells([cell.removesuffix(";") for cell in cells]), kind="row")


def read(path: Path, orders: dict[str, Any], on_page: OnPage) -> dict[str, Any]:
    del on_page  # a Word document has no pages until it is printed
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        styles = WordStyles(parse_xml_part(archive, names, "word/styles.xml"))
        lists = ListNumbering(parse_xml_part(archive, names, "word/numbering.xml"))
        parts = PartsBuilder(orders["characters"], orders["parts"])
        reader = PartsReader(styles, lists, parts)
        with archive.open("word/document.xml") as part:
            reader.read(part)
        parts.end_table()
        parts.in_notes = True
        for name in ("word/footnotes.xml", "word/endnotes.xml"):
            if name in names:
                with archive.open(name) as part:
                    reader.read(part)
    notes = [*reader.notes, *(["comments"] if "word/comments.xml" in names else [])]
    return {"blocks": parts.parts, "notes": [*notes, *(["cut"] if parts.full else [])]}
