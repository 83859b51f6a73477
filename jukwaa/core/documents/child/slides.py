"""Text out of OpenDocument slides, which kreuzberg does not read: a paragraph for each that is shown on a slide.

Speaker notes and hidden slides are returned beside the text, as of PowerPoint files. Comments are left out.
"""

import zipfile
from pathlib import Path
from typing import Any

from lxml import etree

from jukwaa.core.documents.child.powerpoint import describe_hidden_words
from jukwaa.core.documents.child.text_builder import OnPage, TextBuilder, collapse_spaces_in_lines

_TEXT_NAMESPACE = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE_NAMESPACE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_PAGE_PROPERTIES_TAG = f"{_STYLE_NAMESPACE}drawing-page-properties"
_PAGE_TAG = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}page"
_STYLE_NAME = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}style-name"
_NOTES_TAG = "{urn:oasis:names:tc:opendocument:xmlns:presentation:1.0}notes"
_VISIBILITY = "{urn:oasis:names:tc:opendocument:xmlns:presentation:1.0}visibility"
_ANNOTATION_TAG = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}annotation"
_TEXT_BY_TAG = {f"{_TEXT_NAMESPACE}s": " ", f"{_TEXT_NAMESPACE}tab": "\t", f"{_TEXT_NAMESPACE}line-break": "\n"}


def read(path: Path, orders: dict[str, Any], on_page: OnPage) -> dict[str, Any]:
    """Return the words on the slides that are shown; `hidden_text` and `notes` tell what else there is."""
    del on_page
    builder = TextBuilder(orders["characters"])
    notes, hidden_slides = TextBuilder(orders["characters"]), TextBuilder(orders["characters"])
    hidden_styles: set[str] = set()
    with zipfile.ZipFile(path) as archive, archive.open("content.xml") as part:
        elements = etree.iterparse(
            part,
            tag=(f"{_TEXT_NAMESPACE}p", f"{_TEXT_NAMESPACE}h", _PAGE_PROPERTIES_TAG),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
        )
        for _event, element in elements:
            if element.tag == _PAGE_PROPERTIES_TAG:
                hidden_styles |= _find_hidden_style(element)
                continue
            ancestors = {str(each.tag): each for each in element.iterancestors()}
            if _ANNOTATION_TAG not in ancestors:
                is_hidden = ancestors[_PAGE_TAG].get(_STYLE_NAME) in hidden_styles if _PAGE_TAG in ancestors else False
                _add_slide_paragraph(
                    element, notes if _NOTES_TAG in ancestors else hidden_slides if is_hidden else builder
                )
            element.clear()
            if builder.full:
                break
    return {
        "text": builder.text(),
        **describe_hidden_words([notes.text()], [hidden_slides.text()], orders["characters"]),
    }


def _find_hidden_style(page_properties: etree._Element) -> set[str]:
    """Return the name of a style of pages that hides them."""
    style = page_properties.getparent()
    is_hidden = page_properties.get(_VISIBILITY) == "hidden"
    return {str(style.get(f"{_STYLE_NAMESPACE}name"))} if is_hidden and style is not None else set()


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
