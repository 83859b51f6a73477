"""Notices that an email of ours could not be delivered (RFC 3464)."""

from collections.abc import Iterator
from email.message import Message as Parsed
from itertools import islice

from django.utils import timezone

from jukwaa.mail.header_decoding import get_decoded_header
from jukwaa.mail.models import Message

MAX_BOUNCE_PARTS = 20
FAILED_DELIVERY_ACTION = "failed"  # a delay is no failure


def find_bounced_message_id(message: Parsed) -> str:
    """Return the Message-ID of the email that a notice gives back as undeliverable, or nothing.

    The Message-ID is random, so whoever never got the email cannot name it.
    """
    if message.get_content_type() != "multipart/report":
        return ""
    parts = list(islice(message.walk(), MAX_BOUNCE_PARTS))
    if not any(_has_delivery_failed(part) for part in parts if part.get_content_type() == "message/delivery-status"):
        return ""
    return next((found for part in parts for found in _iterate_original_ids(part)), "")


def _has_delivery_failed(delivery_status: Parsed) -> bool:
    """A status has a block of headers for the message, and one for each recipient."""
    blocks = delivery_status.get_payload()
    return isinstance(blocks, list) and any(
        get_decoded_header(block, "Action").strip().lower() == FAILED_DELIVERY_ACTION
        for block in blocks
        if isinstance(block, Parsed)
    )


def _iterate_original_ids(message_part: Parsed) -> Iterator[str]:
    """The email that comes back, whole or its headers alone."""
    kind = message_part.get_content_type()
    payload = message_part.get_payload()
    if kind == "message/rfc822" and isinstance(payload, list) and payload and isinstance(payload[0], Parsed):
        yield from filter(None, [get_decoded_header(payload[0], "Message-ID").strip()])
    elif kind == "text/rfc822-headers" and isinstance(payload, str):
        for line in payload.splitlines():
            name, _colon, value = line.partition(":")
            if name.strip().lower() == "message-id" and value.strip():
                yield value.strip()


def mark_message_bounced(message_id: str) -> bool:
    """Note that an email was returned. A second notice of it changes nothing."""
    sent = Message.objects.filter(message_id=message_id, bounced_at=None).exclude(sent_at=None)
    return bool(sent.order_by().update(bounced_at=timezone.now()))
