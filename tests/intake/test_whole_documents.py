"""The desk shows the whole document: what is no sentence stands between them, without a number."""

import html
import re

import pytest

from jukwaa.intake import desk as desk_module
from jukwaa.intake.actions.reading_start import get_first_text_line
from jukwaa.intake.desk import build_desk_page, build_sentence_count_annotation
from jukwaa.intake.models import Reading
from tests.intake.readings import create_reading

DOCUMENT_TEXT = """>  # Report of the session

***

12.30 - 13.00 Opening by the chair.

<script>alert("hello")</script>

- **It was agreed** to meet again. The members thanked the host.

| Who | What |
|-----|------|
| Helpline One | offered a room |

7

--- end ---
"""


def join_desk_texts(reading: Reading) -> str:
    """Everything that the rows show of the document, in order."""
    desk = build_desk_page(
        Reading.objects.annotate(length=build_sentence_count_annotation())
        .select_related("document")
        .get(pk=reading.pk),
        sentence_number=1,
    )
    return "\n".join(part for row in desk.rows for part in (row.above, row.mark, row.quote, row.rest, row.below))


@pytest.mark.parametrize(
    "text",
    [
        DOCUMENT_TEXT,
        DOCUMENT_TEXT.replace("\n", "\r\n"),
        "\n\n***\nOne thing was said. Another thing was said.",
        "Title\n=====\n\n1. One thing was said.\f2. Another thing was said.\n\n***",
    ],
)
def test_desk_shows_whole_document(coalition, rapporteur, text):
    reading = create_reading(coalition, rapporteur, text)

    assert "".join(join_desk_texts(reading).split()) == "".join(reading.document.text.split())


def test_sentence_offsets_are_exact(coalition, rapporteur):
    reading = create_reading(coalition, rapporteur, DOCUMENT_TEXT)

    desk = build_desk_page(
        Reading.objects.annotate(length=build_sentence_count_annotation()).get(pk=reading.pk), sentence_number=1
    )

    assert [row.quote for row in desk.rows] == [
        reading.document.text[row.sentence.start : row.sentence.end] for row in desk.rows
    ]


def test_desk_shows_text_between_sentences_without_number(client, coalition, rapporteur):
    reading = create_reading(coalition, rapporteur, DOCUMENT_TEXT)
    client.force_login(rapporteur)

    page = client.get(reading.get_absolute_url()).text

    words = html.unescape(re.sub(r"<[^>]+>", "", page.split('<ol class="desk">')[1].split("</ol>")[0]))
    for missing in ("***", "12.30 -", '<script>alert("hello")</script>', "--- end ---"):
        assert missing in words
    assert page.count('<li id="s') == reading.sentences.count()


def test_desk_pages_cover_whole_document(coalition, rapporteur, monkeypatch):
    monkeypatch.setattr(desk_module, "SENTENCES_PER_PAGE", 2)
    reading = create_reading(coalition, rapporteur, DOCUMENT_TEXT)
    counted = Reading.objects.annotate(length=build_sentence_count_annotation()).get(pk=reading.pk)

    rows = [row for at in range(1, counted.length + 1, 2) for row in build_desk_page(counted, sentence_number=at).rows]

    text = "".join(part for row in rows for part in (row.above, row.mark, row.quote, row.rest, row.below))
    assert "".join(text.split()) == "".join(reading.document.text.split())


@pytest.mark.parametrize(
    ("report_line", "meeting_title"),
    [
        ("<b>Report</b>", "<b>Report</b>"),
        ("> # Report, ", "Report"),
        ("== Report ==", "Report"),
        ("12 > 11", "12 > 11"),
        ("From: Ana <ana@example.org>\nTo: list@example.org\nSubject: Fwd: RE: Notes of the call", "Notes of the call"),
        ("De : ana@example.org\nObjet : TR : Notes de l’appel", "Notes de l’appel"),
        ("From: the chair\nSubject: Notes", "From: the chair"),
    ],
)
def test_first_text_line_is_found_unchanged(report_line, meeting_title):
    assert get_first_text_line(f"\n***\n{report_line}\n") == meeting_title


@pytest.mark.parametrize(
    ("report_line", "shown_texts"),
    [
        ("## Present", (True, "", "Present", "")),
        ("## Present ##", (True, "", "Present", "")),
        ("- Helpline One", (False, "•", "Helpline One", "")),
        ("* Helpline One", (False, "•", "Helpline One", "")),
        ("3. Helpline One", (False, "3.", "Helpline One", "")),
    ],
)
def test_headings_and_list_items_are_shown_without_markup(coalition, rapporteur, report_line, shown_texts):
    reading = create_reading(coalition, rapporteur, f"Report\n\n{report_line}\n\nIt was agreed to meet again.\n")

    counted = Reading.objects.annotate(length=build_sentence_count_annotation()).get(pk=reading.pk)
    row = build_desk_page(counted, sentence_number=1).rows[1]

    assert (row.is_heading, row.heading_mark, row.quote, row.text_after_mark) == shown_texts
