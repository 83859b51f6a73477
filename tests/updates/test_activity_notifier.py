"""Each activity is told once, to whom it concerns, and to nobody else."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from jukwaa.coalitions.actions import (
    accept_application,
    apply_as_individual,
    assign_role,
    claim_affiliation,
    confirm_affiliation,
    decline_application,
    end_membership,
)
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.models import Activity, Membership
from jukwaa.mail.models import Message
from jukwaa.meetings.actions import create_meeting_record
from jukwaa.records.actions import add_comment, begin_record, hold_record_in_quarantine
from jukwaa.records.models import Audience, Document, Held
from jukwaa.records.quarantine_store import quarantine_if_suspect
from jukwaa.updates import activity_notifications
from jukwaa.updates.actions import set_wanted_topics, stop_emails_of_topic
from jukwaa.updates.activity_notifications import (
    delete_expired_notification_records,
    send_pending_activity_notifications,
)
from jukwaa.updates.models import Told, ToldUntil
from tests.conftest import create_seated_person
from tests.deep import get_example_count
from tests.factories import CapacityFactory, CoalitionFactory, CommitmentFactory, DocumentFactory, PersonFactory
from tests.updates.emails import list_written_emails, send_notifications_after_delay


def test_application_notifies_coordinators_and_answer_notifies_applicant(mailing_coalition, coordinator):
    newcomer = PersonFactory(name="Newcomer", email="newcomer@example.org")
    membership = apply_as_individual(
        actor=newcomer, coalition=mailing_coalition, application_text="We would like to help."
    )
    send_pending_activity_notifications()
    decline_application(actor=coordinator, membership=membership, reason="Please apply as an organisation.")
    send_pending_activity_notifications()

    assert list_written_emails() == [
        (coordinator.email, "[Our Coalition] Please decide: Newcomer would like to join"),
        ("newcomer@example.org", "[Our Coalition] The answer to your application"),
    ]
    bodies = list(Message.objects.order_by("pk").values_list("body", flat=True))
    assert ["We would like to help." in bodies[0], "Please apply as an organisation." in bodies[1]] == [True, True]


def test_member_is_notified_of_actions_of_others_only(mailing_coalition, coordinator):
    newcomer = PersonFactory(name="Newcomer")
    membership = apply_as_individual(actor=newcomer, coalition=mailing_coalition, application_text="")
    accept_application(actor=coordinator, membership=membership)
    end_membership(actor=newcomer, membership=membership)
    send_pending_activity_notifications()

    assert list_written_emails() == [
        (newcomer.email, "[Our Coalition] Welcome: Newcomer is now a member"),
        (coordinator.email, "[Our Coalition] The membership of Newcomer has ended"),
    ]


def test_affiliation_notifies_confirmers_and_its_person(mailing_coalition, coordinator, delegate, organisation):
    colleague = PersonFactory(name="A colleague")
    affiliation = claim_affiliation(actor=colleague, organisation=organisation)
    send_pending_activity_notifications()
    confirm_affiliation(actor=delegate, affiliation=affiliation)
    send_pending_activity_notifications()

    question = f"[Our Coalition] Please confirm: does A colleague belong to {organisation}?"
    assert sorted(list_written_emails()) == sorted(
        [
            (coordinator.email, question),
            (delegate.email, question),
            (colleague.email, f"[Our Coalition] Your affiliation with {organisation} has been confirmed"),
        ]
    )


def test_new_role_notifies_its_holder(mailing_coalition, coordinator, member):
    assign_role(actor=coordinator, coalition=mailing_coalition, person=member, kind="rapporteur")
    send_pending_activity_notifications()

    assert list_written_emails() == [(member.email, "[Our Coalition] You have a new role: rapporteur")]


def test_comment_notifies_authors_and_earlier_commenters(mailing_coalition, document, member, rapporteur, coordinator):
    add_comment(actor=rapporteur, record=document, body="It could be shorter.")
    send_pending_activity_notifications()
    add_comment(actor=coordinator, record=document, body="I agree.")
    send_pending_activity_notifications()

    assert sorted(list_written_emails()) == sorted(
        [
            (member.email, "[Our Coalition] The rapporteur commented on “The guidance”"),
            (member.email, "[Our Coalition] The coordinator commented on “The guidance”"),
            (rapporteur.email, "[Our Coalition] The coordinator commented on “The guidance”"),
        ]
    )
    assert "It could be shorter." in Message.objects.order_by("pk")[0].body


def test_person_without_access_is_not_notified(mailing_coalition, member, rapporteur):
    record = DocumentFactory(coalition=mailing_coalition, label="TLP:GREEN", published=True, author=rapporteur)
    add_comment(actor=member, record=record, body="First.")
    Membership.objects.filter(person=member).update(standing="left", ends_on=timezone.localdate() - timedelta(days=1))
    Told.objects.bulk_create(Told(activity=activity) for activity in Activity.objects.all())
    add_comment(actor=rapporteur, record=record, body="Second.")
    send_pending_activity_notifications()

    assert list_written_emails() == []


def test_email_omits_content_above_green(mailing_coalition, member, rapporteur):
    record = DocumentFactory(
        coalition=mailing_coalition, title="canarytitle", label="TLP:RED", published=True, author=member
    )
    Audience.objects.create(record=record, person=rapporteur)
    add_comment(actor=rapporteur, record=record, body="canarybody")
    send_pending_activity_notifications()

    message = Message.objects.get()
    assert (message.to, message.subject, message.reply_to) == (
        member.email,
        "[Our Coalition] New content has been shared with you",
        "",
    )
    assert "canary" not in message.body
    assert record.get_absolute_url() in message.body


def test_news_notifies_subscribers_and_list_if_public(mailing_coalition, member, rapporteur):
    mailing_coalition.list_address = "list@lists.example.org"
    mailing_coalition.save()
    set_wanted_topics(person=member, coalition=mailing_coalition, wanted_topics=["news"])
    create_meeting_record(actor=rapporteur, coalition=mailing_coalition, title="Open meeting", published=True)
    create_meeting_record(
        actor=rapporteur, coalition=mailing_coalition, title="Members meet", published=True, label="TLP:GREEN"
    )
    send_notifications_after_delay()

    assert list_written_emails() == [
        (member.email, "[Our Coalition] Meeting record published: Open meeting"),
        ("list@lists.example.org", "Meeting record published: Open meeting"),
        (member.email, "[Our Coalition] Meeting record published: Members meet"),
    ]


def test_commitment_notifies_representatives_of_organisation(mailing_coalition, organisation, delegate, rapporteur):
    owner = CapacityFactory(coalition=mailing_coalition, organisation=organisation, name="They")
    commitment = CommitmentFactory(entry__coalition=mailing_coalition, owner=owner)

    @action
    def record_publication():
        record_activity(actor=rapporteur, verb="published", subject=commitment.entry, coalition=mailing_coalition)

    record_publication()
    send_notifications_after_delay()

    assert list_written_emails() == [(delegate.email, "[Our Coalition] A commitment by They has been recorded")]


def test_quarantine_notifies_safeguarding_lead_without_content(coalition, safeguarding_lead, coordinator):
    quarantine_if_suspect(coalition=coalition, door=Held.Door.COMMENT, text="My uncle touched me and I am 12, canary.")
    send_pending_activity_notifications()

    assert list_written_emails() == [(safeguarding_lead.email, "[Our Coalition] Please check a new item in quarantine")]
    assert "canary" not in Message.objects.get().body
    assert Message.objects.get().held is False


def test_missing_safeguarding_lead_notifies_coordinators(coalition, coordinator):
    quarantine_if_suspect(coalition=coalition, door=Held.Door.COMMENT, text="My uncle touched me and I am 12, canary.")
    send_pending_activity_notifications()

    assert list_written_emails() == [(coordinator.email, "[Our Coalition] The coalition needs a safeguarding lead")]
    assert "canary" not in Message.objects.get().body


def test_unsubscribed_topic_sends_no_email(mailing_coalition, document, member, rapporteur):
    stop_emails_of_topic(person=member, coalition=mailing_coalition, topic="comments")
    add_comment(actor=rapporteur, record=document, body="Nobody is told.")
    send_pending_activity_notifications()

    assert list_written_emails() == []


def test_email_is_only_in_reader_language(mailing_coalition, document, member, rapporteur):
    member.language = "ar"
    member.save()
    add_comment(actor=rapporteur, record=document, body="Said.")
    send_pending_activity_notifications()

    assert [to for to, _subject in list_written_emails()] == [member.email]


@pytest.fixture
def comment_five_times(document, rapporteur):
    for number in range(5):
        add_comment(actor=rapporteur, record=document, body=f"Number {number}")


@settings(max_examples=get_example_count(20))
@given(worker_death_points=st.lists(st.integers(0, 4), max_size=4))
def test_killed_notifier_omits_or_repeats_no_email(db, worker_death_points):
    """A worker that is killed in the middle leaves nothing: the note and the mails are one transaction."""
    with transaction.atomic():
        rapporteur, member, document = _create_shared_document()
        for number in range(5):
            add_comment(actor=rapporteur, record=document, body=f"Number {number}")
        for death in worker_death_points:
            _kill_worker_at_email(death)
        send_pending_activity_notifications()
        send_pending_activity_notifications()
        bodies = Message.objects.filter(to=member.email).order_by("pk").values_list("body", flat=True)
        seen = [body.split("Number ")[1][0] for body in bodies]
        transaction.set_rollback(True)

    assert sorted(seen) == ["0", "1", "2", "3", "4"]


def _create_shared_document():
    coalition = CoalitionFactory(mail_released_at=timezone.now())
    member, rapporteur = create_seated_person(coalition, "One"), create_seated_person(coalition, "Two")
    document = DocumentFactory(coalition=coalition, label="TLP:CLEAR", published=True, author=member)
    return rapporteur, member, document


class WorkerKilledError(BaseException):
    pass


def _kill_worker_at_email(email_count):
    """Tells some, and dies while it writes the mails of the next."""
    original, told = activity_notifications._send_activity_emails, []

    def raise_after_notifications(activity):
        if len(told) == email_count:
            original(activity)
            raise WorkerKilledError
        told.append(activity)
        original(activity)

    activity_notifications._send_activity_emails = raise_after_notifications
    try:
        with transaction.atomic():
            notify_until_killed()
    finally:
        activity_notifications._send_activity_emails = original


def notify_until_killed():
    try:
        send_pending_activity_notifications()
    except WorkerKilledError:
        return


def test_activity_committed_late_is_notified(mailing_coalition, document, comment_five_times):
    """As on PostgreSQL, where ids commit out of order."""
    late = Activity.objects.filter(kind="comment").order_by("pk").first()
    others = Activity.objects.exclude(pk=late.pk)
    Told.objects.bulk_create(Told(activity=activity) for activity in others)
    send_pending_activity_notifications()

    assert [message.body.split("\n\n")[1] for message in Message.objects.all()] == ["Number 0"]


def test_notified_activities_are_deleted_after_a_week(mailing_coalition, document, comment_five_times):
    activities = list(Activity.objects.filter(kind="comment").order_by("pk"))
    send_pending_activity_notifications()
    Told.objects.filter(activity=activities[3]).delete()
    delete_expired_notification_records(timezone.now() + timedelta(days=8))

    assert ToldUntil.objects.get().activity_id == activities[3].pk - 1
    assert list(Told.objects.values_list("pk", flat=True)) == [activities[4].pk]
    assert send_pending_activity_notifications() == 1  # the fourth; its mail has its key, and isn't written twice
    assert Message.objects.count() == 5


def test_recent_activities_are_not_deleted(mailing_coalition, document, comment_five_times):
    send_pending_activity_notifications()
    delete_expired_notification_records(timezone.now() + timedelta(days=6))

    assert Told.objects.count() == Activity.objects.count()


def test_failed_notification_does_not_stop_others(mailing_coalition, document, comment_five_times, monkeypatch):
    first = Activity.objects.filter(kind="comment").order_by("pk").first()
    original = activity_notifications._send_activity_emails

    def fail_for_first_activity(activity):
        if activity.pk == first.pk:
            raise ValueError
        original(activity)

    monkeypatch.setattr(activity_notifications, "_send_activity_emails", fail_for_first_activity)
    send_pending_activity_notifications()
    assert Message.objects.count() == 4
    monkeypatch.setattr(activity_notifications, "_send_activity_emails", original)
    send_pending_activity_notifications()
    assert Message.objects.count() == 5


def test_document_without_author_notifies_nobody(mailing_coalition):
    begin_record(
        actor=None, record=Document(coalition=mailing_coalition, kind="document", title="Old", fingerprint="0" * 64)
    )

    assert (send_pending_activity_notifications(), list_written_emails()) == (1, [])
    assert connection.in_atomic_block


def test_email_about_quarantined_record_is_not_sent(mailing_coalition, member, delegate, safeguarding_lead):
    document = DocumentFactory(coalition=mailing_coalition, author=member, title="Out of sight soon", published=True)
    add_comment(actor=delegate, record=document, body="How many were asked?")
    send_pending_activity_notifications()
    waiting = Message.objects.filter(body__contains="How many were asked?")
    assert waiting.exists()
    hold_record_in_quarantine(actor=safeguarding_lead, record=document)

    assert not waiting.exists()
