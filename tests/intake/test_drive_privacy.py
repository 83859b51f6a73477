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
from tests.core.documents import build_open_document_spreadsheet, zip_named_parts
from tests.factories import DocumentFactory

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


def build_workbook_with_hidden_cells():
    """Its cells begin at C2, as calamine gives a sheet from its first filled column."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet("Staff")
        for number, row in enumerate(
            [["Name", "Salary", "Country"], ["Ana", "SECRET1", "Chile"], ["Bo", "", "SECRET2"]]
        ):
            sheet.write_row(number + 1, 2, row)
        sheet.set_column("D:D", None, None, {"hidden": True})
        sheet.set_row(3, None, None, {"hidden": True})
        book.add_worksheet("Public").write_row(0, 0, ["Seats", 12])
    return stream.getvalue()


def build_open_document_with_hidden_cells():
    columns = '<table:table-column/><table:table-column table:visibility="collapse" table:number-columns-repeated="2"/>'
    rows = [["Name", "Salary", "Grade", "Country"], ["Ana", "SECRET1", "SECRET2", "Chile"], ["SECRET3", "", "", ""]]
    return build_open_document_spreadsheet("Staff", rows, columns=columns, hidden_rows={2})


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
    assert "because these sheets are hidden or have hidden rows or columns: 2027 prov, Drafts." in entry.reason
    assert "Salaries" not in Document.objects.get().text


@pytest.mark.parametrize(
    ("file_name", "build_file", "text"),
    [
        (
            "Staff.xlsx",
            build_workbook_with_hidden_cells,
            "# Staff\n\nName | Country\nAna | Chile\n\n# Public\n\nSeats | 12",
        ),
        ("Staff.ods", build_open_document_with_hidden_cells, "# Staff\n\nName | Country\nAna | Chile"),
    ],
)
def test_hidden_rows_and_columns_are_not_read_and_restrict_file(import_files, file_name, build_file, text):
    extracted = extract_text(build_file(), file_name)
    entry = import_files({file_name: build_file()}).entries.get()

    assert extracted.text == text
    assert "Hidden or filtered rows and columns of these sheets were not read: Staff." in extracted.notes
    assert (entry.outcome, entry.document.label, entry.document.text) == ("restricted", "TLP:RED", text)
    assert "because these sheets are hidden or have hidden rows or columns: Staff." in entry.reason


def test_hidden_column_without_text_does_not_restrict_file(import_files):
    columns = (
        '<table:table-column/><table:table-column table:visibility="collapse" table:number-columns-repeated="99"/>'
    )
    entry = import_files(
        {"Seats.ods": build_open_document_spreadsheet("Seats", [["Board", ""]], columns=columns)}
    ).entries.get()

    assert (entry.outcome, entry.document.label) == ("read", "TLP:GREEN")


def test_open_document_spreadsheet_of_many_addresses_is_restricted(import_files):
    rows = [[f"person{number}@example.org"] for number in range(10)]
    entry = import_files({"people.ods": build_open_document_spreadsheet("People", rows)}).entries.get()

    assert (entry.outcome, entry.document.label) == ("restricted", "TLP:RED")


def test_photograph_is_stored_upright_without_position(import_files):
    photograph = build_photograph()
    with Image.open(io.BytesIO(photograph)) as original:
        assert original.getexif().get_ifd(GPS_TAG)
    import_files({"IMG_1.JPG": photograph})
    document = Document.objects.get()
    with document.file.open() as file, Image.open(file) as stored:
        assert (dict(stored.getexif()), stored.size) == ({}, (30, 40))
    assert "Any position and other camera data were removed from the picture." in document.summary


@pytest.mark.parametrize(("mode", "image_format"), [("L", "JPEG"), ("1", "PNG"), ("RGB", "JPEG")])
def test_scan_keeps_its_resolution(import_files, mode, image_format):
    stream = io.BytesIO()
    Image.new(mode, (1200, 3000)).save(stream, image_format)
    import_files({f"Signed minutes.{image_format.lower()}": stream.getvalue()})
    with Document.objects.get().file.open() as file, Image.open(file) as stored:
        assert (stored.size, stored.mode) == ((1200, 3000), mode)


def build_truncated_photograph():
    return build_photograph()[:-200]


def build_oversized_scan():
    stream = io.BytesIO()
    Image.new("1", (9000, 7000)).save(stream, "PNG")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("file_name", "build_file"), [("IMG_1.JPG", build_truncated_photograph), ("plan.png", build_oversized_scan)]
)
def test_picture_that_cannot_be_redrawn_is_restricted_to_coordinators(import_files, file_name, build_file):
    data = build_file()
    entry = import_files({file_name: data}).entries.get()

    assert (entry.outcome, entry.document.label) == ("restricted", "TLP:RED")
    assert "because we could not remove the position and other camera data" in entry.reason
    with entry.document.file.open() as file:
        assert file.read() == data


def test_same_photograph_is_recognised_again(import_files):
    import_files({"IMG_1.JPG": build_photograph()})
    again = import_files({"Copy.jpg": build_photograph(), "notes.txt": b"Other words."})

    assert sorted(again.entries.values_list("path", "outcome")) == [("Copy.jpg", "duplicate"), ("notes.txt", "read")]


def test_attachment_form_warns_of_hidden_parts(client, coalition, member):
    document = DocumentFactory(coalition=coalition, author=member)
    client.force_login(member)
    page = client.get(reverse("records:attachment_add", args=[coalition.slug, document.pk])).text

    assert "Delete any hidden sheets, rows, columns and slides first." in page
