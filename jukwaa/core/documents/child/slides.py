"""Text out of OpenDocument slides, which kreuzberg does not read: a paragraph for each that stands on a slide."""

import zipfile
from pathlib import Path
from typing import Any

from lxml import etree

from jukwaa.core.documents.child.text_builder import OnPage, TextBuilder, collapse_spaces_in_lines

_TEXT_NAMESPACE = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TEXT_BY_TAG = {f"{_TEXT_NAMESPACE}s": " ", f"{_TEXT_NAMESPACE}tab": "\t", f"{_TEXT_NAMESPACE}line-break": "\n"}


def read(path: Path, orders: dict[str, Any], on_page: OnPage) -> dict[str, Any]:
    """What stands on the slides, and in the notes below them."""
    del on_page
    builder = TextBuilder(orders["characters"])
    with zipfile.ZipFile(path) as archive, archive.open("content.xml") as part:
        paragraphs = etree.iterparse(
            part,
            tag=(f"{_TEXT_NAMESPACE}p", f"{_TEXT_NAMESPACE}h"),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
        )
        for _event, paragraph in paragraphs:
            _add_slide_paragraph(paragraph, builder)
            paragraph.clear()
            if builder.full:
                break
    return {"text": builder.text()}


def _add_slide_paragraph(paragraph: etree._Element, builder: TextBuilder) -> None:
    text = collapse_spaces_in_lines("".join(_extract_text_pieces(paragraph)))
    if next(paragraph.iterancestors(f"{_TEXT_NAMESPACE}list-item"), None) is not None:
        builder.add(text, kind="item", text_prefix="- ")
    else:
        builder.add(text)


def _extract_text_pieces(paragraph: etree._Element) -> list[str]:
    pieces = []
    for element in paragraph.iter():
        pieces += [_TEXT_BY_TAG.get(str(element.tag), ""), element.text or ""]
        pieces.append((element.tail or "") if element is not paragraph else "")
    return pieces
