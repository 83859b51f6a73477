"""What became of the files of a shared drive, who reads them, and how that is changed for many at once."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from jukwaa.core.documents.incoming import FileRefused, ZipEntry
from jukwaa.core.refusals import ActionRefused
from jukwaa.intake.actions import change_drive_labels
from jukwaa.intake.drive_import import MAX_ADDRESSES_IN_OPEN_FILE, import_zip_entry
from jukwaa.intake.erasure import erase_reading_data
from jukwaa.intake.models import Drive, DriveEntry
from jukwaa.intake.source_readers import count_personal_addresses
from jukwaa.intake.tasks import read_drive
from jukwaa.records.actions import withdraw_record
from jukwaa.records.models import Document
from tests.core.documents import build_pdf_file, zip_named_parts

MINUTES_TEXT = "The members agreed to share good practices."


def build_address_list(count: int) -> str:
    return "name,email\n" + "\n".join(f"Person {n},person{n}@example{n}.org" for n in range(count))


DRIVE_FILES = {
    "Minutes.txt": MINUTES_TEXT,
    "Old/Minutes copy.txt": MINUTES_TEXT,
    "Lists/people.csv": build_address_list(MAX_ADDRESSES_IN_OPEN_FILE + 1),
    "Lists/board.csv": build_address_list(MAX_ADDRESSES_IN_OPEN_FILE),
    "tool.exe": b"MZ\x90\x00\x03",
}


@pytest.fixture
def imported_drive(client, coalition, coordinator, rapporteur):
    client.force_login(rapporteur)
    parts = DRIVE_FILES | {"scan.pdf": build_pdf_file("#rect(width: 3cm)")}
    file = SimpleUploadedFile("Drive.zip", zip_named_parts(parts))
    client.post(reverse("intake:drive_new", args=[coalition.slug]), {"file": file, "label": "TLP:GREEN"})
    drive = Drive.objects.get()
    read_drive.func(drive.pk)
    drive.refresh_from_db()
    return drive


def list_document_labels():
    return dict(Document.objects.order_by("title").values_list("title", "label"))


def test_drive_page_lists_outcome_of_each_file_in_one_table(client, imported_drive):
    page = client.get(imported_drive.get_absolute_url()).text
    only_scans = client.get(imported_drive.get_absolute_url(), {"outcome": "scan"}).text

    assert list(DriveEntry.objects.values_list("path", "outcome")) == [
        ("Lists/board.csv", "read"),
        ("Lists/people.csv", "restricted"),
        ("Minutes.txt", "read"),
        ("Old/Minutes copy.txt", "duplicate"),
        ("scan.pdf", "scan"),
        ("tool.exe", "refused"),
    ]
    assert [path in page for path in ("Lists/people.csv", "Old/Minutes copy.txt", "scan.pdf", "tool.exe")] == [True] * 4
    assert page.count('name="documents"') == 4  # none for the duplicate, and none for what was not imported
    assert ("Duplicate (1)" in page, "Scan without text (1)" in page) == (True, True)
    assert ("scan.pdf" in only_scans, "tool.exe" in only_scans) == (True, False)


def test_spreadsheet_of_personal_addresses_is_restricted_to_coordinators(client, imported_drive, coordinator, member):
    people = Document.objects.get(title="people")
    statuses = {}
    for person in (coordinator, member):
        client.force_login(person)
        statuses[person.name] = client.get(people.get_absolute_url()).status_code

    assert list_document_labels() == {
        "Minutes": "TLP:GREEN",
        "board": "TLP:GREEN",
        "people": "TLP:RED",
        "scan": "TLP:RED",
    }
    assert statuses == {coordinator.name: 200, member.name: 404}
    reason = DriveEntry.objects.get(document=people).reason
    assert (
        reason == "Only coordinators and the person who imported this spreadsheet can read it, because it contains 10"
        " personal email addresses."
    )
    assert reason in people.summary


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Write to ana@example.org or ANA@example.org.", 1),
        ("info@a.org; press@b.org; secretariat@c.org", 0),
        ("a@b, @handle, 5 @ 3 euros", 0),
        ("ana@example.org,bo@mail.example.org", 2),
    ],
)
def test_personal_addresses_are_counted_once_each(text, count):
    assert count_personal_addresses(text) == count


def test_uncheckable_spreadsheet_is_restricted_to_coordinators(imported_drive, monkeypatch):
    def refuse_every_file(*_args, **_kwargs):
        raise FileRefused("too_slow", seconds=60)

    monkeypatch.setattr("jukwaa.intake.drive_import.extract_text", refuse_every_file)
    Drive.objects.update(total=99)
    import_zip_entry(imported_drive, ZipEntry("huge.csv", 9, lambda: b"name,email\n"))
    entry = DriveEntry.objects.get(path="huge.csv")

    assert (entry.outcome, entry.document.label) == ("restricted", "TLP:RED")
    assert "because we could not check it" in entry.reason


def test_readers_of_many_drive_files_are_changed_by_one_form(client, imported_drive, member, coordinator):
    client.force_login(coordinator)
    url = reverse("intake:drive_labels", args=["ours", imported_drive.pk])
    chosen = list(Document.objects.filter(title__in=["Minutes", "scan"]).values_list("pk", flat=True))
    sent = {"scope": "selected", "documents": chosen, "label": "TLP:CLEAR"}
    asked = client.post(url, sent)
    done = client.post(url, sent | {"confirmed": asked.context["confirmation_key"]}, follow=True)
    opened = list_document_labels()
    again = client.post(url, {"scope": "selected", "documents": chosen, "label": "TLP:CLEAR"}, follow=True)
    client.post(url, {"scope": "all", "label": "TLP:RED"})
    closed = list_document_labels()
    client.force_login(member)
    hidden = client.get(Document.objects.get(title="Minutes").get_absolute_url()).status_code

    assert "Readers changed for 2 files." in done.text
    assert opened == {"Minutes": "TLP:CLEAR", "board": "TLP:GREEN", "people": "TLP:RED", "scan": "TLP:CLEAR"}
    assert "Nothing has been changed, because the files already have these readers." in again.text
    assert (set(closed.values()), hidden) == ({"TLP:RED"}, 404)


def test_restricted_spreadsheet_is_opened_to_members_before_everyone(client, imported_drive, coordinator):
    client.force_login(coordinator)
    url = reverse("intake:drive_labels", args=["ours", imported_drive.pk])
    sent = {"scope": "all", "label": "TLP:CLEAR"}
    asked = client.post(url, sent)
    page = client.post(url, sent | {"confirmed": asked.context["confirmation_key"]}, follow=True)
    unchanged = list_document_labels()
    people = Document.objects.get(title="people")
    sent = {"scope": "selected", "documents": [people.pk], "label": "TLP:GREEN"}
    asked_again = client.post(url, sent)
    client.post(url, sent | {"confirmed": asked_again.context["confirmation_key"]})

    assert "because it contains 10 personal email addresses." in asked_again.text
    assert "Deselect the files that only coordinators can read." in page.text
    assert unchanged["Minutes"] == "TLP:GREEN"
    assert (list_document_labels()["people"], people.audience.exists()) == ("TLP:GREEN", False)


def test_opening_all_files_to_members_omits_coordinators_only_files(client, imported_drive, coordinator, rapporteur):
    url = reverse("intake:drive_labels", args=["ours", imported_drive.pk])
    people = Document.objects.get(title="people")
    for person in (rapporteur, coordinator):
        client.force_login(person)
        client.post(url, {"scope": "all", "label": "TLP:GREEN"})

        assert (list_document_labels()["people"], people.audience.exists()) == ("TLP:RED", True)


def test_only_coordinators_open_a_restricted_spreadsheet_to_members(client, imported_drive, rapporteur):
    client.force_login(rapporteur)
    people = Document.objects.get(title="people")
    sent = {"scope": "selected", "documents": [people.pk], "label": "TLP:GREEN"}
    page = client.post(reverse("intake:drive_labels", args=["ours", imported_drive.pk]), sent, follow=True)

    assert (
        "Deselect the files that only coordinators can read. Only a coordinator can give members access to them"
        in page.text
    )
    assert (list_document_labels()["people"], people.audience.exists()) == ("TLP:RED", True)


def test_personal_address_spreadsheet_is_never_opened_to_everyone(client, imported_drive, coordinator):
    people, board = (Document.objects.get(title=title) for title in ("people", "board"))
    change_drive_labels(actor=coordinator, drive=imported_drive, document_ids=[people.pk], tlp_label="TLP:GREEN")
    client.force_login(coordinator)
    for document in (people, board):
        document.refresh_from_db()
        path = reverse("intake:document_open", args=["ours", document.pk])
        page = client.post(path, {"version": document.version}, follow=True)
        refused = "You cannot make this spreadsheet available to everyone" in page.text

        assert (document.title, refused) == (document.title, document == people)
    assert (list_document_labels()["people"], list_document_labels()["board"]) == ("TLP:GREEN", "TLP:CLEAR")


@pytest.mark.parametrize(
    ("form_data", "report_sentence"),
    [
        ({"scope": "selected", "label": "TLP:GREEN"}, "Select at least 1 file."),
        ({"scope": "selected", "label": "TLP:GREEN", "documents": ["999999"]}, "Select files from the list."),
        ({"scope": "all", "label": ""}, "Choose who can read the files."),
    ],
)
def test_invalid_drive_labels_form_shows_error_and_changes_nothing(
    client, imported_drive, coordinator, form_data, report_sentence
):
    client.force_login(coordinator)
    before = list_document_labels()
    page = client.post(reverse("intake:drive_labels", args=["ours", imported_drive.pk]), form_data, follow=True)

    assert report_sentence in page.text
    assert list_document_labels() == before


def test_only_record_keepers_change_readers_of_drive_files(client, imported_drive, member):
    with pytest.raises(PermissionDenied):
        change_drive_labels(actor=member, drive=imported_drive, document_ids=None, tlp_label="TLP:CLEAR")
    client.force_login(member)

    assert client.post(reverse("intake:drive_labels", args=["ours", imported_drive.pk])).status_code == 404


def test_file_name_of_erased_document_is_not_in_drive_table(imported_drive):
    board = Document.objects.get(title="board")
    erase_reading_data(record=board)

    assert DriveEntry.objects.get(document=board).path == "deleted permanently"


def test_readers_of_withdrawn_document_are_not_changed(imported_drive, coordinator):
    minutes = Document.objects.get(title="Minutes")
    withdraw_record(actor=coordinator, record=minutes, reason="It is old.", is_trusted=True)
    changed = change_drive_labels(
        actor=coordinator, drive=imported_drive, document_ids=[minutes.pk], tlp_label="TLP:CLEAR"
    )
    minutes.refresh_from_db()
    with pytest.raises(ActionRefused):
        change_drive_labels(actor=coordinator, drive=imported_drive, document_ids=None, tlp_label="TLP:CLEAR")

    assert (changed, minutes.label) == (0, "TLP:GREEN")
