"""What somebody may read ends at once: with their next page, and with their next email."""

from datetime import timedelta

from django.db.models.signals import post_save
from django.urls import reverse
from django.utils import timezone

from jukwaa.coalitions.models import Affiliation, Membership, Role
from jukwaa.mail.models import Message
from jukwaa.records.actions import add_comment
from jukwaa.records.models import Audience, Label, State
from jukwaa.updates.activity_notifications import send_pending_activity_notifications
from tests.conftest import create_seated_person
from tests.factories import DocumentFactory
from tests.updates.emails import list_written_emails


def end_seats_yesterday(seat_rows):
    """From today on."""
    assert seat_rows.update(ends_on=timezone.localdate() - timedelta(days=1)) == 1


def get_record_statuses(client, coalition, *records):
    urls = [reverse("records:document_detail", args=[coalition.slug, record.pk]) for record in records]
    return [client.get(url).status_code for url in urls]


def test_role_revoked_between_requests_gives_no_access(client, coalition, coordinator):
    submitted = DocumentFactory(coalition=coalition, state=State.SUBMITTED)
    green = DocumentFactory(coalition=coalition, published=True, label=Label.GREEN)
    client.force_login(coordinator)
    before = get_record_statuses(client, coalition, submitted, green)
    end_seats_yesterday(Role.objects.filter(person=coordinator))
    without_role = get_record_statuses(client, coalition, submitted, green)
    end_seats_yesterday(Membership.objects.filter(person=coordinator))

    assert before == [200, 200]
    assert without_role == [404, 200]
    assert get_record_statuses(client, coalition, submitted, green) == [404, 404]


def test_affiliation_ended_between_requests_gives_no_access(client, coalition, organisation, delegate):
    amber = DocumentFactory(coalition=coalition, published=True, label=Label.AMBER)
    Audience.objects.create(record=amber, organisation=organisation)
    client.force_login(delegate)
    before = get_record_statuses(client, coalition, amber)
    end_seats_yesterday(Affiliation.objects.filter(person=delegate))

    assert (before, get_record_statuses(client, coalition, amber)) == ([200], [404])


def test_seat_ended_during_tick_stops_second_email(coalition, member, request):
    coalition.mail_released_at = timezone.now()
    coalition.save()
    another = create_seated_person(coalition, "Another member")
    for title in ("First", "Second"):
        record = DocumentFactory(coalition=coalition, published=True, label=Label.GREEN, title=title)
        add_comment(actor=member, record=record, body="I have read it.")
        add_comment(actor=another, record=record, body="So have I.")

    def end_seat_before_sending(**_sent):
        Membership.objects.filter(person=member).update(ends_on=timezone.localdate() - timedelta(days=1))

    post_save.connect(end_seat_before_sending, sender=Message, weak=False, dispatch_uid="end_seat")
    request.addfinalizer(lambda: post_save.disconnect(sender=Message, dispatch_uid="end_seat"))
    send_pending_activity_notifications()

    assert [address for address, _subject in list_written_emails()] == [member.email]
