"""An EPUB 3.3 publication (W3C Recommendation) of one document, with a table of contents."""

import io
import uuid
import zipfile
from collections.abc import Iterator
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from lxml import etree, html
from lxml.builder import ElementMaker

from jukwaa.core.documents.outgoing.document_tree import Document, clean_for_export, get_link_if_external
from jukwaa.core.documents.outgoing.html import to_html

EPUB_MEDIA_TYPE = "application/epub+zip"
type Element = Any  # the builders of lxml have no types
XHTML, OPF, DC = "http://www.w3.org/1999/xhtml", "http://www.idpf.org/2007/opf", "http://purl.org/dc/elements/1.1/"
EPUB_NAMESPACE = "http://www.idpf.org/2007/ops"
_FIXED_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_FIXED_MODIFIED_TIME = "1980-01-01T00:00:00Z"  # the same document gives the same bytes
_XHTML_ELEMENT_MAKER = ElementMaker(namespace=XHTML, nsmap={None: XHTML, "epub": EPUB_NAMESPACE})
_OPF_ELEMENT_MAKER = ElementMaker(namespace=OPF, nsmap={None: OPF, "dc": DC})
_DC_ELEMENT_MAKER = ElementMaker(namespace=DC, nsmap={"dc": DC})
_CONTAINER_XML = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>\
<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>
"""
_STYLESHEET_CSS = """body { line-height: 1.5; } h1, h2, h3 { line-height: 1.2; page-break-after: avoid; }
table { border-collapse: collapse; width: 100%; } caption { text-align: start; }
th, td { text-align: start; vertical-align: top; padding: 0.2em 0.5em 0.2em 0; border-bottom: 1px solid; }
blockquote { margin: 1em; padding-inline-start: 1em; border-inline-start: 2px solid; } dt { font-weight: bold; }
"""


def to_epub(document: Document) -> bytes:
    """The document as a file, the same bytes for the same document."""
    with translation.override(document.language):
        return _build_epub_archive(document)


def _build_epub_archive(document: Document) -> bytes:
    chapters = list(_split_into_chapters(document))
    titles = [(name, title) for name, title, _body in chapters]
    files = {
        "META-INF/container.xml": _CONTAINER_XML.encode(),
        "EPUB/style.css": _STYLESHEET_CSS.encode(),
        "EPUB/nav.xhtml": _build_chapter_page(document, _("Contents"), [_build_contents_list(titles)]),
    }
    files |= {f"EPUB/{name}": _build_chapter_page(document, title, body) for name, title, body in chapters}
    files["EPUB/package.opf"] = _build_package_document(
        document, [name for name, _title in titles], b"".join(files.values())
    )
    return _zip_epub_files(files)


def _split_into_chapters(document: Document) -> Iterator[tuple[str, str, list[Element]]]:
    """The head, then each heading of level 1 with what follows it: name of the file, title, content."""
    whole = html.fragment_fromstring(str(to_html(document)), create_parent="div")
    _drop_internal_links(whole)
    etree.strip_attributes(whole, "data-label")
    html.html_to_xhtml(whole)
    title, number = clean_for_export(document.title), 0
    body: list[Element] = []
    for element in whole:
        if element.tag == f"{{{XHTML}}}h2":
            yield f"part-{number}.xhtml", title, body
            title, body, number = "".join(element.itertext()), [], number + 1
        body.append(element)
    yield f"part-{number}.xhtml", title, body


def _drop_internal_links(root_element: Element) -> None:
    """A link within the site leads nowhere from a book."""
    for link in list(root_element.iter("a")):
        if not get_link_if_external(link.get("href", "")):
            link.drop_tag()


def _build_chapter_page(document: Document, title: str, body_elements: list[Element]) -> bytes:
    head = _XHTML_ELEMENT_MAKER.head(
        _XHTML_ELEMENT_MAKER.title(title),
        _XHTML_ELEMENT_MAKER.link(rel="stylesheet", type="text/css", href="style.css"),
    )
    page = _XHTML_ELEMENT_MAKER.html(head, _XHTML_ELEMENT_MAKER.body(*body_elements))
    page.set("lang", document.language)
    page.set("{http://www.w3.org/XML/1998/namespace}lang", document.language)
    page.set("dir", document.direction)
    return _serialize_xml_tree(page, doctype="<!DOCTYPE html>")


def _build_contents_list(heading_titles: list[tuple[str, str]]) -> Element:
    items = [_XHTML_ELEMENT_MAKER.li(_XHTML_ELEMENT_MAKER.a(title, href=name)) for name, title in heading_titles]
    nav = _XHTML_ELEMENT_MAKER.nav(_XHTML_ELEMENT_MAKER.h1(_("Contents")), _XHTML_ELEMENT_MAKER.ol(*items))
    nav.set(f"{{{EPUB_NAMESPACE}}}type", "toc")
    nav.set("role", "doc-toc")
    return nav


def _build_package_document(document: Document, chapter_names: list[str], package_content: bytes) -> bytes:
    identifier = f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, package_content.hex())}"
    metadata = _OPF_ELEMENT_MAKER.metadata(
        _DC_ELEMENT_MAKER.identifier(identifier, id="id"),
        _DC_ELEMENT_MAKER.title(clean_for_export(document.title)),
        _DC_ELEMENT_MAKER.language(document.language),
        *([_DC_ELEMENT_MAKER.creator(clean_for_export(document.masthead))] if document.masthead else []),
        _build_meta_element("dcterms:modified", _FIXED_MODIFIED_TIME),
        _build_meta_element("schema:accessMode", "textual"),
        _build_meta_element("schema:accessModeSufficient", "textual"),
        *(
            _build_meta_element("schema:accessibilityFeature", value)
            for value in ("structuralNavigation", "tableOfContents")
        ),
        _build_meta_element("schema:accessibilityHazard", "none"),
        _build_meta_element(
            "schema:accessibilitySummary", _("Text, lists and tables with headings. There are no images.")
        ),
    )
    files = [("nav.xhtml", "nav"), *((name, "") for name in chapter_names)]
    manifest = [_build_manifest_item(name, "application/xhtml+xml", properties) for name, properties in files]
    package = _OPF_ELEMENT_MAKER.package(
        metadata,
        _OPF_ELEMENT_MAKER.manifest(*manifest, _build_manifest_item("style.css", "text/css", "")),
        _OPF_ELEMENT_MAKER.spine(
            *(_OPF_ELEMENT_MAKER.itemref(idref=_get_item_id(name)) for name in chapter_names),
            **{"page-progression-direction": document.direction},
        ),
    )
    for key, value in {"version": "3.0", "unique-identifier": "id", "dir": document.direction}.items():
        package.set(key, value)
    package.set("{http://www.w3.org/XML/1998/namespace}lang", document.language)
    return _serialize_xml_tree(package)


def _build_meta_element(property_name: str, property_value: str) -> Element:
    return _OPF_ELEMENT_MAKER.meta(property_value, property=property_name)


def _build_manifest_item(file_name: str, media_type: str, item_properties: str) -> Element:
    item = _OPF_ELEMENT_MAKER.item(id=_get_item_id(file_name), href=file_name, **{"media-type": media_type})
    if item_properties:
        item.set("properties", item_properties)
    return item


def _get_item_id(file_name: str) -> str:
    return file_name.partition(".")[0]


def _serialize_xml_tree(element_tree: Element, doctype: str = "") -> bytes:
    declared: dict[str, Any] = {"doctype": doctype} if doctype else {}
    return bytes(etree.tostring(element_tree, encoding="utf-8", xml_declaration=True, **declared))


def _zip_epub_files(files: dict[str, bytes]) -> bytes:
    """The type of the file comes first and is not compressed, as the standard asks (OCF 3.3)."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as book:
        book.writestr(zipfile.ZipInfo("mimetype", _FIXED_ZIP_TIME), EPUB_MEDIA_TYPE, zipfile.ZIP_STORED)
        for name, data in files.items():
            book.writestr(zipfile.ZipInfo(name, _FIXED_ZIP_TIME), data, zipfile.ZIP_DEFLATED)
    return stream.getvalue()
