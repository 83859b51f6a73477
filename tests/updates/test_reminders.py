"""What is due is said once, on a day when something can still be done."""

from datetime import timedelta

from django.utils import timezone

from jukwaa.coalitions.models import Affiliation, Role
from jukwaa.mail.models import Message
from jukwaa.updates import clock
from jukwaa.updates.reminders import send_due_reminders
from tests.factories import RoleFactory
from tests.updates.emails import list_written_emails

TODAY = timezone.localdate()


def test_confirmers_are_asked_monthly_about_affiliations(mailing_coalition, organisation, delegate, coordinator):
    old = TODAY - timedelta(days=370)
    Affiliation.objects.update(confirmed_on=old)
    send_due_reminders(timezone.now())
    send_due_reminders(timezone.now())

    subject = f"[Our Coalition] Please confirm who belongs to {organisation}"
    assert list_written_emails() == [(coordinator.email, subject)]
    assert "- A delegate" in Message.objects.get().body


def test_ending_term_notifies_holder_and_coordinators(mailing_coalition, coordinator, member):
    RoleFactory(coalition=mailing_coalition, person=member, kind=Role.Kind.CHAIR, ends_on=TODAY + timedelta(days=20))
    RoleFactory(coalition=mailing_coalition, person=member, kind=Role.Kind.EDITOR, ends_on=TODAY + timedelta(days=40))
    send_due_reminders(timezone.now())
    send_due_reminders(timezone.now())

    assert sorted(to for to, _subject in list_written_emails()) == sorted([coordinator.email, member.email])


def test_clock_sends_reminders_daily_and_runs_all_jobs(mailing_coalition, coordinator, member):
    RoleFactory(coalition=mailing_coalition, person=member, kind=Role.Kind.CHAIR, ends_on=TODAY + timedelta(days=20))
    now = timezone.now()
    first, second = clock.tick(now), clock.tick(now)

    assert first == [job.name for job in clock.sort_jobs_by_phase()]
    assert second == [job.name for job in clock.sort_jobs_by_phase() if not job.every]
    assert len(list_written_emails()) == 2
