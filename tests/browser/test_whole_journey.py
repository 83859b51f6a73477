"""One person from joining to being erased, on a telephone of 360 pixels, with scripts and without.

She joins, says that she is an adult, shows her name, contributes in six features, downloads her data, leaves and
deletes her account; then a backup from before is restored by the real command.
"""

import io
import re
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings as site
from django.core.cache import caches
from django.db import connection
from django.utils import timezone
from playwright.sync_api import Page, expect

from jukwaa.accounts.models import AccountDeletion, Person
from jukwaa.coalitions.models import Affiliation
from jukwaa.config.backups import make_backup
from jukwaa.drafting.models import Call, Consultation, Input
from jukwaa.events.models import Event
from jukwaa.mail.models import Message
from jukwaa.meetings.models import Meeting
from jukwaa.records.models import Record
from jukwaa.updates.clock import tick
from tests import migrated
from tests.browser.conftest import SCRIPTS_BY_MODE
from tests.browser.test_drafting_asking import sign_in_by_code
from tests.browser.test_journeys import HOME_URL, SHARM_MEETING_TITLE, check_flash_message, follow_link, press_button
from tests.browser.test_leaving import PHONE_VIEWPORT, open_on_phone, save_screenshot
from tests.config.test_backups import run_jukwaa_command
from tests.config.test_restored_erasures import ADDRESS, NAME, find_person_traces

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="the restored data folder is one of SQLite"),
]

ORGANISATION_NAME = "A network of schools in Ghana"
MEMBER_PERSONA = "member of ECPAT International"
CONTRIBUTED_TEXTS = {
    "comment": "We answered the calls of two hundred children.",
    "input": "Say who answers at night.",
    "position": "We have no lawyer who could read it.",
    "pledge": "We open our helpline to teachers for a day.",
    "need": "Technical help with a chat for children",
    "practice": "A chat that children trust",
}


@pytest.fixture
def erasures_folder(settings, tmp_path, monkeypatch) -> Path:
    """The ledger of erasures with its key, in a folder that the commands use, too."""
    folder = tmp_path / "erasures"
    folder.mkdir()
    (folder / "erasures.key").write_text(site.ERASURES_KEY)
    settings.ERASURES_FOLDER = folder
    monkeypatch.setenv("JUKWAA_ERASURES", str(folder))
    return folder


def check_page_width(page: Page, screenshot_name: str) -> None:
    """Nothing is wider than the phone; a picture for whoever asks for it."""
    page.wait_for_load_state()  # just after a button is pressed there may be no element yet
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE_VIEWPORT["width"], page.url
    save_screenshot(page, screenshot_name)


def join_coalition(page: Page, coordinator: Page) -> Person:
    page.goto(f"{HOME_URL}apply/")
    follow_link(page, "Sign in and apply")
    sign_in_by_code(page, ADDRESS)
    page.get_by_label("Name of the organisation").fill(ORGANISATION_NAME)
    page.get_by_label("Country").select_option("GH")
    page.get_by_label("Stakeholder group").select_option("civil-society")
    page.get_by_label("Your name").fill(NAME)
    page.get_by_label("Why you would like to join").fill("We answer calls of children.")
    check_page_width(page, "apply")
    press_button(page, "Send application")
    page.get_by_label("Yes, I am 18 or older").check()
    check_page_width(page, "age")
    press_button(page, "Answer and continue")
    check_flash_message(page, "Your application has been sent to the coordinators.")
    coordinator.goto(f"{HOME_URL}tasks/")
    follow_link(coordinator, f"Answer the application from {ORGANISATION_NAME}")
    asked = coordinator.locator("li").filter(has_text=ORGANISATION_NAME)
    asked.get_by_label("The applicant represents the organisation").check()
    asked.get_by_role("button", name="Accept application").click()
    check_flash_message(coordinator, "is now a member")
    return Person.objects.get(email=ADDRESS)


def publish_own_name(page: Page) -> None:
    page.goto("/account/settings/")
    page.get_by_label("Show my name to everyone").check()
    check_page_width(page, "settings")
    press_button(page, "Save settings")
    check_flash_message(page, "Your settings have been saved.")


def make_contribution_of_each_kind(page: Page) -> None:
    comment_on_meeting(page)
    give_consultation_input(page)
    submit_position_on_call(page)
    make_pledge(page)
    ask_for_help(page)
    share_practice(page)


def comment_on_meeting(page: Page) -> None:
    page.goto(Meeting.objects.get(title=SHARM_MEETING_TITLE).get_absolute_url())
    page.get_by_label("Your comment").fill(CONTRIBUTED_TEXTS["comment"])
    press_button(page, "Post comment")
    check_flash_message(page, "Your comment has been posted.")
    check_page_width(page, "comment")


def give_consultation_input(page: Page) -> None:
    consultation = Consultation.objects.filter(closes_at__gt=timezone.now()).latest("pk")
    page.goto(f"{HOME_URL}texts/consultations/{consultation.pk}/inputs/new/")
    page.get_by_label("Text of the input").fill(CONTRIBUTED_TEXTS["input"])
    press_button(page, "Send input")
    check_flash_message(page, "Thank you.")
    check_page_width(page, "input")


def submit_position_on_call(page: Page) -> None:
    call = Call.objects.exclude(text__form="decision").get(outcome="", closes_at__gt=timezone.now())
    page.goto(f"{HOME_URL}texts/{call.text_id}/calls/{call.pk}/")
    follow_link(page, f"Respond for {ORGANISATION_NAME}")
    page.get_by_label("stands aside").check()
    page.locator("main [name=reason]").fill(CONTRIBUTED_TEXTS["position"])
    press_button(page, "Submit position")
    check_flash_message(page, "Response saved.")
    check_page_width(page, "position")


def make_pledge(page: Page) -> None:
    page.goto(f"{HOME_URL}events/")
    page.get_by_role("link", name="Safer Internet Day").first.click()
    follow_link(page, "Make a pledge")
    page.get_by_label("What will your organisation do?").fill(CONTRIBUTED_TEXTS["pledge"])
    press_button(page, "Submit pledge")
    check_flash_message(page, "Thank you.")
    check_page_width(page, "pledge")


def ask_for_help(page: Page) -> None:
    page.goto(f"{HOME_URL}cooperation/needs/new/?sort=technical")
    page.get_by_label("What do you need?").fill(CONTRIBUTED_TEXTS["need"])
    press_button(page, "Publish need")
    check_flash_message(page, "Need published.")
    check_page_width(page, "need")


def share_practice(page: Page) -> None:
    page.goto(f"{HOME_URL}library/share/")
    follow_link(page, "Good practice")
    page.get_by_label("Title").fill(CONTRIBUTED_TEXTS["practice"])
    page.locator("[name=what_worked]").fill("Children choose when the chat ends.")
    press_button(page, "Save draft")
    press_button(page, "Publish")
    check_page_width(page, "practice")


def download_own_data(page: Page) -> dict[str, str]:
    """The two files of the archive that hold words: the data, and the page to read."""
    page.goto("/account/settings/")
    link = page.locator("main").get_by_role("link", name="Download your data").get_attribute("href")
    answer = page.request.get(str(link))
    assert (answer.status, answer.headers["content-disposition"][:10]) == (200, "attachment")
    with zipfile.ZipFile(io.BytesIO(answer.body())) as archive:
        return {name: archive.read(name).decode() for name in ("your-data.json", "your-data.html")}


def list_person_urls(person: Person) -> list[str]:
    """Where her name stood or could stand: the directory, what she contributed, lists and files, search, feeds."""
    organisation = Affiliation.objects.get(person=person).organisation
    given = Input.objects.get(capacity__person=person)
    call = Call.objects.exclude(text__form="decision").get(outcome="", closes_at__gt=timezone.now())
    event = Event.objects.get(title="Safer Internet Day")
    records = Record.objects.filter(authorships__person=person).values_list("pk", flat=True)
    return [
        *(
            f"{HOME_URL}{path}"
            for path in ("", "people/", f"people/{person.pk}/", "directory/", "directory/people.csv")
        ),
        organisation.get_absolute_url(),
        Meeting.objects.get(title=SHARM_MEETING_TITLE).get_absolute_url(),
        *(f"{HOME_URL}texts/{path}/" for path in (f"inputs/{given.pk}", f"{call.text_id}/calls/{call.pk}")),
        *(f"{HOME_URL}events/{path}" for path in ("", f"{event.pk}/")),
        *(f"{HOME_URL}{path}" for path in ("library/", "cooperation/needs/", "feeds/library.atom")),
        *(Record.objects.get(pk=pk).whole().get_absolute_url() for pk in records),
        *(f"{HOME_URL}search/?q={word}" for word in ("chat", "teachers")),
    ]


def find_urls_with_name(person: Person) -> set[str]:
    """Where everybody reads it until she leaves."""
    people = {
        f"{HOME_URL}people/",
        f"{HOME_URL}people/{person.pk}/",
        Affiliation.objects.get(person=person).organisation.get_absolute_url(),
    }
    said = {Meeting.objects.get(title=SHARM_MEETING_TITLE).get_absolute_url()}
    return (
        people
        | said
        | {f"{HOME_URL}texts/inputs/{given.pk}/" for given in Input.objects.filter(capacity__person=person)}
    )


def filter_urls_with_name(page: Page, page_urls: list[str]) -> set[str]:
    """At which of these addresses her name stands in what the browser gets; the search finds no page of hers either."""
    found = {address for address in page_urls if NAME.split()[0] in page.request.get(address).text()}
    page.goto(f"{HOME_URL}search/?q={NAME.split()[0]}")
    return found | {page.url for _link in page.locator("main a", has_text=NAME).all()}


def leave_coalition(page: Page, person: Person) -> None:
    page.goto(f"{HOME_URL}people/{person.pk}/")
    follow_link(page, "Leave this coalition")
    for line in ("1 comment", "1 affiliation"):
        expect(page.locator("main")).to_contain_text(line)
    check_page_width(page, "leave")
    press_button(page, "Leave the coalition")
    check_flash_message(page, "You have been removed from the directory.")
    check_page_width(page, "left")


def delete_account(page: Page) -> AccountDeletion:
    page.goto("/account/settings/")
    follow_link(page, "Delete your account")
    check_page_width(page, "delete")
    press_button(page, "Email me a link to confirm")
    check_flash_message(page, "We have sent you an email.")
    words = Message.objects.filter(to=ADDRESS, key__startswith="deletion-confirm").latest("pk").body
    page.goto(re.search(r"https?://\S+/confirm/\S+", words)[0])
    check_page_width(page, "delete-confirm")
    press_button(page, "Delete my account")
    expect(page.get_by_text("Your account will be deleted on").first).to_be_visible()
    check_page_width(page, "delete-begun")
    return AccountDeletion.objects.open().get()


def restore_backup_archive(archive_path: Path, data_path: Path) -> str:
    """Restore into a data folder of its own, by the command, and let the live server show what is there then."""
    status, said = run_jukwaa_command(data_path, "restore", str(archive_path))
    assert status == 0, said
    with closing(sqlite3.connect(data_path / "jukwaa.sqlite3")) as restored:
        migrated.restore_database_from_memory(restored)
    caches["pages"].clear()  # as in a server that starts
    return said


@pytest.mark.slow
@pytest.mark.parametrize("has_scripts", SCRIPTS_BY_MODE.values(), ids=SCRIPTS_BY_MODE.keys())
def test_person_who_left_stays_erased_after_restore(
    demo_coalition, open_window, erasures_folder, has_scripts, tmp_path
):
    readers = [
        open_on_phone(open_window, title, has_scripts=has_scripts) for title in ("", MEMBER_PERSONA, "coordinator")
    ]
    page = open_on_phone(open_window, has_scripts=has_scripts)
    person = join_coalition(page, readers[-1])
    publish_own_name(page)
    make_contribution_of_each_kind(page)
    files = download_own_data(page)
    assert [words for words in CONTRIBUTED_TEXTS.values() for file in files.values() if words not in file] == []
    addresses = list_person_urls(person)
    assert [{reader.request.get(address).status for address in addresses} for reader in readers] == [{200}] * 3
    for reader in readers:
        assert find_urls_with_name(person) <= filter_urls_with_name(reader, addresses)
    archive, complaints = make_backup(tmp_path / "backups")
    assert complaints == ()

    leave_coalition(page, person)
    assert [filter_urls_with_name(reader, addresses) for reader in readers] == [set(), set(), set()]
    deletion = delete_account(page)
    tick(deletion.due_at)
    person.refresh_from_db()
    assert (person.name, person.email, person.is_active) == ("", None, False)
    page.goto("/account/settings/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    assert [filter_urls_with_name(reader, addresses) for reader in readers] == [set(), set(), set()]

    said = restore_backup_archive(archive, tmp_path / "restored")
    assert "Repeated from the ledger of erasures: 1 people erased" in said
    assert find_person_traces(tmp_path / "restored") == set()
    assert [filter_urls_with_name(reader, addresses) for reader in readers] == [set(), set(), set()]
    page.goto("/account/settings/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    check_page_width(page, "restored")
