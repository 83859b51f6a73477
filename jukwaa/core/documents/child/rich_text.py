"""Text out of Rich Text Format, by kreuzberg."""

from pathlib import Path
from typing import Any

from kreuzberg import ExtractionConfig, extract_file_sync

from jukwaa.core.documents.child.text_builder import OnPage


def read(path: Path, orders: dict[str, Any], on_page: OnPage) -> dict[str, Any]:
    """Its paragraphs."""
    del on_page
    config = ExtractionConfig(use_cache=False, output_format="plain")
    return {"text": extract_file_sync(path, mime_type=orders["media_type"], config=config).content}
