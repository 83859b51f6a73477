from datetime import timedelta

from django.utils import timezone

from jukwaa.intake.models import Reading
from jukwaa.updates.reminders import send_due_reminders
from tests.factories import DocumentFactory
from tests.updates.mails import written


def test_a_reading_left_for_two_weeks_is_said_once_to_whoever_began_it(released, rapporteur):
    document = DocumentFactory(coalition=released, published=True)
    Reading.objects.create(
        coalition=released,
        document=document,
        title="The report",
        started_by=rapporteur,
        started_at=timezone.now() - timedelta(days=15),
    )
    send_due_reminders(timezone.now())
    send_due_reminders(timezone.now() + timedelta(days=1))

    assert written() == [(rapporteur.email, "[Our Coalition] Finish reviewing “The report”")]
