"""Replies to a series of meetings: one for all of them, by link, on the page and by email."""

import re
from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from icalendar import Calendar

from jukwaa.mail.models import Message
from jukwaa.meetings import actions
from jukwaa.meetings.models import Rsvp
from tests.meetings.scheduled_meetings import BEFORE_MEETING
from tests.meetings.test_invitations import build_google_reply, build_reply_path, handle_authenticated_email
from tests.meetings.test_series_changes import change_meeting_series
from tests.updates.emails import deliver_email, send_notifications_after_delay

ReplyAnswer = Rsvp.Answer


@pytest.fixture(autouse=True)
def frozen_before_series():
    with time_machine.travel(BEFORE_MEETING, tick=False):
        yield


def list_dated_replies(person):
    return [
        (f"{reply.meeting.starts_on:%d}", reply.answer)
        for reply in Rsvp.objects.filter(person=person).select_related("meeting").order_by("meeting__starts_on")
    ]


def reply_by_email(person, email_message, text):
    deliver_email(text, to=email_message.reply_to, sender=person.email)


ALL_YES_REPLIES = [("12", "yes"), ("19", "yes"), ("26", "yes"), ("02", "yes")]


def test_invitation_names_later_meetings(mailing_coalition, member, weekly_calls):
    send_notifications_after_delay()
    invitation = Message.objects.get(to=member.email)

    assert "This meeting begins a series. 3 more meetings are planned:" in invitation.body
    for day in ("19 January", "26 January", "2 February"):
        assert day in invitation.body
    assert "&series=all" in invitation.body
    assert Calendar.from_ical(invitation.calendar)["METHOD"] == "REQUEST"


def test_link_replies_to_all_meetings(mailing_coalition, client, member, weekly_calls):
    path = build_reply_path(member, weekly_calls[0])
    page = client.get(f"{path}?answer=yes&series=all").text
    assert "3 later meetings in this series" in page
    assert re.search(r'name="whole_series"[^>]* checked', page)

    answer = client.post(path, {"answer": "yes", "whole_series": "on"}, follow=True)
    assert "Your reply has been recorded for 4 meetings." in answer.text
    assert list_dated_replies(member) == ALL_YES_REPLIES


def test_reply_to_one_meeting_leaves_the_others(client, member, weekly_calls):
    client.force_login(member)
    url = reverse("meetings:meeting_reply", args=["ours", weekly_calls[1].pk])
    client.post(url, {"answer": "yes", "whole_series": "on"})
    client.post(url, {"answer": "no"})

    assert list_dated_replies(member) == [("19", "no"), ("26", "yes"), ("02", "yes")]


def test_cancelled_meetings_get_no_reply(rapporteur, member, weekly_calls):
    actions.cancel_meeting(actor=rapporteur, meeting=weekly_calls[2], reason="A holiday.")

    assert actions.reply_to_series_invitation(actor=member, meeting=weekly_calls[0], answer=ReplyAnswer.MAYBE) == 3
    assert list_dated_replies(member) == [("12", "maybe"), ("19", "maybe"), ("02", "maybe")]


def test_outsider_replies_to_no_meeting(outsider, weekly_calls):
    with pytest.raises(PermissionDenied):
        actions.reply_to_series_invitation(actor=outsider, meeting=weekly_calls[0], answer=ReplyAnswer.YES)
    assert not Rsvp.objects.exists()


def test_last_meeting_offers_no_series(client, member, weekly_calls):
    client.force_login(member)
    page = client.get(reverse("meetings:meeting_reply", args=["ours", weekly_calls[3].pk])).text

    assert "whole_series" not in page


@pytest.mark.parametrize(
    ("text", "expected_replies"),
    [("Yes, gladly", ALL_YES_REPLIES), ("I do not know my plans", [])],
    ids=["answer", "unclear"],
)
def test_email_replies_to_all_meetings(mailing_coalition, member, weekly_calls, text, expected_replies):
    send_notifications_after_delay()
    reply_by_email(member, Message.objects.get(to=member.email), text)

    assert list_dated_replies(member) == expected_replies
    said = Message.objects.filter(to=member.email).latest("pk").body
    assert ("(4 meetings in total) has been recorded: I will attend." in said) == bool(expected_replies)


def test_calendar_program_reply_applies_to_one_meeting(mailing_coalition, member, weekly_calls, settings):
    handle_authenticated_email(build_google_reply(weekly_calls[0], member), mailing_coalition, settings)

    assert list_dated_replies(member) == [("12", "yes")]


def test_changed_series_requests_new_reply_to_all_meetings(mailing_coalition, member, rapporteur, weekly_calls):
    send_notifications_after_delay()
    Message.objects.all().delete()
    change_meeting_series(rapporteur, weekly_calls[1], place="Room 4")
    send_notifications_after_delay()
    email = Message.objects.get(to=member.email)
    reply_by_email(member, email, "No, sorry")

    assert "Choose an answer for all of these meetings." in email.body
    assert list_dated_replies(member) == [("19", "no"), ("26", "no"), ("02", "no")]
    assert date(2027, 1, 19) == weekly_calls[1].starts_on
