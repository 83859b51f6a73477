"""Before everyone can read files of a drive, or members can read files with personal details, a page asks once."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from jukwaa.accounts.models import Person
from jukwaa.intake import source_readers
from jukwaa.intake.models import Drive, DriveEntry
from jukwaa.intake.source_readers import describe_drive_file_details
from jukwaa.intake.tasks import read_drive
from jukwaa.records.models import Document, State
from tests.conftest import create_seated_person
from tests.core.documents import zip_named_parts

TRAVELLER_TEXT = "Participant | Passport | Amount\nA traveller | OP000017 | 180"
DRIVE_FILES = {"Minutes.txt": "The members agreed to share good practices.", "Travel costs.txt": TRAVELLER_TEXT}


@pytest.fixture
def imported_drive(client, coalition, coordinator):
    client.force_login(coordinator)
    file = SimpleUploadedFile("Drive.zip", zip_named_parts(DRIVE_FILES))
    client.post(reverse("intake:drive_new", args=[coalition.slug]), {"file": file, "label": "TLP:RED"})
    drive = Drive.objects.get()
    read_drive.func(drive.pk)
    return drive


@pytest.fixture
def change_readers(client, imported_drive):
    def post_label(label: str, *titles: str, **more: str):
        chosen = Document.objects.filter(title__in=titles).values_list("pk", flat=True)
        sent = {"scope": "selected", "documents": list(chosen)} if titles else {"scope": "all"}
        url = reverse("intake:drive_labels", args=["ours", imported_drive.pk])
        return client.post(url, {"label": label, **sent, **more}, follow=True)

    return post_label


@pytest.fixture
def confirm_readers(change_readers):
    """Press the button of the page that asks."""

    def post_confirmed_label(label: str, *titles: str):
        page = change_readers(label, *titles)
        return change_readers(label, *titles, confirmed=page.context["confirmation_key"])

    return post_confirmed_label


def list_document_labels():
    return dict(Document.objects.values_list("title", "label"))


CLOSED = {"Minutes": "TLP:RED", "Travel costs": "TLP:RED"}


@pytest.mark.parametrize("titles", [("Travel costs",), ()])
def test_members_read_files_with_personal_details_after_confirmation(change_readers, confirm_readers, titles):
    page = change_readers("TLP:GREEN", *titles)
    unchanged = list_document_labels()
    done = confirm_readers("TLP:GREEN", *titles)

    assert "Travel costs.txt" in page.text
    assert "bank details, pay or identity numbers" in page.text
    assert unchanged == CLOSED
    assert "Readers changed for" in done.text
    assert list_document_labels()["Travel costs"] == "TLP:GREEN"


def test_files_without_personal_details_open_to_members_at_once(change_readers):
    assert "Readers changed for 1 file." in change_readers("TLP:GREEN", "Minutes").text


def test_page_asks_before_everyone_can_read_any_file(change_readers, confirm_readers):
    page = change_readers("TLP:CLEAR", "Minutes")
    unchanged = list_document_labels()
    confirm_readers("TLP:CLEAR", "Minutes")

    assert "Everyone on the internet will be able to read 1 file." in page.text
    assert unchanged == CLOSED
    assert list_document_labels() == CLOSED | {"Minutes": "TLP:CLEAR"}


@pytest.mark.parametrize(
    ("title", "change"), [("Travel costs", {"state": State.PUBLISHED}), ("Minutes", {"version": 2})]
)
def test_page_asks_again_about_files_that_it_has_not_shown(change_readers, title, change):
    """The import may still be running, and another person may have changed a file in the meantime."""
    Document.objects.filter(title="Travel costs").update(state=State.SUBMITTED)
    key = change_readers("TLP:CLEAR").context["confirmation_key"]
    Document.objects.filter(title=title).update(**change)
    again = change_readers("TLP:CLEAR", confirmed=key)

    assert "Check these files first" in again.text
    assert list_document_labels() == CLOSED


def test_confirmation_for_members_is_none_for_everyone(change_readers):
    key = change_readers("TLP:GREEN").context["confirmation_key"]
    again = change_readers("TLP:CLEAR", confirmed=key)

    assert "Everyone on the internet will be able to read 2 files." in again.text
    assert list_document_labels() == CLOSED


def test_page_says_that_it_has_not_searched_all_files(change_readers, monkeypatch):
    monkeypatch.setattr(source_readers, "MAX_FILES_SEARCHED_FOR_NAMES", 1)

    assert (
        "Only the first 1 files have been searched for names that are not public." in change_readers("TLP:CLEAR").text
    )


def test_details_of_a_file_are_shown_to_its_readers_alone(client, imported_drive, rapporteur):
    client.force_login(rapporteur)
    page = client.get(imported_drive.get_absolute_url()).text

    assert "Travel costs.txt" in page
    assert "Seems to contain" not in page


def test_page_names_files_with_names_that_are_not_public(coalition, change_readers):
    create_seated_person(coalition, "Wanjiru Otieno-Bell")
    Document.objects.filter(title="Minutes").update(text="Wanjiru Otieno-Bell agreed to share good practices.")
    hidden = change_readers("TLP:CLEAR", "Minutes").text
    Person.objects.filter(name="Wanjiru Otieno-Bell").update(name_is_public=True)
    public = change_readers("TLP:CLEAR", "Minutes").text

    assert "These files name people of the directory whose names are not public: Minutes.txt." in hidden
    assert "whose names are not public" not in public


def test_closing_files_needs_no_confirmation(change_readers):
    change_readers("TLP:GREEN", "Minutes")

    assert "Readers changed for 1 file." in change_readers("TLP:RED").text


def test_table_says_what_file_seems_to_contain(client, imported_drive):
    page = client.get(imported_drive.get_absolute_url()).text

    assert "Seems to contain: bank details, pay or identity numbers." in page
    assert DriveEntry.objects.exclude(personal_details="").count() == 1


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("Nome | NUIT | Salário mensal", True),
        ("N.º passaporte | Nascimento", True),
        ("The budget of the meeting, in euros", False),
        ("A passport to safer games", True),
        ("ينتهي جواز السفر في مايو", True),
    ],
)
def test_details_of_budgets_and_lists_of_travellers_are_recognised(text, is_found):
    assert ("identity numbers" in describe_drive_file_details(text)) == is_found
