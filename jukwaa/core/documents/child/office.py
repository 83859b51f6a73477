"""Text out of OpenDocument texts and slides, by kreuzberg."""

import io
import re
import zipfile
from pathlib import Path
from typing import Any

from kreuzberg import ExtractionConfig, extract_bytes_sync
from lxml import etree

from jukwaa.core.documents.child.margins import read_open_document_margins
from jukwaa.core.documents.child.text_builder import OnPage, build_hidden_text_answer, collapse_spaces, join_cell_lines

CONTENT_PART = "content.xml"
_TEXT_NAMESPACE = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE_NAMESPACE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TABLE_NAMESPACE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_ANNOTATION_TAG = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}annotation"
_SPAN_TAG = f"{_TEXT_NAMESPACE}span"
_PARAGRAPH_TAGS = (f"{_TEXT_NAMESPACE}p", f"{_TEXT_NAMESPACE}h")
TEXT_DOCUMENT_TYPE = "application/vnd.oasis.opendocument.text"
# Emphasis, and the backslash that this library puts before signs which Markdown would read.
_EMPHASIS_PATTERN = re.compile(r"(?<![\\*])\*{1,3}(?=\S)([^*\n]+?)(?<=[^\s\\])\*{1,3}(?!\*)")
_ESCAPE_PATTERN = re.compile(r"\\([!-/:-@\[-`{-~])")


def read(path: Path, orders: dict[str, Any], on_page: OnPage) -> dict[str, Any]:
    """Its paragraphs; of a text its headings and lists too."""
    del on_page
    is_text = orders["media_type"] == TEXT_DOCUMENT_TYPE
    config = ExtractionConfig(use_cache=False, output_format="markdown" if is_text else "plain")
    source_bytes, struck_paragraphs, notes = _remove_character_styles(path) if is_text else (path.read_bytes(), [], [])
    content = extract_bytes_sync(source_bytes, orders["media_type"], config).content
    with zipfile.ZipFile(path) as archive:
        margins = read_open_document_margins(archive)
    if is_text:
        content = _ESCAPE_PATTERN.sub(r"\1", _EMPHASIS_PATTERN.sub(r"\1", content)).strip()
    answer = {"text": content, "notes": notes, **({"margins": margins} if margins else {})}
    return answer | build_hidden_text_answer(struck_paragraphs, orders["characters"])


def _remove_character_styles(path: Path) -> tuple[bytes, list[str], list[str]]:
    """The document without the tags of character styles: kreuzberg reads no text inside of them in table cells.

    LibreOffice writes such a tag around every cell whose font or size was set by hand. Words that somebody struck
    through go with their tags, because they hold no longer; the paragraphs that have some, as they were written, and
    notes on what is not read.
    """
    copy = io.BytesIO()
    struck_paragraphs: list[str] = []
    notes: list[str] = []
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as copied:
        for part in archive.infolist():
            data = archive.read(part)
            if part.filename == CONTENT_PART:
                data, struck_paragraphs, notes = _strip_span_tags(data)
            copied.writestr(part, data)
    return copy.getvalue(), struck_paragraphs, notes


def _strip_span_tags(content_xml: bytes) -> tuple[bytes, list[str], list[str]]:
    try:
        root = etree.fromstring(content_xml, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except etree.XMLSyntaxError:
        return content_xml, [], []
    struck_paragraphs = _remove_struck_text(root)
    notes = ["struck"] if struck_paragraphs else []
    notes += ["comments"] if next(root.iter(_ANNOTATION_TAG), None) is not None else []
    etree.strip_tags(root, _SPAN_TAG)
    _join_paragraphs_of_cells(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8"), struck_paragraphs, notes


def _remove_struck_text(root: etree._Element) -> list[str]:
    """Empty the spans and paragraphs whose style strikes their words through. Return the paragraphs as they were."""
    struck = {
        style.get(f"{_STYLE_NAMESPACE}name")
        for style in root.iter(f"{_STYLE_NAMESPACE}style")
        for properties in style.iter(f"{_STYLE_NAMESPACE}text-properties")
        if properties.get(f"{_STYLE_NAMESPACE}text-line-through-style", "none") != "none"
    }
    found = [
        element
        for element in root.iter(_SPAN_TAG, *_PARAGRAPH_TAGS)
        if element.get(f"{_TEXT_NAMESPACE}style-name") in struck
    ]
    paragraphs = dict.fromkeys(
        element if element.tag in _PARAGRAPH_TAGS else next(element.iterancestors(_PARAGRAPH_TAGS), element)
        for element in found
    )
    words = [collapse_spaces("".join(map(str, paragraph.itertext()))) for paragraph in paragraphs]
    for element in found:
        after = element.tail
        element.clear()
        element.tail = after
    return words


def _join_paragraphs_of_cells(root: etree._Element) -> None:
    """Write the lines of each cell into its first paragraph: kreuzberg puts no more than a space between them."""
    for cell in root.iter(f"{_TABLE_NAMESPACE}table-cell"):
        paragraphs = cell.findall(f"{_TEXT_NAMESPACE}p")
        if not paragraphs[1:] or len(paragraphs) != len(cell) or any(map(len, paragraphs)):
            continue
        paragraphs[0].text = join_cell_lines(paragraph.text or "" for paragraph in paragraphs)
        for paragraph in paragraphs[1:]:
            cell.remove(paragraph)
