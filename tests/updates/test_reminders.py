"""What is due is said once, on a day when something can still be done."""

from datetime import timedelta

from django.utils import timezone

from jukwaa.coalitions.models import Affiliation, Role
from jukwaa.mail.models import Message
from jukwaa.updates import clock
from jukwaa.updates.reminders import send_due_reminders
from tests.factories import RoleFactory
from tests.updates.mails import written

TODAY = timezone.localdate()


def test_those_who_vouch_are_asked_once_a_month_who_still_belongs(released, organisation, delegate, coordinator):
    old = TODAY - timedelta(days=370)
    Affiliation.objects.update(confirmed_on=old)
    send_due_reminders(timezone.now())
    send_due_reminders(timezone.now())

    subject = f"[Our Coalition] Please confirm who belongs to {organisation}"
    assert written() == [(coordinator.email, subject)]
    assert "- A delegate" in Message.objects.get().body


def test_a_term_that_ends_within_a_month_is_said_to_its_holder_and_the_coordinators(released, coordinator, member):
    RoleFactory(coalition=released, person=member, kind=Role.Kind.CHAIR, ends_on=TODAY + timedelta(days=20))
    RoleFactory(coalition=released, person=member, kind=Role.Kind.EDITOR, ends_on=TODAY + timedelta(days=40))
    send_due_reminders(timezone.now())
    send_due_reminders(timezone.now())

    assert sorted(to for to, _subject in written()) == sorted([coordinator.email, member.email])


def test_the_clock_reminds_once_a_day_and_does_all_its_jobs(released, coordinator, member):
    RoleFactory(coalition=released, person=member, kind=Role.Kind.CHAIR, ends_on=TODAY + timedelta(days=20))
    now = timezone.now()
    first, second = clock.tick(now), clock.tick(now)

    assert first == [job.name for job in clock.sort_jobs()]
    assert second == [job.name for job in clock.sort_jobs() if not job.every]
    assert len(written()) == 2
