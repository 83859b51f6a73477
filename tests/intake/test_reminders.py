from datetime import timedelta

from django.utils import timezone

from jukwaa.intake.models import Reading
from jukwaa.updates.reminders import send_due_reminders
from tests.factories import DocumentFactory
from tests.updates.emails import list_written_emails


def test_reading_unfinished_for_two_weeks_sends_one_reminder(mailing_coalition, rapporteur):
    document = DocumentFactory(coalition=mailing_coalition, published=True)
    Reading.objects.create(
        coalition=mailing_coalition,
        document=document,
        title="The report",
        started_by=rapporteur,
        started_at=timezone.now() - timedelta(days=15),
    )
    send_due_reminders(timezone.now())
    send_due_reminders(timezone.now() + timedelta(days=1))

    assert list_written_emails() == [(rapporteur.email, "[Our Coalition] Finish reviewing “The report”")]
