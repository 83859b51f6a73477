"""What a file with tracked changes and cover lines begins as: what was accepted is said, and the title is its own."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document as Word
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from jukwaa.drafting.importing import import_document_file

COALITION_NAME = "Our Coalition"
LIMIT = "for consultation of members"
ADVICE = "To decide otherwise, accept or reject"


def add_change(paragraph, tag, text, author="Kossi"):
    change, run = OxmlElement(f"w:{tag}"), OxmlElement("w:r")
    words = OxmlElement("w:delText" if tag == "del" else "w:t")
    words.text = text
    run.append(words)
    change.append(run)
    change.set(qn("w:author"), author)
    paragraph._p.append(change)


def build_draft(*parts, changes=()) -> bytes:
    """A Word file of paragraphs (style, text); `changes` are (number of the paragraph, tag, text)."""
    document = Word()
    paragraphs = [document.add_paragraph(text, style=style) for style, text in parts]
    for at, tag, text in changes:
        add_change(paragraphs[at], tag, text)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


CLAUSES = (
    *[("Heading 1", "1. Aim"), ("Normal", "1.1 Texts help."), ("Normal", "1.2 They last.")],
    *[("Heading 1", "2. Words"), ("Normal", "2.1 Be short."), ("Normal", "2.2 Be clear.")],
)


def import_draft(*parts, changes=(), names=(COALITION_NAME,)):
    return import_document_file(build_draft(*parts, changes=changes), "draft.docx", coalition_names=names)


def test_accepted_changes_are_counted_by_kind_and_paragraph():
    imported = import_draft(
        *CLAUSES, changes=[(1, "ins", " Always."), (4, "del", " Never."), (4, "ins", " Please."), (4, "ins", " Now.")]
    )

    assert imported.notes[0] == (
        "3 tracked changes were accepted: an insertion in 1.1, an insertion in 2.1, a deletion in 2.1."
        f" {ADVICE} them in Word and import the file again."
    )
    assert [draft.body for draft in imported.drafts if draft.own_number.endswith(".1")] == [
        "Texts help. Always.",
        "Be short. Please. Now.",
    ]
    assert "Text marked as deleted was not read." not in imported.notes


def test_accepted_changes_outside_clauses_are_located():
    imported = import_draft(("Title", "Our guide"), ("Normal", "It helps."), changes=[(0, "ins", " to words")])

    assert imported.title == "Our guide to words"
    assert imported.notes[0].startswith("1 tracked change was accepted: an insertion in the title. ")


def test_changes_of_unnumbered_clauses_are_located_by_shown_number():
    imported = import_draft(
        ("Normal", "It helps."), ("Normal", "It is short."), changes=[(1, "del", " Not."), (1, "ins", "!")]
    )

    assert imported.notes[0].startswith("2 tracked changes were accepted: an insertion in 2, a deletion in 2. ")


def test_file_without_tracked_changes_gets_no_note():
    assert not [note for note in import_draft(*CLAUSES).notes if "tracked" in note]


@pytest.mark.parametrize(
    ("cover", "title"),
    [
        ([("Title", "Our Coalition"), ("Subtitle", "Guide to words")], "Guide to words"),
        ([("Normal", "OUR COALITION"), ("Title", "Guide to words")], "Guide to words"),
        ([("Normal", "Draft 0.4"), ("Title", "Guide to words")], "Guide to words"),
        ([("Title", "Guide to words")], "Guide to words"),
        ([("Normal", "It helps.")], ""),
    ],
)
def test_title_is_not_the_name_of_the_coalition(cover, title):
    chapters = [("Heading 2", "1 Aim"), ("Normal", "1.1 Texts help."), ("Heading 2", "2 Words")]
    imported = import_draft(*cover, *chapters)

    assert imported.title == title
    assert COALITION_NAME.casefold() not in [draft.body.casefold() for draft in imported.drafts]


def test_draft_for_members_preselects_members(client, coalition, member):
    client.force_login(member)
    cover = [
        ("Title", coalition.name),
        ("Subtitle", "Guide to words"),
        ("Normal", f"Draft 0.4 – {LIMIT}. Not to be quoted."),
    ]

    def upload_draft(*parts):
        file = SimpleUploadedFile("draft.docx", build_draft(*parts))
        return client.post(reverse("drafting:text_bring", args=[coalition.slug]), {"file": file})

    page = upload_draft(*cover, *CLAUSES)
    assert (page.context["form"]["title"].value(), page.context["form"]["label"].value()) == (
        "Guide to words",
        "TLP:GREEN",
    )
    assert f"The file says: “{LIMIT}”. Members are selected as readers." in page.text
    assert upload_draft(*CLAUSES).context["form"]["label"].value() == "TLP:CLEAR"
    page = upload_draft(*CLAUSES, ("Normal", "[À SUPPRIMER avant diffusion : vérifier 4.2]"), *CLAUSES)
    assert page.context["form"]["label"].value() == "TLP:GREEN"
    assert "The file says: “À SUPPRIMER avant diffusion : vérifier 4.2”." in page.text


@pytest.mark.parametrize("limit", ["Confidential", "TLP:RED", "For committee members only"])
def test_draft_not_for_all_members_preselects_nobody(client, coalition, member, limit):
    client.force_login(member)
    file = SimpleUploadedFile("draft.docx", build_draft(("Title", "Guide to words"), ("Normal", limit), *CLAUSES))
    page = client.post(reverse("drafting:text_bring", args=[coalition.slug]), {"file": file})

    assert page.context["form"]["label"].value() == "TLP:RED"
    assert f"This document says: “{limit}”. Check who can read it." in page.text
    assert "Members are selected as readers." not in page.text


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (1, "1 comment in the margin was not read."),
        (3, "3 comments in the margin were not read."),
    ],
)
def test_comments_in_the_margin_are_counted(number, sentence):
    document = Word()
    paragraph = document.add_paragraph("A clause.")
    for _each in range(number):
        document.add_comment(paragraph.runs, text="Why?", author="Kossi")
    held = io.BytesIO()
    document.save(held)

    assert sentence in import_document_file(held.getvalue(), "draft.docx").notes
