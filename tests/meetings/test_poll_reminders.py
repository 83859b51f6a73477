"""Members who have not answered a poll are reminded once, on the day before it closes."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from jukwaa.mail.models import Message
from jukwaa.meetings import actions
from jukwaa.meetings.models import Meeting, TimePoll, TimeVote
from jukwaa.updates.reminders import send_due_reminders
from tests.meetings.polls import days_from_now, open_poll_for_days
from tests.meetings.preparing import create_planned_meeting
from tests.updates.mails import deliver, freeze_day

SUBJECT = "Answer by "


@pytest.fixture
def poll(released, rapporteur, member):
    poll = open_poll_for_days(rapporteur, create_planned_meeting(released, days=20))
    TimePoll.objects.filter(pk=poll.pk).update(opened_at=poll.opened_at - timedelta(days=7))
    return poll


def list_reminded():
    return sorted(Message.objects.filter(subject__contains=SUBJECT).values_list("to", flat=True))


def get_day_before(days: int = 1) -> date:
    """Polls of these tests close in a week."""
    return days_from_now(7 - days)


def test_members_are_reminded_once_a_day_before(poll, member, rapporteur):
    counts = []
    for days in (3, 2, 1, 0, -1):
        send_due_reminders(freeze_day(get_day_before(days)))
        counts.append(len(list_reminded()))

    assert counts == [0, 0, 2, 2, 2]
    assert list_reminded() == sorted([member.email, rapporteur.email])


def test_member_with_answer_is_not_reminded(poll, member, delegate, rapporteur):
    actions.answer_time_poll(actor=member, poll=poll, answers={1: "yes"})
    send_due_reminders(freeze_day(get_day_before()))

    assert list_reminded() == sorted([delegate.email, rapporteur.email])


@pytest.mark.parametrize("change", ["new", "closed", "cancelled"])
def test_new_closed_or_cancelled_polls_send_no_reminder(poll, change):
    polls = TimePoll.objects.filter(pk=poll.pk)
    if change == "new":
        polls.update(opened_at=freeze_day(get_day_before()) - timedelta(hours=3))
    elif change == "closed":
        polls.update(closed_at=poll.opened_at)
    else:
        Meeting.objects.filter(pk=poll.meeting_id).update(cancelled_at=poll.opened_at, cancellation_reason="Ill.")
    send_due_reminders(freeze_day(get_day_before()))

    assert list_reminded() == []


def test_reminder_has_link_and_accepts_reply(poll, member, client):
    send_due_reminders(freeze_day(get_day_before()))
    message = Message.objects.get(to=member.email, subject__contains=SUBJECT)
    link = reverse("meetings:poll_answer", args=["ours", "token"]).partition("token")[0]
    assert "You have not yet answered the poll about when to hold “The spring call”." in message.body
    assert "Option 3" in message.body
    assert link in message.body
    deliver("1 yes, 2 no", to=message.reply_to, sender=member.email)

    assert list(TimeVote.objects.order_by("option__number").values_list("answer", flat=True)) == ["yes", "no"]
