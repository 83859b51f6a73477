"""Finding a time, changing a series and writing to missing groups in Chromium, with scripts and without."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Page, expect

from jukwaa.coalitions.models import Coalition
from jukwaa.mail.models import Message
from jukwaa.meetings.models import GroupMessage, Meeting, TimePoll, TimeVote
from tests.browser.conftest import SCRIPTS_BY_MODE, Open, get_demo_person, send_all_notifications
from tests.browser.test_journeys import HOME_URL, check_flash_message, check_page_title, follow_link, press_button
from tests.updates.emails import deliver_email, find_link_path

pytestmark = pytest.mark.browser
MEMBER_PERSONA = "member from the ITU"


@pytest.fixture(params=SCRIPTS_BY_MODE.values(), ids=SCRIPTS_BY_MODE.keys())
def open_polls_window(request, demo_coalition: Coalition, open_window: Open) -> Callable[..., Page]:
    """Opens a window of a person of the demo."""
    return lambda title="": open_window(title, script=request.param)


def open_next_meeting(page: Page) -> None:
    page.goto(f"{HOME_URL}meetings/")
    follow_link(page, "Preparing the session at the next Internet Governance Forum")


def test_meeting_time_is_found_by_poll(open_polls_window: Callable[..., Page]):
    page = open_polls_window("rapporteur")
    open_next_meeting(page)
    follow_link(page, "Find a time with a poll")
    today = timezone.localdate()
    page.get_by_label("Last day to answer").fill((today + timedelta(days=6)).isoformat())
    for number, hour in enumerate(["09:00", "23:30"], start=1):
        option = page.get_by_role("group", name=f"Option {number}", exact=True)
        option.get_by_label("Date").fill((today + timedelta(days=9 + number)).isoformat())
        option.get_by_label("Start time").fill(hour)
    press_button(page, "Open the poll")
    check_flash_message(page, "The poll is open. We will email all members.")
    send_all_notifications()

    member = get_demo_person(MEMBER_PERSONA)
    message = Message.objects.filter(to=member.email, subject__contains="Answer the poll about when to hold").latest(
        "pk"
    )
    visitor = open_polls_window()
    visitor.goto(find_link_path(message, "/polls/"))
    expect(visitor.locator("main")).to_contain_text("Answer only if this is your address.")
    visitor.get_by_role("group", name="Does option 2 suit you?").get_by_label("If need be").check()
    press_button(visitor, "Send answers")
    check_flash_message(visitor, "Your answers have been recorded.")
    deliver_email("1 yes, 2 no", to=message.reply_to, sender=member.email)

    reader = open_polls_window(MEMBER_PERSONA)
    open_next_meeting(reader)
    follow_link(reader, "See the poll")
    first = reader.get_by_role("group", name="Does option 1 suit you?")
    expect(first.get_by_label("Yes")).to_be_checked()
    first.get_by_label("If need be").check()
    press_button(reader, "Save answers")
    poll = TimePoll.objects.latest("pk")
    answers = TimeVote.objects.filter(option__poll=poll, person=member).order_by("option__number")
    assert list(answers.values_list("answer", flat=True)) == ["if-need-be", "no"]

    page.reload()
    section = page.get_by_role("region", name="Option 1")
    expect(section).to_contain_text("1 if need be")
    follow_link(page, "Choose option 1 for the meeting")
    press_button(page, "Choose this time")
    check_flash_message(page, "The time has been set. We will email all members.")
    expect(page.locator("dl.facts").first).to_contain_text("09:00 to 10:30, Nairobi (UTC+3)")


def test_series_is_changed_and_cancelled_from_one_meeting(open_polls_window: Callable[..., Page]):
    page = open_polls_window("rapporteur")
    page.goto(f"{HOME_URL}meetings/")
    follow_link(page, "Schedule a meeting")
    for label, value in (("Title", "Weekly call"), ("Start time", "10:30"), ("Duration in minutes", "60")):
        page.get_by_label(re.compile(f"^{label}")).fill(value)
    page.get_by_label(re.compile("^Date")).fill((timezone.localdate() + timedelta(days=100)).isoformat())
    page.get_by_label("Time zone", exact=True).select_option("Africa/Nairobi")
    page.get_by_label(re.compile("^Does the meeting repeat")).select_option(label="Every week on this weekday")
    page.get_by_label(re.compile("^How many meetings")).fill("3")
    page.locator("main form button.button").first.click()
    check_page_title(page, "Weekly call")
    follow_link(page, "Publish the whole series")
    press_button(page, "Publish the whole series")
    page.get_by_role("link", name="Edit the meeting", exact=True).click()
    follow_link(page, "Change this and later meetings instead")
    page.get_by_label(re.compile("^Start time")).fill("14:00")
    press_button(page, "Save")
    check_flash_message(page, "3 meetings have been changed.")
    expect(page.locator("dl.facts").first).to_contain_text("14:00 to 15:00, Nairobi (UTC+3)")
    follow_link(page, "Cancel meeting")
    follow_link(page, "Cancel this and later meetings instead")
    page.get_by_label("Reason").fill("We meet in person.")
    press_button(page, "Cancel the meetings")
    check_flash_message(page, "3 meetings have been cancelled.")
    assert Meeting.objects.filter(title="Weekly call", sequence=2, cancelled_at__isnull=False).count() == 3


def test_members_of_missing_groups_get_email(open_polls_window: Callable[..., Page]):
    member = open_polls_window(MEMBER_PERSONA)
    open_next_meeting(member)
    follow_link(member, "Reply to the invitation")
    member.get_by_label("I will attend", exact=True).check()
    press_button(member, "Send reply")

    page = open_polls_window("coordinator")
    open_next_meeting(page)
    follow_link(page, "Write to members in these groups")
    page.get_by_label("Message").fill("Your region is missing. Can you come?")
    press_button(page, "Preview the email")
    expect(page.get_by_role("status").first).to_contain_text("Your region is missing. Can you come?")
    assert not GroupMessage.objects.exists()
    press_button(page, "Send email")
    check_flash_message(page, "We will email")
    send_all_notifications()
    assert Message.objects.filter(subject__contains="Will you attend?").exists()
    assert settings.SITE_URL in Message.objects.filter(subject__contains="Will you attend?").latest("pk").body
