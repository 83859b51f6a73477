"""Replies by email to a poll for the time of a meeting."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.urls import reverse

from jukwaa.mail.models import Message
from jukwaa.meetings import actions
from jukwaa.meetings.models import TimeVote
from jukwaa.meetings.poll_replies import parse_poll_answers
from jukwaa.updates.models import PendingMail
from tests.meetings.polls import days_from_now, open_poll_for_days
from tests.meetings.scheduled_meetings import schedule_meeting
from tests.updates.emails import deliver_email, find_link_path, send_notifications_after_delay

Y, M, N = "yes", "if-need-be", "no"


@pytest.mark.parametrize(
    ("text", "parsed_answers"),
    [
        ("1 yes, 2 no, 3 maybe", {1: Y, 2: N, 3: M}),
        ("1 yes 2 no 3 if need be", {1: Y, 2: N, 3: M}),
        ("1: yes; 2: no.", {1: Y, 2: N}),
        ("1) Yes\n2) No\n3) If needed\n\nKind regards,\nA member", {1: Y, 2: N, 3: M}),
        ("1 yes\n2 no\nThanks", {1: Y, 2: N}),
        ("Option 1 yes and option 3 no", {1: Y, 3: N}),
        ("1 and 3 yes, 2 no", {1: Y, 3: Y, 2: N}),
        ("Yes: 1, 3. No: 2", {1: Y, 3: Y, 2: N}),
        ("yes to 2", {2: Y}),
        ("all yes", {1: Y, 2: Y, 3: Y}),
        ("No to all", {1: N, 2: N, 3: N}),
        ("1=y 2=n", {1: Y, 2: N}),
        ("1 oui, 2 non, 3 si besoin", {1: Y, 2: N, 3: M}),
        ("1 et 2 oui, 3 peut-être", {1: Y, 2: Y, 3: M}),
        ("1 sí, 2 no, 3 si es necesario", {1: Y, 2: N, 3: M}),
        ("١ نعم، ٢ لا، ٣ عند الضرورة", {1: Y, 2: N, 3: M}),
        ("1 yes, 7 no", {1: Y, 7: N}),
        ("> 1 yes", None),
        ("Yes", None),
        ("1", None),
        ("1 2 3", None),
        ("1 yes, 1 no", None),
        ("1 yes\n1 no", None),
        ("1 yes no", None),
        ("1 yes, but only after 10", None),
        ("1 yes\n2 only if Maria comes", None),
        ("Which room is it?", None),
        ("On 1 May I am away", None),
        ("1 noyes", None),
        ("99999999999 yes", None),
        ("", None),
        ("1 yes " * 200, None),
    ],
)
def test_poll_answers_are_parsed(text, parsed_answers):
    assert parse_poll_answers(text, [1, 2, 3]) == parsed_answers


@pytest.fixture
def poll(mailing_coalition, rapporteur):
    return open_poll_for_days(rapporteur, schedule_meeting(mailing_coalition, rapporteur, starts_on=days_from_now(20)))


@pytest.fixture
def poll_email(poll, member):
    send_notifications_after_delay()
    return Message.objects.get(to=member.email, subject__contains="Answer the poll about when to hold")


def list_stored_votes():
    return list(TimeVote.objects.order_by("option__number").values_list("option__number", "answer"))


def get_last_email(person):
    return Message.objects.filter(to=person.email).last()


def test_email_shows_options_in_three_zones_with_link(client, poll, member):
    member.time_zone = "Asia/Tokyo"
    member.save()
    send_notifications_after_delay()
    message = Message.objects.get(to=member.email, subject__contains="Answer the poll about when to hold")
    option = message.body.partition("Option 2")[2].partition("Option 3")[0]
    assert [line.partition(":")[0] for line in option.strip().splitlines()] == [
        "Your time",
        "Local time at the meeting",
        "UTC",
    ]
    assert "19:00 to 20:00, Tokyo (UTC+9)" in option
    client.post(find_link_path(message, "/polls/"), {"option_2": "yes"})
    assert list_stored_votes() == [(2, "yes")]


def test_members_are_asked_once(poll, member, delegate, outsider):
    send_notifications_after_delay()
    send_notifications_after_delay()
    asked = Message.objects.filter(subject__contains="Answer the poll about when to hold").values_list("to", flat=True)
    assert {member.email, delegate.email} <= set(asked)
    assert outsider.email not in asked
    assert len(asked) == len(set(asked))


def test_closed_poll_sends_no_email(poll, rapporteur):
    actions.close_time_poll(actor=rapporteur, poll=poll)
    send_notifications_after_delay()
    assert not Message.objects.filter(subject__contains="Answer the poll about when to hold").exists()


def test_reply_is_saved_and_confirmed(poll_email, member):
    deliver_email("1 yes, 2 no\n\nOn Monday we wrote:\n> Option 3", to=poll_email.reply_to, sender=member.email)
    assert list_stored_votes() == [(1, "yes"), (2, "no")]
    assert "have been recorded" in get_last_email(member).body
    assert "Option 2" in get_last_email(member).body
    assert "Option 3" not in get_last_email(member).body


@pytest.mark.parametrize(
    ("text", "expected_sentence"),
    [
        ("Which room is it?", "We could not tell from your email which times suit you."),
        ("1 yes, 7 no", "There is no option 7 in this poll."),
    ],
)
def test_invalid_reply_leads_to_page(poll_email, poll, member, text, expected_sentence):
    deliver_email(text, to=poll_email.reply_to, sender=member.email)
    assert list_stored_votes() == []
    assert expected_sentence in get_last_email(member).body
    page = reverse("meetings:poll_detail", args=[poll.coalition.slug, poll.meeting_id])
    assert f"{settings.SITE_URL}{page}" in get_last_email(member).body


def test_reply_to_forwarded_poll_needs_confirmation(client, poll_email, member, delegate):
    deliver_email("1 yes", to=poll_email.reply_to, sender=delegate.email)
    assert list_stored_votes() == []
    assert PendingMail.objects.get().person == member
    client.post(find_link_path(get_last_email(member), "/confirm/"))
    assert [(vote.person, vote.answer) for vote in TimeVote.objects.all()] == [(member, "yes")]


def test_late_reply_is_answered_with_closing_notice(poll_email, poll, member):
    with time_machine.travel(poll.closes_at + timedelta(hours=1)):
        deliver_email("1 yes", to=poll_email.reply_to, sender=member.email)
    assert list_stored_votes() == []
    assert "This poll is closed." in get_last_email(member).body


def test_chosen_time_is_emailed_to_members_with_calendar_file(poll_email, poll, member, rapporteur):
    actions.choose_meeting_time(actor=rapporteur, time_option=poll.options.get(number=2))
    send_notifications_after_delay()
    news = Message.objects.get(to=member.email, subject__contains="New time")
    assert "13:00 to 14:00, Nairobi (UTC+3)" in news.body
    assert "SEQUENCE:1" in news.calendar
