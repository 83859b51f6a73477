"""Files that a person must check before more people can read them: with notes or comments, or without any text."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from jukwaa.intake.models import Drive
from jukwaa.intake.tasks import read_drive
from jukwaa.records.models import Document, Held, Passage
from tests.core.documents import build_pdf_file, build_word_file, zip_named_parts
from tests.core.presentations import SPEAKER_NOTE, build_powerpoint_file
from tests.core.test_documents_extract import add_tracked_changes

DRIVE_FILES = {
    "Minutes.txt": "The members agreed to share good practices.",
    "Budget of the assembly.pptx": build_powerpoint_file(),
    "Statutes.docx": build_word_file(add_tracked_changes),
    "Signed letter.pdf": build_pdf_file("#rect(width: 3cm)"),
}
NOTHING_TO_CHECK = {"Minutes": "TLP:GREEN"}
TO_CHECK = {"Budget of the assembly": "TLP:RED", "Signed letter": "TLP:RED", "Statutes": "TLP:RED"}


@pytest.fixture
def import_drive(client, coalition, coordinator):
    def import_drive_files(label, parts=DRIVE_FILES):
        client.force_login(coordinator)
        file = SimpleUploadedFile("Drive.zip", zip_named_parts(parts))
        client.post(reverse("intake:drive_new", args=[coalition.slug]), {"file": file, "label": label})
        drive = Drive.objects.latest("pk")
        read_drive.func(drive.pk)
        return drive

    return import_drive_files


@pytest.fixture
def post_labels(client, coalition):
    def post_drive_labels(drive, label, **sent):
        url = reverse("intake:drive_labels", args=[coalition.slug, drive.pk])
        return client.post(url, {"label": label, **sent}, follow=True)

    return post_drive_labels


def list_document_labels():
    return dict(Document.objects.values_list("title", "label"))


def test_files_to_check_begin_with_coordinators_although_imported_for_members(import_drive):
    import_drive("TLP:GREEN")

    assert list_document_labels() == NOTHING_TO_CHECK | TO_CHECK


def test_speaker_notes_are_not_found_by_searching_and_named_in_table(client, import_drive):
    drive = import_drive("TLP:RED")
    page = client.get(drive.get_absolute_url()).text

    assert SPEAKER_NOTE not in Document.objects.get(title="Budget of the assembly").text
    assert not Passage.objects.filter(text__contains="auditor").exists()
    assert "The file also contains speaker notes and hidden slides. They cannot be found by searching" in page
    assert "The file also contains deleted text (tracked changes)." in page
    assert "Nobody could check what is in this file, because it has no text that we can read." in page
    assert "To check first (3)" in page


def test_table_can_show_only_files_to_check(client, import_drive):
    drive = import_drive("TLP:RED")
    page = client.get(drive.get_absolute_url(), {"outcome": "check"}).text

    assert [name in page for name in DRIVE_FILES] == [False, True, True, True]


def test_all_files_without_remark_are_opened_by_one_choice(import_drive, post_labels):
    drive = import_drive("TLP:RED")
    page = post_labels(drive, "TLP:GREEN", scope="nothing-to-check")

    assert "Readers changed for 1 file." in page.text
    assert list_document_labels() == NOTHING_TO_CHECK | TO_CHECK


@pytest.mark.parametrize("label", ["TLP:GREEN", "TLP:CLEAR"])
def test_files_to_check_are_opened_only_after_their_reasons_were_shown(import_drive, post_labels, label):
    drive = import_drive("TLP:RED")
    asked = post_labels(drive, label, scope="all")
    unchanged = list_document_labels()
    post_labels(drive, label, scope="all", confirmed=asked.context["confirmation_key"])

    assert unchanged == dict.fromkeys(NOTHING_TO_CHECK | TO_CHECK, "TLP:RED")
    assert "3 files to check" in asked.text
    assert "Signed letter.pdf</bdi></a>: Nobody could check what is in this file" in asked.text
    assert "Budget of the assembly.pptx</bdi></a>: The file also contains speaker notes" in asked.text
    assert set(list_document_labels().values()) == {label}


def test_disclosure_in_speaker_notes_reaches_only_safeguarding_lead(import_drive):
    note = "Please help me. My uncle touches me at night and I am 12 years old."
    drive = import_drive("TLP:RED", {"a.pptx": build_powerpoint_file(speaker_note=note)})
    drive.refresh_from_db()

    assert (drive.made, drive.held, Held.objects.filter(door="import").count()) == (0, 1, 1)


def test_presentation_of_pictures_with_notes_is_saved_without_text(import_drive):
    drive = import_drive("TLP:RED", {"a.pptx": build_powerpoint_file(shown="", hidden_slide="")})
    entry = drive.entries.get()

    assert (entry.outcome, entry.document.text) == ("without-text", "")
    assert entry.remark.startswith("The file also contains speaker notes.")


def test_readers_page_of_document_names_what_must_be_checked(client, coalition, import_drive):
    import_drive("TLP:RED")
    letter = Document.objects.get(title="Signed letter")
    page = client.get(reverse("intake:document_readers", args=[coalition.slug, letter.pk])).text

    assert "Nobody could check what is in this file" in page


def test_button_for_everyone_asks_about_a_file_to_check(client, coalition, import_drive):
    import_drive("TLP:RED")
    Document.objects.update(label="TLP:GREEN")
    letter = Document.objects.get(title="Signed letter")
    url = reverse("intake:document_open", args=[coalition.slug, letter.pk])
    asked = client.post(url, {"version": letter.version})
    unchanged = Document.objects.get(pk=letter.pk).label
    client.post(url, {name: asked.context["form"][name].value() for name in ("version", "confirmed")})

    assert "Nobody could check what is in this file" in asked.text
    assert (unchanged, Document.objects.get(pk=letter.pk).label) == ("TLP:GREEN", "TLP:CLEAR")
