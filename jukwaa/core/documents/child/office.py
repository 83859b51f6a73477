"""Text out of OpenDocument texts and slides, by kreuzberg."""

import zipfile
from pathlib import Path
from typing import Any

from kreuzberg import ExtractionConfig, extract_file_sync

from jukwaa.core.documents.child.margins import read_open_document_margins
from jukwaa.core.documents.child.text_builder import OnPage


def read(path: Path, orders: dict[str, Any], on_page: OnPage) -> dict[str, Any]:
    """Its paragraphs. Plain, since Markdown of this library puts a backslash before half the signs."""
    del on_page
    config = ExtractionConfig(use_cache=False)
    result = extract_file_sync(path, mime_type=orders["media_type"], config=config)
    with zipfile.ZipFile(path) as archive:
        margins = read_open_document_margins(archive)
    return {"text": result.content, "margins": margins}
