"""Members who have not answered a poll are reminded once, on the day before it closes."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from jukwaa.mail.models import Message
from jukwaa.meetings import actions
from jukwaa.meetings.models import Meeting, TimePoll, TimeVote
from jukwaa.updates.reminders import send_due_reminders
from tests.meetings.planned_meetings import create_planned_meeting
from tests.meetings.polls import days_from_now, open_poll_for_days
from tests.updates.emails import deliver_email, freeze_time_on_day

REMINDER_SUBJECT = "Answer by "


@pytest.fixture
def poll(mailing_coalition, rapporteur, member):
    poll = open_poll_for_days(rapporteur, create_planned_meeting(mailing_coalition, days=20))
    TimePoll.objects.filter(pk=poll.pk).update(opened_at=poll.opened_at - timedelta(days=7))
    return poll


def list_reminded_addresses():
    return sorted(Message.objects.filter(subject__contains=REMINDER_SUBJECT).values_list("to", flat=True))


def get_day_before(days: int = 1) -> date:
    """Polls of these tests close in a week."""
    return days_from_now(7 - days)


def test_members_are_reminded_once_a_day_before(poll, member, rapporteur):
    counts = []
    for days in (3, 2, 1, 0, -1):
        send_due_reminders(freeze_time_on_day(get_day_before(days)))
        counts.append(len(list_reminded_addresses()))

    assert counts == [0, 0, 2, 2, 2]
    assert list_reminded_addresses() == sorted([member.email, rapporteur.email])


def test_member_with_answer_is_not_reminded(poll, member, delegate, rapporteur):
    actions.answer_time_poll(actor=member, poll=poll, answers_by_option={1: "yes"})
    send_due_reminders(freeze_time_on_day(get_day_before()))

    assert list_reminded_addresses() == sorted([delegate.email, rapporteur.email])


@pytest.mark.parametrize("poll_case", ["new", "closed", "cancelled"])
def test_new_closed_or_cancelled_polls_send_no_reminder(poll, poll_case):
    polls = TimePoll.objects.filter(pk=poll.pk)
    if poll_case == "new":
        polls.update(opened_at=freeze_time_on_day(get_day_before()) - timedelta(hours=3))
    elif poll_case == "closed":
        polls.update(closed_at=poll.opened_at)
    else:
        Meeting.objects.filter(pk=poll.meeting_id).update(cancelled_at=poll.opened_at, cancellation_reason="Ill.")
    send_due_reminders(freeze_time_on_day(get_day_before()))

    assert list_reminded_addresses() == []


def test_reminder_has_link_and_accepts_reply(poll, member, client):
    send_due_reminders(freeze_time_on_day(get_day_before()))
    message = Message.objects.get(to=member.email, subject__contains=REMINDER_SUBJECT)
    link = reverse("meetings:poll_answer", args=["ours", "token"]).partition("token")[0]
    assert "You have not yet answered the poll about when to hold “The spring call”." in message.body
    assert "Option 3" in message.body
    assert link in message.body
    deliver_email("1 yes, 2 no", to=message.reply_to, sender=member.email)

    assert list(TimeVote.objects.order_by("option__number").values_list("answer", flat=True)) == ["yes", "no"]
