"""What was published waits half an hour before a mail tells of it; what is withdrawn meanwhile leaves no mail."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from jukwaa.mail.models import Message
from jukwaa.meetings.actions import create_meeting_record, withdraw_meeting
from jukwaa.meetings.actions.report import publish_meeting_report
from jukwaa.meetings.models import Entry
from jukwaa.records.actions import begin_record, publish_record, withdraw_record
from jukwaa.updates.actions import follow_thing, set_digest_rhythm, set_wanted_topics
from jukwaa.updates.clock import tick
from jukwaa.updates.models import Digest
from tests.factories import CapacityFactory, CommitmentFactory, ItemFactory, MeetingFactory
from tests.updates.emails import list_written_emails

ONE_MINUTE = timedelta(minutes=1)


@pytest.fixture
def follower_of_everything(mailing_coalition, member):
    """Somebody who hears of everything, as soon as it is told."""
    set_wanted_topics(person=member, coalition=mailing_coalition, wanted_topics=["news", "digest"])
    follow_thing(person=member, coalition=mailing_coalition, what="kind", value="good-practice")
    follow_thing(person=member, coalition=mailing_coalition, what="kind", value="meeting")
    set_digest_rhythm(person=member, coalition=mailing_coalition, digest_rhythm="daily")
    return member


def tick_for_minutes(minutes: int) -> None:
    """The clock ticks each minute, as a worker's does, and each digest is due at each of them."""
    start = timezone.now()
    for minute in range(minutes):
        with time_machine.travel(start + minute * ONE_MINUTE, tick=False):
            Digest.objects.update(due_at=timezone.now())
            tick()


def test_meeting_is_announced_after_half_an_hour(mailing_coalition, follower_of_everything, rapporteur):
    create_meeting_record(actor=rapporteur, coalition=mailing_coalition, title="Open meeting", published=True)
    tick_for_minutes(29)
    assert list_written_emails() == []

    with time_machine.travel(timezone.now() + 30 * ONE_MINUTE):
        tick_for_minutes(3)
    assert list_written_emails() == [
        (follower_of_everything.email, "[Our Coalition] Meeting record published: Open meeting")
    ]  # and no digest names it again


def test_record_withdrawn_within_waiting_period_is_never_emailed(mailing_coalition, follower_of_everything, rapporteur):
    item = ItemFactory(coalition=mailing_coalition, title="A practice", author=rapporteur)
    publish_record(actor=rapporteur, record=item, is_trusted=True)
    meeting = create_meeting_record(actor=rapporteur, coalition=mailing_coalition, title="Open meeting", published=True)
    publish_meeting_report(actor=rapporteur, meeting=meeting)
    tick_for_minutes(20)
    with time_machine.travel(timezone.now() + 20 * ONE_MINUTE):
        withdraw_record(actor=rapporteur, record=item, reason="A child can be found by it.", is_trusted=True)
        withdraw_meeting(actor=rapporteur, meeting=meeting, reason="A child can be found by it.")
        tick_for_minutes(60)
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        tick_for_minutes(2)

    assert list(Message.objects.all()) == []


def test_republished_record_waits_before_notification(mailing_coalition, follower_of_everything, rapporteur):
    item = ItemFactory(coalition=mailing_coalition, title="A practice", author=rapporteur)
    publish_record(actor=rapporteur, record=item, is_trusted=True)
    start = timezone.now()
    with time_machine.travel(start + 20 * ONE_MINUTE):
        withdraw_record(actor=rapporteur, record=item, reason="A word was wrong.", is_trusted=True)
        item.refresh_from_db()
        publish_record(actor=rapporteur, record=item, is_trusted=True)
    with time_machine.travel(start + 31 * ONE_MINUTE):
        tick_for_minutes(15)
        assert list_written_emails() == []
    with time_machine.travel(start + 51 * ONE_MINUTE):
        tick_for_minutes(2)

    assert list_written_emails() == [(follower_of_everything.email, "[Our Coalition] 1 update on what you follow")]


def test_meeting_published_twice_is_announced_once(mailing_coalition, follower_of_everything, rapporteur):
    meeting = create_meeting_record(actor=rapporteur, coalition=mailing_coalition, title="Open meeting", published=True)
    start = timezone.now()
    with time_machine.travel(start + 10 * ONE_MINUTE):
        withdraw_record(actor=rapporteur, record=meeting, reason="The day was wrong.", is_trusted=True)
        meeting.refresh_from_db()
        publish_record(actor=rapporteur, record=meeting, is_trusted=True)
    with time_machine.travel(start + 31 * ONE_MINUTE):
        tick_for_minutes(5)
        assert list_written_emails() == []
    with time_machine.travel(start + 41 * ONE_MINUTE):
        tick_for_minutes(2)

    assert list_written_emails() == [
        (follower_of_everything.email, "[Our Coalition] Meeting record published: Open meeting")
    ]


def test_commitment_withdrawn_while_waiting_notifies_nobody(mailing_coalition, coordinator, rapporteur):
    """Not even to somebody who may still read it, as a coordinator may."""
    owner = CapacityFactory(coalition=mailing_coalition, person=coordinator)
    meeting = MeetingFactory(coalition=mailing_coalition, published=True)
    entry = begin_record(
        actor=rapporteur,
        record=Entry(coalition=mailing_coalition, kind="commitment", meeting=meeting, position=1, text="x"),
        is_published=True,
    )
    CommitmentFactory(entry=entry, owner=owner)
    withdraw_record(actor=rapporteur, record=entry, reason="It was not said.", is_trusted=True)
    tick_for_minutes(40)

    assert list_written_emails() == []
