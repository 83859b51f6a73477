"""What somebody may read ends at once: with their next page, and with their next email."""

from datetime import timedelta

from django.db.models.signals import post_save
from django.urls import reverse
from django.utils import timezone

from jukwaa.coalitions.models import Affiliation, Membership, Role
from jukwaa.mail.models import Message
from jukwaa.records.actions import add_comment
from jukwaa.records.models import Audience, Label, State
from jukwaa.updates.activity_notifications import notify_untold_activities
from tests.conftest import seated
from tests.factories import DocumentFactory
from tests.updates.mails import written


def end(rows):
    """From today on."""
    assert rows.update(ends_on=timezone.localdate() - timedelta(days=1)) == 1


def statuses(client, coalition, *records):
    urls = [reverse("records:document_detail", args=[coalition.slug, record.pk]) for record in records]
    return [client.get(url).status_code for url in urls]


def test_a_role_that_is_revoked_between_two_requests_opens_nothing_in_the_second(client, coalition, coordinator):
    submitted = DocumentFactory(coalition=coalition, state=State.SUBMITTED)
    green = DocumentFactory(coalition=coalition, published=True, label=Label.GREEN)
    client.force_login(coordinator)
    before = statuses(client, coalition, submitted, green)
    end(Role.objects.filter(person=coordinator))
    without_role = statuses(client, coalition, submitted, green)
    end(Membership.objects.filter(person=coordinator))

    assert before == [200, 200]
    assert without_role == [404, 200]
    assert statuses(client, coalition, submitted, green) == [404, 404]


def test_an_affiliation_that_ends_between_two_requests_opens_nothing_in_the_second(
    client, coalition, organisation, delegate
):
    amber = DocumentFactory(coalition=coalition, published=True, label=Label.AMBER)
    Audience.objects.create(record=amber, organisation=organisation)
    client.force_login(delegate)
    before = statuses(client, coalition, amber)
    end(Affiliation.objects.filter(person=delegate))

    assert (before, statuses(client, coalition, amber)) == ([200], [404])


def test_a_seat_that_ends_between_two_emails_of_one_tick_leads_to_no_second_email(coalition, member, request):
    coalition.mail_released_at = timezone.now()
    coalition.save()
    another = seated(coalition, "Another member")
    for title in ("First", "Second"):
        record = DocumentFactory(coalition=coalition, published=True, label=Label.GREEN, title=title)
        add_comment(actor=member, record=record, body="I have read it.")
        add_comment(actor=another, record=record, body="So have I.")

    def end_seat(**_sent):
        Membership.objects.filter(person=member).update(ends_on=timezone.localdate() - timedelta(days=1))

    post_save.connect(end_seat, sender=Message, weak=False, dispatch_uid="end_seat")
    request.addfinalizer(lambda: post_save.disconnect(sender=Message, dispatch_uid="end_seat"))
    notify_untold_activities()

    assert [address for address, _subject in written()] == [member.email]
