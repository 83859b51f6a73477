"""A document as an EPUB: what the file holds. `tests/eligibility/test_annual_files.py` has it checked by EPUBCheck."""

import io
import zipfile

from lxml import etree

from jukwaa.core.documents.outgoing import (
    BulletList,
    Document,
    DocumentQuote,
    DocumentTable,
    Heading,
    InlineRun,
    NumberedList,
    Paragraph,
    to_epub,
)

XHTML_NAMESPACE = {"x": "http://www.w3.org/1999/xhtml"}
REPORT_DOCUMENT = Document(
    title="Report & <more>",
    masthead="Our Coalition",
    blocks=[
        Paragraph("In short\nand long"),
        Heading(1, "Members"),
        Paragraph(
            [
                InlineRun("They are "),
                InlineRun("7", link="https://example.org/records/"),
                InlineRun(" here", link="/ours/members/"),
            ]
        ),
        DocumentTable(
            ["Group", "Number"],
            [["Civil society", [InlineRun("4", link="#nowhere")]]],
            caption="By group",
            row_headers=True,
        ),
        Heading(2, "Below"),
        BulletList(["one", "two"]),
        Heading(1, "Texts"),
        NumberedList(["three"], start=3),
        DocumentQuote([InlineRun("كلمات", language="ar")], "Body A"),
    ],
)


def read_epub_parts(document):
    with zipfile.ZipFile(io.BytesIO(to_epub(document))) as book:
        return [entry.filename for entry in book.infolist()], {name: book.read(name) for name in book.namelist()}


def test_mimetype_is_first_and_uncompressed():
    with zipfile.ZipFile(io.BytesIO(to_epub(REPORT_DOCUMENT))) as book:
        first = book.infolist()[0]
        assert (first.filename, first.compress_type, book.read(first)) == (
            "mimetype",
            zipfile.ZIP_STORED,
            b"application/epub+zip",
        )


def test_contents_link_to_each_chapter():
    names, files = read_epub_parts(REPORT_DOCUMENT)
    contents = etree.fromstring(files["EPUB/nav.xhtml"])
    links = [(link.get("href"), link.text) for link in contents.iterfind(".//x:nav//x:a", XHTML_NAMESPACE)]

    assert links == [("part-0.xhtml", "Report & <more>"), ("part-1.xhtml", "Members"), ("part-2.xhtml", "Texts")]
    assert {f"EPUB/{href}" for href, _title in links} <= set(names)
    assert (
        etree.fromstring(files["EPUB/part-1.xhtml"]).findtext(".//x:caption", namespaces=XHTML_NAMESPACE) == "By group"
    )


def test_links_are_external_or_removed():
    page = etree.fromstring(read_epub_parts(REPORT_DOCUMENT)[1]["EPUB/part-1.xhtml"])

    assert [link.get("href") for link in page.iterfind(".//x:body//x:a", XHTML_NAMESPACE)] == [
        "https://example.org/records/"
    ]
    assert "They are 7 here" in "".join(page.itertext())


def test_same_document_gives_same_bytes_and_identifier():
    assert to_epub(REPORT_DOCUMENT) == to_epub(REPORT_DOCUMENT)
    packages = [read_epub_parts(Document(title, []))[1]["EPUB/package.opf"] for title in ("One", "Two")]
    identifiers = [etree.fromstring(package).findtext(".//{*}identifier") for package in packages]
    assert identifiers[0] != identifiers[1]


def test_arabic_is_right_to_left():
    files = read_epub_parts(Document("تقرير", [Paragraph("كلمات")], language="ar", direction="rtl"))[1]

    assert b'page-progression-direction="rtl"' in files["EPUB/package.opf"]
    assert etree.fromstring(files["EPUB/part-0.xhtml"]).get("dir") == "rtl"
