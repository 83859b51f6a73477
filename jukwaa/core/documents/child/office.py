"""Text out of OpenDocument texts and slides, by kreuzberg."""

import io
import re
import zipfile
from pathlib import Path
from typing import Any

from kreuzberg import ExtractionConfig, extract_bytes_sync
from lxml import etree

from jukwaa.core.documents.child.margins import read_open_document_margins
from jukwaa.core.documents.child.text_builder import OnPage

CONTENT_PART = "content.xml"
_SPAN_TAG = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}span"
TEXT_DOCUMENT_TYPE = "application/vnd.oasis.opendocument.text"
# Emphasis, and the backslash that this library puts before signs which Markdown would read.
_EMPHASIS_PATTERN = re.compile(r"(?<![\\*])\*{1,3}(?=\S)([^*\n]+?)(?<=[^\s\\])\*{1,3}(?!\*)")
_ESCAPE_PATTERN = re.compile(r"\\([!-/:-@\[-`{-~])")


def read(path: Path, orders: dict[str, Any], on_page: OnPage) -> dict[str, Any]:
    """Its paragraphs; of a text its headings and lists too."""
    del on_page
    is_text = orders["media_type"] == TEXT_DOCUMENT_TYPE
    config = ExtractionConfig(use_cache=False, output_format="markdown" if is_text else "plain")
    source_bytes = _remove_character_styles(path) if is_text else path.read_bytes()
    content = extract_bytes_sync(source_bytes, orders["media_type"], config).content
    with zipfile.ZipFile(path) as archive:
        margins = read_open_document_margins(archive)
    if is_text:
        content = _ESCAPE_PATTERN.sub(r"\1", _EMPHASIS_PATTERN.sub(r"\1", content)).strip()
    return {"text": content, **({"margins": margins} if margins else {})}


def _remove_character_styles(path: Path) -> bytes:
    """The document without the tags of character styles: kreuzberg reads no text inside of them in table cells.

    LibreOffice writes such a tag around every cell whose font or size was set by hand.
    """
    copy = io.BytesIO()
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as copied:
        for part in archive.infolist():
            data = archive.read(part)
            copied.writestr(part, _strip_span_tags(data) if part.filename == CONTENT_PART else data)
    return copy.getvalue()


def _strip_span_tags(content_xml: bytes) -> bytes:
    try:
        root = etree.fromstring(content_xml, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except etree.XMLSyntaxError:
        return content_xml
    etree.strip_tags(root, _SPAN_TAG)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")
