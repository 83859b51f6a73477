"""Text out of OpenDocument slides, which kreuzberg does not read: a paragraph for each that stands on a slide."""

import zipfile
from pathlib import Path
from typing import Any

from lxml import etree

from jukwaa.core.documents.child.answers import Builder, OnPage, squeeze_lines

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_MARKS = {f"{_TEXT}s": " ", f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}


def read(path: Path, orders: dict[str, Any], on_page: OnPage) -> dict[str, Any]:
    """What stands on the slides, and in the notes below them."""
    del on_page
    builder = Builder(orders["characters"])
    with zipfile.ZipFile(path) as archive, archive.open("content.xml") as part:
        paragraphs = etree.iterparse(
            part, tag=(f"{_TEXT}p", f"{_TEXT}h"), resolve_entities=False, no_network=True, load_dtd=False
        )
        for _event, paragraph in paragraphs:
            _add(paragraph, builder)
            paragraph.clear()
            if builder.full:
                break
    return {"text": builder.text()}


def _add(paragraph: etree._Element, builder: Builder) -> None:
    text = squeeze_lines("".join(_pieces(paragraph)))
    if next(paragraph.iterancestors(f"{_TEXT}list-item"), None) is not None:
        builder.add(text, kind="item", prefix="- ")
    else:
        builder.add(text)


def _pieces(paragraph: etree._Element) -> list[str]:
    pieces = []
    for element in paragraph.iter():
        pieces += [_MARKS.get(str(element.tag), ""), element.text or ""]
        pieces.append((element.tail or "") if element is not paragraph else "")
    return pieces
