"""Minutes taken in two browsers at once: nothing is lost or saved twice when the connection is cut."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition
from jukwaa.meetings.actions import add_meeting_agenda_item, create_meeting_record, start_live_minutes
from jukwaa.meetings.models import Entry, Meeting
from tests.browser.conftest import Open, build_session_cookie

pytestmark = pytest.mark.browser


@pytest.fixture
def meeting(coalition: Coalition, rapporteur: Person) -> Meeting:
    now = timezone.now()
    meeting = create_meeting_record(
        actor=rapporteur,
        coalition=coalition,
        title="Call",
        published=True,
        starts_at=now - timedelta(minutes=10),
        ends_at=now + timedelta(hours=1),
    )
    start_live_minutes(actor=rapporteur, meeting=meeting)
    return meeting


@pytest.fixture
def open_minutes_as(open_window: Open, meeting: Meeting, live_server: LiveServer) -> Callable[..., Page]:
    """Open the minutes in a window of this person's own."""

    def open_minutes_window(person: Person, *, script: bool = True) -> Page:
        page = open_window(script=script)
        page.context.add_cookies([{**build_session_cookie(person), "url": live_server.url}])
        page.goto(f"{meeting.get_absolute_url()}minutes/")
        return page

    return open_minutes_window


def write_line(page: Page, text: str) -> None:
    page.get_by_label("What was said or agreed").fill(text)
    page.keyboard.press("Enter")


def list_entry_texts() -> list[str]:
    return list(Entry.objects.order_by("pk").values_list("text", flat=True))


def test_lines_of_two_note_takers_survive_lost_connection(
    open_minutes_as: Callable[..., Page], rapporteur: Person, coordinator: Person, member: Person
):
    first, second, reader = open_minutes_as(rapporteur), open_minutes_as(coordinator), open_minutes_as(member)
    write_line(first, "One.")
    expect(second.locator("#lines > li")).to_contain_text(["One."])
    first.context.set_offline(True)
    second.get_by_label("What was said or agreed").fill("Half a th")
    write_line(first, "Two.")
    write_line(first, "Three.")
    expect(first.locator("#unsent")).to_contain_text("Lines waiting to be saved (2)")
    expect(first.locator("#unsent li")).to_have_text(["Two.", "Three."])
    first.context.set_offline(False)
    expect(first.locator("#unsent")).to_be_hidden()
    for page in (first, second, reader):
        expect(page.locator("#lines > li p:first-child")).to_have_text(["Three.", "Two.", "One."])
    expect(second.get_by_label("What was said or agreed")).to_have_value("Half a th")
    expect(reader.get_by_role("button", name="Save line")).to_have_count(0)
    assert list_entry_texts() == ["One.", "Two.", "Three."]


def test_line_with_lost_response_is_saved_once(open_minutes_as: Callable[..., Page], rapporteur: Person):
    page = open_minutes_as(rapporteur)
    lost = []

    def lose_response(route):
        route.fetch()
        lost.append(route.request.url)
        route.abort()

    page.route("**/lines/new/", lose_response, times=1)
    write_line(page, "One.")
    expect(page.locator("#lines > li")).to_contain_text(["One."])
    expect(page.locator("#unsent")).to_be_hidden()
    assert (len(lost), list_entry_texts()) == (1, ["One."])


def test_refused_line_is_corrected_in_new_tab(open_minutes_as: Callable[..., Page], rapporteur: Person):
    page = open_minutes_as(rapporteur)
    write_line(page, "Write to zebra@example.org.")
    expect(page.locator("#refused")).to_contain_text("Write to zebra@example.org.")
    with page.expect_popup() as opened:
        page.get_by_role("button", name="Correct this line").click()
    write_line(opened.value, "Write to the helpline.")
    expect(page.locator("#lines > li")).to_contain_text(["Write to the helpline."])
    expect(page.locator("#refused")).to_be_hidden()
    assert list_entry_texts() == ["Write to the helpline."]


def test_item_change_by_other_person_waits_while_typing(
    open_minutes_as: Callable[..., Page], meeting: Meeting, rapporteur: Person, coordinator: Person
):
    item = add_meeting_agenda_item(actor=rapporteur, meeting=meeting, title="Budget")
    first, second = open_minutes_as(rapporteur), open_minutes_as(coordinator)
    second.get_by_label("What was said or agreed").fill("Half a th")
    first.get_by_label("Current agenda item").select_option("Budget")
    first.get_by_role("button", name="Set the current agenda item").click()
    expect(second.locator("#now")).to_contain_text("Current agenda item: Budget")
    expect(second.locator("#id_item")).to_have_value("")
    second.get_by_label("What was said or agreed").fill("")
    write_line(first, "One.")
    expect(second.locator("#id_item")).to_have_value(str(item.pk))


def test_minutes_can_be_taken_without_scripts(open_minutes_as: Callable[..., Page], rapporteur: Person):
    page = open_minutes_as(rapporteur, script=False)
    page.get_by_label("Type").select_option("decision")
    write_line(page, "We agreed.")
    expect(page.locator("#lines > li")).to_contain_text(["We agreed."])
    page.locator("#lines").get_by_role("link", name="Edit").click()
    page.locator("textarea").fill("We all agreed.")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#lines > li")).to_contain_text(["We all agreed."])
    assert list_entry_texts() == ["We all agreed."]
