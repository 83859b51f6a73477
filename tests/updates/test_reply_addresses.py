"""A reply address belongs to one email and one person, expires, and is kept as a digest; late replies are held."""

from datetime import timedelta

import pytest
from django.utils import timezone

from jukwaa.accounts.models import Person
from jukwaa.core.retention import remove_overdue_rows
from jukwaa.mail import actions as mail
from jukwaa.mail.models import Message, ReplyAddress
from jukwaa.mail.tasks import send_message
from jukwaa.records.actions import add_comment
from jukwaa.records.models import Comment
from jukwaa.updates.activity_notifications import send_pending_activity_notifications
from jukwaa.updates.models import PendingMail
from tests.factories import MembershipFactory, PersonFactory
from tests.updates.emails import deliver_email, find_link_path, list_written_emails


@pytest.fixture
def messages_to_reply_to(document, member, rapporteur):
    """Two emails about the same record to the same person."""
    for body in ("It could be shorter.", "Much shorter."):
        add_comment(actor=rapporteur, record=document, body=body)
        send_pending_activity_notifications()
    return list(Message.objects.filter(to=member.email).order_by("pk"))


def list_comments_of_person(person):
    return list(Comment.objects.filter(author=person).values_list("body", flat=True))


def test_each_email_has_own_reply_address(messages_to_reply_to, member):
    addresses = [message.reply_to for message in messages_to_reply_to]
    found = [mail.find_reply_address([address.upper()]) for address in addresses]

    assert len(set(addresses)) == 2
    assert [(reply.address, reply.owner) for reply in found] == [(member.email, f"person:{member.pk}")] * 2
    assert mail.find_reply_address(["reply+guess@localhost", "a@example.org"]) is None


def test_requeued_email_keeps_reply_address(db):
    thread = mail.ReplyThread("record:1", owner="person:1")
    for _ in range(2):
        mail.queue_email(to="A@example.org", subject="A", body="B", key="once", reply_thread=thread)

    assert list(ReplyAddress.objects.values_list("address", "subject")) == [("a@example.org", "record:1")]


def test_reply_token_is_not_stored_after_sending(messages_to_reply_to, mailoutbox):
    address = messages_to_reply_to[0].reply_to
    send_message.func(messages_to_reply_to[0].pk)

    messages_to_reply_to[0].refresh_from_db()
    token = address.partition("@")[0].removeprefix("reply+")
    rows = [*ReplyAddress.objects.values_list(), *Message.objects.filter(pk=messages_to_reply_to[0].pk).values_list()]
    assert (mailoutbox[0].reply_to, messages_to_reply_to[0].reply_to, token in str(rows)) == ([address], "", False)


def test_late_reply_is_held_and_posted_after_confirmation(client, messages_to_reply_to, member):
    ReplyAddress.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    address = messages_to_reply_to[0].reply_to
    Message.objects.all().delete()
    deliver_email("I agree.", to=address, sender=member.email)

    assert (list_comments_of_person(member), list_written_emails()) == (
        [],
        [(member.email, "Did you write this comment?")],
    )
    assert "reply addresses are valid for 180 days" in Message.objects.get().body
    client.post(find_link_path(Message.objects.get(), "/mail/confirm/"))
    assert list_comments_of_person(member) == ["I agree."]


def test_reply_address_expires_after_180_days(messages_to_reply_to):
    reply = mail.find_reply_address([messages_to_reply_to[0].reply_to])

    assert reply.expires_at - reply.created_at < timedelta(days=180, seconds=5)
    assert reply.expires_at - reply.created_at > timedelta(days=179)


def test_reply_address_is_not_inherited_with_email_address(messages_to_reply_to, member, coalition):
    address, old = messages_to_reply_to[0].reply_to, member.email
    Person.objects.filter(pk=member.pk).update(email="new@example.org")
    heir = PersonFactory(email=old)
    MembershipFactory(coalition=coalition, person=heir, organisation=None)
    Message.objects.all().delete()
    deliver_email("I agree.", to=address, sender=old)

    assert (list_comments_of_person(member), list_comments_of_person(heir), PendingMail.objects.count()) == ([], [], 0)
    assert list_written_emails() == [(old, "Your reply was not posted")]
    assert "I agree." in Message.objects.get().body


def test_expired_reply_address_is_recognised_for_two_years(messages_to_reply_to):
    remove_overdue_rows(timezone.now())
    ReplyAddress.objects.filter(pk=ReplyAddress.objects.first().pk).update(
        created_at=timezone.now() - timedelta(days=911)
    )
    before = ReplyAddress.objects.count()
    remove_overdue_rows(timezone.now())

    assert ReplyAddress.objects.count() == before - 1
