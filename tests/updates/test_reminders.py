"""What is due is said once, on a day when something can still be done."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from jukwaa.coalitions.models import Affiliation, Role
from jukwaa.intake.models import Reading
from jukwaa.mail.models import Message
from jukwaa.updates import clock
from jukwaa.updates.reminders import remind
from tests.factories import CapacityFactory, CommitmentFactory, DocumentFactory, ItemFactory, RoleFactory
from tests.updates.mails import written

TODAY = timezone.localdate()


def on(day):
    return datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=6)


@pytest.fixture
def commitment(released, organisation, delegate):
    owner = CapacityFactory(coalition=released, organisation=organisation)
    return CommitmentFactory(
        entry__coalition=released, entry__title="Translate it", owner=owner, due_on=date(2026, 6, 10)
    )


def test_whoever_speaks_for_an_owner_hears_three_days_before_and_on_the_day(commitment, delegate):
    days = [date(2026, 6, day) for day in (1, 7, 8, 9, 10, 11, 12)]
    counts = []
    for day in days:
        Affiliation.objects.update(confirmed_on=TODAY)
        remind(on(day))
        counts.append(Message.objects.count())

    assert counts == [0, 1, 1, 1, 2, 2, 2]
    assert written() == [(delegate.email, "[Our Coalition] Due on 10 June 2026: Translate it")] * 2


def test_after_an_outage_one_hears_once_of_what_was_due_meanwhile(commitment):
    remind(on(date(2026, 6, 14)))
    remind(on(date(2026, 6, 15)))

    assert len(written()) == 1


def test_what_is_kept_is_not_reminded_of(commitment):
    commitment.progress, commitment.closed_on = "kept", TODAY
    commitment.save()
    remind(on(date(2026, 6, 10)))

    assert written() == []


def test_those_who_vouch_are_asked_once_a_month_who_still_belongs(released, organisation, delegate, coordinator):
    old = TODAY - timedelta(days=370)
    Affiliation.objects.update(confirmed_on=old)
    remind(timezone.now())
    remind(timezone.now())

    subject = f"[Our Coalition] Who belongs to {organisation}?"
    assert written() == [(coordinator.email, subject)]
    assert "- A delegate" in Message.objects.get().body


def test_a_term_that_ends_within_a_month_is_said_to_its_holder_and_the_coordinators(released, coordinator, member):
    RoleFactory(coalition=released, person=member, kind=Role.Kind.CHAIR, ends_on=TODAY + timedelta(days=20))
    RoleFactory(coalition=released, person=member, kind=Role.Kind.EDITOR, ends_on=TODAY + timedelta(days=40))
    remind(timezone.now())
    remind(timezone.now())

    assert sorted(to for to, _subject in written()) == sorted([coordinator.email, member.email])


def test_a_reading_left_for_two_weeks_is_said_once_to_whoever_began_it(released, rapporteur):
    document = DocumentFactory(coalition=released, published=True)
    Reading.objects.create(
        coalition=released,
        document=document,
        title="The report",
        started_by=rapporteur,
        started_at=timezone.now() - timedelta(days=15),
    )
    remind(timezone.now())
    remind(timezone.now() + timedelta(days=1))

    assert written() == [(rapporteur.email, "[Our Coalition] A reading waits for you: The report")]


def test_the_clock_reminds_once_a_day_and_does_all_its_jobs(released, coordinator, member):
    RoleFactory(coalition=released, person=member, kind=Role.Kind.CHAIR, ends_on=TODAY + timedelta(days=20))
    now = timezone.now()
    first, second = clock.tick(now), clock.tick(now)

    assert first == [job.name for job in clock.in_order()]
    assert second == [job.name for job in clock.in_order() if not job.every]
    assert len(written()) == 2


def test_whoever_shared_an_item_is_asked_once_on_its_day_whether_it_still_holds(released, member):
    item = ItemFactory(
        coalition=released, author=member, title="A toolkit", review_by=date(2026, 6, 10), published=True
    )
    ItemFactory(coalition=released, author=member, review_by=date(2026, 6, 10))  # a draft
    counts = []
    for day in (9, 10, 11):
        remind(on(date(2026, 6, day)))
        counts.append(len(written()))

    assert counts == [0, 1, 1]
    assert written() == [(member.email, "[Our Coalition] Does it still hold? A toolkit")]
    assert item.get_absolute_url() in Message.objects.get().body
