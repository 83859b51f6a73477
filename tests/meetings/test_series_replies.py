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
from tests.meetings.scheduled import NOW
from tests.meetings.test_invitations import build_google_reply, get_path, handle_authenticated_email
from tests.meetings.test_series_changes import change
from tests.updates.mails import deliver, send_notifications_after_delay

Answer = Rsvp.Answer


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False):
        yield


def list_replies(person):
    return [
        (f"{reply.meeting.starts_on:%d}", reply.answer)
        for reply in Rsvp.objects.filter(person=person).select_related("meeting").order_by("meeting__starts_on")
    ]


def reply_by_email(person, message, text):
    deliver(text, to=message.reply_to, sender=person.email)


ALL_YES = [("12", "yes"), ("19", "yes"), ("26", "yes"), ("02", "yes")]


def test_invitation_names_later_meetings(released, member, calls):
    send_notifications_after_delay()
    invitation = Message.objects.get(to=member.email)

    assert "This meeting begins a series. 3 more meetings are planned:" in invitation.body
    for day in ("19 January", "26 January", "2 February"):
        assert day in invitation.body
    assert "&series=all" in invitation.body
    assert Calendar.from_ical(invitation.calendar)["METHOD"] == "REQUEST"


def test_link_replies_to_all_meetings(released, client, member, calls):
    path = get_path(member, calls[0])
    page = client.get(f"{path}?answer=yes&series=all").text
    assert "3 later meetings in this series" in page
    assert re.search(r'name="whole_series"[^>]* checked', page)

    answer = client.post(path, {"answer": "yes", "whole_series": "on"}, follow=True)
    assert "Your reply has been recorded for 4 meetings." in answer.text
    assert list_replies(member) == ALL_YES


def test_reply_to_one_meeting_leaves_the_others(client, member, calls):
    client.force_login(member)
    url = reverse("meetings:meeting_reply", args=["ours", calls[1].pk])
    client.post(url, {"answer": "yes", "whole_series": "on"})
    client.post(url, {"answer": "no"})

    assert list_replies(member) == [("19", "no"), ("26", "yes"), ("02", "yes")]


def test_cancelled_meetings_get_no_reply(rapporteur, member, calls):
    actions.cancel_meeting(actor=rapporteur, meeting=calls[2], reason="A holiday.")

    assert actions.reply_to_series_invitation(actor=member, meeting=calls[0], answer=Answer.MAYBE) == 3
    assert list_replies(member) == [("12", "maybe"), ("19", "maybe"), ("02", "maybe")]


def test_outsider_replies_to_no_meeting(outsider, calls):
    with pytest.raises(PermissionDenied):
        actions.reply_to_series_invitation(actor=outsider, meeting=calls[0], answer=Answer.YES)
    assert not Rsvp.objects.exists()


def test_last_meeting_offers_no_series(client, member, calls):
    client.force_login(member)
    page = client.get(reverse("meetings:meeting_reply", args=["ours", calls[3].pk])).text

    assert "whole_series" not in page


@pytest.mark.parametrize(
    ("text", "replies"), [("Yes, gladly", ALL_YES), ("I do not know my plans", [])], ids=["answer", "unclear"]
)
def test_email_replies_to_all_meetings(released, member, calls, text, replies):
    send_notifications_after_delay()
    reply_by_email(member, Message.objects.get(to=member.email), text)

    assert list_replies(member) == replies
    said = Message.objects.filter(to=member.email).latest("pk").body
    assert ("(4 meetings in total) has been recorded: I will attend." in said) == bool(replies)


def test_calendar_program_replies_to_one_meeting(released, member, calls, settings):
    handle_authenticated_email(build_google_reply(calls[0], member), released, settings)

    assert list_replies(member) == [("12", "yes")]


def test_changed_series_asks_again(released, member, rapporteur, calls):
    send_notifications_after_delay()
    Message.objects.all().delete()
    change(rapporteur, calls[1], place="Room 4")
    send_notifications_after_delay()
    email = Message.objects.get(to=member.email)
    reply_by_email(member, email, "No, sorry")

    assert "Choose an answer for all of these meetings." in email.body
    assert list_replies(member) == [("19", "no"), ("26", "no"), ("02", "no")]
    assert date(2027, 1, 19) == calls[1].starts_on
