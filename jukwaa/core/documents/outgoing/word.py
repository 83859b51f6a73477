"""A Word document with real styles, so that its headings, lists and tables are more than looks."""

import io
import zipfile
from collections.abc import Sequence
from typing import Any

import docx
from docx.document import Document as Word
from docx.enum.table import WD_TABLE_DIRECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run as WordRun

from jukwaa.core.documents.outgoing.bars import BAR
from jukwaa.core.documents.outgoing.document_tree import (
    Block,
    BulletList,
    Document,
    DocumentQuote,
    DocumentTable,
    Heading,
    Inline,
    InlineRun,
    NumberedList,
    PageBreak,
    Paragraph,
    clean_for_export,
    convert_to_runs,
    detect_text_direction,
    get_common_text_direction,
    get_foreign_text_direction,
    get_link_if_external,
    get_plain_text,
    normalize_heading_levels,
)

WORD_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_FONT_NAME = "Georgia"
_TEXT_COLOR = RGBColor(0x2A, 0x20, 0x1B)
_MUTED_COLOR = RGBColor(0x5D, 0x55, 0x50)
# Of text in a table: its size in points, and the space left and right in a cell. A letter is that part of the size, on
# average, in the widest serif font that takes the place of ours; a capital, m or w is as wide as `_WIDE`.
_SIZE, _SMALLEST, _PADDING = 11, 7, 11
_PLAIN, _STRONG, _WIDE, _SQUARE = 0.6, 0.66, 1.05, 0.95
_FIXED_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_FONT_SIZE_BY_STYLE = {
    "Title": 22,
    "Subtitle": 11,
    "Heading 1": 15,
    "Heading 2": 13,
    "Heading 3": 11,
    "Heading 4": 11,
    "Caption": 9,
}


def to_docx(document: Document) -> bytes:
    """The document as a file, the same bytes for the same document."""
    return serialize_word_document(build_word_document(document))


def build_word_document(document: Document) -> Word:
    """Return the Word document with all its content, before it is saved."""
    word = docx.Document()
    word.sections[0].page_width, word.sections[0].page_height = Mm(210), Mm(297)  # A4, as the PDF
    _set_document_styles(word, document)
    _set_document_properties(word, document)
    if document.restricted:
        _add_page_labels(word, document.label)
    writer = _BlockWriter(word, is_right_to_left=document.direction == "rtl")
    writer.head(document)
    for block in normalize_heading_levels(document.blocks):
        writer.block(block)
    return word


def serialize_word_document(word_document: Word) -> bytes:
    stream = io.BytesIO()
    word_document.save(stream)
    return _fix_zip_times(stream.getvalue())


class _BlockWriter:
    """Appends blocks to a document of python-docx."""

    def __init__(self, word_document: Word, *, is_right_to_left: bool) -> None:
        self.word = word_document
        self.rtl = is_right_to_left

    def head(self, document: Document) -> None:
        masthead = " \N{MIDDLE DOT} ".join(line for line in (document.masthead, document.masthead_note) if line)
        if masthead:
            self.paragraph(masthead, "Caption")
        self.paragraph(document.title, "Title")
        if document.subtitle:
            self.paragraph(document.subtitle, "Subtitle")
        for term, value in document.meta:
            self.paragraph([InlineRun(f"{term}: ", strong=True), *convert_to_runs(value)], "Normal")

    def block(self, document_block: Block) -> None:
        match document_block:
            case Heading(level, text):
                self.paragraph(text, f"Heading {level}")
            case Paragraph(content):
                self.paragraph(content, "Normal")
            case BulletList(items):
                for item in items:
                    self.paragraph(item, "List Bullet", text_direction=get_common_text_direction(items))
            case NumberedList(items, start):
                self.numbered(items, start)
            case DocumentQuote(content, source):
                self.paragraph(content, "Quote")
                if get_plain_text(source):
                    self.paragraph(source, "Caption")
            case DocumentTable():
                self.table(document_block)
            case PageBreak():
                self.word.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def paragraph(self, inline_content: Inline, style_name: str, *, text_direction: str | None = None) -> WordParagraph:
        paragraph = self.word.add_paragraph(style=style_name)
        self.fill(
            paragraph,
            inline_content,
            text_direction=get_foreign_text_direction(inline_content) if text_direction is None else text_direction,
        )
        return paragraph

    def fill(self, paragraph: WordParagraph, inline_content: Inline, *, text_direction: str = "") -> None:
        rtl = text_direction == "rtl" if text_direction else self.rtl
        if rtl:
            _get_paragraph_properties(paragraph).append(OxmlElement("w:bidi"))
        for run in convert_to_runs(inline_content):
            self.run(paragraph, run, is_right_to_left=rtl)

    def run(self, paragraph: WordParagraph, text_run: InlineRun, *, is_right_to_left: bool) -> None:
        written = paragraph.add_run(clean_for_export(text_run.text))
        written.italic = text_run.emphasis or None
        written.bold = text_run.strong or None
        if text_run.ref:
            written.font.size = Pt(8)
            written.font.color.rgb = _MUTED_COLOR
        if get_link_if_external(text_run.link) and not text_run.ref:
            written.underline = True
        own = detect_text_direction(text_run.text) if text_run.apart else ""
        _set_run_language(written, text_run.language, is_right_to_left=own == "rtl" if own else is_right_to_left)
        if get_link_if_external(text_run.link):
            _add_word_hyperlink(paragraph, written, text_run.link)

    def numbered(self, inline_items: Sequence[Inline], first_number: int) -> None:
        number = create_numbered_list(self.word, first_number)
        for item in inline_items:
            paragraph = self.paragraph(item, "List Number", text_direction=get_common_text_direction(inline_items))
            numbering = _get_paragraph_properties(paragraph).get_or_add_numPr()
            numbering.get_or_add_ilvl().val = 0
            numbering.get_or_add_numId().val = number

    def table(self, block: DocumentTable) -> None:
        if block.caption:
            self.paragraph(block.caption, "Caption").paragraph_format.keep_with_next = True
        table = self.word.add_table(rows=0, cols=len(block.headers))
        add_table_borders(table, is_right_to_left=self.rtl, table_caption=clean_for_export(block.caption))
        for number, row in enumerate([list(block.headers), *block.rows]):
            written = table.add_row()
            if number == 0:
                written._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001  # as above
            for at, (cell, content) in enumerate(zip(written.cells, row, strict=True)):
                names = number == 0 or (at == 0 and block.row_headers)
                content = [InlineRun(get_plain_text(content), strong=True)] if names else content  # noqa: PLW2901  # same cell
                self.fill(cell.paragraphs[0], content)
                cell.paragraphs[0].paragraph_format.space_after = Pt(3)
        _set_column_widths(self.word, table, block)
        self.word.add_paragraph()


def _set_column_widths(word_document: Word, word_table: Any, block: DocumentTable) -> None:
    """Fill the width of the page, and give each column as much as its longest word needs.

    Programs that keep to the widths in the file broke words in the middle while all columns had the same width.
    """
    section = word_document.sections[0]
    total = ((section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)) / Pt(1)
    needs = [
        (max(least for least, _most in column), max(most for _least, most in column))
        for column in zip(*_measure_cell_widths(block), strict=True)
    ]
    _shrink_table_font(
        word_table, sum(least for least, _most in needs) - len(needs) * _PADDING, total - len(needs) * _PADDING
    )
    widths = [Pt(width) for width in distribute_column_widths(total, needs)]
    for column, width in zip(word_table.columns, widths, strict=True):
        column.width = width
    for row in word_table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width


def _shrink_table_font(word_table: Any, needed_width: float, available_width: float) -> None:
    """Set the letters smaller where the longest words need more than there is room for. Marks of sources stay."""
    if needed_width <= available_width:
        return
    size = Pt(max(_SMALLEST, int(2 * _SIZE * available_width / needed_width) / 2))
    for element in word_table._tbl.iter(qn("w:r")):  # noqa: SLF001  # python-docx does not list what is in links
        font = WordRun(element, word_table).font
        font.size = min(font.size or size, size)


def _measure_cell_widths(block: DocumentTable) -> list[list[tuple[float, float]]]:
    """Return for each cell the width of its longest word and of its text on one line, about, in points."""
    names = [[_measure_text_width(get_plain_text(header), is_strong=True) for header in block.headers]]
    return names + [
        [
            _measure_text_width(get_plain_text(cell), is_strong=at == 0 and block.row_headers)
            for at, cell in enumerate(row)
        ]
        for row in block.rows
    ]


def _measure_text_width(text: str, *, is_strong: bool) -> tuple[float, float]:
    letter = _STRONG if is_strong else _PLAIN
    widths = [_SIZE * sum(_get_character_width(sign, letter) for sign in word) for word in text.split()]
    return max(widths, default=0) + _PADDING, sum(widths) + _SIZE * letter * len(widths) + _PADDING


def _get_character_width(sign_character: str, letter_width: float) -> float:
    if sign_character == BAR:
        return _SQUARE
    return _WIDE if sign_character.isupper() or sign_character in "mw" else letter_width


def distribute_column_widths(total_width: float, columns: Sequence[tuple[float, float]]) -> list[float]:
    """Share a width among columns, of which each is given what it needs at least, and what it needs at most."""
    least = [min(need, total_width / 2) for need, _most in columns]
    if sum(least) >= total_width:
        return [need * total_width / sum(least) for need in least]
    wishes = [max(min(most, total_width), need) - need for need, (_least, most) in zip(least, columns, strict=True)]
    rest = total_width - sum(least)
    if sum(wishes) > rest:
        return [need + wish * rest / sum(wishes) for need, wish in zip(least, wishes, strict=True)]
    wanted = [need + wish for need, wish in zip(least, wishes, strict=True)]
    return [width * total_width / sum(wanted) for width in wanted]


def _set_document_styles(word_document: Word, document: Document) -> None:
    for name in (
        "Normal",
        "Title",
        "Subtitle",
        "Quote",
        "Caption",
        *(f"Heading {level}" for level in range(1, 7)),
    ):
        style = word_document.styles[name]
        style.font.name = _FONT_NAME
        style.font.size = Pt(_FONT_SIZE_BY_STYLE.get(name, 11))
        style.font.color.rgb = _MUTED_COLOR if name in {"Subtitle", "Caption", "Quote"} else _TEXT_COLOR
        style.font.bold = False
        style.font.italic = name in {"Quote", "Heading 3", "Heading 4"}
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in [key for key in fonts.attrib if "Theme" in key]:
            del fonts.attrib[theme]  # else the theme's font wins over the name
        for script in ("w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(script), _FONT_NAME)
    normal = word_document.styles["Normal"].element.get_or_add_rPr()
    language = OxmlElement("w:lang")
    for kind in ("w:val", "w:bidi", "w:eastAsia"):
        language.set(qn(kind), document.language)
    normal.append(language)
    for default in word_document.styles.element.iter(qn("w:lang")):
        default.set(qn("w:val"), document.language)
    borders = word_document.styles["Title"].element.find(f".//{qn('w:pBdr')}/{qn('w:bottom')}")
    if borders is not None:
        borders.set(qn("w:color"), str(_TEXT_COLOR))
        borders.set(qn("w:sz"), "16")


def _set_document_properties(word_document: Word, document: Document) -> None:
    """What the template says of itself is not ours; when a copy was made is nobody's concern."""
    properties = word_document.core_properties
    properties.title = clean_for_export(document.title)[:255]
    properties.subject = clean_for_export(document.subtitle)[:255]
    properties.author = clean_for_export(document.masthead)[:255]
    properties.language = document.language
    properties.comments = properties.keywords = properties.last_modified_by = ""
    element = properties._element  # noqa: SLF001  # python-docx can set these dates, not take them out
    for date in [child for child in element if child.tag in {qn("dcterms:created"), qn("dcterms:modified")}]:
        element.remove(date)


def _add_page_labels(word_document: Word, label: str) -> None:
    """TLP 2.0 asks for the label in head and foot of each page, at the right, in 12 points or more."""
    section = word_document.sections[0]
    for part in (section.header, section.footer):
        paragraph = part.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        run = paragraph.add_run(label)
        run.bold = True
        run.font.size = Pt(12)


def create_numbered_list(word_document: Word, first_number: int) -> int:
    """A list of its own that counts from `first_number`, in the looks of the style."""
    numbering = word_document.part.numbering_part.element
    style = word_document.styles["List Number"].element.pPr.numPr.numId.val
    number = numbering.add_num(numbering.num_having_numId(style).abstractNumId.val)
    number.add_lvlOverride(ilvl=0).add_startOverride(first_number)
    return int(number.numId)


def _set_run_language(word_run: WordRun, language: str, *, is_right_to_left: bool) -> None:
    """These come last, since Word wants its marks in one order."""
    marks = word_run._r.get_or_add_rPr()  # noqa: SLF001  # python-docx has no other way to these marks
    if is_right_to_left:
        marks.append(OxmlElement("w:rtl"))
    if language:
        element = OxmlElement("w:lang")
        element.set(qn("w:val"), language)
        element.set(qn("w:bidi"), language)
        marks.append(element)


def _add_word_hyperlink(paragraph: WordParagraph, word_run: WordRun, address: str) -> None:
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    paragraph._p.append(link)  # noqa: SLF001  # python-docx reads links, and writes none
    link.append(word_run._r)  # noqa: SLF001  # as above


def add_table_borders(word_table: Any, *, is_right_to_left: bool, table_caption: str) -> None:
    """Rules between rows, and none between columns."""
    properties = word_table._tbl.tblPr  # noqa: SLF001  # python-docx has styles for tables, and no rules
    borders = OxmlElement("w:tblBorders")
    for side, weight in (("top", "8"), ("bottom", "8"), ("insideH", "4")):
        border = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", weight), ("space", "0"), ("color", "8B8480")):
            border.set(qn(f"w:{key}"), value)
        borders.append(border)
    if is_right_to_left:
        word_table.table_direction = WD_TABLE_DIRECTION.RTL
    after = [child for child in properties if child.tag in {qn("w:tblLayout"), qn("w:tblLook")}]
    after[0].addprevious(borders)  # Word wants them in one order
    if table_caption:
        described = OxmlElement("w:tblCaption")
        described.set(qn("w:val"), table_caption)
        properties.append(described)


def _get_paragraph_properties(paragraph: WordParagraph) -> Any:
    return paragraph._p.get_or_add_pPr()  # noqa: SLF001  # python-docx has no other way to these marks


def _fix_zip_times(file_data: bytes) -> bytes:
    """The same parts under one fixed time, so that the same document gives the same bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file_data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _FIXED_ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return stream.getvalue()
