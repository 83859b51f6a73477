"""Reading a Word file as one that came back, in this process: a process of its own for each example takes too long."""

import tempfile
from pathlib import Path
from typing import Any

from jukwaa.core.documents.child import returned

BOOKMARK_PREFIX = "_jukwaa_"


def read_returned_file(file_content: bytes) -> dict[str, Any]:
    with tempfile.NamedTemporaryFile(suffix=".docx") as file:
        file.write(file_content)
        file.flush()
        return returned.read(
            Path(file.name), {"characters": 5_000_000, "mark": BOOKMARK_PREFIX}, lambda _page, _of: None
        )


def collapse_line_spaces(text: str) -> str:
    return "\n".join(" ".join(line.split()) for line in text.strip().split("\n"))


def list_block_texts(document_blocks: list[dict[str, Any]]) -> list[str]:
    return [collapse_line_spaces(block["text"]) for block in document_blocks if block["text"].strip()]
