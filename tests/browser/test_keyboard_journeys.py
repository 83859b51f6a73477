"""Ten journeys with the keyboard alone, narrow, zoomed in and in forced colours: each ends with what was wanted."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest
from django.urls import reverse
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page, expect

from jukwaa.coalitions.models import Coalition
from jukwaa.drafting.models import Consultation
from jukwaa.library.models import Item
from jukwaa.mail.models import Message
from jukwaa.meetings.models import Meeting
from tests.browser.conftest import Open, get_demo_person
from tests.browser.test_keyboard import HIDDEN_STOP_SCRIPT, VIEWPORT_MODES

pytestmark = pytest.mark.browser

MEMBER_PERSONA = "member of ECPAT International"
MAX_TAB_STOPS = 150
FOCUSED_NAME_SCRIPT = """() => {
  const stop = document.activeElement;
  const labels = [...(stop.labels || [])].map((label) => label.innerText).join(" ");
  if (stop === document.body) return "";
  return (stop.getAttribute("aria-label") || labels || stop.innerText || stop.value || "").replace(/\\s+/g, " ").trim();
}"""


class KeyboardUser:
    """What somebody does who has no pointer: move to a control by its name, press it, choose, type."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def focus_control(self, control_name: str) -> None:
        """Press Tab until the control of this name has focus; it can be seen there."""
        passed: list[str] = []
        for _stop in range(MAX_TAB_STOPS):
            self.page.keyboard.press("Tab")
            passed.append(self._read_focused_name())
            if passed[-1].startswith(control_name):
                assert self.page.evaluate(HIDDEN_STOP_SCRIPT) is None
                return
        raise AssertionError(f"No control named {control_name!r} among {list(dict.fromkeys(passed))}")

    def press_control(self, button_name: str) -> None:
        self.focus_control(button_name)
        self.page.keyboard.press("Enter")
        self.wait_for_page()

    def wait_for_page(self) -> None:
        """Until the next page has begun to load, or nothing more is to come."""
        self.page.wait_for_timeout(300)
        self.page.wait_for_load_state("networkidle")

    def _read_focused_name(self) -> str:
        try:
            return str(self.page.evaluate(FOCUSED_NAME_SCRIPT))
        except PlaywrightError:  # another page came just now
            self.page.wait_for_load_state()
            return ""

    def type_into(self, control_name: str, text: str) -> None:
        self.focus_control(control_name)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def choose_option(self, first_option: str, control_name: str) -> None:
        """Choose one of a group, whose first or chosen one Tab reaches."""
        self.focus_control(first_option)
        self.page.keyboard.press("Space")
        for _option in range(8):
            if self.page.evaluate(FOCUSED_NAME_SCRIPT).startswith(control_name):
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"No option named {control_name!r}")


def reply_to_invitation(keys: KeyboardUser) -> None:
    keys.press_control("Reply to the invitation")
    keys.choose_option("I will attend", "I may attend")
    keys.press_control("Send reply")


def suggest_idea(keys: KeyboardUser) -> None:
    keys.type_into("Your idea", "Compare how helplines are reached by text message")
    keys.press_control("Suggest idea")


def support_idea(keys: KeyboardUser) -> None:
    keys.press_control("Newest first")
    keys.press_control("Translate each adopted text into 3 languages")
    keys.press_control("Support")


def comment_on_item(keys: KeyboardUser) -> None:
    keys.type_into("Your comment", "We would like to learn how this began.")
    keys.press_control("Post comment")


def respond_to_consultation(keys: KeyboardUser) -> None:
    keys.press_control("Comment on the text as a whole")
    keys.choose_option("Comment", "Question")
    keys.type_into("Text of the input", "Who will keep this up to date?")
    keys.press_control("Send input")


def add_line_of_minutes(keys: KeyboardUser) -> None:
    keys.type_into("What was said or agreed", "The helplines compared their opening hours.")
    keys.press_control("Save line")


def search_for_item(keys: KeyboardUser) -> None:
    keys.type_into("Search", "hotline")
    keys.page.keyboard.press("Enter")
    keys.wait_for_page()
    keys.press_control("INHOPE, the network of hotlines")


def correct_refused_form(keys: KeyboardUser) -> None:
    """An idea without its words is refused; the summary of errors leads to the field."""
    keys.press_control("Suggest idea")
    expect(keys.page).to_have_title(re.compile("^Error: "))
    expect(keys.page.locator("#errors")).to_be_focused()
    keys.page.keyboard.press("Tab")
    keys.page.keyboard.press("Enter")
    keys.page.keyboard.type("Publish one page on how to report")
    keys.press_control("Suggest idea")


def change_settings(keys: KeyboardUser) -> None:
    keys.type_into("Your name", "A person with a keyboard")
    keys.press_control("Save settings")


@dataclass(frozen=True)
class KeyboardJourney:
    person: str
    start: Callable[[Coalition], str]
    walk: Callable[[KeyboardUser], None]
    result: str  # what the page says in the end


def get_home_url(coalition: Coalition) -> str:
    return reverse("home:front", args=[coalition.slug])


def get_ideas_url(coalition: Coalition) -> str:
    return reverse("meetings:idea_list", args=[coalition.slug])


def get_consultation_url(coalition: Coalition) -> str:
    consultation = Consultation.objects.order_by("-closes_at")[0]
    return reverse("drafting:consultation_detail", args=[coalition.slug, consultation.pk])


def get_minutes_url(coalition: Coalition) -> str:
    meeting = Meeting.objects.get(title="Working call: good practices for helplines")
    return reverse("meetings:minutes_live", args=[coalition.slug, meeting.pk])


KEYBOARD_JOURNEYS: Sequence[KeyboardJourney] = (
    KeyboardJourney(MEMBER_PERSONA, get_home_url, reply_to_invitation, "I may attend"),
    KeyboardJourney(MEMBER_PERSONA, get_ideas_url, suggest_idea, "Compare how helplines are reached by text message"),
    KeyboardJourney(MEMBER_PERSONA, get_ideas_url, support_idea, "You support this idea."),
    KeyboardJourney(
        MEMBER_PERSONA,
        lambda _coalition: Item.objects.get(title="Te Protejo, Colombia").get_absolute_url(),
        comment_on_item,
        "We would like to learn how this began.",
    ),
    KeyboardJourney(MEMBER_PERSONA, get_consultation_url, respond_to_consultation, "Who will keep this up to date?"),
    KeyboardJourney("rapporteur", get_minutes_url, add_line_of_minutes, "The helplines compared their opening hours."),
    KeyboardJourney("", get_home_url, search_for_item, "INHOPE, the network of hotlines"),
    KeyboardJourney(MEMBER_PERSONA, get_ideas_url, correct_refused_form, "Publish one page on how to report"),
    KeyboardJourney(
        "newcomer", lambda _coalition: reverse("accounts:settings"), change_settings, "A person with a keyboard"
    ),
)


def open_in_mode(open_window: Open, journey_index: int, person: str) -> KeyboardUser:
    """Each journey in another mode than the one before."""
    size, forced = list(VIEWPORT_MODES.values())[journey_index % len(VIEWPORT_MODES)]
    page = open_window(person)
    page.set_viewport_size(size)
    page.emulate_media(forced_colors=forced, reduced_motion="reduce")
    return KeyboardUser(page)


@pytest.mark.slow
def test_nine_journeys_can_be_completed_by_keyboard(demo_coalition: Coalition, open_window: Open) -> None:
    for number, journey in enumerate(KEYBOARD_JOURNEYS):
        keys = open_in_mode(open_window, number, journey.person)
        keys.page.goto(journey.start(demo_coalition))
        journey.walk(keys)
        expect(keys.page.locator("body")).to_contain_text(journey.result)


def test_sign_in_with_code_can_be_completed_by_keyboard(demo_coalition: Coalition, open_window: Open) -> None:
    keys = open_in_mode(open_window, 0, "")
    keys.page.goto(get_home_url(demo_coalition))
    keys.press_control("Sign in")
    keys.type_into("Your email address", get_demo_person(MEMBER_PERSONA).email)
    keys.press_control("Send me a code")
    code = re.search(r"^ {4}(\S.*)$", Message.objects.order_by("-pk")[0].body, re.MULTILINE)
    assert code
    keys.type_into("Code from the email", code[1])
    keys.page.keyboard.press("Enter")

    expect(keys.page.locator("body")).to_contain_text("Sign out")
