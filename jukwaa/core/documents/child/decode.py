"""Characters of a large file of plain text."""

from pathlib import Path
from typing import Any

from jukwaa.core.documents.child.text_builder import OnPage
from jukwaa.core.documents.text_cleaning import clean_text, decode_text_bytes


def read(path: Path, orders: dict[str, Any], on_page: OnPage) -> dict[str, Any]:
    del on_page
    decoded = decode_text_bytes(path.read_bytes())
    text, taken_out = clean_text(decoded.text)
    notes = [*decoded.notes, *taken_out]
    if len(text) > orders["characters"]:
        text, notes = text[: orders["characters"]], [*notes, "cut"]
    return {"text": text, "notes": notes}
