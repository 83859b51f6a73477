"""What a shared drive holds without being seen: hidden sheets, and what a camera wrote into a photograph."""

import io

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from jukwaa.core.documents.incoming import extract_text
from jukwaa.intake.models import Drive
from jukwaa.intake.tasks import read_drive
from jukwaa.records.models import Document
from tests.core.documents import zip_named_parts

GPS_TAG = 0x8825
ORIENTATION_TAG = 0x0112


def build_workbook_with_hidden_sheet():
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        book.add_worksheet("Budget").write_row(0, 0, ["Translation", 4000])
        hidden = book.add_worksheet("2027 prov")
        hidden.write_row(0, 0, ["Salaries by name", 61000])
        hidden.hide()
        very_hidden = book.add_worksheet("Drafts")
        very_hidden.write_row(0, 0, ["Ana", 5])
        very_hidden.very_hidden()
    return stream.getvalue()


def build_photograph():
    stream = io.BytesIO()
    exif = Image.Exif()
    exif[ORIENTATION_TAG] = 6  # the camera was held on its side
    exif.get_ifd(GPS_TAG).update({1: "N", 2: (59.0, 26.0, 13.0), 3: "E", 4: (24.0, 45.0, 0.0)})
    Image.new("RGB", (40, 30), "teal").save(stream, "JPEG", exif=exif)
    return stream.getvalue()


@pytest.fixture
def import_files(client, coalition, rapporteur):
    def import_drive_files(parts):
        client.force_login(rapporteur)
        file = SimpleUploadedFile("Drive.zip", zip_named_parts(parts))
        client.post(reverse("intake:drive_new", args=[coalition.slug]), {"file": file, "label": "TLP:GREEN"})
        drive = Drive.objects.latest("pk")
        read_drive.func(drive.pk)
        return drive

    return import_drive_files


def test_hidden_sheets_are_not_read_and_named():
    extracted = extract_text(build_workbook_with_hidden_sheet(), "Budget.xlsx")

    assert extracted.text == "# Budget\n\nTranslation | 4000"
    assert extracted.hidden_sheets == ("2027 prov", "Drafts")
    assert "Hidden sheets were not read: 2027 prov, Drafts." in extracted.notes


def test_spreadsheet_with_hidden_sheets_is_restricted_to_coordinators(import_files):
    drive = import_files({"Budget.xlsx": build_workbook_with_hidden_sheet()})
    entry = drive.entries.get()

    assert (entry.outcome, entry.document.label) == ("restricted", "TLP:RED")
    assert "because it has hidden sheets: 2027 prov, Drafts." in entry.reason
    assert "Salaries" not in Document.objects.get().text


def test_photograph_is_stored_upright_without_position(import_files):
    photograph = build_photograph()
    with Image.open(io.BytesIO(photograph)) as original:
        assert original.getexif().get_ifd(GPS_TAG)
    import_files({"IMG_1.JPG": photograph})
    document = Document.objects.get()
    with document.file.open() as file, Image.open(file) as stored:
        assert (dict(stored.getexif()), stored.size) == ({}, (30, 40))
    assert "Any position and other camera data were removed from the picture." in document.summary


def test_same_photograph_is_recognised_again(import_files):
    import_files({"IMG_1.JPG": build_photograph()})
    again = import_files({"Copy.jpg": build_photograph(), "notes.txt": b"Other words."})

    assert sorted(again.entries.values_list("path", "outcome")) == [("Copy.jpg", "duplicate"), ("notes.txt", "read")]
