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
from jukwaa.records.actions import add_comment, begin_record, hold_record
from jukwaa.records.models import Audience, Document, Held
from jukwaa.records.quarantine_store import quarantine_if_suspect
from jukwaa.updates import activity_notifications
from jukwaa.updates.actions import set_wanted_topics, stop_topic
from jukwaa.updates.activity_notifications import delete_old_told, notify_untold_activities
from jukwaa.updates.models import Told, ToldUntil
from tests.conftest import seated
from tests.deep import examples
from tests.factories import CapacityFactory, CoalitionFactory, CommitmentFactory, DocumentFactory, PersonFactory
from tests.updates.mails import tell_later, written


def test_an_application_is_told_to_the_coordinators_and_its_answer_to_the_applicant(released, coordinator):
    newcomer = PersonFactory(name="Newcomer", email="newcomer@example.org")
    membership = apply_as_individual(actor=newcomer, coalition=released, motivation="We would like to help.")
    notify_untold_activities()
    decline_application(actor=coordinator, membership=membership, reason="Please apply as an organisation.")
    notify_untold_activities()

    assert written() == [
        (coordinator.email, "[Our Coalition] Please decide: Newcomer would like to join"),
        ("newcomer@example.org", "[Our Coalition] The answer to your application"),
    ]
    bodies = list(Message.objects.order_by("pk").values_list("body", flat=True))
    assert ["We would like to help." in bodies[0], "Please apply as an organisation." in bodies[1]] == [True, True]


def test_whoever_is_accepted_and_leaves_is_told_of_what_others_did_and_never_of_their_own_deed(released, coordinator):
    newcomer = PersonFactory(name="Newcomer")
    membership = apply_as_individual(actor=newcomer, coalition=released, motivation="")
    accept_application(actor=coordinator, membership=membership)
    end_membership(actor=newcomer, membership=membership)
    notify_untold_activities()

    assert written() == [
        (newcomer.email, "[Our Coalition] Welcome: Newcomer is now a member"),
        (coordinator.email, "[Our Coalition] The membership of Newcomer has ended"),
    ]


def test_an_affiliation_is_told_to_those_who_vouch_and_its_confirmation_to_the_person(
    released, coordinator, delegate, organisation
):
    colleague = PersonFactory(name="A colleague")
    affiliation = claim_affiliation(actor=colleague, organisation=organisation)
    notify_untold_activities()
    confirm_affiliation(actor=delegate, affiliation=affiliation)
    notify_untold_activities()

    question = f"[Our Coalition] Please confirm: does A colleague belong to {organisation}?"
    assert sorted(written()) == sorted(
        [
            (coordinator.email, question),
            (delegate.email, question),
            (colleague.email, f"[Our Coalition] You now belong to {organisation} here"),
        ]
    )


def test_new_role_notifies_its_holder(released, coordinator, member):
    assign_role(actor=coordinator, coalition=released, person=member, kind="rapporteur")
    notify_untold_activities()

    assert written() == [(member.email, "[Our Coalition] You have a new role: rapporteur")]


def test_a_comment_is_told_to_authors_and_to_those_who_talked_before(
    released, document, member, rapporteur, coordinator
):
    add_comment(actor=rapporteur, record=document, body="It could be shorter.")
    notify_untold_activities()
    add_comment(actor=coordinator, record=document, body="I agree.")
    notify_untold_activities()

    assert sorted(written()) == sorted(
        [
            (member.email, "[Our Coalition] The rapporteur commented on “The guidance”"),
            (member.email, "[Our Coalition] The coordinator commented on “The guidance”"),
            (rapporteur.email, "[Our Coalition] The coordinator commented on “The guidance”"),
        ]
    )
    assert "It could be shorter." in Message.objects.order_by("pk")[0].body


def test_person_without_access_is_not_notified(released, member, rapporteur):
    record = DocumentFactory(coalition=released, label="TLP:GREEN", published=True, author=rapporteur)
    add_comment(actor=member, record=record, body="First.")
    Membership.objects.filter(person=member).update(standing="left", ends_on=timezone.localdate() - timedelta(days=1))
    Told.objects.bulk_create(Told(activity=activity) for activity in Activity.objects.all())
    add_comment(actor=rapporteur, record=record, body="Second.")
    notify_untold_activities()

    assert written() == []


def test_email_omits_content_above_green(released, member, rapporteur):
    record = DocumentFactory(coalition=released, title="canarytitle", label="TLP:RED", published=True, author=member)
    Audience.objects.create(record=record, person=rapporteur)
    add_comment(actor=rapporteur, record=record, body="canarybody")
    notify_untold_activities()

    message = Message.objects.get()
    assert (message.to, message.subject, message.reply_to) == (
        member.email,
        "[Our Coalition] Something was shared with you",
        "",
    )
    assert "canary" not in message.body
    assert record.get_absolute_url() in message.body


def test_news_goes_to_those_who_chose_it_and_to_the_list_if_the_world_may_read_it(released, member, rapporteur):
    released.list_address = "list@lists.example.org"
    released.save()
    set_wanted_topics(person=member, coalition=released, wanted=["news"])
    create_meeting_record(actor=rapporteur, coalition=released, title="Open meeting", published=True)
    create_meeting_record(actor=rapporteur, coalition=released, title="Members meet", published=True, label="TLP:GREEN")
    tell_later()

    assert written() == [
        (member.email, "[Our Coalition] Meeting record published: Open meeting"),
        ("list@lists.example.org", "Meeting record published: Open meeting"),
        (member.email, "[Our Coalition] Meeting record published: Members meet"),
    ]


def test_a_commitment_of_an_organisation_is_told_to_those_who_speak_for_it(
    released, organisation, delegate, rapporteur
):
    owner = CapacityFactory(coalition=released, organisation=organisation, name="They")
    commitment = CommitmentFactory(entry__coalition=released, owner=owner)

    @action
    def record():
        record_activity(actor=rapporteur, verb="published", subject=commitment.entry, coalition=released)

    record()
    tell_later()

    assert written() == [(delegate.email, "[Our Coalition] A commitment by They has been recorded")]


def test_what_is_held_is_told_to_the_safeguarding_lead_alone_and_without_content(
    coalition, safeguarding_lead, coordinator
):
    quarantine_if_suspect(coalition=coalition, door=Held.Door.COMMENT, text="My uncle touched me and I am 12, canary.")
    notify_untold_activities()

    assert written() == [(safeguarding_lead.email, "[Our Coalition] Please check a new item in quarantine")]
    assert "canary" not in Message.objects.get().body
    assert Message.objects.get().held is False


def test_that_nobody_is_safeguarding_lead_is_told_to_the_coordinators(coalition, coordinator):
    quarantine_if_suspect(coalition=coalition, door=Held.Door.COMMENT, text="My uncle touched me and I am 12, canary.")
    notify_untold_activities()

    assert written() == [(coordinator.email, "[Our Coalition] The coalition needs a safeguarding lead")]
    assert "canary" not in Message.objects.get().body


def test_unsubscribed_topic_sends_no_email(released, document, member, rapporteur):
    stop_topic(person=member, coalition=released, topic="comments")
    add_comment(actor=rapporteur, record=document, body="Nobody is told.")
    notify_untold_activities()

    assert written() == []


def test_mail_is_written_in_the_language_of_its_reader_and_of_no_other(released, document, member, rapporteur):
    member.language = "ar"
    member.save()
    add_comment(actor=rapporteur, record=document, body="Said.")
    notify_untold_activities()

    assert [to for to, _subject in written()] == [member.email]


@pytest.fixture
def comments(document, rapporteur):
    for number in range(5):
        add_comment(actor=rapporteur, record=document, body=f"Number {number}")


@settings(max_examples=examples(20))
@given(deaths=st.lists(st.integers(0, 4), max_size=4))
def test_killed_notifier_loses_and_repeats_no_email(db, deaths):
    """A worker that is killed in the middle leaves nothing: the note and the mails are one transaction."""
    with transaction.atomic():
        rapporteur, member, document = _one_document()
        for number in range(5):
            add_comment(actor=rapporteur, record=document, body=f"Number {number}")
        for death in deaths:
            _die_at(death)
        notify_untold_activities()
        notify_untold_activities()
        bodies = Message.objects.filter(to=member.email).order_by("pk").values_list("body", flat=True)
        seen = [body.split("Number ")[1][0] for body in bodies]
        transaction.set_rollback(True)

    assert sorted(seen) == ["0", "1", "2", "3", "4"]


def _one_document():
    coalition = CoalitionFactory(mail_released_at=timezone.now())
    member, rapporteur = seated(coalition, "One"), seated(coalition, "Two")
    document = DocumentFactory(coalition=coalition, label="TLP:CLEAR", published=True, author=member)
    return rapporteur, member, document


class Killed(BaseException):
    pass


def _die_at(number):
    """Tells some, and dies while it writes the mails of the next."""
    original, told = activity_notifications._send_emails, []

    def die(activity):
        if len(told) == number:
            original(activity)
            raise Killed
        told.append(activity)
        original(activity)

    activity_notifications._send_emails = die
    try:
        with transaction.atomic():
            tell_until_killed()
    finally:
        activity_notifications._send_emails = original


def tell_until_killed():
    try:
        notify_untold_activities()
    except Killed:
        return


def test_an_activity_that_commits_late_with_a_lower_id_is_told_all_the_same(released, document, comments):
    """As on PostgreSQL, where ids commit out of order."""
    late = Activity.objects.filter(kind="comment").order_by("pk").first()
    others = Activity.objects.exclude(pk=late.pk)
    Told.objects.bulk_create(Told(activity=activity) for activity in others)
    notify_untold_activities()

    assert [message.body.split("\n\n")[1] for message in Message.objects.all()] == ["Number 0"]


def test_what_was_told_is_forgotten_after_a_week_up_to_the_first_that_was_not(released, document, comments):
    activities = list(Activity.objects.filter(kind="comment").order_by("pk"))
    notify_untold_activities()
    Told.objects.filter(activity=activities[3]).delete()
    delete_old_told(timezone.now() + timedelta(days=8))

    assert ToldUntil.objects.get().activity_id == activities[3].pk - 1
    assert list(Told.objects.values_list("pk", flat=True)) == [activities[4].pk]
    assert notify_untold_activities() == 1  # the fourth; its mail has its key, and isn't written twice
    assert Message.objects.count() == 5


def test_young_activities_are_not_forgotten(released, document, comments):
    notify_untold_activities()
    delete_old_told(timezone.now() + timedelta(days=6))

    assert Told.objects.count() == Activity.objects.count()


def test_failed_notification_does_not_stop_others(released, document, comments, monkeypatch):
    first = Activity.objects.filter(kind="comment").order_by("pk").first()
    original = activity_notifications._send_emails

    def fail_for_the_first(activity):
        if activity.pk == first.pk:
            raise ValueError
        original(activity)

    monkeypatch.setattr(activity_notifications, "_send_emails", fail_for_the_first)
    notify_untold_activities()
    assert Message.objects.count() == 4
    monkeypatch.setattr(activity_notifications, "_send_emails", original)
    notify_untold_activities()
    assert Message.objects.count() == 5


def test_a_document_begun_by_nobody_known_is_told_to_nobody(released):
    begin_record(actor=None, record=Document(coalition=released, kind="document", title="Old", fingerprint="0" * 64))

    assert (notify_untold_activities(), written()) == (1, [])
    assert connection.in_atomic_block


def test_email_about_a_record_that_is_held_does_not_leave(released, member, delegate, safeguarding_lead):
    document = DocumentFactory(coalition=released, author=member, title="Out of sight soon", published=True)
    add_comment(actor=delegate, record=document, body="How many were asked?")
    notify_untold_activities()
    waiting = Message.objects.filter(body__contains="How many were asked?")
    assert waiting.exists()
    hold_record(actor=safeguarding_lead, record=document)

    assert not waiting.exists()
