"""People's text in a document: Markdown as blocks, and words of another language in their own direction."""

import io

import docx
import pytest
from docx.oxml.ns import qn

from jukwaa.core.documents.outgoing import (
    BulletList,
    Document,
    DocumentQuote,
    Heading,
    NumberedList,
    Paragraph,
    Run,
    to_docx,
    to_html,
    to_pdf,
)
from jukwaa.core.documents.outgoing.document_tree import get_foreign_direction
from jukwaa.core.documents.outgoing.prose import build_prose_blocks

ARABIC = "خط مجاني."
MARKDOWN_TEXT = """# By the way

Each was *asked*, **twice**,
in [writing](https://example.org).

- by post
- by `mail`

3. first
4. second

> It works.

---

    as it is
"""


def test_markdown_becomes_blocks():
    assert list(build_prose_blocks(MARKDOWN_TEXT)) == [
        Heading(3, "By the way"),
        Paragraph(
            [
                Run("Each was "),
                Run("asked", emphasis=True),
                Run(", "),
                Run("twice", strong=True),
                Run(","),
                Run("\n"),
                Run("in "),
                Run("writing", link="https://example.org"),
                Run("."),
            ]
        ),
        BulletList([[Run("by post")], [Run("by "), Run("mail")]]),
        NumberedList([[Run("first")], [Run("second")]], start=3),
        DocumentQuote([Run("It works.")]),
        Paragraph([Run("as it is\n")]),
    ]


def test_own_markup_in_prose_stays_text():
    blocks = list(build_prose_blocks("<b>x</b> #set text(red) <script>"))

    assert "".join(run.text for run in blocks[0].content) == "<b>x</b> #set text(red) <script>"


def test_empty_prose_gives_no_blocks():
    assert list(build_prose_blocks("")) == []


def test_list_items_keep_their_paragraphs():
    assert list(build_prose_blocks("- one\n\n  two\n- three")) == [
        BulletList([[Run("one"), Run("\n"), Run("two")], [Run("three")]])
    ]


@pytest.mark.parametrize(
    ("content", "way"),
    [
        (ARABIC, ""),
        ([Run(ARABIC)], ""),
        ([Run(ARABIC, language="ar")], "rtl"),
        ([Run("16000: "), Run(ARABIC, language="ar")], ""),
        ([Run("16000: ", language="ar"), Run(ARABIC, language="ar")], "rtl"),
        ([Run("A free line.", language="en")], "ltr"),
        ([Run("16000", language="en")], ""),
    ],
)
def test_foreign_direction_is_set_for_other_scripts_only(content, way):
    assert get_foreign_direction(content) == way


@pytest.fixture
def mixed_direction_document():
    foreign = [Run(ARABIC, language="ar")]
    return Document(
        title="Mixed", blocks=[Paragraph("Ours."), Paragraph(foreign), BulletList([foreign]), DocumentQuote(foreign)]
    )


def test_html_keeps_direction_of_foreign_text(mixed_direction_document):
    words = f'<span lang="ar">{ARABIC}</span>'

    assert to_html(mixed_direction_document, includes_head=False) == (
        f'<p>Ours.</p><p dir="rtl">{words}</p><ul dir="rtl"><li>{words}</li></ul>'
        f'<blockquote><p dir="rtl">{words}</p></blockquote>'
    )


def test_word_keeps_direction_of_foreign_text(mixed_direction_document):
    paragraphs = docx.Document(io.BytesIO(to_docx(mixed_direction_document))).paragraphs
    runs = {p.text: p._p.pPr.find(qn("w:bidi")) is not None for p in paragraphs}

    assert (runs["Ours."], runs[ARABIC]) == (False, True)


def test_pdf_keeps_direction_of_foreign_text_and_conforms(mixed_direction_document):
    assert to_pdf(mixed_direction_document).warnings == ()
