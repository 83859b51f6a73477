"""Sending. One attempt each; what failed is tried again by the clock.

A mail is never sent twice. So a sender first claims it in a transaction of its own, then hands it over, then marks it:
if it is killed in between, nobody knows whether the mail left, and nobody sends it again by itself; it stands in
`Message.objects.unsure()`, where an operator sees it. Refusals that the server spelled out are tried again with
longer and longer pauses, always under the same Message-ID.
"""

import logging
import re
import smtplib
from datetime import timedelta
from email.message import EmailMessage
from email.policy import Policy, default

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, mailers
from django.db.models import F
from django.tasks import task
from django.utils import timezone

from jukwaa.mail.delivery_checks import find_outdated_email_ids
from jukwaa.mail.models import EMPTY_MESSAGE_FIELDS, Message

logger = logging.getLogger("jukwaa.mail")

MAX_DELIVERY_ATTEMPTS = 12
MAX_DELIVERY_RETRY_PAUSE = timedelta(hours=12)
CALENDAR_MEDIA_TYPE = "text/calendar"
MIN_PERMANENT_SMTP_CODE = 500  # SMTP replies from here on say: never


class DeliveryError(Exception):
    """The mail surely did not leave."""

    def __init__(self, reason: str, *, is_permanent: bool = False) -> None:
        super().__init__(reason)
        self.for_good = is_permanent


@task()
def send_message(pk: int) -> None:
    """Sends it if it waits; repeating this is harmless."""
    if message := _claim_queued_message(pk):
        _deliver_message(message)


def _claim_queued_message(pk: int) -> Message | None:
    claimed = Message.objects.waiting().filter(pk=pk).order_by()
    if find_outdated_email_ids([pk]):
        claimed.delete()
        return None
    if not claimed.update(claimed_at=timezone.now(), attempts=F("attempts") + 1):
        return None
    return Message.objects.get(pk=pk)


def _deliver_message(message: Message) -> None:
    mine = Message.objects.filter(pk=message.pk)
    try:
        deliver_to_server(message)
    except DeliveryError as reason:
        logger.warning("Mail %s was not delivered: %s", message.pk, reason)
        mine.update(**_build_failed_delivery_fields(message, reason))
    except (OSError, smtplib.SMTPException) as reason:
        # The line broke while the server had the mail: it stays claimed, which makes it unsure.
        logger.exception("Nobody knows whether mail %s was delivered", message.pk)
        mine.update(error=str(reason)[:1000])
    else:
        mine.update(**{**_get_fields_to_empty(message), "sent_at": timezone.now(), "error": "", "reply_to": ""})


def _build_failed_delivery_fields(message: Message, delivery_error: DeliveryError) -> dict[str, object]:
    changes: dict[str, object] = {"claimed_at": None, "error": str(delivery_error)[:1000]}
    if delivery_error.for_good or message.attempts >= MAX_DELIVERY_ATTEMPTS:
        return {**changes, **_get_fields_to_empty(message), "given_up_at": timezone.now()}
    pause = min(timedelta(minutes=2**message.attempts), MAX_DELIVERY_RETRY_PAUSE)
    return changes | {"next_try_at": timezone.now() + pause}


def _get_fields_to_empty(message: Message) -> dict[str, object]:
    return dict(EMPTY_MESSAGE_FIELDS) if message.empty_when_over else {}


def deliver_to_server(message: Message) -> None:
    """To the mail server. Raises DeliveryError where it surely did not take the mail."""
    mail = build_outgoing_email(message)
    connection = mailers.default
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as reason:
        raise DeliveryError(str(reason)) from reason
    try:
        connection.send_messages([mail])
    except smtplib.SMTPRecipientsRefused as refusal:
        code, text = next(iter(refusal.recipients.values()))
        raise DeliveryError(f"{code} {text!r}", is_permanent=code >= MIN_PERMANENT_SMTP_CODE) from refusal
    except smtplib.SMTPResponseException as refusal:
        raise DeliveryError(str(refusal), is_permanent=refusal.smtp_code >= MIN_PERMANENT_SMTP_CODE) from refusal
    finally:
        connection.close()


CALENDAR_METHOD_PATTERN = re.compile(r"^METHOD:([A-Z]+)\r?$", re.MULTILINE)


class OutgoingEmail(EmailMultiAlternatives):
    """Long headers stay on one line: Python would wrap the address in List-Unsubscribe into an encoded word."""

    def message(self, *, policy: Policy | None = None) -> EmailMessage:
        made = super().message(policy=(policy or default).clone(max_line_length=900))
        for part in made.walk():
            if part.get_content_type() == CALENDAR_MEDIA_TYPE and (
                found := CALENDAR_METHOD_PATTERN.search(part.get_content())
            ):
                part.set_param("method", found[1])  # RFC 6047, 2.4: without it programs show a file, no invitation
        return made


def build_outgoing_email(message: Message) -> EmailMultiAlternatives:
    mail = OutgoingEmail(
        subject=message.subject,
        body=message.body,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[message.to],
        reply_to=[message.reply_to] if message.reply_to else None,
        headers={**message.headers, "Message-ID": message.message_id},
    )
    if message.html:
        mail.attach_alternative(message.html, "text/html")
    if message.calendar:
        mail.attach_alternative(message.calendar, CALENDAR_MEDIA_TYPE)
        mail.attach("meeting.ics", message.calendar.encode(), "application/ics")  # for programs that look for a file
    if file := message.attachment:
        mail.attach(file.name, bytes(file.data), file.content_type)
    return mail
