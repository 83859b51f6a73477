"""The keyboard alone: narrow, zoomed and in forced colours, each stop can be seen, and messages are focused."""

from collections.abc import Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from jukwaa.drafting.models import Text
from jukwaa.intake.models import Reading
from jukwaa.library.models import Item
from jukwaa.meetings.models import Meeting
from tests.browser.conftest import Open
from tests.browser.test_every_page import create_second_reading

pytestmark = pytest.mark.browser

VIEWPORT_MODES = {
    "narrow": ({"width": 320, "height": 640}, "none"),
    "zoomed": ({"width": 320, "height": 256}, "none"),
    "forced-colors": ({"width": 1280, "height": 720}, "active"),
}
MAX_TAB_STOPS = 60  # on each page: enough for its head, its forms and its margin
# The element with focus, if it can't be seen: out of the window, without size, or under something else.
HIDDEN_STOP_SCRIPT = """() => {
  const stop = document.activeElement;
  if (!stop || stop === document.body) return null;
  const box = [...stop.getClientRects()].find((each) => each.width && each.height);
  const name = `${stop.tagName} ${stop.id} ${stop.textContent.trim().slice(0, 40)}`;
  if (!box) return `no size: ${name}`;
  const left = Math.max(box.left, 0), right = Math.min(box.right, innerWidth);
  const top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);
  if (right <= left || bottom <= top) return `out of sight: ${name}`;
  const over = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
  const isSeen = over && (stop.contains(over) || over.contains(stop) || stop.closest("label")?.contains(over));
  return isSeen ? null : `covered by ${over?.tagName} ${over?.className}: ${name}`;
}"""


def list_journey_urls(coalition_slug: str) -> Iterator[str]:
    """The pages on which the ten journeys begin."""
    meeting = Meeting.objects.order_by("-pk").first()
    item, text, reading = Item.objects.first(), Text.objects.first(), Reading.objects.first()
    yield f"/{coalition_slug}/"
    yield from (each.get_absolute_url() for each in (meeting, item, text) if each)
    if reading:
        yield reverse("intake:reading_detail", args=[coalition_slug, reading.pk])
    yield from (
        reverse(name, args=[coalition_slug]) for name in ("home:desk", "library:item_new", "cooperation:overview")
    )
    yield reverse("search:search", args=[coalition_slug]) + "?q=hotline"
    yield reverse("accounts:settings")


def find_hidden_focus_stops(page: Page) -> list[str]:
    found = []
    for _stop in range(MAX_TAB_STOPS):
        page.keyboard.press("Tab")
        if hidden := page.evaluate(HIDDEN_STOP_SCRIPT):
            found.append(hidden)
    return found


@pytest.mark.parametrize(
    "viewport_mode",
    ["narrow", *(pytest.param(mode, marks=pytest.mark.slow) for mode in VIEWPORT_MODES if mode != "narrow")],
)
def test_each_focus_stop_can_be_seen(demo_coalition, open_window: Open, viewport_mode):
    page = open_window("coordinator")
    size, forced = VIEWPORT_MODES[viewport_mode]
    page.set_viewport_size(size)
    page.emulate_media(forced_colors=forced, reduced_motion="reduce")
    hidden = {}
    for url in list_journey_urls(demo_coalition.slug):
        page.goto(url)
        if found := find_hidden_focus_stops(page):
            hidden[url] = found

    assert hidden == {}


def test_errors_and_messages_get_focus_without_scripts(demo_coalition, open_window: Open):
    page = open_window("coordinator", script=False)
    page.goto(reverse("library:item_new", args=[demo_coalition.slug]))
    page.locator("main a[href*='?kind=']").first.press("Enter")
    page.locator("main form[method=post] button[type=submit]").last.press("Enter")

    expect(page.locator("#errors")).to_be_focused()
    assert page.title().startswith("Error: ")
    page.keyboard.press("Tab")
    target = page.evaluate("document.activeElement.getAttribute('href')")
    page.keyboard.press("Enter")
    assert page.locator(target).count() == 1
    page.goto(reverse("accounts:settings"))
    page.locator("main form[method=post]:has([name=name])").locator("button").last.press("Enter")
    expect(page.locator("main .flash").first).to_be_focused()


def test_shortcut_keys_act_only_in_current_sentence(demo_coalition, open_window: Open):
    """And only the result of a decision is read out, not the whole bar."""
    create_second_reading(demo_coalition)
    page = open_window("coordinator")
    page.goto(reverse("intake:reading_detail", args=[demo_coalition.slug, Reading.objects.unfinished().get().pk]))
    expect(page.locator("html[data-scripted]")).to_be_attached()
    expect(page.locator(".desk > .here")).to_be_focused()
    before = page.url, page.locator("#bar").inner_text()
    page.locator(".skip").focus()
    for key in "jarkem":
        page.keyboard.press(key)
    page.wait_for_load_state()

    assert (page.url, page.locator("#bar").inner_text()) == before
    page.locator(".desk > .here").focus()
    page.keyboard.press("r")
    expect(page.locator("#desk-said")).not_to_be_empty()
    assert page.locator("#desk-said").inner_text() == page.locator("#bar b").inner_text()
    assert page.locator("#bar").inner_text() != before[1]
