"""Queue, hold and release emails, and manage reply addresses."""

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from email.utils import make_msgid
from uuid import uuid4

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from jukwaa.core.transactions import atomic_with_retry, lock_rows
from jukwaa.mail import headers as mail_headers
from jukwaa.mail.models import (
    EMAIL_ATTACHMENT_RETENTION,
    EMPTY_MESSAGE_FIELDS,
    SUPPRESSED_EMAIL_ERROR,
    Attachment,
    Message,
    ReplyAddress,
    SeenMessage,
    UsedToken,
)
from jukwaa.mail.suppression import is_address_suppressed
from jukwaa.mail.tasks import send_message

URGENT_EMAIL_PRIORITY = 50  # somebody sits before the screen and waits for this mail
REPLY_ADDRESS_PREFIX = "reply+"
DISCARDED_EMAIL_ERROR = "An operator decided not to send it again."
SEEN_MESSAGE_RETENTION = timedelta(days=400)
UNKNOWN_DELIVERY_RETENTION = timedelta(days=2)
EMAILS_PER_BATCH = 200


@dataclass(frozen=True)
class FileToAttach:
    """A file for many emails. `key` makes it the same file."""

    key: str
    name: str
    content_type: str
    data: bytes


@dataclass(frozen=True)
class ReplyThread:
    """What a reply will be about and who may give it; both strings belong to the caller."""

    subject: str
    owner: str


@atomic_with_retry
def queue_email(
    *,
    to: str,
    subject: str,
    body: str,
    key: str,
    html: str = "",
    calendar_text: str = "",
    attachment: FileToAttach | None = None,
    reply_thread: ReplyThread | None = None,
    reply_to: str = "",
    headers: Mapping[str, str] | None = None,
    sender_name: str = "",
    in_reply_to: str = "",
    held: bool = False,
    sender_scope: str = "",
    is_sent_immediately: bool = False,
    empty_when_over: bool = False,
    is_requested: bool = False,
) -> Message:
    """A mail that leaves when the transaction around this is committed; the same key twice is one mail.

    `held` keeps it until its `sender_scope` ("coalition:12") is released. `reply_to` is no secret.
    `empty_when_over` forgets words and address once it has left. `is_requested` is sent to a suppressed address too.
    """
    if not is_requested and is_address_suppressed(to, sender_scope):
        return _store_suppressed_message(key)
    token = secrets.token_hex(16) if reply_thread else ""
    message, created = Message.objects.get_or_create(
        key=key,
        defaults={
            "to": to,
            "subject": " ".join(subject.split())[:250],
            "body": body,
            "html": html,
            "calendar": calendar_text,
            "attachment": _store_email_attachment(attachment) if attachment else None,
            "reply_to": f"{REPLY_ADDRESS_PREFIX}{token}@{settings.MAIL_DOMAIN}" if reply_thread else reply_to,
            "headers": mail_headers.build_email_headers(in_reply_to, headers or {}, sender_name),
            "message_id": make_msgid(idstring=uuid4().hex[:12], domain=settings.MAIL_DOMAIN),
            "held": held,
            "scope": sender_scope,
            "empty_when_over": empty_when_over,
        },
    )
    if created and reply_thread:
        _create_reply_address(token, to, reply_thread)
    if created and not held:
        _enqueue_email_delivery(message, is_sent_immediately=is_sent_immediately)
    return message


def _store_email_attachment(file: FileToAttach) -> Attachment:
    columns = {"name": file.name, "content_type": file.content_type, "data": file.data}
    return Attachment.objects.get_or_create(key=file.key, defaults=columns)[0]


def _create_reply_address(token: str, to_address: str, reply_thread: ReplyThread) -> None:
    thread = {"owner": reply_thread.owner, "subject": reply_thread.subject}
    ReplyAddress.objects.create(digest=_digest_message_token(token), address=to_address.lower(), **thread)


def find_queued_email_keys(email_keys: Iterable[str]) -> set[str]:
    """Return those of these keys under which an email was queued, whatever became of it."""
    wanted, found = list(email_keys), set[str]()
    for start in range(0, len(wanted), EMAILS_PER_BATCH):
        found |= {
            *Message.objects.filter(key__in=wanted[start : start + EMAILS_PER_BATCH]).values_list("key", flat=True)
        }
    return found


def _store_suppressed_message(suppression_key: str) -> Message:
    """A row without words or address, so that nobody tries again under this key."""
    now, identifier = timezone.now(), make_msgid(idstring=uuid4().hex[:12], domain=settings.MAIL_DOMAIN)
    defaults = {**EMPTY_MESSAGE_FIELDS, "error": SUPPRESSED_EMAIL_ERROR, "message_id": identifier, "given_up_at": now}
    return Message.objects.get_or_create(key=suppression_key, defaults=defaults)[0]


def _enqueue_email_delivery(message: Message, *, is_sent_immediately: bool = False) -> None:
    send_message.using(priority=URGENT_EMAIL_PRIORITY if is_sent_immediately else 0).enqueue(message.pk)


@atomic_with_retry
def release_held_emails(*, sender_scope: str, message_ids: Iterable[int] | None = None) -> int:
    """Lets go what is held for a scope, or some of it; the number says how many mails leave."""
    held = Message.objects.held_in_scope(sender_scope)
    if message_ids is not None:
        held = held.filter(pk__in=list(message_ids))
    messages = list(lock_rows(held.order_by("pk")))
    for message in messages:
        if Message.objects.filter(pk=message.pk, held=True).update(held=False, next_try_at=timezone.now()):
            _enqueue_email_delivery(message)
    return len(messages)


@atomic_with_retry
def discard_held_emails(*, sender_scope: str, message_ids: Iterable[int]) -> int:
    """Held mails that shall never leave."""
    count, _kinds = Message.objects.held_in_scope(sender_scope).filter(pk__in=list(message_ids)).order_by().delete()
    return count


@atomic_with_retry
def erase_emails_by_id(message_ids: Iterable[int]) -> None:
    """Mails about what was erased for good: those that still wait are gone, and the others keep no words."""
    message_ids = list(message_ids)
    delete_attached_files(message_ids)
    about = Message.objects.filter(pk__in=message_ids)
    about.filter(sent_at=None, claimed_at=None).delete()
    about.update(subject="", body="", html="", calendar="", reply_to="")


@atomic_with_retry
def delete_attached_files(message_ids: Iterable[int]) -> None:
    """Delete the files of these emails, and files of which the emails are gone."""
    Attachment.objects.filter(Q(messages__in=list(message_ids)) | Q(messages=None)).delete()


@atomic_with_retry
def empty_emails_to_erased_person(message_ids: Iterable[int]) -> int:
    """Emails to somebody who is erased: those that wait are gone, and of the others nothing but the row stays."""
    about = Message.objects.filter(pk__in=list(message_ids))
    waiting, _kinds = about.filter(sent_at=None, claimed_at=None).order_by().delete()
    return waiting + about.update(**EMPTY_MESSAGE_FIELDS)


@atomic_with_retry
def drop_unsent_emails(message_ids: Iterable[int]) -> None:
    """Mails that shall not leave any more: held ones, those that wait, and those that could not be delivered yet."""
    Message.objects.filter(pk__in=list(message_ids), sent_at=None, claimed_at=None).delete()


@atomic_with_retry
def move_emails_to_new_address(*, old_email: str, new_email: str) -> None:
    """What waits to be sent to somebody, and what they may reply to, is at their new address from now on.

    Emails without a scope stay: they are about the old address itself, such as a code to sign in with it.
    """
    waiting = Message.objects.filter(to=old_email, sent_at=None, claimed_at=None, given_up_at=None)
    waiting.exclude(scope="").update(to=new_email)
    ReplyAddress.objects.filter(address=old_email).update(address=new_email)


def send_waiting_emails() -> int:
    """For the clock: everything whose time has come and that no task took."""
    waiting = list(Message.objects.waiting().values_list("pk", flat=True)[:EMAILS_PER_BATCH])
    for pk in waiting:
        send_message.func(pk)
    return len(waiting)


@atomic_with_retry
def resend_email(message: Message) -> bool:
    """Resend an email whose delivery is unsure, or that was given up, as an operator decided. Return whether it will.

    One whose words are no longer kept is not sent.
    """
    again = Message.objects.undecided().filter(pk=message.pk).exclude(body="")
    resent = bool(again.update(claimed_at=None, given_up_at=None, attempts=0, next_try_at=timezone.now()))
    if resent:
        _enqueue_email_delivery(message)
    return resent


@atomic_with_retry
def discard_email_with_unknown_delivery(message: Message) -> bool:
    """Never send an email whose delivery is unsure, as an operator decided. Return whether it was unsure."""
    unsure = Message.objects.with_unknown_delivery().filter(pk=message.pk)
    return bool(unsure.order_by().update(given_up_at=timezone.now(), error=DISCARDED_EMAIL_ERROR))


def find_reply_address(recipients: Iterable[str]) -> ReplyAddress | None:
    """Return what an email replies to, expired or not; whether its sender may is for the caller to check."""
    local_parts = [address.strip().lower().partition("@")[0] for address in recipients]
    digests = [
        _digest_message_token(part.removeprefix(REPLY_ADDRESS_PREFIX))
        for part in local_parts
        if part.startswith(REPLY_ADDRESS_PREFIX)
    ]
    return ReplyAddress.objects.filter(digest__in=digests).first() if digests else None


def _digest_message_token(token: str) -> str:
    """A random token of 128 bits needs no salt."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def record_received_message_id(message_id: str) -> bool:
    """Record the Message-ID of a received email; return True the first time, False for each later delivery."""
    digest = hashlib.sha256(message_id.encode(errors="replace")).hexdigest()
    return SeenMessage.objects.get_or_create(digest=digest)[1]


def delete_expired_mail_data() -> None:
    """For the clock: tokens that have run out, and Message-IDs that nobody delivers any more.

    Also the address of an email to somebody who was erased, if nobody knows after two days whether it left.
    """
    last = Message.objects.filter(empty_when_over=True, sent_at=None, given_up_at=None)
    last.filter(claimed_at__lt=timezone.now() - UNKNOWN_DELIVERY_RETENTION).update(
        **EMPTY_MESSAGE_FIELDS, given_up_at=timezone.now()
    )
    UsedToken.objects.filter(forget_after__lt=timezone.now()).delete()
    Attachment.objects.filter(created_at__lt=timezone.now() - EMAIL_ATTACHMENT_RETENTION).delete()
    SeenMessage.objects.filter(seen_at__lt=timezone.now() - SEEN_MESSAGE_RETENTION).delete()
