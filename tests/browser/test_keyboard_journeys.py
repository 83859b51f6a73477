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
from tests.browser.conftest import Open, get_persona
from tests.browser.test_keyboard import HIDDEN_STOP, MODES

pytestmark = pytest.mark.browser

MEMBER = "member of ECPAT International"
MAX_STOPS = 150
FOCUSED_NAME = """() => {
  const stop = document.activeElement;
  const labels = [...(stop.labels || [])].map((label) => label.innerText).join(" ");
  if (stop === document.body) return "";
  return (stop.getAttribute("aria-label") || labels || stop.innerText || stop.value || "").replace(/\\s+/g, " ").trim();
}"""


class Keys:
    """What somebody does who has no pointer: move to a control by its name, press it, choose, type."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def find(self, name: str) -> None:
        """Press Tab until the control of this name has focus; it can be seen there."""
        passed: list[str] = []
        for _stop in range(MAX_STOPS):
            self.page.keyboard.press("Tab")
            passed.append(self._read_focused_name())
            if passed[-1].startswith(name):
                assert self.page.evaluate(HIDDEN_STOP) is None
                return
        raise AssertionError(f"No control named {name!r} among {list(dict.fromkeys(passed))}")

    def press(self, name: str) -> None:
        self.find(name)
        self.page.keyboard.press("Enter")
        self.wait()

    def wait(self) -> None:
        """Until the next page has begun to load, or nothing more is to come."""
        self.page.wait_for_timeout(300)
        self.page.wait_for_load_state("networkidle")

    def _read_focused_name(self) -> str:
        try:
            return str(self.page.evaluate(FOCUSED_NAME))
        except PlaywrightError:  # another page came just now
            self.page.wait_for_load_state()
            return ""

    def type(self, name: str, text: str) -> None:
        self.find(name)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def choose(self, first: str, name: str) -> None:
        """Choose one of a group, whose first or chosen one Tab reaches."""
        self.find(first)
        self.page.keyboard.press("Space")
        for _option in range(8):
            if self.page.evaluate(FOCUSED_NAME).startswith(name):
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"No option named {name!r}")


def reply_to_invitation(keys: Keys) -> None:
    keys.press("Reply to the invitation")
    keys.choose("I will attend", "I may attend")
    keys.press("Send reply")


def suggest_idea(keys: Keys) -> None:
    keys.type("Your idea", "Compare how helplines are reached by text message")
    keys.press("Suggest idea")


def support_idea(keys: Keys) -> None:
    keys.press("Newest first")
    keys.press("Translate each adopted text into 3 languages")
    keys.press("Support")


def comment_on_item(keys: Keys) -> None:
    keys.type("Your comment", "We would like to learn how this began.")
    keys.press("Post comment")


def respond_to_consultation(keys: Keys) -> None:
    keys.press("Comment on the text as a whole")
    keys.choose("Comment", "Question")
    keys.type("Text of the input", "Who will keep this up to date?")
    keys.press("Send input")


def add_line_of_minutes(keys: Keys) -> None:
    keys.type("What was said or agreed", "The helplines compared their opening hours.")
    keys.press("Save line")


def search_for_item(keys: Keys) -> None:
    keys.type("Search", "hotline")
    keys.page.keyboard.press("Enter")
    keys.wait()
    keys.press("INHOPE, the network of hotlines")


def correct_refused_form(keys: Keys) -> None:
    """An idea without its words is refused; the summary of errors leads to the field."""
    keys.press("Suggest idea")
    expect(keys.page).to_have_title(re.compile("^Error: "))
    expect(keys.page.locator("#errors")).to_be_focused()
    keys.page.keyboard.press("Tab")
    keys.page.keyboard.press("Enter")
    keys.page.keyboard.type("Publish one page on how to report")
    keys.press("Suggest idea")


def change_settings(keys: Keys) -> None:
    keys.type("Your name", "A person with a keyboard")
    keys.press("Save settings")


@dataclass(frozen=True)
class Journey:
    person: str
    start: Callable[[Coalition], str]
    walk: Callable[[Keys], None]
    result: str  # what the page says in the end


def get_home(coalition: Coalition) -> str:
    return reverse("home:front", args=[coalition.slug])


def get_ideas(coalition: Coalition) -> str:
    return reverse("meetings:idea_list", args=[coalition.slug])


def get_consultation(coalition: Coalition) -> str:
    consultation = Consultation.objects.order_by("-closes_at")[0]
    return reverse("drafting:consultation_detail", args=[coalition.slug, consultation.pk])


def get_minutes(coalition: Coalition) -> str:
    meeting = Meeting.objects.get(title="Working call: good practices for helplines")
    return reverse("meetings:minutes_live", args=[coalition.slug, meeting.pk])


JOURNEYS: Sequence[Journey] = (
    Journey(MEMBER, get_home, reply_to_invitation, "I may attend"),
    Journey(MEMBER, get_ideas, suggest_idea, "Compare how helplines are reached by text message"),
    Journey(MEMBER, get_ideas, support_idea, "You support this idea."),
    Journey(
        MEMBER,
        lambda _coalition: Item.objects.get(title="Te Protejo, Colombia").get_absolute_url(),
        comment_on_item,
        "We would like to learn how this began.",
    ),
    Journey(MEMBER, get_consultation, respond_to_consultation, "Who will keep this up to date?"),
    Journey("rapporteur", get_minutes, add_line_of_minutes, "The helplines compared their opening hours."),
    Journey("", get_home, search_for_item, "INHOPE, the network of hotlines"),
    Journey(MEMBER, get_ideas, correct_refused_form, "Publish one page on how to report"),
    Journey("newcomer", lambda _coalition: reverse("accounts:settings"), change_settings, "A person with a keyboard"),
)


def open_in_mode(windows: Open, number: int, person: str) -> Keys:
    """Each journey in another mode than the one before."""
    size, forced = list(MODES.values())[number % len(MODES)]
    page = windows(person)
    page.set_viewport_size(size)
    page.emulate_media(forced_colors=forced, reduced_motion="reduce")
    return Keys(page)


def test_nine_journeys_of_members_and_visitors(demo: Coalition, windows: Open) -> None:
    for number, journey in enumerate(JOURNEYS):
        keys = open_in_mode(windows, number, journey.person)
        keys.page.goto(journey.start(demo))
        journey.walk(keys)
        expect(keys.page.locator("body")).to_contain_text(journey.result)


def test_signing_in_with_a_code(demo: Coalition, windows: Open) -> None:
    keys = open_in_mode(windows, 0, "")
    keys.page.goto(get_home(demo))
    keys.press("Sign in")
    keys.type("Your email address", get_persona(MEMBER).email)
    keys.press("Send me a code")
    code = re.search(r"^ {4}(\S.*)$", Message.objects.order_by("-pk")[0].body, re.MULTILINE)
    assert code
    keys.type("Code from the email", code[1])
    keys.page.keyboard.press("Enter")

    expect(keys.page.locator("body")).to_contain_text("Sign out")
