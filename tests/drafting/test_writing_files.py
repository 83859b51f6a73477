"""What becomes of a file that a text begins with: Word, Markdown, plain text."""

import io
import zipfile

import pytest
from docx import Document as Word
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from jukwaa.core.documents.incoming import FileRefused
from jukwaa.drafting.importing import import_file, split_long_body


def word(*parts, tables=()) -> bytes:
    document = Word()
    for style, text in parts:
        document.add_paragraph(text, style=style)
    for rows in tables:
        table = document.add_table(rows=len(rows), cols=len(rows[0]))
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                table.cell(at, column).text = cell
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def told(brought) -> list[tuple[str, int, str]]:
    return [(draft.kind, draft.level, draft.body) for draft in brought.drafts]


def test_a_word_file_becomes_clauses_and_its_title_the_title():
    brought = import_file(
        word(
            ("Title", "Working with providers"),
            ("Heading 2", "Purpose"),
            ("Normal", "It helps."),
            ("List Bullet", "One."),
            ("List Number", "First."),
            tables=[[["What", "Who"], ["Answer", "A helpline"]]],
        ),
        "draft.docx",
    )

    assert brought.title == "Working with providers"
    assert told(brought) == [
        ("heading", 1, "Purpose"),
        ("paragraph", 1, "It helps."),
        ("bullet", 1, "One."),
        ("numbered", 1, "First."),
        ("table", 1, "What | Who\nAnswer | A helpline"),
    ]


def test_a_table_in_a_table_becomes_words_of_its_cell():
    document = Word()
    outer = document.add_table(rows=1, cols=2)
    outer.cell(0, 0).text = "Left"
    inner = outer.cell(0, 1).add_table(rows=2, cols=2)
    for at, word_ in enumerate(("a", "b", "c", "d")):
        inner.cell(at // 2, at % 2).text = word_
    document.add_paragraph("After.")
    held = io.BytesIO()
    document.save(held)

    assert told(import_file(held.getvalue(), "nested.docx")) == [
        ("table", 1, "Left | a, b; c, d"),
        ("paragraph", 1, "After."),
    ]


def test_the_words_of_a_text_box_are_a_paragraph_of_their_own():
    document = Word()
    run = document.add_paragraph("Around it.").add_run()
    picture, box, inside_it = OxmlElement("w:pict"), OxmlElement("w:txbxContent"), OxmlElement("w:p")
    words, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "In the box."
    words.append(text)
    inside_it.append(words)
    box.append(inside_it)
    picture.append(box)
    run._r.append(picture)
    held = io.BytesIO()
    document.save(held)

    assert told(import_file(held.getvalue(), "box.docx")) == [
        ("paragraph", 1, "In the box."),
        ("paragraph", 1, "Around it."),
    ]


def test_a_footnote_becomes_a_clause_of_its_own_with_its_mark_in_the_text():
    document = Word()
    run = document.add_paragraph("It helps.").add_run()
    mark = OxmlElement("w:footnoteReference")
    mark.set(qn("w:id"), "2")
    run._r.append(mark)
    held = io.BytesIO()
    document.save(held)
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    note = '<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>Of 2009.</w:t></w:r></w:p></w:footnote>'
    with zipfile.ZipFile(held, "a") as archive:
        archive.writestr("word/footnotes.xml", f"<w:footnotes {space}>{note}</w:footnotes>")

    assert told(import_file(held.getvalue(), "notes.docx")) == [
        ("paragraph", 1, "It helps.[2]"),
        ("note", 1, "[2] Of 2009."),
    ]


def test_a_file_whose_template_lies_elsewhere_is_refused():
    document = Word()
    document.add_paragraph("Harmless.")
    document.settings.element.append(OxmlElement("w:attachedTemplate"))
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
    document.part._settings_part.relate_to("https://example.org/evil.dotm", kind, is_external=True)
    held = io.BytesIO()
    document.save(held)

    with pytest.raises(FileRefused):
        import_file(held.getvalue(), "draft.docx")


def test_a_word_file_with_a_program_in_it_is_refused():
    held = io.BytesIO(word(("Normal", "Harmless.")))
    with zipfile.ZipFile(held, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"Sub AutoOpen()")

    with pytest.raises(FileRefused):
        import_file(held.getvalue(), "draft.docx")


MARKDOWN = b"""# Working with providers

## Purpose

It **helps**, see [the law](https://example.org/law).[^1]

- One.
  1. Inner.

| What | Who |
|------|-----|
| Answer | A helpline |

<script>alert(1)</script>

[^1]: Of 2009.
"""


def test_markdown_becomes_clauses_and_a_script_in_it_is_text_like_any_other():
    brought = import_file(MARKDOWN, "draft.md")

    assert brought.title == "Working with providers"
    assert told(brought) == [
        ("heading", 1, "Purpose"),
        ("paragraph", 1, "It helps, see the law (https://example.org/law).[1]"),
        ("bullet", 1, "One."),
        ("numbered", 2, "Inner."),
        ("table", 1, "What | Who\nAnswer | A helpline"),
        ("paragraph", 1, "<script>alert(1)</script>"),
        ("note", 1, "[1] Of 2009."),
    ]


def test_plain_text_becomes_clauses():
    long = "This line was broken by the program that wrote the mail and\ngoes on here."

    assert told(import_file(f"Aim\n\n{long}\n\n1. First\n2. Second\n- A point".encode(), "draft.txt")) == [
        ("paragraph", 1, "Aim"),
        ("paragraph", 1, long.replace("\n", " ")),
        ("numbered", 1, "First"),
        ("numbered", 1, "Second"),
        ("bullet", 1, "A point"),
    ]


def test_a_paragraph_that_is_longer_than_a_clause_is_divided_where_a_sentence_ends():
    body = "A sentence of some words. " * 2000

    parts = list(split_long_body(body))

    assert [len(part) <= 20_000 and part.endswith(".") for part in parts] == [True] * 3
    assert " ".join(parts) == body.strip()
