"""The numbers that the clauses of a document keep, and its footnotes and table of contents."""

import io

import pytest
from django.urls import reverse
from docx import Document as Word
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from jukwaa.core.documents.incoming.blocks import Block
from jukwaa.drafting.actions import TextStart, begin_text, create_named_revision, open_text_to_readers
from jukwaa.drafting.clause_numbering import apply_document_numbers, assign_clause_numbers
from jukwaa.drafting.importing import find_document_title, import_document_file
from jukwaa.drafting.mail_parsing import parse_consultation_email
from jukwaa.drafting.models import Clause, Input
from jukwaa.drafting.notifications.consultations import extract_consultation_text

HEADING_LEVELS = (("Heading2", "%1."), ("Heading3", "%1.%2"))


def build_numbered_file() -> bytes:
    """Headings with automatic numbers, paragraphs with typed ones, a table of contents."""
    document = Word()
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, (_style, text) in enumerate(HEADING_LEVELS)
    )
    numbering = document.part.numbering_part.element
    numbering.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{levels}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    for at, name in enumerate(("Heading 2", "Heading 3")):
        numbered = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{at}"/><w:numId w:val="77"/></w:numPr>'
        document.styles[name].element.get_or_add_pPr().append(parse_xml(numbered))
    document.add_paragraph("Guidelines", style="Title")
    document.add_paragraph("Contents")
    contents = document.add_paragraph()
    for field in ('fldChar w:fldCharType="begin"', "instrText", 'fldChar w:fldCharType="separate"'):
        words = " TOC \\o " if field == "instrText" else ""
        run = f"<w:r {nsdecls('w')}><w:{field}>{words}</w:{field.split()[0]}></w:r>"
        contents._p.append(parse_xml(run))
    contents.add_run("1. Purpose")
    last = document.add_paragraph("2. Scope")
    last._p.append(parse_xml(f'<w:r {nsdecls("w")}><w:fldChar w:fldCharType="end"/></w:r>'))
    for style, text in (
        ("Heading 2", "Purpose"),
        ("Normal", "1.1\tIt helps."),
        ("Normal", "1.2\tIt harms nobody."),
        ("Heading 2", "Scope"),
        ("Heading 3", "Services"),
        ("Normal", "All of them, in 3.5 million homes."),
        ("Normal", "3.5 million homes have one."),
    ):
        document.add_paragraph(text, style=style)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


@pytest.fixture
def numbered_text(coalition, rapporteur):
    drafts = import_document_file(build_numbered_file(), "draft.docx").drafts
    start = TextStart(list(drafts))
    text = begin_text(actor=rapporteur, coalition=coalition, title="Guidelines", form="guideline", beginning=start)
    return open_text_to_readers(actor=rapporteur, text=text)


def test_document_numbers_are_stored_and_removed_from_words():
    imported = import_document_file(build_numbered_file(), "draft.docx")

    assert [(draft.own_number, draft.body) for draft in imported.drafts] == [
        ("1", "Purpose"),
        ("1.1", "It helps."),
        ("1.2", "It harms nobody."),
        ("2", "Scope"),
        ("2.1", "Services"),
        ("", "All of them, in 3.5 million homes."),
        ("", "3.5 million homes have one."),
    ]
    assert list(imported.notes) == [
        "The table of contents was not read. A new one will be created for the text.",
        "The clauses keep the numbers that they have in the document.",
        "Clauses without a number in the document are numbered from 104.",
    ]


def test_number_shared_by_two_clauses_stays_in_words():
    lists = [Block("numbered", 1, f"{word} {at}", str(at), word) for word in ("One", "Two") for at in (1, 2, 3)]

    assert {block.number for block in apply_document_numbers(lists)} == {""}
    assert {block.kind for block in apply_document_numbers(lists)} == {"numbered"}


def test_short_list_does_not_number_the_clauses_of_a_text():
    words = [Block("paragraph", 1, f"Words {at}.") for at in range(20)]
    listed = [Block("numbered", 1, f"Item {at}", str(at), "7") for at in (1, 2, 3)]

    assert {block.number for block in apply_document_numbers([*words, *listed])} == {""}


def test_numbered_paragraphs_across_headings_keep_their_numbers():
    parts = [
        Block("heading", 1, "Introduction"),
        *(Block("numbered", 1, f"Paragraph {at}", str(at), "7") for at in (1, 2, 3)),
        Block("heading", 1, "Findings"),
        *(Block("numbered", 1, f"Paragraph {at}", str(at), "7") for at in (4, 5)),
    ]

    numbered = apply_document_numbers(parts)

    assert [block.number for block in numbered] == ["", "1", "2", "3", "", "4", "5"]
    assert {block.kind for block in numbered[1:4]} == {"paragraph"}


def test_typed_article_headings_keep_number_and_words():
    parts = [Block("heading", 1, f"Article {at} Scope") for at in (1, 2, 3)]

    assert [(block.number, block.body) for block in apply_document_numbers(parts)] == [
        ("1", "Article 1 Scope"),
        ("2", "Article 2 Scope"),
        ("3", "Article 3 Scope"),
    ]


def test_clauses_without_a_number_are_counted_beyond_those_of_the_document():
    assert list(assign_clause_numbers(["", "1", "1.1", "2"], 1)) == [(101, ""), (1, "1"), (102, "1.1"), (2, "2")]
    assert list(assign_clause_numbers(["", ""], 1)) == [(1, ""), (2, "")]
    assert list(assign_clause_numbers(["", "1"], 5)) == [(5, ""), (6, "")]


def test_imported_numbers_are_shown_and_lead_to_their_clause(client, numbered_text, rapporteur):
    client.force_login(rapporteur)
    page = client.get(reverse("drafting:text_write", args=[numbered_text.coalition.slug, numbered_text.pk])).text

    assert [clause.label for clause in Clause.objects.filter(text=numbered_text).order_by("pk")] == [
        *("1", "1.1", "1.2", "2", "2.1"),
        *("104", "105"),
    ]
    assert 'aria-label="Clause 1.2">1.2</a>' in page
    assert numbered_text.clauses.with_label("1.2").get().number == 102
    assert numbered_text.clauses.with_label(" 2.1. ").get().label == "2.1"
    assert not numbered_text.clauses.with_label("1.9\x00").exists()


def test_email_reference_finds_clause_by_document_number():
    clauses = {1: "Purpose", 102: "It helps."}

    parsed = parse_consultation_email("1.1: too short\n1: support\n9.9: what?", clauses, 0, {"1": 1, "1.1": 102})

    assert [(piece.clause, piece.kind) for piece in parsed.pieces] == [(102, Input.Kind.COMMENT), (1, "support")]
    assert parsed.left_over == "9.9: what?"


def test_consultation_email_shows_own_numbers(numbered_text, ask_about_text, rapporteur):
    create_named_revision(actor=rapporteur, text=numbered_text, revision_name="Draft")
    consultation = ask_about_text(numbered_text)

    assert extract_consultation_text(consultation).words.startswith("1. Purpose\n\n1.1. It helps.\n\n1.2. It harms")


def test_title_above_numbered_headings_of_its_level_is_no_clause():
    numbered = [
        Block("heading", 1, "Terms to read"),
        Block("paragraph", 1, "Draft of March."),
        Block("heading", 1, "Purpose", number="1"),
        Block("heading", 1, "Annex"),
    ]
    plain = [Block("heading", 1, "Terms to read"), Block("heading", 1, "Purpose")]

    assert find_document_title(numbered) == ("Terms to read", numbered[1:])
    assert find_document_title(plain) == ("Terms to read", plain)
