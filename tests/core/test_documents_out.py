import io
import re
from html.parser import HTMLParser

import docx
import pypdfium2
import pytest
from docx.shared import Pt
from hypothesis import given, settings
from hypothesis import strategies as st

from jukwaa.core.documents.incoming import extract_text
from jukwaa.core.documents.outgoing import (
    BulletList,
    Document,
    DocumentQuote,
    DocumentTable,
    Heading,
    InlineRun,
    NumberedList,
    PageBreak,
    Paragraph,
    to_docx,
    to_html,
    to_pdf,
    to_text,
)
from jukwaa.core.documents.outgoing.document_tree import clean_for_export
from jukwaa.core.documents.outgoing.word import distribute_column_widths

MARKUP_SAMPLES = [
    "#set page(width: 1cm)",
    "*bold* _it_ `raw` $x$ @ref",
    "\\n // <script>alert(1)</script> ]",
    '")] #panic() ${x}',
]
REPORT_DOCUMENT = Document(
    title="Report of the session at Sharm El Sheikh",
    subtitle="Written from the record of the meeting.",
    masthead="Dynamic Coalition on Child Online Safety",
    masthead_note="Internet Governance Forum",
    label="TLP:AMBER+STRICT",
    meta=[("Date", "November 2009")],
    blocks=[
        Heading(1, "In short"),
        Paragraph(
            [
                InlineRun("Members agreed", strong=True),
                InlineRun(" to meet\u00a0"),
                InlineRun("[7]", ref=True, link="https://example.org/#7"),
                InlineRun(" and see "),
                InlineRun("the forum", emphasis=True, link="https://example.org/a?b=1&c=2"),
                InlineRun(", "),
                InlineRun("ni", language="sw", link="javascript:alert(1)"),
                InlineRun("."),
            ]
        ),
        Heading(4, "Who took part"),
        DocumentTable(
            ["Organisation", "As what"],
            [["ITU", "new member"], ["Insafe", [InlineRun("member")]]],
            caption="Those who came",
            row_headers=True,
        ),
        BulletList(["one", "two"]),
        NumberedList(["three", "four"], start=3),
        DocumentQuote("It was agreed.", "Sentence 21"),
        PageBreak(),
        BulletList(MARKUP_SAMPLES),
    ],
)


def test_report_is_rendered_as_plain_text():
    assert (
        to_text(REPORT_DOCUMENT, width=60)
        == """\
                                            TLP:AMBER+STRICT

Dynamic Coalition on Child Online Safety
Internet Governance Forum

Report of the session at Sharm El Sheikh
========================================

Written from the record of the meeting.

Date: November 2009

In short
--------

Members agreed to meet\u00a0[7] and see the forum
<https://example.org/a?b=1&c=2>, ni.

Who took part

Those who came
Organisation  As what
------------  ----------
ITU           new member
Insafe        member

- one
- two

3. three
4. four

    It was agreed.
    Sentence 21

- #set page(width: 1cm)
- *bold* _it_ `raw` $x$ @ref
- \\n // <script>alert(1)</script> ]
- ")] #panic() ${x}
"""
    )


def test_wide_table_becomes_cards_in_email():
    table = DocumentTable(["What", "Who"], [["Submit the proposal", "The coordinator"], ["Talk", ""]])

    assert to_text(Document("T", [table]), width=30).split("\n\n", 1)[1] == (
        "What: Submit the proposal\nWho: The coordinator\n\nWhat: Talk\n"
    )


def test_report_is_rendered_as_html():
    html = to_html(REPORT_DOCUMENT)

    assert html.startswith(
        '<header><p class="row between"><span class="capacity"><b>Dynamic Coalition on Child Online Safety</b>'
        '<br>Internet Governance Forum</span> <span class="tlp" translate="no">TLP:AMBER+STRICT</span></p>'
        "<h1>Report of the session at Sharm El Sheikh</h1>"
        '<p class="soft">Written from the record of the meeting.</p>'
        '<dl class="facts"><dt>Date</dt><dd>November 2009</dd></dl></header>'
    )
    assert to_html(REPORT_DOCUMENT, includes_head=False).startswith(
        "<h2>In short</h2><p><strong>Members agreed</strong> to meet\u00a0"
        '<a class="ref" href="https://example.org/#7">[7]</a> and see '
        '<a href="https://example.org/a?b=1&amp;c=2"><em>the forum</em></a>, <span lang="sw">ni</span>.</p>'
        "<h3>Who took part</h3>"
        '<table class="folds"><caption>Those who came</caption>'
        '<thead><tr><th scope="col">Organisation</th><th scope="col">As what</th></tr></thead>'
        '<tbody><tr><th scope="row">ITU</th><td data-label="As what">new member</td></tr>'
        '<tr><th scope="row">Insafe</th><td data-label="As what">member</td></tr></tbody></table>'
        '<ul><li>one</li><li>two</li></ul><ol class="numbered" start="3"><li>three</li><li>four</li></ol>'
        "<blockquote><p>It was agreed.</p><footer>Sentence 21</footer></blockquote>"
    )
    assert "<script" not in html


@pytest.mark.parametrize(
    ("link_url", "is_link_kept"),
    [
        ("https://example.org/", True),
        ("mailto:list@example.org", True),
        ("#clause-3", True),
        ("/coalition/meetings/1/", True),
        ("//example.org/", False),
        ("/\\example.org/", False),
        ("javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("data:text/html,x", False),
        ("https://[", False),
    ],
)
def test_only_safe_urls_become_links(link_url, is_link_kept):
    document = Document("T", [Paragraph([InlineRun("words", link=link_url)])])

    assert ("href" in to_html(document)) is is_link_kept
    assert "words" in to_html(document)


def test_report_is_rendered_as_word_with_styles():
    word = docx.Document(io.BytesIO(to_docx(REPORT_DOCUMENT)))

    assert [(p.style.name, p.text) for p in word.paragraphs if p.text][:8] == [
        ("Caption", "Dynamic Coalition on Child Online Safety · Internet Governance Forum"),
        ("Title", "Report of the session at Sharm El Sheikh"),
        ("Subtitle", "Written from the record of the meeting."),
        ("Normal", "Date: November 2009"),
        ("Heading 1", "In short"),
        ("Normal", "Members agreed to meet\u00a0[7] and see the forum, ni."),
        ("Heading 2", "Who took part"),
        ("Caption", "Those who came"),
    ]
    assert [[cell.text for cell in row.cells] for row in word.tables[0].rows] == [
        ["Organisation", "As what"],
        ["ITU", "new member"],
        ["Insafe", "member"],
    ]
    assert [link.url for paragraph in word.paragraphs for link in paragraph.hyperlinks] == [
        "https://example.org/#7",
        "https://example.org/a?b=1&c=2",
    ]


def test_word_pages_are_a4_like_pdf():
    section = docx.Document(io.BytesIO(to_docx(REPORT_DOCUMENT))).sections[0]

    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)


def test_word_properties_name_title_and_no_author():
    word = docx.Document(io.BytesIO(to_docx(REPORT_DOCUMENT)))
    properties, section = word.core_properties, word.sections[0]

    assert (properties.title, properties.language, properties.author, properties.comments, properties.created) == (
        REPORT_DOCUMENT.title,
        "en",
        "Dynamic Coalition on Child Online Safety",
        "",
        None,
    )
    assert [part.paragraphs[0].text for part in (section.header, section.footer)] == ["TLP:AMBER+STRICT"] * 2
    assert "w:tblHeader" in word.tables[0].rows[0]._tr.xml


def test_word_export_is_read_back_with_same_structure():
    text = extract_text(to_docx(REPORT_DOCUMENT), "report.docx").text

    assert text.split("\n\n")[1:] == [
        "# Report of the session at Sharm El Sheikh",
        "Written from the record of the meeting.",
        "Date: November 2009",
        "# In short",
        "Members agreed to meet\u00a0[7] and see the forum, ni.",
        "## Who took part",
        "Those who came",
        "Organisation | As what\nITU | new member\nInsafe | member",
        "- one\n- two\n3. three\n4. four",
        "It was agreed.",
        "Sentence 21",
        "\n".join(f"- {line}" for line in MARKUP_SAMPLES),
    ]


def test_pdf_is_tagged_with_title_and_language():
    typeset = to_pdf(REPORT_DOCUMENT)
    document = pypdfium2.PdfDocument(typeset.pdf)
    text = "\n".join(page.get_textpage().get_text_range() for page in document).replace("\r", "")
    document.close()

    assert typeset.warnings == ()
    assert all(mark in typeset.pdf for mark in (b"/StructTreeRoot", b"/MarkInfo", b"/Lang(en)", b"pdfuaid"))
    assert text.count("TLP:AMBER+STRICT") == 4
    assert [line for line in text.split("\n") if line.startswith("–")] == [
        f"– {line}" for line in ["one", "two", *MARKUP_SAMPLES]
    ]


def test_pdf_export_is_read_back_with_same_facts():
    extracted = extract_text(to_pdf(REPORT_DOCUMENT).pdf, "report.pdf")

    assert pypdfium2.PdfDocument(to_pdf(REPORT_DOCUMENT).pdf).get_metadata_dict()["Title"] == REPORT_DOCUMENT.title
    assert extracted.text.split("\n\n") == [
        "TLP:AMBER+STRICT",
        "#### Dynamic Coalition on Child Online Safety",
        "Internet Governance Forum",
        "# Report of the session at Sharm El Sheikh",
        "Written from the record of the meeting.",
        "Date: November 2009",
        "## In short",
        "Members agreed to meet [7] and see the forum, ni.",
        "### Who took part",
        "Those who came\nOrganisation As what\nITU new member\nInsafe member",
        "- one\n- two\n3 three\n4 four",
        "It was agreed.",
        "Sentence 21",
        "1 / 2 TLP:AMBER+STRICT",
        "TLP:AMBER+STRICT",
        "\n".join(f"- {line}" for line in MARKUP_SAMPLES),
        "2 / 2 TLP:AMBER+STRICT",
    ]


@pytest.mark.parametrize("render_document", [to_docx, lambda document: to_pdf(document).pdf], ids=["Word", "PDF"])
def test_same_document_gives_same_bytes(render_document):
    assert render_document(REPORT_DOCUMENT) == render_document(REPORT_DOCUMENT)


ARABIC_DOCUMENT = Document(
    title="تقرير الاجتماع",
    language="ar",
    direction="rtl",
    blocks=[
        Heading(1, "القرارات"),
        Paragraph("اتفق الأعضاء على تبادل المعلومات مع ITU."),
        DocumentTable(["المنظمة", "الصفة"], [["ITU", "عضو جديد"]]),
        BulletList(["أولا", "ثانيا"]),
        DocumentQuote("نص مقتبس"),
    ],
)


def test_arabic_is_right_to_left_in_every_format():
    word = docx.Document(io.BytesIO(to_docx(ARABIC_DOCUMENT)))

    assert "<w:bidi/>" in word.paragraphs[0]._p.xml
    assert "<w:rtl/>" in word.paragraphs[0]._p.xml
    assert "اتفق الأعضاء على تبادل المعلومات مع ITU." in extract_text(to_pdf(ARABIC_DOCUMENT).pdf, "a.pdf").text
    assert b"/Lang(ar)" in to_pdf(ARABIC_DOCUMENT).pdf


def test_missing_glyphs_give_warning_and_pdf():
    typeset = to_pdf(Document("Egyptian \U00013000", [Paragraph("\U00013000 and words")]))

    assert typeset.pdf.startswith(b"%PDF-")
    assert typeset.warnings == (
        "No font on this server has all the letters of this document. Missing letters appear as boxes.",
    )


@pytest.mark.parametrize("invalid_fields", [{"title": " "}, {"title": "T", "direction": "up"}])
def test_document_requires_title_and_direction(invalid_fields):
    with pytest.raises(ValueError, match="A document"):
        Document(**{"blocks": [], **invalid_fields})


PRINTABLE_TEXTS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn", "Co", "Zl", "Zp"])).map(clean_for_export)


class TextCollector(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.words = ""
        self.feed(html)
        self.close()

    def handle_data(self, data):
        self.words += data


@given(PRINTABLE_TEXTS)
def test_any_text_is_preserved_in_html(text):
    assert TextCollector(to_html(Document("T", [Paragraph(text)]), includes_head=False)).words == text


@given(PRINTABLE_TEXTS)
@settings(max_examples=15, deadline=None)
def test_any_text_is_preserved_in_word(text):
    word = docx.Document(io.BytesIO(to_docx(Document("T", [Paragraph(text), BulletList([text])]))))

    assert [paragraph.text for paragraph in word.paragraphs[1:]] == [text, text]


@given(PRINTABLE_TEXTS)
def test_any_words_are_preserved_in_plain_text(text):
    assert to_text(Document("T", [Paragraph(text)])).split()[2:] == text.split()


LATIN_TEXTS = st.text(
    st.characters(min_codepoint=32, max_codepoint=0x17F, exclude_categories=["Cc", "Cf"]), max_size=60
)


@given(LATIN_TEXTS.map(clean_for_export))
@settings(max_examples=12, deadline=None)
def test_any_text_is_escaped_in_pdf(text):
    typeset = to_pdf(Document("T", [Paragraph([InlineRun("begin " + text + " end")])]))
    document = pypdfium2.PdfDocument(typeset.pdf)
    seen = document[0].get_textpage().get_text_range()
    document.close()

    def strip_to_letters(printed_text):
        return re.sub(r"[\s\u0149\ufffe-]", "", printed_text)

    assert strip_to_letters("begin " + text + " end") in strip_to_letters(seen)


def test_word_table_columns_fit_longest_words():
    rows = [["Intergovernmental organizations", "6", "0", "0", "■" * 10], ["Civil society", "3", "1", "0", "■" * 5]]
    table = DocumentTable(["Stakeholder group", "Members", "Joined", "Left", "Bar chart"], rows, row_headers=True)
    word = docx.Document(io.BytesIO(to_docx(Document("T", [table]))))
    columns = [column.width.pt for column in word.tables[0].columns]

    assert sum(columns) == pytest.approx(415, abs=1)  # between the margins of A4
    assert columns[0] > 17 * 11 * 0.6
    assert columns[4] > 10 * 11 * 0.9
    assert [round(cell.width.pt) for cell in word.tables[0].rows[1].cells] == [round(width) for width in columns]


def test_word_table_font_shrinks_for_long_words():
    def list_font_sizes(*headers):
        word = docx.Document(io.BytesIO(to_docx(Document("T", [DocumentTable(headers, [["a"] * len(headers)])]))))
        return {run.font.size for row in word.tables[0].rows for cell in row.cells for run in cell.paragraphs[0].runs}

    assert list_font_sizes("Groupe", "Membres") == {None}
    assert list_font_sizes(*["intergouvernementales"] * 4) == {Pt(7)}
    [size] = list_font_sizes(*["intergouvernementales"] * 3)
    assert Pt(7) < size < Pt(11)


def test_columns_share_page_width_when_words_do_not_fit():
    assert distribute_column_widths(100, [(80, 80), (80, 300), (25, 25)]) == [40, 40, 20]
    assert distribute_column_widths(100, [(10, 300), (10, 10)]) == [90, 10]
    assert distribute_column_widths(100, [(10, 10), (10, 30)]) == [25, 75]
