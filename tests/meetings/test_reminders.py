"""A commitment that is due is said once, on a day when something can still be done."""

from datetime import date

import pytest
from django.utils import timezone

from jukwaa.coalitions.models import Affiliation
from jukwaa.mail.models import Message
from jukwaa.updates.reminders import send_due_reminders
from tests.factories import CapacityFactory, CommitmentFactory
from tests.updates.emails import freeze_time_on_day, list_written_emails

TODAY = timezone.localdate()


@pytest.fixture
def commitment(mailing_coalition, organisation, delegate):
    owner = CapacityFactory(coalition=mailing_coalition, organisation=organisation)
    return CommitmentFactory(
        entry__coalition=mailing_coalition, entry__title="Translate it", owner=owner, due_on=date(2026, 6, 10)
    )


def test_owner_is_reminded_twice_before_and_once_after_due_date(commitment, delegate):
    days = [date(2026, 5, 26), *(date(2026, 5, 27), date(2026, 5, 28), date(2026, 6, 4))]
    days += [date(2026, 6, day) for day in (8, 9, 10, 11, 12, 17, 18)]
    counts = []
    for day in days:
        Affiliation.objects.update(confirmed_on=TODAY)
        send_due_reminders(freeze_time_on_day(day))
        counts.append(Message.objects.count())

    assert counts == [0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 3]
    before, after = (
        "Commitment due on 10 June 2026: Translate it",
        "Overdue commitment, due on 10 June 2026: Translate it",
    )
    assert list_written_emails() == [
        (delegate.email, f"[Our Coalition] {subject}") for subject in (before, before, after)
    ]


def test_outage_causes_one_reminder_for_all_missed(commitment):
    send_due_reminders(freeze_time_on_day(date(2026, 6, 14)))
    send_due_reminders(freeze_time_on_day(date(2026, 6, 15)))

    assert len(list_written_emails()) == 1


def test_completed_commitment_is_not_reminded(commitment):
    commitment.progress, commitment.closed_on = "kept", TODAY
    commitment.save()
    send_due_reminders(freeze_time_on_day(date(2026, 6, 10)))

    assert list_written_emails() == []
