"""Bringing a document: what is taken, what is refused in which words, and what is found again."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from jukwaa.coalitions.models import Activity
from jukwaa.core.documents.incoming import IMPORTABLE_KIND_KEYS, ExtractedText, FileRefused, extract_text
from jukwaa.intake import actions, reading_store, tasks
from jukwaa.intake.actions import ReadingDetails, ReadingUpload, start_background_reading, start_reading
from jukwaa.intake.models import Reading
from jukwaa.records.models import Document, Held
from tests.core.documents import build_pdf_file
from tests.factories import DocumentFactory, MeetingFactory
from tests.intake.readings import REPORT_TEXT, create_reading


def post_report_file(client, coalition, **data):
    data = {"label": "TLP:CLEAR", **data}
    return client.post(reverse("intake:reading_new", args=[coalition.slug]), data)


def list_form_errors(response) -> dict[str, list[str]]:
    return {name: list(errors) for name, errors in response.context["form"].errors.items()}


@pytest.fixture
def rapporteur_client(client, rapporteur):
    client.force_login(rapporteur)
    return client


def test_pasted_text_is_read_immediately(rapporteur_client, coalition):
    response = post_report_file(
        rapporteur_client, coalition, text=REPORT_TEXT, meeting_on="November 2026", meeting_place="Nairobi"
    )

    reading = Reading.objects.get()
    assert response.url == reverse("intake:reading_detail", args=[coalition.slug, reading.pk])
    assert (reading.title, reading.meeting_title) == ("Report of the session in Nairobi",) * 2
    assert (str(reading.meeting_on), reading.meeting_precision, reading.meeting_place) == (
        "2026-11-01",
        "month",
        "Nairobi",
    )


def test_uploaded_file_is_saved_with_its_document(rapporteur_client, coalition):
    post_report_file(
        rapporteur_client,
        coalition,
        file=SimpleUploadedFile("../old report.txt", REPORT_TEXT.encode("utf-16")),
        title="Old",
    )

    document = Document.objects.get()
    assert (document.title, document.file_name, document.media_type) == ("Old", "old report.txt", "text/plain")
    assert document.text == REPORT_TEXT
    with document.file.open("rb") as file:
        assert file.read() == REPORT_TEXT.encode("utf-16")


@pytest.mark.parametrize(
    "repeated_text", [REPORT_TEXT, REPORT_TEXT.replace("\n", "\r\n"), REPORT_TEXT.replace("\n\n", "\n \n\n").upper()]
)
def test_repeated_text_leads_to_same_unchanged_reading(rapporteur_client, coalition, rapporteur, repeated_text):
    reading = create_reading(coalition, rapporteur)
    offer = reading.suggestions.get(kind="offer")
    actions.accept_suggestion(actor=rapporteur, suggestion=offer, from_version=1)
    before = list(reading.suggestions.values()), Activity.objects.count()

    response = post_report_file(rapporteur_client, coalition, text=repeated_text, title="Another title")

    assert response.url == reverse("intake:reading_detail", args=[coalition.slug, reading.pk])
    assert (list(reading.suggestions.values()), Activity.objects.count()) == before
    assert (Reading.objects.count(), Document.objects.count()) == (1, 1)


def test_reading_of_archived_document_reuses_existing_document(coalition, rapporteur):
    from jukwaa.intake.text_hashes import compute_text_fingerprint  # noqa: PLC0415 - only here

    document = DocumentFactory(
        coalition=coalition,
        text=REPORT_TEXT,
        fingerprint=compute_text_fingerprint(REPORT_TEXT),
        published=True,
        label="TLP:GREEN",
        title="Old",
    )

    reading = create_reading(coalition, rapporteur, title="New")

    assert (reading.document, reading.title, reading.label) == (document, "Old", "TLP:GREEN")


def test_text_of_another_coalition_is_not_found(coalition, other_coalition, rapporteur, outsider):
    create_reading(other_coalition, outsider)

    create_reading(coalition, rapporteur)

    assert Reading.objects.count() == 2


def test_sentences_already_recorded_are_marked_in_new_report_version(coalition, rapporteur):
    first = create_reading(coalition, rapporteur)
    actions.accept_remaining_suggestions(actor=rapporteur, reading=first, suggestion_kind="offer")
    meeting = actions.enter_reading(actor=rapporteur, reading=first).meeting

    second = create_reading(
        coalition, rapporteur, REPORT_TEXT + "\nHelpline One offered to host the next session.\n", meeting=meeting
    )

    assert list(second.sentences.filter(in_record__isnull=False).values_list("number", "in_record__kind")) == [
        (5, "offer")
    ]
    assert list(second.suggestions.filter(kind="offer").values_list("sentence__number", flat=True)) == [8]


@pytest.mark.parametrize(
    ("file_name", "file_content"),
    [
        ("empty.txt", b""),
        ("spaces.txt", b" \n\t\n "),
        ("report.pdf", b"Only words"),
        ("report.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("picture.png", b"\x89PNG\r\n\x1a\n" + b"0" * 99),
        ("scan.pdf", build_pdf_file("#rect(width: 3cm)")),
        ("locked.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")),
    ],
)
def test_refused_file_shows_field_error_and_keeps_input(rapporteur_client, coalition, file_name, file_content):
    with pytest.raises(FileRefused) as refusal:
        extract_text(file_content, file_name, allowed_kinds=IMPORTABLE_KIND_KEYS)

    response = post_report_file(
        rapporteur_client, coalition, file=SimpleUploadedFile(file_name, file_content), title="My title"
    )

    assert response.status_code == 422
    assert list_form_errors(response)["file"] == [refusal.value.message]
    assert 'value="My title"' in response.text
    assert 'name="file-kept"' not in response.text  # the file itself was refused
    assert not Reading.objects.exists()


def test_file_of_200_megabytes_is_refused_by_size(rapporteur_client, coalition, monkeypatch):
    from jukwaa.core.documents.limits import FileLimits  # noqa: PLC0415 - only here
    from jukwaa.intake.forms import reading_start  # noqa: PLC0415 - only here

    monkeypatch.setattr(reading_start, "DEFAULT_FILE_LIMITS", FileLimits(file=1024 * 1024))

    response = post_report_file(rapporteur_client, coalition, file=SimpleUploadedFile("long.txt", b"word " * 300_000))

    assert list_form_errors(response)["file"] == [
        "Choose a file of at most 1 MB. This file is 2 MB. You can split it, or save it without images."
    ]


def test_missing_or_double_source_shows_error(rapporteur_client, coalition):
    neither = list_form_errors(post_report_file(rapporteur_client, coalition))
    both = list_form_errors(
        post_report_file(rapporteur_client, coalition, text="x", file=SimpleUploadedFile("a.txt", b"words"))
    )

    assert neither == {"text": ["Paste the text of the report, or choose a file below."]}
    assert both == {"file": ["Paste text or choose a file, not both. Remove one of them."]}


def test_control_characters_are_removed_with_notice(rapporteur_client, coalition):
    post_report_file(rapporteur_client, coalition, text="The members\x07 agreed\u202e to meet again.")

    reading = Reading.objects.get()
    assert reading.document.text == "The members agreed to meet again."
    assert reading.notes == [
        "Hidden characters that are not part of the text were removed.",
        "Invisible marks that change the direction of text were removed.",
    ]


def test_language_without_cues_gives_sentences_without_suggestions(rapporteur_client, coalition):
    text = "Les membres se sont réunis à Nairobi. Ils ont décidé de continuer à partager leurs bonnes pratiques."

    response = rapporteur_client.get(post_report_file(rapporteur_client, coalition, text=text).url)

    reading = Reading.objects.get()
    assert (reading.language, reading.understood, reading.suggestions.count()) == ("fr", False, 0)
    assert reading.sentences.count() == 2
    assert "We cannot make suggestions in the language of this document" in response.text


def test_unreadable_date_shows_error(rapporteur_client, coalition):
    response = post_report_file(rapporteur_client, coalition, text=REPORT_TEXT, meeting_on="last autumn")

    assert list_form_errors(response) == {
        "meeting_on": ["Enter a date, for example 27 November 2009 or 2009-11-27, or only a month or a year."]
    }
    assert "Helpline One offered" in response.text


def test_report_is_added_to_chosen_meeting(rapporteur_client, coalition):
    meeting = MeetingFactory(coalition=coalition, published=True)
    post_report_file(rapporteur_client, coalition, text=REPORT_TEXT, meeting=meeting.pk)

    assert Reading.objects.get().meeting == meeting


@pytest.mark.parametrize("label", ["TLP:GREEN", "TLP:RED"])
def test_report_for_fewer_readers_can_belong_to_public_meeting(rapporteur_client, coalition, label):
    meeting = MeetingFactory(coalition=coalition, published=True)

    post_report_file(rapporteur_client, coalition, text=REPORT_TEXT, meeting=meeting.pk, label=label)

    reading = Reading.objects.get()
    assert (reading.meeting, reading.document.label) == (meeting, label)


def test_only_record_keepers_can_import_reports(client, coalition, member):
    client.force_login(member)

    assert client.get(reverse("intake:reading_new", args=[coalition.slug])).status_code == 403
    assert post_report_file(client, coalition, text=REPORT_TEXT).status_code == 403
    assert not Reading.objects.exists()


def test_disclosure_in_report_is_quarantined(rapporteur_client, coalition):
    response = post_report_file(
        rapporteur_client, coalition, text="I am 13 and my uncle touches me at night. Please help me."
    )

    assert response.url == reverse("records:not_taken", args=[coalition.slug])
    assert (Reading.objects.count(), Document.objects.count(), Held.objects.count()) == (0, 0, 1)


def import_large_file(coalition, actor, text: str = REPORT_TEXT, file_name: str = "long.txt") -> Reading:
    upload = ReadingUpload(file_name, text.encode())
    return start_background_reading(
        actor=actor, coalition=coalition, reading_details=ReadingDetails(), reading_upload=upload
    )


def test_long_file_is_read_in_background_with_progress(rapporteur_client, coalition, rapporteur):
    reading = import_large_file(coalition, rapporteur)
    url = reverse("intake:reading_detail", args=[coalition.slug, reading.pk])
    assert '<meta http-equiv="refresh" content="3">' in rapporteur_client.get(url).text

    Reading.objects.update(pages_done=12, pages_total=300)
    assert "12 of 300 pages processed" in rapporteur_client.get(url).text

    tasks.read_upload.func(reading.pk)
    tasks.read_upload.func(reading.pk)  # a task that is run again changes nothing

    reading.refresh_from_db()
    assert (reading.state, reading.suggestions.count(), reading.sentences.count()) == ("open", 9, 7)
    assert (reading.document.file_name, bool(reading.upload)) == ("long.txt", False)


def test_repeated_long_file_leads_to_existing_reading(rapporteur_client, coalition, rapporteur):
    first = create_reading(coalition, rapporteur)
    second = import_large_file(coalition, rapporteur)

    tasks.read_upload.func(second.pk)

    response = rapporteur_client.get(reverse("intake:reading_detail", args=[coalition.slug, second.pk]))
    assert response.url == reverse("intake:reading_detail", args=[coalition.slug, first.pk])
    assert Document.objects.count() == 1


def test_long_file_without_text_shows_reason(rapporteur_client, coalition, rapporteur):
    reading = import_large_file(coalition, rapporteur, text=" \n ", file_name="long.txt")

    tasks.read_upload.func(reading.pk)

    response = rapporteur_client.get(reverse("intake:reading_detail", args=[coalition.slug, reading.pk]))
    assert "This file is empty. Choose the file again, or paste its text." in response.text


def test_long_disclosure_is_quarantined_and_not_stored(coalition, rapporteur):
    reading = import_large_file(coalition, rapporteur, text="I am 13 and my uncle touches me at night. Please help me.")

    tasks.read_upload.func(reading.pk)

    reading.refresh_from_db()
    assert (reading.state, bool(reading.upload), reading.title) == ("failed", False, "Untitled document")
    assert (Document.objects.count(), Held.objects.count()) == (0, 1)


def test_slow_text_is_read_in_background(rapporteur_client, coalition, settings):
    text = "The members agreed to meet again. " * 12_000

    response = post_report_file(rapporteur_client, coalition, file=SimpleUploadedFile("long.md", text.encode()))

    reading = Reading.objects.get()
    assert response.url == reverse("intake:reading_detail", args=[coalition.slug, reading.pk])
    assert (reading.state, reading.document) == ("reading", None)


def test_plain_reading_can_be_started_by_code(coalition, rapporteur):
    started = start_reading(
        actor=rapporteur,
        coalition=coalition,
        reading_details=ReadingDetails(),
        extracted_text=ExtractedText("# Notes\n\nNothing.", "text/plain"),
    )

    assert (started.found, started.reading.title) == (False, "Notes")


def test_overlong_pasted_text_is_refused_with_explanation(rapporteur_client, coalition, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000

    response = post_report_file(rapporteur_client, coalition, text="word " * 1000)

    assert (response.status_code, "Send a long text as a file" in response.text) == (400, True)
    assert not Reading.objects.exists()


def test_email_text_is_read_and_its_file_with_addresses_is_not_saved(rapporteur_client, coalition):
    file = SimpleUploadedFile(
        "call.eml", b"From: Ana <ana@example.org>\r\nSubject: Call\r\n\r\n" + REPORT_TEXT.encode()
    )

    post_report_file(rapporteur_client, coalition, file=file, title="Call")

    document = Document.objects.get()
    assert (document.title, document.media_type, document.file_name, bool(document.file)) == (
        "Call",
        "message/rfc822",
        "",
        False,
    )
    assert "example.org" not in document.text.partition("\n\n")[0]


def test_long_email_is_read_in_background_and_its_file_is_deleted(coalition, rapporteur):
    text = f"From: Ana <ana@example.org>\nSubject: Call\n\n{REPORT_TEXT}"
    reading = import_large_file(coalition, rapporteur, text=text, file_name="call.eml")

    tasks.read_upload.func(reading.pk)

    reading.refresh_from_db()
    assert (reading.state, reading.document.file_name, bool(reading.document.file), bool(reading.upload)) == (
        "open",
        "",
        False,
        False,
    )


def test_file_of_long_email_is_deleted_only_after_reading_is_saved(
    coalition, rapporteur, monkeypatch, django_capture_on_commit_callbacks
):
    def raise_killed(*_args):
        raise KeyboardInterrupt

    text = f"From: Ana <ana@example.org>\nSubject: Call\n\n{REPORT_TEXT}"
    reading = import_large_file(coalition, rapporteur, text=text, file_name="call.eml")
    name, storage = reading.upload.name, reading.upload.storage
    with monkeypatch.context() as patched:
        patched.setattr(reading_store, "_save_reading_as_open", raise_killed)
        with pytest.raises(KeyboardInterrupt):
            tasks.read_upload.func(reading.pk)
    assert storage.exists(name)

    with django_capture_on_commit_callbacks(execute=True):
        tasks.read_upload.func(reading.pk)

    reading.refresh_from_db()
    assert (reading.state, storage.exists(name)) == ("open", False)
