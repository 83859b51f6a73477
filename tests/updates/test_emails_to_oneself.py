"""An email to the person who caused it needs no approval, and none asks to review a report that has been reviewed."""

import pytest

from jukwaa.coalitions.activities import action, record_activity
from jukwaa.intake.models import Reading
from jukwaa.mail.models import Message
from jukwaa.updates.activity_notifications import send_pending_activity_notifications
from tests.factories import DocumentFactory


@pytest.fixture
def report_to_review(coalition, coordinator):
    """A report that a coordinator has imported, of which nobody has been told."""
    document = DocumentFactory(coalition=coalition, title="Spring call", published=True)
    reading = Reading.objects.create(
        coalition=coalition, document=document, title="Spring call", state=Reading.State.OPEN, started_by=coordinator
    )
    record_reading_activity(coordinator, "brought", reading)
    return reading


@action
def record_reading_activity(actor, verb, reading):
    record_activity(actor=actor, verb=verb, subject=reading, coalition=reading.coalition)


def record_end_of_reading(reading, actor):
    record_reading_activity(actor, "read", reading)
    send_pending_activity_notifications()


@pytest.mark.parametrize(("is_author", "held"), [(True, False), (False, True)])
def test_email_to_its_author_needs_no_approval(coordinator, rapporteur, report_to_review, is_author, held):
    record_end_of_reading(report_to_review, coordinator if is_author else rapporteur)

    assert list(Message.objects.values_list("to", "held")) == [(coordinator.email, held)]


def test_no_email_asks_to_review_a_report_that_was_reviewed(coordinator, report_to_review):
    Reading.objects.update(state=Reading.State.GIVEN_UP)

    record_end_of_reading(report_to_review, coordinator)

    assert Message.objects.count() == 0
