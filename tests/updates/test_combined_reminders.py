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
from tests.updates.mails import deliver, written

TODAY = timezone.localdate()


@pytest.fixture
def commitments(released, organisation, delegate):
    """Two that are due in two days, and a term of the same person that ends within a month."""
    RoleFactory(coalition=released, person=delegate, kind=Role.Kind.CHAIR, ends_on=TODAY + timedelta(days=20))
    return [
        CommitmentFactory(
            entry__coalition=released,
            entry__title=title,
            entry__text=f"We will do the {title}.",
            owner=CapacityFactory(coalition=released, organisation=organisation),
            due_on=TODAY + timedelta(days=2),
        )
        for title in ("first", "second")
    ]


def to_delegate(delegate):
    return [subject for to, subject in written() if to == delegate.email]


def reply(text, delegate, **more):
    [message] = Message.objects.filter(to=delegate.email).order_by("pk")[:1]
    deliver(text, to=message.reply_to, sender=delegate.email, **more)


def progress():
    return list(Commitment.objects.order_by("pk").values_list("progress", flat=True))


def number_of(title):
    key = f"due:{Commitment.objects.get(entry__title=title).pk}:"
    return CombinedReminder.objects.get(key__startswith=key).number


def test_person_gets_one_email_with_all_reminders_of_the_day(commitments, delegate):
    for _run in range(2):
        send_due_reminders(timezone.now())

    assert to_delegate(delegate) == ["[Our Coalition] 3 reminders"]
    body = Message.objects.get(to=delegate.email).body
    assert [f"{number}. " in body for number in (1, 2, 3)] == [True] * 3
    assert ("We will do the first." in body, "We will do the second." in body) == (True, True)
    assert "start your reply with its number" in body


def test_single_reminder_is_sent_as_before_and_answered_directly(commitments, delegate):
    commitments[1].entry.delete()
    Role.objects.filter(person=delegate).delete()
    send_due_reminders(timezone.now())
    reply("Done.", delegate)

    assert to_delegate(delegate)[0].endswith(": first")
    assert progress() == ["kept"]


def test_reply_with_a_number_is_about_that_reminder(commitments, delegate):
    send_due_reminders(timezone.now())
    reply(f"{number_of('second')} done\n\n> quoted", delegate)

    assert progress() == ["open", "kept"]


def test_reply_without_a_number_changes_nothing_and_is_answered(commitments, delegate):
    send_due_reminders(timezone.now())
    reply("done", delegate)
    reply("99 done", delegate, message_id="<two@example.org>")

    assert progress() == ["open", "open"]
    assert to_delegate(delegate)[1:] == ["Which reminder is your reply about?"] * 2


def test_reply_is_direct_where_one_reminder_alone_takes_replies(commitments, delegate):
    commitments[1].entry.delete()
    send_due_reminders(timezone.now())
    reply("done", delegate)

    assert to_delegate(delegate)[0] == "[Our Coalition] 2 reminders"
    assert progress() == ["kept"]


def test_reply_from_another_address_is_held(commitments, delegate):
    send_due_reminders(timezone.now())
    [message] = Message.objects.filter(to=delegate.email)
    deliver(f"{number_of('first')} done", to=message.reply_to, sender="somebody@example.org")

    assert progress() == ["open", "open"]
    assert to_delegate(delegate)[1:] == ["Did you write this reply?"]


def test_unsubscribing_by_reply_ends_reminders(commitments, delegate):
    send_due_reminders(timezone.now())
    reply("unsubscribe", delegate)

    assert MailChoice.objects.filter(person=delegate, topic="reminders", wanted=False).exists()


def test_what_is_withdrawn_before_the_email_leaves_is_left_out_of_the_next(commitments, delegate, coordinator):
    send_due_reminders(timezone.now())
    withdraw_record(actor=coordinator, record=commitments[0].entry, reason="A mistake.")
    assert to_delegate(delegate) == []
    send_due_reminders(timezone.now() + timedelta(days=1))

    assert to_delegate(delegate) == ["[Our Coalition] 2 reminders"]
    assert "We will do the first." not in Message.objects.get(to=delegate.email).body


def test_held_reminders_stay_emails_of_their_own(commitments, delegate, released):
    released.mail_released_at = None
    released.save()
    send_due_reminders(timezone.now())

    assert len(to_delegate(delegate)) == 3


def test_reminder_that_was_sent_alone_is_not_sent_again_with_others(commitments, delegate):
    Role.objects.filter(person=delegate).update(ends_on=date(2999, 1, 1))
    Commitment.objects.filter(entry__title="second").update(due_on=TODAY + timedelta(days=3))
    send_due_reminders(timezone.now())
    send_due_reminders(timezone.now() + timedelta(days=1))

    assert [subject[-5:] for subject in to_delegate(delegate)] == ["first", "econd"]


def test_email_that_could_not_be_queued_leaves_nothing_and_is_sent_later(commitments, delegate, monkeypatch):
    with monkeypatch.context() as failing:
        failing.setattr(combined_reminders, "queue_letter", None)
        with pytest.raises(TypeError):
            send_due_reminders(timezone.now())
    assert CombinedReminder.objects.count() == 0
    send_due_reminders(timezone.now())

    assert to_delegate(delegate) == ["[Our Coalition] 3 reminders"]


def test_reminders_that_another_worker_sent_meanwhile_are_sent_once(commitments, delegate, monkeypatch):
    """The other worker sends two of three after this one has looked."""
    find_unsent = combined_reminders._filter_unsent

    def send_elsewhere(found):
        unsent = list(find_unsent(found))
        monkeypatch.setattr(combined_reminders, "_filter_unsent", find_unsent)
        combined_reminders._send_combined([due for due in unsent if due.person == delegate][:2])
        return unsent

    monkeypatch.setattr(combined_reminders, "_filter_unsent", send_elsewhere)
    send_due_reminders(timezone.now())

    assert len(to_delegate(delegate)) == 2
    assert to_delegate(delegate)[0] == "[Our Coalition] 2 reminders"
    assert CombinedReminder.objects.count() == 2


def test_error_that_no_other_worker_caused_is_raised(commitments, monkeypatch):
    def fail(group):
        raise IntegrityError

    monkeypatch.setattr(combined_reminders, "_send_combined", fail)
    with pytest.raises(IntegrityError):
        send_due_reminders(timezone.now())
