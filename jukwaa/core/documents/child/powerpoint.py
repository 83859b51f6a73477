"""Text out of PowerPoint files, by kreuzberg, without what an audience does not see: speaker notes and hidden slides.

These words are returned beside the text, so that they can be checked; nobody finds them by searching.
"""

import io
import re
import zipfile
from pathlib import Path
from typing import Any

from kreuzberg import ExtractionConfig, extract_bytes_sync
from lxml import etree

from jukwaa.core.documents.child.text_builder import OnPage, collapse_spaces

_SLIDE_PART_PATTERN = re.compile(r"ppt/slides/[^/]+\.xml")
_NOTES_PART_PATTERN = re.compile(r"ppt/notesSlides/[^/]+\.xml")
# What PowerPoint puts on a page of notes by itself.
_PLACEHOLDERS_BESIDE_NOTES = frozenset({"sldNum", "dt", "hdr", "ftr", "sldImg"})
_FALSE_VALUES = frozenset({"0", "false"})


def read(path: Path, orders: dict[str, Any], on_page: OnPage) -> dict[str, Any]:
    """Return the words on the slides that are shown; `hidden_text` and `notes` tell what else there is."""
    del on_page
    copy = io.BytesIO()
    notes, hidden_slides = [], []
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as copied:
        for part in archive.infolist():
            data = archive.read(part)
            if _NOTES_PART_PATTERN.fullmatch(part.filename):
                notes.append(_extract_words(data, ignored_placeholders=_PLACEHOLDERS_BESIDE_NOTES))
                continue
            if _SLIDE_PART_PATTERN.fullmatch(part.filename) and (slide := _parse_hidden_slide(data)) is not None:
                hidden_slides.append(_extract_words(data))
                data = _serialise_without_words(slide)
            copied.writestr(part, data)
    config = ExtractionConfig(use_cache=False, output_format="plain")
    text = extract_bytes_sync(copy.getvalue(), orders["media_type"], config).content
    return {"text": text, **describe_hidden_words(notes, hidden_slides, orders["characters"])}


def describe_hidden_words(speaker_notes: list[str], hidden_slides: list[str], max_length: int) -> dict[str, Any]:
    """Return the part of an answer that tells of words which an audience does not see."""
    notes, slides = "\n\n".join(filter(None, speaker_notes)), "\n\n".join(filter(None, hidden_slides))
    codes = [code for code, words in (("speaker_notes", notes), ("hidden_slides", slides)) if words]
    hidden_text = "\n\n".join(filter(None, (notes, slides)))[:max_length]
    return {"notes": codes, "hidden_text": hidden_text} if codes else {}


def _parse_xml(data: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(data, parser)


def _parse_hidden_slide(data: bytes) -> etree._Element | None:
    slide = _parse_xml(data)
    return slide if slide.get("show", "1") in _FALSE_VALUES else None


def _extract_words(data: bytes, ignored_placeholders: frozenset[str] = frozenset()) -> str:
    paragraphs = []
    for paragraph in _parse_xml(data).iter("{*}p"):
        shape = next(paragraph.iterancestors("{*}sp"), None)
        placeholder = None if shape is None else shape.find(".//{*}ph")
        if placeholder is None or placeholder.get("type") not in ignored_placeholders:
            paragraphs.append(collapse_spaces("".join(str(words.text or "") for words in paragraph.iter("{*}t"))))
    return "\n\n".join(filter(None, paragraphs))


def _serialise_without_words(slide: etree._Element) -> bytes:
    for words in slide.iter("{*}t"):
        words.text = ""
    return etree.tostring(slide, xml_declaration=True, encoding="UTF-8")
