"""Text out of OpenDocument texts and slides, by kreuzberg."""

import re
import zipfile
from pathlib import Path
from typing import Any

from kreuzberg import ExtractionConfig, extract_file_sync

from jukwaa.core.documents.child.margins import read_open_document_margins
from jukwaa.core.documents.child.text_builder import OnPage

TEXT_DOCUMENT_TYPE = "application/vnd.oasis.opendocument.text"
# Emphasis, and the backslash that this library puts before signs which Markdown would read.
_EMPHASIS_PATTERN = re.compile(r"(?<![\\*])\*{1,3}(?=\S)([^*\n]+?)(?<=[^\s\\])\*{1,3}(?!\*)")
_ESCAPE_PATTERN = re.compile(r"\\([!-/:-@\[-`{-~])")


def read(path: Path, orders: dict[str, Any], on_page: OnPage) -> dict[str, Any]:
    """Its paragraphs; of a text its headings and lists too."""
    del on_page
    is_text = orders["media_type"] == TEXT_DOCUMENT_TYPE
    config = ExtractionConfig(use_cache=False, output_format="markdown" if is_text else "plain")
    content = extract_file_sync(path, mime_type=orders["media_type"], config=config).content
    with zipfile.ZipFile(path) as archive:
        margins = read_open_document_margins(archive)
    if is_text:
        content = _ESCAPE_PATTERN.sub(r"\1", _EMPHASIS_PATTERN.sub(r"\1", content)).strip()
    return {"text": content, **({"margins": margins} if margins else {})}
