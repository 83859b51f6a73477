"""What becomes of a file that a text begins with: Word, Markdown, plain text."""

import io
import zipfile

import pytest
from docx import Document as Word
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from jukwaa.core.documents.incoming import FileRefused
from jukwaa.drafting.importing import import_document_file, split_long_body


def build_word_file(*parts, has_tables=()) -> bytes:
    document = Word()
    for style, text in parts:
        document.add_paragraph(text, style=style)
    for rows in has_tables:
        table = document.add_table(rows=len(rows), cols=len(rows[0]))
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                table.cell(at, column).text = cell
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def list_draft_bodies(document_import) -> list[tuple[str, int, str]]:
    return [(draft.kind, draft.level, draft.body) for draft in document_import.drafts]


def test_word_file_becomes_clauses_and_title():
    brought = import_document_file(
        build_word_file(
            ("Title", "Working with providers"),
            ("Heading 2", "Purpose"),
            ("Normal", "It helps."),
            ("List Bullet", "One."),
            ("List Number", "First."),
            has_tables=[[["What", "Who"], ["Answer", "A helpline"]]],
        ),
        "draft.docx",
    )

    assert brought.title == "Working with providers"
    assert list_draft_bodies(brought) == [
        ("heading", 1, "Purpose"),
        ("paragraph", 1, "It helps."),
        ("bullet", 1, "One."),
        ("numbered", 1, "First."),
        ("table", 1, "What | Who\nAnswer | A helpline"),
    ]


def test_nested_table_becomes_text_of_its_cell():
    document = Word()
    outer = document.add_table(rows=1, cols=2)
    outer.cell(0, 0).text = "Left"
    inner = outer.cell(0, 1).add_table(rows=2, cols=2)
    for at, word_ in enumerate(("a", "b", "c", "d")):
        inner.cell(at // 2, at % 2).text = word_
    document.add_paragraph("After.")
    held = io.BytesIO()
    document.save(held)

    assert list_draft_bodies(import_document_file(held.getvalue(), "nested.docx")) == [
        ("table", 1, "Left | a, b; c, d"),
        ("paragraph", 1, "After."),
    ]


def test_text_box_becomes_paragraph():
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

    assert list_draft_bodies(import_document_file(held.getvalue(), "box.docx")) == [
        ("paragraph", 1, "In the box."),
        ("paragraph", 1, "Around it."),
    ]


def test_footnote_stays_below_the_clause_that_refers_to_it():
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

    assert list_draft_bodies(import_document_file(held.getvalue(), "notes.docx")) == [
        ("paragraph", 1, "It helps.[1]\n[1] Of 2009."),
    ]


def test_word_file_with_external_template_is_refused():
    document = Word()
    document.add_paragraph("Harmless.")
    document.settings.element.append(OxmlElement("w:attachedTemplate"))
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
    document.part._settings_part.relate_to("https://example.org/evil.dotm", kind, is_external=True)
    held = io.BytesIO()
    document.save(held)

    with pytest.raises(FileRefused):
        import_document_file(held.getvalue(), "draft.docx")


def test_word_file_with_macros_is_refused():
    held = io.BytesIO(build_word_file(("Normal", "Harmless.")))
    with zipfile.ZipFile(held, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"Sub AutoOpen()")

    with pytest.raises(FileRefused):
        import_document_file(held.getvalue(), "draft.docx")


MARKDOWN_FILE = b"""# Working with providers

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


def test_markdown_becomes_clauses_and_scripts_stay_text():
    brought = import_document_file(MARKDOWN_FILE, "draft.md")

    assert brought.title == "Working with providers"
    assert list_draft_bodies(brought) == [
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

    assert list_draft_bodies(
        import_document_file(f"Aim\n\n{long}\n\n1. First\n2. Second\n- A point".encode(), "draft.txt")
    ) == [
        ("paragraph", 1, "Aim"),
        ("paragraph", 1, long.replace("\n", " ")),
        ("numbered", 1, "First"),
        ("numbered", 1, "Second"),
        ("bullet", 1, "A point"),
    ]


def test_overlong_paragraph_is_split_at_sentence_ends():
    body = "A sentence of some words. " * 2000

    parts = list(split_long_body(body))

    assert [len(part) <= 20_000 and part.endswith(".") for part in parts] == [True] * 3
    assert " ".join(parts) == body.strip()
