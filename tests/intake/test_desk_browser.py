"""The desk in a browser: by keyboard, by mouse, and with scripts off."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from jukwaa.intake.models import Reading, Suggestion
from jukwaa.meetings.models import Entry
from tests.intake.desk import REPORT, reading_of

pytestmark = pytest.mark.browser


@pytest.fixture
def reading(live_server, coalition, rapporteur):
    return reading_of(coalition, rapporteur)


@pytest.fixture
def desk(live_server, page, sign_in, reading, rapporteur) -> Page:
    sign_in(page, rapporteur)
    page.goto(live_server.url + reverse("intake:reading_detail", args=[reading.coalition.slug, reading.pk]))
    wired(page)
    return page


def wired(page: Page) -> None:
    """A key pressed before the script runs falls on nothing."""
    expect(page.locator("html[data-scripted]")).to_be_attached()


def decisions(reading: Reading) -> list[tuple[int, str, str]]:
    rows = reading.suggestions.order_by("sentence__number", "pk")
    return list(rows.values_list("sentence__number", "kind", "decision"))


def at(page: Page, number: int) -> None:
    """The sentence at hand is this one, and its row has the focus."""
    expect(page.locator(".desk > .here")).to_have_attribute("id", f"s{number}")


def test_a_report_is_decided_by_keyboard_and_the_page_never_loads_anew(desk, reading):
    at(desk, 2)
    desk.evaluate("window.stays = true")
    steps = [
        ("a", 2, "1 accepted, 0 edited, 0 rejected"),
        ("r", 3, "1 accepted, 0 edited, 1 rejected"),
        ("j", 4, "1 accepted"),
        ("k", 3, "1 accepted"),
        ("a", 4, "2 accepted"),
        ("1", 4, "2 accepted, 1 edited, 1 rejected"),
    ]
    for key, number, said in steps:
        desk.keyboard.press(key)
        expect(desk.locator("#bar")).to_contain_text(said)
        at(desk, number)

    assert decisions(reading)[:4] == [
        (2, "attendee", "accepted"),
        (2, "attendee", "refused"),
        (3, "attendee", "accepted"),
        (4, "decision", "edited"),
    ]
    desk.keyboard.press("u")
    expect(desk.locator("#s4 [data-key=a]")).to_be_visible()
    assert desk.evaluate("window.stays") is True
    expect(desk.locator("#bar")).to_contain_text("2 accepted, 0 edited")
    desk.reload()
    assert decisions(reading)[3] == (4, "decision", "waiting")


def test_a_key_pressed_the_moment_an_answer_came_still_does_not_load_the_page(desk, reading):
    at(desk, 2)
    desk.evaluate(
        """() => {
            const said = document.body.dataset;
            said.answers = 0;
            document.addEventListener("htmx:afterRequest", () => { said.answers = Number(said.answers) + 1; });
            const press = () => document.querySelector(".here").dispatchEvent(
              new KeyboardEvent("keydown", {key: "u", bubbles: true})
            );
            document.addEventListener("htmx:afterRequest", press, {once: true});
        }"""
    )
    desk.keyboard.press("a")

    expect(desk.locator("body")).to_have_attribute("data-answers", "2")
    at(desk, 2)
    assert decisions(reading)[0] == (2, "attendee", "waiting")


def test_keys_lead_to_the_forms_for_editing_and_merging(desk, reading):
    desk.keyboard.press("e")
    desk.get_by_label("People or organisations", exact=False).first.fill("Somebody else")
    desk.keyboard.press("a")  # in a field a key is a letter
    desk.get_by_role("button", name="Save entry").click()
    at(desk, 2)
    wired(desk)
    assert reading.suggestions.order_by("pk")[0].actors == ["Somebody elsea"]

    desk.keyboard.press("m")
    expect(desk.get_by_role("heading", level=1)).to_have_text("Which suggestion is the same?")
    desk.get_by_role("radio").first.check()
    desk.get_by_role("button", name="Merge suggestions").click()
    at(desk, 3)
    assert decisions(reading)[1] == (2, "attendee", "merged")


def test_selecting_words_keeps_what_the_machine_missed(desk, reading):
    desk.evaluate(
        """() => {
          const words = document.querySelector("#s5 [data-start]").firstChild;
          const range = document.createRange();
          range.setStart(words, words.data.indexOf("training"));
          range.setEnd(words, words.data.indexOf("training") + 8);
          getSelection().removeAllRanges();
          getSelection().addRange(range);
        }"""
    )
    desk.get_by_role("link", name=re.compile("Add an entry from the selected words")).click()
    expect(desk.locator("blockquote")).to_have_text("training")
    desk.get_by_label("Kind").select_option("topic")
    desk.get_by_role("button", name="Save entry").click()
    at(desk, 5)

    added = reading.suggestions.get(by_machine=False)
    assert (added.kind, reading.document.text[added.start : added.end]) == ("topic", "training")


def test_two_tabs_and_the_back_button_lose_nothing(desk, reading, live_server):
    other = desk.context.new_page()
    other.goto(desk.url)
    desk.get_by_role("button", name="Accept").first.click()
    expect(desk.locator("#bar")).to_contain_text("1 accepted")
    other.get_by_role("button", name="Reject").first.click()
    expect(other.locator(".flash")).to_contain_text("The rapporteur has already accepted this suggestion")

    other.go_back()
    other.get_by_role("button", name="Reject").first.dblclick()
    other.wait_for_load_state("networkidle")
    assert decisions(reading)[0] == (2, "attendee", "accepted")


def whole_journey(page: Page, live_server, coalition) -> None:
    page.goto(live_server.url + reverse("intake:reading_new", args=[coalition.slug]))
    page.get_by_label("Text of the report").fill(REPORT)
    page.get_by_label("Name of the new meeting").fill("Session in Nairobi")
    page.get_by_label("Date of the meeting").fill("2026")
    page.get_by_role("button", name="Import report").click()
    at(page, 2)
    while page.locator("[data-key=a]").count():
        version = Suggestion.objects.waiting().count()
        page.locator("[data-key=a]").first.click()
        said = "1 suggestion to review" if version == 2 else f"{version - 1} suggestions to review"
        expect(page.locator("#bar")).to_contain_text(said if version > 1 else "All suggestions reviewed")
    page.get_by_role("link", name=re.compile("^Add .* to the record$")).click()
    page.get_by_role("button", name="Add everything to the record").dblclick()
    expect(page.get_by_role("heading", level=1)).to_have_text("Session in Nairobi")
    assert Entry.objects.count() == 5
    page.goto(live_server.url + Reading.objects.get().get_absolute_url())
    expect(page.get_by_role("link", name="in the record").first).to_be_visible()


def test_the_whole_way_by_mouse(page, live_server, sign_in, coalition, rapporteur):
    sign_in(page, rapporteur)

    whole_journey(page, live_server, coalition)


def test_the_whole_way_with_scripts_off(browser, live_server, sign_in, coalition, rapporteur):
    page = browser.new_context(java_script_enabled=False).new_page()
    sign_in(page, rapporteur)

    whole_journey(page, live_server, coalition)

    page.context.close()


def test_a_key_that_was_not_kept_says_why_and_leads_back_in(desk, reading, live_server):
    trouble = desk.locator("#desk-trouble")
    expect(trouble).to_have_text(re.compile(r"^\s*This decision was not saved"))
    expect(trouble.locator("p").first).to_be_hidden()
    desk.route("**/accept/", lambda route: route.abort())
    desk.keyboard.press("a")
    expect(trouble.get_by_text("the connection was lost")).to_be_visible()

    desk.unroute("**/accept/")
    desk.context.clear_cookies(name="session")
    desk.keyboard.press("a")
    expect(trouble.get_by_text("you have been signed out")).to_be_visible()
    desk.keyboard.press("j")
    expect(trouble.get_by_text("you have been signed out")).to_be_visible()
    desk.get_by_role("link", name="Sign in again").click()

    expect(desk).to_have_url(re.compile(rf"next=/.*report-imports/{reading.pk}/"))
    assert not reading.suggestions.exclude(decision="waiting").exists()


def test_keys_count_by_their_place_where_the_keyboard_writes_another_script(desk, reading):
    for key, code, at_sentence in (("ش", "KeyA", 2), ("к", "KeyR", 3), ("١", "Digit1", 4)):
        desk.evaluate(
            "([key, code]) => document.querySelector('.here').dispatchEvent("
            "new KeyboardEvent('keydown', {key, code, bubbles: true, cancelable: true}))",
            [key, code],
        )
        at(desk, at_sentence)
        expect(desk.locator(".htmx-request")).to_have_count(0)

    assert [decision for _n, _kind, decision in decisions(reading)[:3]] == ["accepted", "refused", "edited"]


def test_the_edit_page_begins_in_its_first_field(desk):
    desk.keyboard.press("e")

    expect(desk.get_by_label("Kind")).to_be_focused()
