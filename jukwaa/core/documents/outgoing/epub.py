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

from jukwaa.core.documents.outgoing.html import to_html
from jukwaa.core.documents.outgoing.tree import Document, outward, tidy

MEDIA_TYPE = "application/epub+zip"
type Element = Any  # the builders of lxml have no types
XHTML, OPF, DC = "http://www.w3.org/1999/xhtml", "http://www.idpf.org/2007/opf", "http://purl.org/dc/elements/1.1/"
EPUB = "http://www.idpf.org/2007/ops"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_MODIFIED = "1980-01-01T00:00:00Z"  # the same document gives the same bytes
_H = ElementMaker(namespace=XHTML, nsmap={None: XHTML, "epub": EPUB})
_P = ElementMaker(namespace=OPF, nsmap={None: OPF, "dc": DC})
_D = ElementMaker(namespace=DC, nsmap={"dc": DC})
_CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>\
<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>
"""
_STYLE = """body { line-height: 1.5; } h1, h2, h3 { line-height: 1.2; page-break-after: avoid; }
table { border-collapse: collapse; width: 100%; } caption { text-align: start; }
th, td { text-align: start; vertical-align: top; padding: 0.2em 0.5em 0.2em 0; border-bottom: 1px solid; }
blockquote { margin: 1em; padding-inline-start: 1em; border-inline-start: 2px solid; } dt { font-weight: bold; }
"""


def to_epub(document: Document) -> bytes:
    """The document as a file, the same bytes for the same document."""
    with translation.override(document.language):
        return _build(document)


def _build(document: Document) -> bytes:
    chapters = list(_chapters(document))
    titles = [(name, title) for name, title, _body in chapters]
    files = {
        "META-INF/container.xml": _CONTAINER.encode(),
        "EPUB/style.css": _STYLE.encode(),
        "EPUB/nav.xhtml": _page(document, _("Contents"), [_contents(titles)]),
    }
    files |= {f"EPUB/{name}": _page(document, title, body) for name, title, body in chapters}
    files["EPUB/package.opf"] = _package(document, [name for name, _title in titles], b"".join(files.values()))
    return _pack(files)


def _chapters(document: Document) -> Iterator[tuple[str, str, list[Element]]]:
    """The head, then each heading of level 1 with what follows it: name of the file, title, content."""
    whole = html.fragment_fromstring(str(to_html(document)), create_parent="div")
    _keep_outward_links(whole)
    etree.strip_attributes(whole, "data-label")
    html.html_to_xhtml(whole)
    title, number = tidy(document.title), 0
    body: list[Element] = []
    for element in whole:
        if element.tag == f"{{{XHTML}}}h2":
            yield f"part-{number}.xhtml", title, body
            title, body, number = "".join(element.itertext()), [], number + 1
        body.append(element)
    yield f"part-{number}.xhtml", title, body


def _keep_outward_links(whole: Element) -> None:
    """A link within the site leads nowhere from a book."""
    for link in list(whole.iter("a")):
        if not outward(link.get("href", "")):
            link.drop_tag()


def _page(document: Document, title: str, body: list[Element]) -> bytes:
    head = _H.head(_H.title(title), _H.link(rel="stylesheet", type="text/css", href="style.css"))
    page = _H.html(head, _H.body(*body))
    page.set("lang", document.language)
    page.set("{http://www.w3.org/XML/1998/namespace}lang", document.language)
    page.set("dir", document.direction)
    return _write(page, doctype="<!DOCTYPE html>")


def _contents(titles: list[tuple[str, str]]) -> Element:
    items = [_H.li(_H.a(title, href=name)) for name, title in titles]
    nav = _H.nav(_H.h1(_("Contents")), _H.ol(*items))
    nav.set(f"{{{EPUB}}}type", "toc")
    nav.set("role", "doc-toc")
    return nav


def _package(document: Document, names: list[str], content: bytes) -> bytes:
    identifier = f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, content.hex())}"
    metadata = _P.metadata(
        _D.identifier(identifier, id="id"),
        _D.title(tidy(document.title)),
        _D.language(document.language),
        *([_D.creator(tidy(document.masthead))] if document.masthead else []),
        _meta("dcterms:modified", _MODIFIED),
        _meta("schema:accessMode", "textual"),
        _meta("schema:accessModeSufficient", "textual"),
        *(_meta("schema:accessibilityFeature", value) for value in ("structuralNavigation", "tableOfContents")),
        _meta("schema:accessibilityHazard", "none"),
        _meta("schema:accessibilitySummary", _("Text, lists and tables with headings. There are no images.")),
    )
    files = [("nav.xhtml", "nav"), *((name, "") for name in names)]
    manifest = [_item(name, "application/xhtml+xml", properties) for name, properties in files]
    package = _P.package(
        metadata,
        _P.manifest(*manifest, _item("style.css", "text/css", "")),
        _P.spine(
            *(_P.itemref(idref=_id_of(name)) for name in names), **{"page-progression-direction": document.direction}
        ),
    )
    for key, value in {"version": "3.0", "unique-identifier": "id", "dir": document.direction}.items():
        package.set(key, value)
    package.set("{http://www.w3.org/XML/1998/namespace}lang", document.language)
    return _write(package)


def _meta(name: str, value: str) -> Element:
    return _P.meta(value, property=name)


def _item(name: str, media_type: str, properties: str) -> Element:
    item = _P.item(id=_id_of(name), href=name, **{"media-type": media_type})
    if properties:
        item.set("properties", properties)
    return item


def _id_of(name: str) -> str:
    return name.partition(".")[0]


def _write(tree: Element, doctype: str = "") -> bytes:
    declared: dict[str, Any] = {"doctype": doctype} if doctype else {}
    return bytes(etree.tostring(tree, encoding="utf-8", xml_declaration=True, **declared))


def _pack(files: dict[str, bytes]) -> bytes:
    """The type of the file comes first and is not compressed, as the standard asks (OCF 3.3)."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as book:
        book.writestr(zipfile.ZipInfo("mimetype", _EPOCH), MEDIA_TYPE, zipfile.ZIP_STORED)
        for name, data in files.items():
            book.writestr(zipfile.ZipInfo(name, _EPOCH), data, zipfile.ZIP_DEFLATED)
    return stream.getvalue()
