"""Files of a shared drive whose names or columns show that they are private, and emails in it."""

from pathlib import PurePosixPath

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from jukwaa.intake.models import Drive
from jukwaa.intake.private_files import describe_private_columns, find_private_path_part
from jukwaa.intake.tasks import read_drive
from tests.core.documents import zip_named_parts

MINORS, ADDRESSES = "people under 18 or their parents or guardians", "postal addresses"


@pytest.fixture
def import_drive(client, coalition, coordinator):
    def import_drive_files(parts):
        client.force_login(coordinator)
        file = SimpleUploadedFile("Drive.zip", zip_named_parts(parts))
        client.post(reverse("intake:drive_new", args=[coalition.slug]), {"file": file, "label": "TLP:GREEN"})
        drive = Drive.objects.latest("pk")
        read_drive.func(drive.pk)
        return drive

    return import_drive_files


@pytest.mark.parametrize(
    ("path", "part"),
    [
        ("03_Finances/PRIVÉ/paie_2026.xlsx", "PRIVÉ"),
        ("03_Finances/PRIVE\u0301/note.txt", "PRIVE\u0301"),
        ("perso/nota.txt", "perso"),
        ("Docs/Confidential - board.docx", "Confidential - board.docx"),
        ("RH/contrat.pdf", "RH"),
        ("HR-2026/plan.pdf", "HR-2026"),
        ("nóminas_octubre.xlsx", "nóminas_octubre.xlsx"),
        ("Folha de pagamento/2026.csv", "Folha de pagamento"),
        ("جهات/سري/ملف.txt", "سري"),
        ("Ana/leave + doctor.txt", "leave + doctor.txt"),
        ("Demandes de congés 2026.xlsx", "Demandes de congés 2026.xlsx"),
        ("How children leave a platform.pdf", ""),
        ("Jóvenes/menores.csv", "menores.csv"),
        ("Réunions/Minutes.docx", ""),
        ("Protección de menores en línea.docx", ""),
        ("Three minutes.txt", ""),
        ("Chr/plan.txt", ""),
    ],
)
def test_private_names_of_folders_and_files_are_found(path, part):
    assert find_private_path_part(PurePosixPath(path)) == part


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        (
            "# Hoja1\n\nOrganización | A la atención de | Dirección | CP | Ciudad\nFVC | Marta | Av. 1 | 96028 | X",
            ADDRESSES,
        ),
        ("Name | Street | Postal code\nAna | High Street 1 | 1000", ADDRESSES),
        ("الاسم | العنوان | المدينة\nسلمى | شارع 1 | تونس", ADDRESSES),
        ("nombre | edad | país | tutor/a\nL. | 16 | Senegal | (madre)", MINORS),
        ("Name | Age\nAna | 34\nBo | 16", MINORS),
        ("Nom | Date de naissance\nAna | 2010-02-03", MINORS),
        ('"Name","Age"\n"Moss, Ana","15"', MINORS),
        ("Name,Age,Hobby\nAna,15,likes; swims", MINORS),
        ('"Address","Postcode"\n"Road 1","123"', ADDRESSES),
        ("Name | Age\nAna | 34\nBo | 61", ""),
        ("Name | Age, place\nAna, 15 | 34, Oslo", ""),
        (f"Name | Age\nAna | {'9' * 5000}", ""),
        (f'Name,Age\n"{"a" * 200_000},34', ""),
        ("Organisation | Address | Web\nFVC | info@fvc.example | fvc.example", ""),
        ("Line | Budget | Age of the equipment\nPhones | 12 | 3", ""),
        ("", ""),
    ],
)
def test_columns_of_addresses_and_minors_are_found(text, contents):
    assert describe_private_columns(text) == contents


def test_private_files_are_kept_for_coordinators_with_reason(import_drive):
    drive = import_drive(
        {
            "perso/nota.txt": "Call the printer about the leaflets on Monday.",
            "Members/sending.csv": "Organisation,Street,Postcode\nFVC,High Street 1,1000\n",
            "Youth/delegates.csv": "name;edad;tutor\nL.;16;madre\n",
            "Minutes.txt": "The members agreed to share good practices.",
        }
    )
    found = {entry.path: (entry.outcome, entry.document.label) for entry in drive.entries.all()}
    reasons = {entry.path: entry.reason for entry in drive.entries.all()}

    assert found.pop("Minutes.txt") == ("read", "TLP:GREEN")
    assert set(found.values()) == {("restricted", "TLP:RED")}
    assert "because the name “perso” suggests that it is private." in reasons["perso/nota.txt"]
    assert f"its columns suggest that it lists {ADDRESSES}." in reasons["Members/sending.csv"]
    assert f"its columns suggest that it lists {MINORS}." in reasons["Youth/delegates.csv"]


def test_email_in_drive_says_where_it_can_be_imported(import_drive):
    email = "From: ana@example.org\nTo: bo@example.org\nSubject: Hours\nDate: Mon, 12 Oct 2026 16:20:00 +0100\n\nHello"
    entry = import_drive({"Re_ Hours.eml": email}).entries.get()

    assert (entry.outcome, entry.document) == ("refused", None)
    assert entry.reason == (
        "Emails are not imported with a shared drive. Import this email on the page “Import a report”."
    )
