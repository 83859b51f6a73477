"""What a document repeats at the top and bottom of its pages: no part of its text, but it may say who can read it."""

import re
import zipfile
from collections.abc import Iterator

from lxml import etree

MAX_MARGIN_CHARACTERS = 2000
MAX_PART_BYTES = 2_000_000
WORD_MARGIN_PATTERN = re.compile(r"word/(?:header|footer)\d*\.xml")
_OPEN_STYLE_NAMESPACE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_OPEN_MARGIN_TAGS = [f"{_OPEN_STYLE_NAMESPACE}{name}" for name in ("header", "header-first", "footer", "footer-first")]


def read_word_margins(archive: zipfile.ZipFile) -> str:
    """The headers and footers of a Word document, each once."""
    parts = sorted(name for name in archive.namelist() if WORD_MARGIN_PATTERN.fullmatch(name))
    return _join_margin_texts(root for name in parts if (root := _parse_xml_part(archive, name)) is not None)


def read_open_document_margins(archive: zipfile.ZipFile) -> str:
    """The same of an OpenDocument text."""
    root = _parse_xml_part(archive, "styles.xml") if "styles.xml" in archive.namelist() else None
    return _join_margin_texts(root.iter(_OPEN_MARGIN_TAGS)) if root is not None else ""


def _parse_xml_part(archive: zipfile.ZipFile, name: str) -> etree._Element | None:
    """A part that is broken or too large has nothing to say: the text does not depend on it."""
    if archive.getinfo(name).file_size > MAX_PART_BYTES:
        return None
    try:
        return etree.fromstring(
            archive.read(name), etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        )
    except etree.XMLSyntaxError:
        return None


def _join_margin_texts(elements: Iterator[etree._Element]) -> str:
    paragraphs = (paragraph for element in elements for paragraph in element.iter("{*}p"))
    lines = (" ".join("".join(map(str, paragraph.itertext())).split()) for paragraph in paragraphs)
    return "\n".join(dict.fromkeys(filter(None, lines)))[:MAX_MARGIN_CHARACTERS]
