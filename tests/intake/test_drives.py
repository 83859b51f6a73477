"""A shared drive becomes documents that members search, with no decision asked."""

import io

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from jukwaa.coalitions.models import Activity
from jukwaa.intake.actions import make_document_public
from jukwaa.intake.drive_import import get_zip_path
from jukwaa.intake.models import Drive, DriveEntry, Reading
from jukwaa.intake.tasks import read_drive
from jukwaa.records.models import Document, Held, Passage
from tests.core.documents import build_word_file, zip_named_parts
from tests.factories import DocumentFactory

MINUTES_TEXT = "The members agreed to share good practices, and to meet again in Nairobi."


@pytest.fixture
def get_drive_url(coalition):
    return lambda name, *args: reverse(f"intake:{name}", args=[coalition.slug, *args])


@pytest.fixture
def import_drive(client, get_drive_url, rapporteur):
    """Bring a ZIP of these files, and let the worker read it."""
    client.force_login(rapporteur)

    def import_drive_parts(drive_parts, *, read=True, label="TLP:GREEN"):
        data = drive_parts if isinstance(drive_parts, bytes) else zip_named_parts(drive_parts)
        response = client.post(
            get_drive_url("drive_new"), {"file": SimpleUploadedFile("Drive.zip", data), "label": label}
        )
        if response.status_code == 302 and read:
            read_drive.func(Drive.objects.latest("pk").pk)
        return response

    return import_drive_parts


def count_drive_outcomes():
    return list(DriveEntry.objects.order_by("path").values_list("path", "outcome"))


def list_document_fields():
    return list(Document.objects.order_by("title").values_list("title", "label", "state", "file_name", "text"))


@pytest.mark.parametrize(
    ("parts", "kind", "page"),
    [
        ({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"}, "Word document", "“Import a report”"),
        ({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<w/>"}, "Excel file", "“Import a spreadsheet”"),
        (
            {"[Content_Types].xml": "<Types/>", "ppt/presentation.xml": "<w/>"},
            "PowerPoint file",
            "with the other files",
        ),
        (
            {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<w/>"},
            "OpenDocument text",
            "“Import a report”",
        ),
        (
            {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<w/>"},
            "OpenDocument spreadsheet",
            "“Import a spreadsheet”",
        ),
    ],
)
def test_office_file_is_not_unpacked_like_a_drive(import_drive, parts, kind, page):
    response = import_drive(parts)  # it is called Drive.zip: its content tells

    assert response.status_code == 422
    assert f"Choose a ZIP file. This file is not one ({kind})." in response.text
    assert page in response.text
    assert not Drive.objects.exists()


def test_each_drive_file_becomes_searchable_members_document(import_drive, client, get_drive_url, member):
    response = import_drive(
        {"Reports/2009/Minutes of May.txt": MINUTES_TEXT, "Agenda.docx": build_word_file(), "__MACOSX/._x": b"x"}
    )

    drive = Drive.objects.get()
    assert response.url == get_drive_url("drive_detail", drive.pk)
    assert (drive.state, drive.total, drive.done, drive.made, drive.found) == ("done", 2, 2, 2, 0)
    assert count_drive_outcomes() == [("Agenda.docx", "read"), ("Reports/2009/Minutes of May.txt", "read")]
    assert list_document_fields() == [
        ("Agenda", "TLP:GREEN", "published", "Agenda.docx", "Members agreed to meet again."),
        ("Minutes of May", "TLP:GREEN", "published", "Minutes of May.txt", MINUTES_TEXT),
    ]
    assert Document.objects.get(title="Minutes of May").summary == "From the shared drive, folder Reports/2009."
    assert Passage.objects.filter(text__contains="Nairobi").exists()
    client.logout()
    page = reverse("records:document_list", args=[drive.coalition.slug])
    assert "Minutes of May" not in client.get(page).text
    client.force_login(member)
    assert "Minutes of May" in client.get(page).text


def test_drive_can_be_imported_for_coordinators_only(import_drive, client, get_drive_url, coordinator, member):
    import_drive({"Budget.txt": MINUTES_TEXT, "Agenda.docx": build_word_file()}, label="TLP:RED")

    drive = Drive.objects.get()
    rows = Document.objects.order_by("title").values_list("title", "label", "audience__person")
    assert list(rows) == [("Agenda", "TLP:RED", coordinator.pk), ("Budget", "TLP:RED", coordinator.pk)]
    readers = {person: Document.objects.visible_to(person).count() for person in (drive.by, coordinator, member)}
    assert list(readers.values()) == [2, 2, 0]
    page = client.get(get_drive_url("drive_detail", drive.pk)).text
    assert "imported for the coordinators only" in page
    assert page.count("Only the coordinators <span") == 2

    client.post(get_drive_url("drive_labels", drive.pk), {"scope": "all", "label": "TLP:GREEN"})

    assert Document.objects.visible_to(member).count() == 2


def test_drive_import_asks_who_can_read_files(import_drive, client, get_drive_url):
    field = client.get(get_drive_url("drive_new")).context["form"]["label"]
    refused = import_drive({"a.txt": MINUTES_TEXT}, label="")
    wider = import_drive({"a.txt": MINUTES_TEXT}, label="TLP:CLEAR")

    assert field.initial == "TLP:RED"
    assert [dict(page.context["form"].errors).keys() for page in (refused, wider)] == [{"label"}, {"label"}]
    assert not Drive.objects.exists()


def test_drive_zip_is_deleted_after_import(import_drive):
    import_drive({"a.txt": MINUTES_TEXT}, read=False)
    drive = Drive.objects.get()
    path = get_zip_path(drive)
    assert path.exists()

    read_drive.func(drive.pk)

    assert Drive.objects.get().file.name == ""


def test_repeated_text_leads_to_existing_document(import_drive, coalition):
    import_drive({"a.txt": MINUTES_TEXT, "copy of a.txt": MINUTES_TEXT})
    import_drive({"moved/a.md": MINUTES_TEXT, "b.txt": "Something new was said."})

    assert [(drive.made, drive.found) for drive in Drive.objects.order_by("pk")] == [(1, 1), (1, 1)]
    assert count_drive_outcomes() == [
        ("a.txt", "read"),
        ("b.txt", "read"),
        ("copy of a.txt", "duplicate"),
        ("moved/a.md", "duplicate"),
    ]
    assert [title for title, *_ in list_document_fields()] == ["a", "b"]


def test_drive_file_without_text_is_saved_and_refused_files_are_listed(import_drive, client, get_drive_url):
    stream = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(stream, "PNG")
    import_drive(
        {
            "Photo.png": stream.getvalue(),
            "tool.exe": b"MZ\x90\x00\x03",
            "old.doc": b"\xd0\xcf\x11\xe0",
            "empty.txt": b"",
        }
    )

    drive = Drive.objects.get()
    kept = Document.objects.get()
    assert (drive.done, drive.made) == (4, 1)
    assert (kept.title, kept.text, kept.media_type, kept.state) == ("Photo", "", "image/png", "published")
    assert kept.summary == (
        "This file has no text that we can read. Any position and other camera data were removed from the picture."
    )
    assert drive.entries.get(document=kept).reason.startswith("Enter or paste the text instead.")
    assert count_drive_outcomes() == [
        ("Photo.png", "without-text"),
        ("empty.txt", "refused"),
        ("old.doc", "refused"),
        ("tool.exe", "refused"),
    ]
    page = client.get(get_drive_url("drive_detail", drive.pk)).text
    assert "Open the file in the program it comes from" in page
    assert "This file is empty." in page


@pytest.mark.parametrize(
    ("file_content", "report_sentence"),
    [
        (b"", "This file is empty. Download the drive again, then choose the new ZIP file."),
        (b"no zip", "This archive is damaged or incomplete. Create it again and upload the new one."),
        (zip_named_parts({}), "This ZIP file is empty. Check that you chose the right file."),
        (
            zip_named_parts({"../a.txt": b"x"}),
            (
                "Create this archive again. We did not open it, because the name of one of its files points outside"
                " the archive."
            ),
        ),
        (
            zip_named_parts({f"{n}.txt": bytes(9_000_000) for n in range(6)}),
            (
                "Save this file again, or save it as PDF. We did not open it, because it unpacks to far more data than"
                " a document needs."
            ),
        ),
    ],
)
def test_archive_that_is_no_drive_shows_field_error(import_drive, file_content, report_sentence):
    response = import_drive(file_content)

    assert response.status_code == 422
    assert dict(response.context["form"].errors) == {"file": [report_sentence]}
    assert not Drive.objects.exists()


def test_drive_import_resumes_after_worker_dies(import_drive, monkeypatch):
    import_drive({f"{n}.txt": f"{MINUTES_TEXT} Number {n}." for n in range(4)}, read=False)
    monkeypatch.setattr("jukwaa.intake.tasks.DRIVE_TIME_LIMIT", -1.0)
    drive = Drive.objects.get()

    seen = []
    for _turn in range(5):
        read_drive.func(drive.pk)
        drive.refresh_from_db()
        seen.append((drive.done, drive.made, drive.state))

    assert seen == [*((n, n, "reading") for n in range(1, 5)), (4, 4, "done")]
    assert Document.objects.count() == 4


def test_double_submit_imports_one_drive(import_drive):
    data = zip_named_parts({"a.txt": MINUTES_TEXT})
    first, second = (import_drive(data, read=False) for _press in range(2))

    assert first.url == second.url
    assert Drive.objects.count() == 1


def test_disclosure_in_drive_reaches_only_safeguarding_lead(import_drive):
    import_drive({"letter.txt": "Please help me. My uncle touches me at night and I am 12 years old."})

    drive = Drive.objects.get()
    assert (drive.made, drive.held) == (0, Held.objects.filter(door="import").count()) == (0, 1)
    assert (Document.objects.count(), count_drive_outcomes()) == (0, [])


@pytest.mark.parametrize(
    "path_in_drive",
    [
        "My teacher touches me and I am 12/report.txt",
        "Letters/Help. My_teacher_touches_me_and_I_am_12/Old/report.txt",
        "My teacher touches me and I am 12/tool.exe",
        "Letters/My teacher touches me and I am 12.exe",
    ],
)
def test_suspect_path_in_drive_is_quarantined_and_not_listed(import_drive, path_in_drive):
    import_drive(
        {
            path_in_drive: MINUTES_TEXT.encode() if path_in_drive.endswith("txt") else b"MZ\x90\x00\x03",
            "a.txt": "Other minutes.",
        }
    )

    drive = Drive.objects.get()
    held = Held.objects.get(door="import")
    assert (drive.done, drive.made, drive.held) == (2, 1, 1)
    assert count_drive_outcomes() == [("a.txt", "read")]
    assert held.text == path_in_drive
    assert held.file.size > 0


def test_released_path_is_imported_on_next_upload(import_drive, rapporteur):
    parts = {"My teacher touches me and I am 12/report.txt": MINUTES_TEXT}
    import_drive(parts)
    Held.objects.update(state=Held.State.RELEASED, decided_by=rapporteur, decided_at=timezone.now())
    import_drive(parts | {"b.txt": "Other minutes."})

    assert count_drive_outcomes() == [("My teacher touches me and I am 12/report.txt", "read"), ("b.txt", "read")]
    assert Held.objects.count() == 1


def test_only_record_keepers_import_and_see_drives(import_drive, client, get_drive_url, member, outsider, coordinator):
    import_drive({"a.txt": MINUTES_TEXT})
    detail = get_drive_url("drive_detail", Drive.objects.get().pk)

    for person, form, page in [(member, 403, 404), (outsider, 403, 404), (coordinator, 200, 200)]:
        client.force_login(person)
        assert (client.get(get_drive_url("drive_new")).status_code, client.get(detail).status_code) == (form, page)


def test_document_is_published_once_by_repeated_button(client, get_drive_url, coalition, member, rapporteur):
    document = DocumentFactory(coalition=coalition, label="TLP:GREEN", published=True)
    url = get_drive_url("document_open", document.pk)
    client.force_login(member)
    assert client.post(url, {"version": 1}).status_code == 403
    client.force_login(rapporteur)
    for _press in range(2):
        assert client.post(url, {"version": 1}).url == document.get_absolute_url()

    document.refresh_from_db()
    assert (document.label, document.version) == ("TLP:CLEAR", 2)
    assert list(Activity.objects.filter(kind="document").values_list("verb", flat=True)) == ["opened"]


def test_document_changed_meanwhile_is_not_published(client, get_drive_url, coalition, rapporteur):
    document = DocumentFactory(coalition=coalition, label="TLP:GREEN", published=True, version=3)
    client.force_login(rapporteur)

    response = client.post(get_drive_url("document_open", document.pk), {"version": 2}, follow=True)

    document.refresh_from_db()
    assert document.label == "TLP:GREEN"
    assert "Someone else has saved a change since you opened this page." in response.text


def test_restricted_document_is_not_published_by_button(coalition, rapporteur):
    document = DocumentFactory(coalition=coalition, label="TLP:RED", published=True, author=rapporteur)

    with pytest.raises(PermissionDenied):
        make_document_public(actor=rapporteur, document=document, from_version=1)

    document.refresh_from_db()
    assert document.label == "TLP:RED"


def test_reading_of_drive_document_reuses_existing_document(import_drive, client, get_drive_url, coalition):
    import_drive({"Minutes.txt": f"Report of May\n\n{MINUTES_TEXT}\n"})
    document = Document.objects.get()

    form = client.get(get_drive_url("reading_new"), {"document": document.pk}).context["form"]
    client.post(get_drive_url("reading_new"), {name: form[name].value() or "" for name in ("text", "title", "label")})

    assert Reading.objects.get().document == document
    assert Document.objects.count() == 1


@pytest.mark.parametrize("row_count", [1, 3])
def test_drive_pages_query_count_is_constant(
    client, get_drive_url, coalition, rapporteur, row_count, django_assert_num_queries
):
    for n in range(row_count):
        drive = Drive.objects.create(
            coalition=coalition,
            by=rapporteur,
            name=f"{n}.zip",
            digest=str(n),
            state="done",
        )
    for document in DocumentFactory.create_batch(row_count, coalition=coalition, published=True):
        DriveEntry.objects.create(drive=drive, path=document.title, outcome="read", document=document)
    client.force_login(rapporteur)

    with django_assert_num_queries(4):
        client.get(get_drive_url("drive_new"))
    with django_assert_num_queries(11):
        assert client.get(get_drive_url("drive_detail", drive.pk)).text.count('name="documents"') == row_count


def test_sentences_about_files_are_in_language_of_importer(import_drive, rapporteur):
    rapporteur.language = "fr"
    rapporteur.save()
    import_drive({"Rapports/Note.txt": "Rue des Fleurs, compte bancaire 12", "HR/Note.txt": "Text"})

    files = DriveEntry.objects.order_by("path")
    assert files[0].reason.startswith("Seules la coordination")
    assert files[1].personal_details == "des coordonnées bancaires, des rémunérations ou des numéros d’identité"
    assert files[1].document.summary == "De l’espace partagé, dossier Rapports."
