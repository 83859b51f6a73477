"""Emails that waited until they were outdated are not offered, and approving them says why they are not sent."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from jukwaa.coalitions.actions import add_to_mailing_list
from jukwaa.coalitions.models import Coalition
from jukwaa.drafting import actions
from jukwaa.drafting.actions import ClauseDraft
from jukwaa.drafting.models import Consultation, Text
from jukwaa.mail.models import Message
from jukwaa.records.actions import publish_record
from jukwaa.updates.activity_notifications import send_pending_activity_notifications
from jukwaa.updates.held_emails import drop_outdated_held_emails
from jukwaa.updates.models import Letter
from jukwaa.updates.welcome_emails import send_welcome_emails
from tests.updates.emails import send_notifications_after_delay

CLOSED = "not sent, because the consultation has closed."


@pytest.fixture
def waiting_consultation_emails(mailing_coalition, rapporteur, delegate):
    """The emails that open a consultation: they wait for approval."""
    text = actions.begin_text(
        actor=rapporteur,
        coalition=mailing_coalition,
        title="The guideline",
        form="guideline",
        beginning=actions.TextStart([ClauseDraft("Purpose.")]),
    )
    actions.create_named_revision(actor=rapporteur, text=text, revision_name="Draft 1")
    publish_record(actor=rapporteur, record=text, is_trusted=True)
    send_notifications_after_delay()
    Message.objects.all().delete()
    Coalition.objects.update(mail_released_at=None)
    now = timezone.now()
    content = actions.ConsultationContent(opens_at=now, closes_at=now + timedelta(days=9), asks="members")
    revision = Text.objects.get(pk=text.pk).get_latest_revision()
    actions.open_consultation(actor=rapporteur, revision=revision, consultation_content=content)
    send_pending_activity_notifications()
    return list(Letter.objects.filter(message__held=True, is_first=False).values_list("pk", flat=True))


def close_consultations():
    Consultation.objects.update(closes_at=timezone.now())


def test_emails_of_closed_consultation_are_not_offered(client, coordinator, waiting_consultation_emails):
    number, path = len(waiting_consultation_emails), reverse("updates:held_mail", args=["ours"])
    client.force_login(coordinator)
    offered = [f'value="{pk}"' for pk in waiting_consultation_emails]
    page = client.get(path).text
    assert number
    assert [box for box in offered if box not in page] == []
    assert CLOSED not in page
    close_consultations()

    page = client.get(path).text

    assert [box for box in offered if box in page] == []
    assert f"{number} emails are {CLOSED}" in page
    assert "Respond by" not in page


def test_approval_says_how_many_emails_are_not_sent_and_why(client, coordinator, waiting_consultation_emails):
    add_to_mailing_list(actor=coordinator, coalition=Coalition.objects.get(), email="listed@example.org")
    send_welcome_emails()
    client.force_login(coordinator)
    close_consultations()
    first_count = Message.objects.filter(held=True).count() - len(waiting_consultation_emails)

    page = client.post(reverse("updates:held_release_all", args=["ours"]), follow=True).text

    sent = "1 email" if first_count == 1 else f"{first_count} emails"
    assert f"{sent} will be sent now. {len(waiting_consultation_emails)} emails are {CLOSED}" in page
    assert Message.objects.filter(held=True).count() == 0


def test_outdated_held_emails_are_dropped_by_the_clock(waiting_consultation_emails):
    drop_outdated_held_emails()
    assert Letter.objects.filter(pk__in=waiting_consultation_emails).count() == len(waiting_consultation_emails)
    close_consultations()
    drop_outdated_held_emails()
    assert not Letter.objects.filter(pk__in=waiting_consultation_emails).exists()
