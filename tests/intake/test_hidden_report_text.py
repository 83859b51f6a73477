"""Words that are struck through or deleted in a report are not read, but the file still has them: they are checked."""

import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from jukwaa.intake import tasks
from jukwaa.intake.actions import ReadingDetails, ReadingUpload, start_background_reading
from jukwaa.intake.models import Reading
from jukwaa.intake.reader import read_report
from jukwaa.records.models import Document, Held, Label
from tests.core.documents import build_word_file

DISCLOSURE = "I am 13 and my uncle touches me at night. Please help me."
STRUCK_HTML = "<h1>Minutes</h1><p>The members met. <s>{words}</s></p>"


@pytest.fixture
def rapporteur_client(client, rapporteur):
    client.force_login(rapporteur)
    return client


def build_word_file_with_struck_words(words):
    def add_content(document):
        paragraph = document.add_paragraph("The members met. ")
        paragraph.add_run(words).font.strike = True

    return build_word_file(add_content)


def import_report(client, name, data):
    url = reverse("intake:reading_new", args=["ours"])
    return client.post(url, {"file": SimpleUploadedFile(name, data), "label": Label.CLEAR})


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.docx", build_word_file_with_struck_words(DISCLOSURE)),
        ("a.html", STRUCK_HTML.format(words=DISCLOSURE).encode()),
    ],
)
def test_struck_disclosure_in_report_is_quarantined(rapporteur_client, coalition, name, data):
    response = import_report(rapporteur_client, name, data)

    assert response.url == reverse("records:not_taken", args=[coalition.slug])
    assert (Reading.objects.count(), Document.objects.count(), Held.objects.count()) == (0, 0, 1)


def start_background_import(coalition, rapporteur, data):
    """Import a file as the worker does, and return the reading."""
    reading = start_background_reading(
        actor=rapporteur,
        coalition=coalition,
        reading_details=ReadingDetails(),
        reading_upload=ReadingUpload("a.docx", data),
    )
    tasks.read_upload.func(reading.pk)
    reading.refresh_from_db()
    return reading


def test_struck_disclosure_in_long_report_is_quarantined(coalition, rapporteur):
    reading = start_background_import(coalition, rapporteur, build_word_file_with_struck_words(DISCLOSURE))

    assert (reading.state, bool(reading.upload)) == ("failed", False)
    assert (Document.objects.count(), Held.objects.count()) == (0, 1)


@pytest.mark.parametrize(
    ("words", "label"), [("Call Ana: +33 6 12 34 56 78.", Label.RED), ("They agreed.", Label.CLEAR)]
)
def test_file_with_struck_personal_details_is_for_coordinators(rapporteur_client, coalition, words, label):
    import_report(rapporteur_client, "a.docx", build_word_file_with_struck_words(words))

    reading = Reading.objects.get()
    assert words not in reading.document.text
    assert (reading.label, reading.document.label) == (label, label)
    assert any("personal_details" in note for note in reading.notes) == (label == Label.RED)


def build_word_file_of_struck_words():
    return build_word_file(lambda document: setattr(document.add_paragraph().add_run("Gone").font, "strike", True))


def test_report_with_nothing_but_struck_words_is_refused(rapporteur_client, coalition):
    response = import_report(rapporteur_client, "a.docx", build_word_file_of_struck_words())

    assert (response.status_code, "We found no text in this file." in response.text) == (422, True)
    assert not Reading.objects.exists()


def test_long_report_with_nothing_but_struck_words_is_refused(coalition, rapporteur):
    reading = start_background_import(coalition, rapporteur, build_word_file_of_struck_words())

    assert (reading.state, "We found no text in this file." in reading.problem) == ("failed", True)


def test_report_without_any_letters_can_be_imported(rapporteur_client, coalition):
    url = reverse("intake:reading_new", args=["ours"])

    response = rapporteur_client.post(url, {"text": "***", "label": Label.CLEAR})

    assert (response.status_code, Reading.objects.count()) == (302, 1)


@pytest.mark.parametrize("unit", ["; ", ") "])
def test_long_line_of_signs_is_read_in_linear_time(unit):
    started_at = time.process_time()
    read_report(f"Present: {unit * 10_000}")

    assert time.process_time() - started_at < 2
