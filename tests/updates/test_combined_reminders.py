"""Reminders of all features reach a person in one email a day; a reply says by its number which one it is about."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from jukwaa.coalitions.models import Role
from jukwaa.mail.models import Message
from jukwaa.meetings.models import Commitment
from jukwaa.records.actions import withdraw_record
from jukwaa.updates import combined_reminders
from jukwaa.updates.models import CombinedReminder, MailChoice
from jukwaa.updates.reminders import send_due_reminders
from tests.factories import CapacityFactory, CommitmentFactory, RoleFactory
from tests.updates.emails import deliver_email, list_written_emails

TODAY = timezone.localdate()


@pytest.fixture
def two_due_commitments(mailing_coalition, organisation, delegate):
    """Two that are due in two days, and a term of the same person that ends within a month."""
    RoleFactory(coalition=mailing_coalition, person=delegate, kind=Role.Kind.CHAIR, ends_on=TODAY + timedelta(days=20))
    return [
        CommitmentFactory(
            entry__coalition=mailing_coalition,
            entry__title=title,
            entry__text=f"We will do the {title}.",
            owner=CapacityFactory(coalition=mailing_coalition, organisation=organisation),
            due_on=TODAY + timedelta(days=2),
        )
        for title in ("first", "second")
    ]


def list_emails_to_delegate(delegate):
    return [subject for to, subject in list_written_emails() if to == delegate.email]


def reply_to_combined_reminder(text, delegate, **more):
    [message] = Message.objects.filter(to=delegate.email).order_by("pk")[:1]
    deliver_email(text, to=message.reply_to, sender=delegate.email, **more)


def list_commitment_progress():
    return list(Commitment.objects.order_by("pk").values_list("progress", flat=True))


def get_reminder_number(commitment_title):
    key = f"due:{Commitment.objects.get(entry__title=commitment_title).pk}:"
    return CombinedReminder.objects.get(key__startswith=key).number


def test_person_gets_one_email_with_all_reminders_of_the_day(two_due_commitments, delegate):
    for _run in range(2):
        send_due_reminders(timezone.now())

    assert list_emails_to_delegate(delegate) == ["[Our Coalition] 3 reminders"]
    body = Message.objects.get(to=delegate.email).body
    assert [f"{number}. " in body for number in (1, 2, 3)] == [True] * 3
    assert ("We will do the first." in body, "We will do the second." in body) == (True, True)
    assert "start your reply with its number" in body


def test_single_reminder_is_separate_email_with_direct_reply(two_due_commitments, delegate):
    two_due_commitments[1].entry.delete()
    Role.objects.filter(person=delegate).delete()
    send_due_reminders(timezone.now())
    reply_to_combined_reminder("Done.", delegate)

    assert list_emails_to_delegate(delegate)[0].endswith(": first")
    assert list_commitment_progress() == ["kept"]


def test_reply_with_number_answers_that_reminder(two_due_commitments, delegate):
    send_due_reminders(timezone.now())
    reply_to_combined_reminder(f"{get_reminder_number('second')} done\n\n> quoted", delegate)

    assert list_commitment_progress() == ["open", "kept"]


def test_reply_without_number_changes_nothing_and_is_explained(two_due_commitments, delegate):
    send_due_reminders(timezone.now())
    reply_to_combined_reminder("done", delegate)
    reply_to_combined_reminder("99 done", delegate, message_id="<two@example.org>")

    assert list_commitment_progress() == ["open", "open"]
    assert list_emails_to_delegate(delegate)[1:] == ["Which reminder is your reply about?"] * 2


def test_reply_needs_no_number_for_one_answerable_reminder(two_due_commitments, delegate):
    two_due_commitments[1].entry.delete()
    send_due_reminders(timezone.now())
    reply_to_combined_reminder("done", delegate)

    assert list_emails_to_delegate(delegate)[0] == "[Our Coalition] 2 reminders"
    assert list_commitment_progress() == ["kept"]


def test_reply_from_other_address_is_held(two_due_commitments, delegate):
    send_due_reminders(timezone.now())
    [message] = Message.objects.filter(to=delegate.email)
    deliver_email(f"{get_reminder_number('first')} done", to=message.reply_to, sender="somebody@example.org")

    assert list_commitment_progress() == ["open", "open"]
    assert list_emails_to_delegate(delegate)[1:] == ["Did you write this reply?"]


def test_unsubscribing_by_reply_ends_reminders(two_due_commitments, delegate):
    send_due_reminders(timezone.now())
    reply_to_combined_reminder("unsubscribe", delegate)

    assert MailChoice.objects.filter(person=delegate, topic="reminders", wanted=False).exists()


def test_reminder_of_withdrawn_record_is_omitted(two_due_commitments, delegate, coordinator):
    send_due_reminders(timezone.now())
    withdraw_record(actor=coordinator, record=two_due_commitments[0].entry, reason="A mistake.")
    assert list_emails_to_delegate(delegate) == []
    send_due_reminders(timezone.now() + timedelta(days=1))

    assert list_emails_to_delegate(delegate) == ["[Our Coalition] 2 reminders"]
    assert "We will do the first." not in Message.objects.get(to=delegate.email).body


def test_reminders_awaiting_release_are_sent_separately(two_due_commitments, delegate, mailing_coalition):
    mailing_coalition.mail_released_at = None
    mailing_coalition.save()
    send_due_reminders(timezone.now())

    assert len(list_emails_to_delegate(delegate)) == 3


def test_reminder_sent_alone_is_not_repeated(two_due_commitments, delegate):
    Role.objects.filter(person=delegate).update(ends_on=date(2999, 1, 1))
    Commitment.objects.filter(entry__title="second").update(due_on=TODAY + timedelta(days=3))
    send_due_reminders(timezone.now())
    send_due_reminders(timezone.now() + timedelta(days=1))

    assert [subject[-5:] for subject in list_emails_to_delegate(delegate)] == ["first", "econd"]


def test_unqueued_email_is_retried_later(two_due_commitments, delegate, monkeypatch):
    with monkeypatch.context() as failing:
        failing.setattr(combined_reminders, "queue_notification_letter", None)
        with pytest.raises(TypeError):
            send_due_reminders(timezone.now())
    assert CombinedReminder.objects.count() == 0
    send_due_reminders(timezone.now())

    assert list_emails_to_delegate(delegate) == ["[Our Coalition] 3 reminders"]


def test_reminders_sent_by_other_worker_are_not_repeated(two_due_commitments, delegate, monkeypatch):
    """The other worker sends two of three after this one has looked."""
    find_unsent = combined_reminders._filter_unsent_reminders

    def send_reminders_as_other_worker(due_commitments):
        unsent = list(find_unsent(due_commitments))
        monkeypatch.setattr(combined_reminders, "_filter_unsent_reminders", find_unsent)
        combined_reminders._send_combined_reminders([due for due in unsent if due.person == delegate][:2])
        return unsent

    monkeypatch.setattr(combined_reminders, "_filter_unsent_reminders", send_reminders_as_other_worker)
    send_due_reminders(timezone.now())

    assert len(list_emails_to_delegate(delegate)) == 2
    assert list_emails_to_delegate(delegate)[0] == "[Our Coalition] 2 reminders"
    assert CombinedReminder.objects.count() == 2


def test_unrelated_error_is_raised(two_due_commitments, monkeypatch):
    def fail_to_queue(group):
        raise IntegrityError

    monkeypatch.setattr(combined_reminders, "_send_combined_reminders", fail_to_queue)
    with pytest.raises(IntegrityError):
        send_due_reminders(timezone.now())
