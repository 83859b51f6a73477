"""Reminders a day and an hour before a meeting: to the members, with the joining link, exactly once each."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from jukwaa.mail.models import Message
from jukwaa.meetings.actions.agenda import add_agenda_item
from jukwaa.meetings.actions.agenda_sending import send_meeting_agenda
from jukwaa.meetings.agenda_emails import build_meeting_reminder
from jukwaa.meetings.meeting_reminders import send_due_meeting_agendas, send_meeting_reminders
from jukwaa.meetings.models import Agenda, MeetingReminder
from jukwaa.updates import clock, notification_emails
from jukwaa.updates.actions import set_wanted_topics
from jukwaa.updates.models import EmailTopic
from tests.conftest import create_seated_person
from tests.factories import CoalitionFactory
from tests.meetings.planned_meetings import create_planned_meeting, get_datetime_before_start
from tests.updates.emails import list_written_emails


@pytest.fixture
def meeting(mailing_coalition, member):
    return create_planned_meeting(mailing_coalition, days=3)


def test_members_are_reminded_a_day_and_an_hour_before(meeting, member):
    counts = []
    for before in (
        {"hours": 25},
        {"hours": 24},
        {"hours": 12},
        {"minutes": 61},
        {"minutes": 60},
        {"minutes": 1},
        {"minutes": 0},
        {"minutes": -5},
    ):
        send_meeting_reminders(get_datetime_before_start(meeting, **before))
        counts.append(Message.objects.count())

    assert counts == [0, 1, 1, 1, 2, 2, 2, 2]
    first, second = Message.objects.order_by("pk")
    assert first.subject.startswith("[Our Coalition] Reminder: The spring call, ")
    starts = f"{meeting.start_time:%H:%M}, Nairobi (UTC+3)"
    assert second.subject == f"[Our Coalition] Starts at {starts}: The spring call"
    for message in (first, second):
        assert message.to == member.email
        assert "How to join\nhttps://meet.example.org/spring" in message.body


def test_late_day_reminder_is_skipped_after_outage(meeting):
    send_meeting_reminders(get_datetime_before_start(meeting, minutes=30))
    send_meeting_reminders(get_datetime_before_start(meeting, minutes=20))

    assert [subject.split(" at ")[0] for _to, subject in list_written_emails()] == ["[Our Coalition] Starts"]


def test_moved_meeting_is_reminded_again(meeting):
    send_meeting_reminders(get_datetime_before_start(meeting, hours=20))
    meeting.starts_at += timedelta(days=2)
    meeting.ends_at += timedelta(days=2)
    meeting.save()
    send_meeting_reminders(get_datetime_before_start(meeting, hours=30))
    send_meeting_reminders(get_datetime_before_start(meeting, hours=20))

    assert len(list_written_emails()) == 2


@pytest.mark.parametrize("exclusion_case", ["draft", "cancelled", "no hour", "not wanted"])
def test_excluded_meeting_or_member_gets_no_reminder(meeting, mailing_coalition, member, exclusion_case):
    moment = get_datetime_before_start(meeting, hours=20)
    if exclusion_case == "draft":
        meeting.state = "draft"
    elif exclusion_case == "cancelled":
        meeting.cancelled_at, meeting.cancellation_reason = timezone.now(), "Nobody has time."
    elif exclusion_case == "no hour":
        meeting.starts_at = meeting.start_time = None
    else:
        set_wanted_topics(person=member, coalition=mailing_coalition, wanted_topics=[EmailTopic.CONCERNS])
    meeting.save()
    send_meeting_reminders(moment)

    assert list_written_emails() == []


def test_restricted_meeting_reminds_readers_without_link(mailing_coalition, member, rapporteur):
    meeting = create_planned_meeting(mailing_coalition, days=3, label="TLP:RED", author=rapporteur)
    send_meeting_reminders(get_datetime_before_start(meeting, hours=20))

    [message] = Message.objects.all()
    assert message.to == rapporteur.email
    assert "meet.example.org" not in message.body


def test_reminder_job_runs_every_tick(meeting, member):
    clock.tick(get_datetime_before_start(meeting, hours=20))
    clock.tick(get_datetime_before_start(meeting, hours=19))
    reminders = [to for to, subject in list_written_emails() if "Reminder: " in subject]

    assert reminders == [member.email]


def test_failing_meeting_does_not_block_others(mailing_coalition, member, monkeypatch):
    bad, good = (
        create_planned_meeting(mailing_coalition, days=3, title="Bad"),
        create_planned_meeting(mailing_coalition, days=3, title="Good"),
    )
    send = notification_emails.send_notification

    def fail_for_bad_meeting(notification, *, key):
        if notification.record == bad:
            raise ValueError
        return send(notification, key=key)

    monkeypatch.setattr("jukwaa.meetings.meeting_reminders.send_notification", fail_for_bad_meeting)
    send_meeting_reminders(get_datetime_before_start(good, hours=20))

    assert list(MeetingReminder.objects.values_list("meeting", flat=True)) == [good.pk]


@pytest.mark.parametrize("tlp_label", ["TLP:CLEAR", "TLP:GREEN"])
def test_reminders_cover_only_readable_meetings(mailing_coalition, member, outsider, tlp_label):
    send_meeting_reminders(
        get_datetime_before_start(create_planned_meeting(mailing_coalition, days=3, label=tlp_label), hours=20)
    )

    assert [to for to, _subject in list_written_emails()] == [member.email]


def test_queued_emails_need_no_query_per_reader(meeting, mailing_coalition, django_assert_num_queries):
    """A worker that begins again after it was killed finds at once where it was."""
    news = build_meeting_reminder(meeting, is_starting_soon=False)
    few = replace(news, people=news.people[:1])
    notification_emails.send_notification(news, key="again")
    with CaptureQueriesContext(connection) as captured:
        notification_emails.send_notification(few, key="again")
    for number in range(10):
        create_seated_person(mailing_coalition, f"Later member {number}")
    many = build_meeting_reminder(meeting, is_starting_soon=False)
    notification_emails.send_notification(many, key="again")

    with django_assert_num_queries(len(captured)):
        notification_emails.send_notification(many, key="again")


class WorkerKilled(BaseException):
    pass


@settings(max_examples=15)
@given(worker_death_points=st.lists(st.integers(0, 5), max_size=4))
@pytest.mark.parametrize("email_type", ["reminder", "agenda"])
def test_killed_worker_sends_each_email_once(db, email_type, worker_death_points):
    """A worker that is killed begins again: what it has queued has a key, and the row that says "done" comes last."""
    with transaction.atomic():
        people, work = _create_due_email(email_type)
        for death in worker_death_points:
            _kill_worker_after(death, work)
        work()
        work()
        reached = sorted(Message.objects.values_list("to", flat=True))
        done = MeetingReminder.objects.count() + Agenda.objects.filter(emailed_version=F("sent_version")).count()
        transaction.set_rollback(True)

    assert reached == sorted(person.email for person in people)
    assert done == 1


def _create_due_email(email_type):
    coalition = CoalitionFactory(mail_released_at=timezone.now())
    people = [
        create_seated_person(coalition, f"Member {number}", *["coordinator"] * (number == 0)) for number in range(5)
    ]
    meeting = create_planned_meeting(coalition, days=3)
    if email_type == "reminder":
        return people, lambda: send_meeting_reminders(get_datetime_before_start(meeting, hours=20))
    add_agenda_item(actor=people[0], meeting=meeting, title="The work plan")
    send_meeting_agenda(actor=people[0], meeting=meeting)
    return people, lambda: send_due_meeting_agendas(timezone.now())


def _kill_worker_after(email_count, send_emails):
    """Queue so many emails, and be killed before the next one."""
    original, sent = notification_emails.send_notification_to_person, []

    def raise_after_email_count(notification, person, **options):
        if len(sent) == email_count:
            raise WorkerKilled
        sent.append(person)
        original(notification, person, **options)

    notification_emails.send_notification_to_person = raise_after_email_count
    try:
        send_emails()
    except WorkerKilled:
        return
    finally:
        notification_emails.send_notification_to_person = original
