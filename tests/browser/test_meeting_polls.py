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
from tests.browser.conftest import SCRIPT_CHOICES, Open, get_persona, send_all_notifications
from tests.browser.test_journeys import HOME, check_message, check_title, follow, press
from tests.updates.mails import deliver, find_link_path

pytestmark = pytest.mark.browser
MEMBER = "member from the ITU"


@pytest.fixture(params=SCRIPT_CHOICES.values(), ids=SCRIPT_CHOICES.keys())
def open_window(request, demo: Coalition, windows: Open) -> Callable[..., Page]:
    """Opens a window of a person of the demo."""
    return lambda title="": windows(title, script=request.param)


def open_next_meeting(page: Page) -> None:
    page.goto(f"{HOME}meetings/")
    follow(page, "Preparing the session at the next Internet Governance Forum")


def test_meeting_time_is_found_by_poll(open_window: Callable[..., Page]):
    page = open_window("rapporteur")
    open_next_meeting(page)
    follow(page, "Find a time with a poll")
    today = timezone.localdate()
    page.get_by_label("Last day to answer").fill((today + timedelta(days=6)).isoformat())
    for number, hour in enumerate(["09:00", "23:30"], start=1):
        option = page.get_by_role("group", name=f"Option {number}", exact=True)
        option.get_by_label("Date").fill((today + timedelta(days=9 + number)).isoformat())
        option.get_by_label("Start time").fill(hour)
    press(page, "Open the poll")
    check_message(page, "The poll is open. We will email all members.")
    send_all_notifications()

    member = get_persona(MEMBER)
    message = Message.objects.filter(to=member.email, subject__contains="Answer the poll about when to hold").latest(
        "pk"
    )
    visitor = open_window()
    visitor.goto(find_link_path(message, "/polls/"))
    expect(visitor.locator("main")).to_contain_text("Answer only if this is your address.")
    visitor.get_by_role("group", name="Does option 2 suit you?").get_by_label("If need be").check()
    press(visitor, "Send answers")
    check_message(visitor, "Your answers have been recorded.")
    deliver("1 yes, 2 no", to=message.reply_to, sender=member.email)

    reader = open_window(MEMBER)
    open_next_meeting(reader)
    follow(reader, "See the poll")
    first = reader.get_by_role("group", name="Does option 1 suit you?")
    expect(first.get_by_label("Yes")).to_be_checked()
    first.get_by_label("If need be").check()
    press(reader, "Save answers")
    poll = TimePoll.objects.latest("pk")
    answers = TimeVote.objects.filter(option__poll=poll, person=member).order_by("option__number")
    assert list(answers.values_list("answer", flat=True)) == ["if-need-be", "no"]

    page.reload()
    section = page.get_by_role("region", name="Option 1")
    expect(section).to_contain_text("1 if need be")
    follow(page, "Choose option 1 for the meeting")
    press(page, "Choose this time")
    check_message(page, "The time has been set. We will email all members.")
    expect(page.locator("dl.facts").first).to_contain_text("09:00 to 10:30, Nairobi (UTC+3)")


def test_series_is_changed_and_cancelled_from_one_meeting(open_window: Callable[..., Page]):
    page = open_window("rapporteur")
    page.goto(f"{HOME}meetings/")
    follow(page, "Schedule a meeting")
    for label, value in (("Title", "Weekly call"), ("Start time", "10:30"), ("Duration in minutes", "60")):
        page.get_by_label(re.compile(f"^{label}")).fill(value)
    page.get_by_label(re.compile("^Date")).fill((timezone.localdate() + timedelta(days=100)).isoformat())
    page.get_by_label("Time zone", exact=True).select_option("Africa/Nairobi")
    page.get_by_label(re.compile("^Does the meeting repeat")).select_option(label="Every week on this weekday")
    page.get_by_label(re.compile("^How many meetings")).fill("3")
    page.locator("main form button.button").first.click()
    check_title(page, "Weekly call")
    press(page, "Publish the whole series")
    page.get_by_role("link", name="Edit the meeting", exact=True).click()
    follow(page, "Change this and later meetings instead")
    page.get_by_label(re.compile("^Start time")).fill("14:00")
    press(page, "Save")
    check_message(page, "3 meetings have been changed.")
    expect(page.locator("dl.facts").first).to_contain_text("14:00 to 15:00, Nairobi (UTC+3)")
    follow(page, "Cancel meeting")
    follow(page, "Cancel this and later meetings instead")
    page.get_by_label("Reason").fill("We meet in person.")
    press(page, "Cancel the meetings")
    check_message(page, "3 meetings have been cancelled.")
    assert Meeting.objects.filter(title="Weekly call", sequence=2, cancelled_at__isnull=False).count() == 3


def test_members_of_missing_groups_get_email(open_window: Callable[..., Page]):
    member = open_window(MEMBER)
    open_next_meeting(member)
    follow(member, "Reply to the invitation")
    member.get_by_label("I will attend", exact=True).check()
    press(member, "Send reply")

    page = open_window("coordinator")
    open_next_meeting(page)
    follow(page, "Write to members in these groups")
    page.get_by_label("Message").fill("Your region is missing. Can you come?")
    press(page, "Preview the email")
    expect(page.get_by_role("status").first).to_contain_text("Your region is missing. Can you come?")
    assert not GroupMessage.objects.exists()
    press(page, "Send email")
    check_message(page, "We will email")
    send_all_notifications()
    assert Message.objects.filter(subject__contains="Will you attend?").exists()
    assert settings.SITE_URL in Message.objects.filter(subject__contains="Will you attend?").latest("pk").body
