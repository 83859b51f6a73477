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
    InlineRun,
    NumberedList,
    Paragraph,
    to_docx,
    to_html,
    to_pdf,
)
from jukwaa.core.documents.outgoing.document_tree import get_foreign_text_direction
from jukwaa.core.documents.outgoing.prose import build_prose_blocks

ARABIC_SENTENCE = "خط مجاني."
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
                InlineRun("Each was "),
                InlineRun("asked", emphasis=True),
                InlineRun(", "),
                InlineRun("twice", strong=True),
                InlineRun(","),
                InlineRun("\n"),
                InlineRun("in "),
                InlineRun("writing", link="https://example.org"),
                InlineRun("."),
            ]
        ),
        BulletList([[InlineRun("by post")], [InlineRun("by "), InlineRun("mail")]]),
        NumberedList([[InlineRun("first")], [InlineRun("second")]], start=3),
        DocumentQuote([InlineRun("It works.")]),
        Paragraph([InlineRun("as it is\n")]),
    ]


def test_markup_in_prose_is_escaped():
    blocks = list(build_prose_blocks("<b>x</b> #set text(red) <script>"))

    assert "".join(run.text for run in blocks[0].content) == "<b>x</b> #set text(red) <script>"


def test_empty_prose_gives_no_blocks():
    assert list(build_prose_blocks("")) == []


def test_list_items_keep_their_paragraphs():
    assert list(build_prose_blocks("- one\n\n  two\n- three")) == [
        BulletList([[InlineRun("one"), InlineRun("\n"), InlineRun("two")], [InlineRun("three")]])
    ]


@pytest.mark.parametrize(
    ("paragraph_content", "text_direction"),
    [
        (ARABIC_SENTENCE, ""),
        ([InlineRun(ARABIC_SENTENCE)], ""),
        ([InlineRun(ARABIC_SENTENCE, language="ar")], "rtl"),
        ([InlineRun("16000: "), InlineRun(ARABIC_SENTENCE, language="ar")], ""),
        ([InlineRun("16000: ", language="ar"), InlineRun(ARABIC_SENTENCE, language="ar")], "rtl"),
        ([InlineRun("A free line.", language="en")], "ltr"),
        ([InlineRun("16000", language="en")], ""),
    ],
)
def test_foreign_direction_is_set_for_other_scripts_only(paragraph_content, text_direction):
    assert get_foreign_text_direction(paragraph_content) == text_direction


@pytest.fixture
def mixed_direction_document():
    foreign = [InlineRun(ARABIC_SENTENCE, language="ar")]
    return Document(
        title="Mixed", blocks=[Paragraph("Ours."), Paragraph(foreign), BulletList([foreign]), DocumentQuote(foreign)]
    )


def test_html_keeps_direction_of_foreign_text(mixed_direction_document):
    words = f'<span lang="ar">{ARABIC_SENTENCE}</span>'

    assert to_html(mixed_direction_document, includes_head=False) == (
        f'<p>Ours.</p><p dir="rtl">{words}</p><ul dir="rtl"><li>{words}</li></ul>'
        f'<blockquote><p dir="rtl">{words}</p></blockquote>'
    )


def test_word_keeps_direction_of_foreign_text(mixed_direction_document):
    paragraphs = docx.Document(io.BytesIO(to_docx(mixed_direction_document))).paragraphs
    runs = {p.text: p._p.pPr.find(qn("w:bidi")) is not None for p in paragraphs}

    assert (runs["Ours."], runs[ARABIC_SENTENCE]) == (False, True)


def test_pdf_keeps_direction_of_foreign_text_and_conforms(mixed_direction_document):
    assert to_pdf(mixed_direction_document).warnings == ()
