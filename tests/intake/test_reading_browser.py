"""The desk in a browser: by keyboard, by mouse, and with scripts off."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from jukwaa.intake.models import Reading, Suggestion
from jukwaa.meetings.models import Entry
from tests.intake.readings import REPORT_TEXT, create_reading

pytestmark = pytest.mark.browser


@pytest.fixture
def reading(live_server, coalition, rapporteur):
    return create_reading(coalition, rapporteur)


@pytest.fixture
def suggestions_page(live_server, page, sign_in, reading, rapporteur) -> Page:
    sign_in(page, rapporteur)
    page.goto(live_server.url + reverse("intake:reading_detail", args=[reading.coalition.slug, reading.pk]))
    wait_for_shortcuts(page)
    return page


def wait_for_shortcuts(page: Page) -> None:
    """A key pressed before the script runs falls on nothing."""
    expect(page.locator("html[data-scripted]")).to_be_attached()


def list_suggestion_decisions(reading: Reading) -> list[tuple[int, str, str]]:
    rows = reading.suggestions.order_by("sentence__number", "pk")
    return list(rows.values_list("sentence__number", "kind", "decision"))


def expect_current_sentence(page: Page, sentence_number: int) -> None:
    """The sentence at hand is this one, and its row has the focus."""
    expect(page.locator(".desk > .here")).to_have_attribute("id", f"s{sentence_number}")


def test_report_is_decided_by_keyboard_without_page_load(suggestions_page, reading):
    expect_current_sentence(suggestions_page, 2)
    suggestions_page.evaluate("window.stays = true")
    steps = [
        ("a", 2, "1 accepted, 0 edited, 0 rejected"),
        ("r", 3, "1 accepted, 0 edited, 1 rejected"),
        ("j", 4, "1 accepted"),
        ("k", 3, "1 accepted"),
        ("a", 4, "2 accepted"),
        ("1", 4, "2 accepted, 1 edited, 1 rejected"),
    ]
    for key, number, said in steps:
        suggestions_page.keyboard.press(key)
        expect(suggestions_page.locator("#bar")).to_contain_text(said)
        expect_current_sentence(suggestions_page, number)
        expect(suggestions_page.locator(".desk > .here")).to_be_focused()  # until then keys are not counted

    assert list_suggestion_decisions(reading)[:4] == [
        (2, "attendee", "accepted"),
        (2, "attendee", "refused"),
        (3, "attendee", "accepted"),
        (4, "decision", "edited"),
    ]
    suggestions_page.keyboard.press("u")
    expect(suggestions_page.locator("#s4 [data-key=a]")).to_be_visible()
    assert suggestions_page.evaluate("window.stays") is True
    expect(suggestions_page.locator("#bar")).to_contain_text("2 accepted, 0 edited")
    suggestions_page.reload()
    assert list_suggestion_decisions(reading)[3] == (4, "decision", "waiting")


def test_key_pressed_during_response_does_not_load_page(suggestions_page, reading):
    expect_current_sentence(suggestions_page, 2)
    suggestions_page.evaluate(
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
    suggestions_page.keyboard.press("a")

    expect(suggestions_page.locator("body")).to_have_attribute("data-answers", "2")
    expect_current_sentence(suggestions_page, 2)
    assert list_suggestion_decisions(reading)[0] == (2, "attendee", "waiting")


def test_keys_open_edit_and_merge_forms(suggestions_page, reading):
    suggestions_page.keyboard.press("e")
    suggestions_page.get_by_label("People or organisations", exact=False).first.fill("Somebody else")
    suggestions_page.keyboard.press("a")  # in a field a key is a letter
    suggestions_page.get_by_role("button", name="Save entry").click()
    expect_current_sentence(suggestions_page, 2)
    wait_for_shortcuts(suggestions_page)
    assert reading.suggestions.order_by("pk")[0].actors == ["Somebody elsea"]

    suggestions_page.keyboard.press("m")
    expect(suggestions_page.get_by_role("heading", level=1)).to_have_text(
        "Which suggestion do you want to merge this one with?"
    )
    suggestions_page.get_by_role("radio").first.check()
    suggestions_page.get_by_role("button", name="Merge suggestions").click()
    expect_current_sentence(suggestions_page, 3)
    assert list_suggestion_decisions(reading)[1] == (2, "attendee", "merged")


def test_selected_words_become_added_suggestion(suggestions_page, reading):
    suggestions_page.evaluate(
        """() => {
          const words = document.querySelector("#s5 [data-start]").firstChild;
          const range = document.createRange();
          range.setStart(words, words.data.indexOf("training"));
          range.setEnd(words, words.data.indexOf("training") + 8);
          getSelection().removeAllRanges();
          getSelection().addRange(range);
        }"""
    )
    suggestions_page.get_by_role("link", name=re.compile("Add an entry from the selected words")).click()
    expect(suggestions_page.locator("blockquote")).to_have_text("training")
    suggestions_page.get_by_label("Type").select_option("topic")
    suggestions_page.get_by_role("button", name="Save entry").click()
    expect_current_sentence(suggestions_page, 5)

    added = reading.suggestions.get(by_machine=False)
    assert (added.kind, reading.document.text[added.start : added.end]) == ("topic", "training")


def test_decisions_survive_two_tabs_and_back_button(suggestions_page, reading, live_server):
    other = suggestions_page.context.new_page()
    other.goto(suggestions_page.url)
    suggestions_page.get_by_role("button", name="Accept").first.click()
    expect(suggestions_page.locator("#bar")).to_contain_text("1 accepted")
    other.get_by_role("button", name="Reject").first.click()
    expect(other.locator(".flash")).to_contain_text("The rapporteur has already accepted this suggestion")

    other.go_back()
    other.get_by_role("button", name="Reject").first.dblclick()
    other.wait_for_load_state("networkidle")
    assert list_suggestion_decisions(reading)[0] == (2, "attendee", "accepted")


def import_report_on_pages(page: Page, live_server, coalition) -> None:
    page.goto(live_server.url + reverse("intake:reading_new", args=[coalition.slug]))
    page.get_by_label("Text of the report").fill(REPORT_TEXT)
    page.get_by_label("Name of the new meeting").fill("Session in Nairobi")
    page.get_by_label("Date of the meeting").fill("2026")
    page.get_by_role("button", name="Import report").click()
    expect_current_sentence(page, 2)
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


def test_reading_journey_works_by_mouse(page, live_server, sign_in, coalition, rapporteur):
    sign_in(page, rapporteur)

    import_report_on_pages(page, live_server, coalition)


def test_reading_journey_works_without_javascript(browser, live_server, sign_in, coalition, rapporteur):
    page = browser.new_context(java_script_enabled=False).new_page()
    sign_in(page, rapporteur)

    import_report_on_pages(page, live_server, coalition)

    page.context.close()


def test_failed_key_press_shows_reason_and_link_to_sign_in(suggestions_page, reading, live_server):
    trouble = suggestions_page.locator("#desk-trouble")
    expect(trouble).to_have_text(re.compile(r"^\s*This decision was not saved"))
    expect(trouble.locator("p").first).to_be_hidden()
    suggestions_page.route("**/accept/", lambda route: route.abort())
    expect(suggestions_page.locator(".desk > .here")).to_be_focused()  # until then keys are not counted
    suggestions_page.keyboard.press("a")
    expect(trouble.get_by_text("the connection was lost")).to_be_visible()

    suggestions_page.unroute("**/accept/")
    suggestions_page.context.clear_cookies(name="session")
    suggestions_page.keyboard.press("a")
    expect(trouble.get_by_text("you have been signed out")).to_be_visible()
    suggestions_page.keyboard.press("j")
    expect(trouble.get_by_text("you have been signed out")).to_be_visible()
    suggestions_page.get_by_role("link", name="Sign in again").click()

    expect(suggestions_page).to_have_url(re.compile(rf"next=/.*report-imports/{reading.pk}/"))
    assert not reading.suggestions.exclude(decision="waiting").exists()


def test_shortcuts_work_by_key_position_in_other_scripts(suggestions_page, reading):
    for key, code, at_sentence in (("ش", "KeyA", 2), ("к", "KeyR", 3), ("١", "Digit1", 4)):
        suggestions_page.evaluate(
            "([key, code]) => document.querySelector('.here').dispatchEvent("
            "new KeyboardEvent('keydown', {key, code, bubbles: true, cancelable: true}))",
            [key, code],
        )
        expect_current_sentence(suggestions_page, at_sentence)
        expect(suggestions_page.locator(".htmx-request")).to_have_count(0)

    assert [decision for _n, _kind, decision in list_suggestion_decisions(reading)[:3]] == [
        "accepted",
        "refused",
        "edited",
    ]


def test_edit_page_focuses_first_field(suggestions_page):
    suggestions_page.keyboard.press("e")

    expect(suggestions_page.get_by_label("Type")).to_be_focused()


def test_missed_sentence_is_added_and_undone_by_key_without_page_load(suggestions_page, reading):
    suggestions_page.locator(".desk .n").first.click()
    expect_current_sentence(suggestions_page, 1)
    suggestions_page.evaluate("window.stays = true")

    suggestions_page.keyboard.press("2")
    expect(suggestions_page.locator("#s1 .verdict")).to_contain_text("Commitment")
    expect_current_sentence(suggestions_page, 1)
    added = reading.suggestions.get(by_machine=False)
    assert (added.sentence.number, added.kind, added.decision) == (1, "commitment", "accepted")

    suggestions_page.keyboard.press("u")
    expect(suggestions_page.locator("#s1 [data-key=a]")).to_be_visible()
    assert suggestions_page.evaluate("window.stays") is True
    added.refresh_from_db()
    assert added.decision == "waiting"


def test_many_decisions_are_undone_by_one_key(suggestions_page, reading, live_server):
    offers = "".join(f"Helpline {n} offered to provide training.\n\n" for n in ("One", "Two", "Three"))
    many = create_reading(reading.coalition, reading.started_by, f"Minutes of May\n\nPresent: Helpline One\n\n{offers}")
    suggestions_page.goto(live_server.url + many.get_absolute_url())
    suggestions_page.get_by_role("button", name="Accept all: Offer").click()
    expect(suggestions_page.get_by_text("You accepted 3 suggestions together: Offer.")).to_be_visible()
    wait_for_shortcuts(suggestions_page)

    suggestions_page.keyboard.press("u")

    expect(suggestions_page.get_by_text("3 suggestions need to be reviewed again.")).to_be_visible()
    assert not many.suggestions.exclude(decision="waiting").exists()


def test_other_rows_of_table_are_added_and_undone_by_key(suggestions_page, reading, live_server):
    rows = "Malowac plot | Ewa Nowak\nKupic list | Jan Sowa\nZamknac bramy | Ola Lis\n"
    table = create_reading(reading.coalition, reading.started_by, f"Notatki\n\nSprawa | Ktos\n{rows}")
    table.suggestions.all().delete()
    suggestions_page.goto(f"{live_server.url}{table.get_absolute_url()}?at=4#s4")
    wait_for_shortcuts(suggestions_page)

    suggestions_page.keyboard.press("2")
    expect(suggestions_page.get_by_role("button", name="similar sentences as: Commitment")).to_be_visible()
    expect_current_sentence(suggestions_page, 4)
    suggestions_page.keyboard.press("s")
    expect(suggestions_page.locator("#bar")).to_contain_text("together: Commitment.")
    added = table.suggestions.order_by("sentence__number").values_list("text", "owner")
    assert list(added) == [("Malowac plot", "Ewa Nowak"), ("Kupic list", "Jan Sowa"), ("Zamknac bramy", "Ola Lis")]

    wait_for_shortcuts(suggestions_page)
    suggestions_page.get_by_role("button", name="Undo all these decisions").click()
    expect(suggestions_page.get_by_text("Removed")).to_be_visible()
    assert table.suggestions.count() == 1
