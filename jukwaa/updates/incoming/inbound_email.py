"""A received email, without the characters that a database or a header cannot store."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.parser import BytesHeaderParser
from email.policy import compat32
from email.utils import parsedate_to_datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from jukwaa.core.documents.incoming import FileRefused
from jukwaa.mail.email_parsing import MAX_EMAIL_BYTES, AttachedFile, ParsedEmail
from jukwaa.records.actions import InspectedFile

UNSAFE_CHARACTER_PATTERN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
MACHINE_SENDER_PATTERN = re.compile(
    r"^(mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?|.*-bounces?|owner-.*)([+=].*)?@"
)
MAX_EMAIL_HEADER_BYTES = 256 * 1024
MAX_EMAIL_RECIPIENTS = 20
# What the library raises for headers that make no sense.
HEADER_PARSE_ERRORS = (ValueError, TypeError, OverflowError, IndexError, AttributeError, RecursionError, LookupError)


@dataclass(frozen=True)
class RefusedFile:
    name: str
    refusal: FileRefused


@dataclass(frozen=True, kw_only=True)
class InboundEmail:
    """Nothing here is proven. `sender` is a valid address, or empty."""

    raw: bytes
    message_id: str = ""
    thread: str = ""
    references: tuple[str, ...] = ()  # Message-IDs of what it replies to, the nearest first
    sender: str
    sender_name: str = ""
    recipients: tuple[str, ...] = ()  # to whom the mail server delivers it
    named: tuple[str, ...] = ()  # to whom its writer addressed it
    list_post: str = ""  # the address that a mailing list says it has
    subject: str
    text: str
    quoted: str = ""
    screened_texts: tuple[str, ...] = ()  # everything that people can read in it
    files: tuple[AttachedFile, ...] = ()
    language: str
    sent_at: datetime  # when it came, where it gives no day or one to come
    is_dated: bool = True
    is_authenticated_sender: bool  # our mail server found dmarc=pass for the domain of its sender
    is_automatic: bool = False
    sender_error: str = ""  # why there is no sender
    inspected: tuple[InspectedFile | RefusedFile, ...] = ()  # its files that a handler may keep
    is_confirmed: bool = False  # its sender proved on the web that the mailbox is theirs


def build_inbound_email(raw_email: bytes, parsed_email: ParsedEmail, recipients: list[str]) -> InboundEmail:
    sender = _normalize_email_address(parsed_email.sender)
    message_id = _clean_message_id(parsed_email.message_id)
    date, list_post = _parse_date_and_list(raw_email)
    references = filter(None, map(_clean_message_id, (parsed_email.in_reply_to, *reversed(parsed_email.references))))
    return InboundEmail(
        raw=raw_email[:MAX_EMAIL_BYTES],
        message_id=message_id,
        thread=_clean_message_id(parsed_email.references[0] if parsed_email.references else parsed_email.in_reply_to)
        or message_id,
        references=tuple(dict.fromkeys(references)),
        sender=sender,
        sender_name=clean_header_line(parsed_email.sender_name)[:120],
        recipients=tuple(
            dict.fromkeys(clean_header_line(address).lower() for address in recipients[:MAX_EMAIL_RECIPIENTS])
        ),
        named=tuple(clean_header_line(address).lower() for address in parsed_email.recipients),
        list_post=list_post,
        subject=clean_header_line(parsed_email.subject)[:250],
        text=remove_unsafe_characters(parsed_email.text),
        quoted=remove_unsafe_characters(parsed_email.quoted),
        screened_texts=tuple(map(remove_unsafe_characters, parsed_email.screened_texts)),
        files=parsed_email.files,
        language=_get_known_language(parsed_email.language),
        sent_at=date or timezone.now(),
        is_dated=date is not None,
        is_authenticated_sender=bool(sender) and parsed_email.authenticated_domain == sender.rpartition("@")[2],
        is_automatic=parsed_email.auto_submitted
        or bool(MACHINE_SENDER_PATTERN.match(sender))
        or _is_own_address(sender),
        sender_error="" if sender else parsed_email.sender_error or "The address in the From header is not valid.",
    )


def remove_unsafe_characters(text: str) -> str:
    """Without what can't be stored, or would turn the direction of what stands around it."""
    return UNSAFE_CHARACTER_PATTERN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def clean_header_line(text: str) -> str:
    return " ".join(remove_unsafe_characters(text).split())


def _normalize_email_address(address: str) -> str:
    try:
        validate_email(address)
    except ValidationError:
        return ""
    return address.lower() if address.isascii() else ""


def _is_own_address(sender: str) -> bool:
    """Our own mail, come back: whoever answers it answers themselves."""
    return sender.endswith(f"@{settings.MAIL_DOMAIN}".lower()) or sender == settings.DEFAULT_FROM_EMAIL.lower()


def _clean_message_id(text: str) -> str:
    """A Message-ID goes into headers of ours."""
    return text if text.isascii() and text.isprintable() else ""


def _get_known_language(language_name: str) -> str:
    known = dict(settings.LANGUAGES)
    code = language_name.strip().lower().partition("-")[0]
    return code if code in known else ""


def _parse_date_and_list(raw_email: bytes) -> tuple[datetime | None, str]:
    """The day that a mail gives itself, if that has been; and the address to which posts of its list go."""
    try:
        headers = BytesHeaderParser(policy=compat32).parsebytes(raw_email[:MAX_EMAIL_HEADER_BYTES])
        post = re.search(r"mailto:([^>?\s]{3,254})", str(headers.get("List-Post", "")))
        written = str(headers.get("Date", ""))
    except HEADER_PARSE_ERRORS:
        return None, ""
    return _parse_past_date(written), post.group(1).lower() if post else ""


def _parse_past_date(date_text: str) -> datetime | None:
    now = timezone.now()
    try:
        date = parsedate_to_datetime(date_text)
        date = (date if date.tzinfo else date.replace(tzinfo=UTC)).astimezone(UTC)
    except HEADER_PARSE_ERRORS:
        return None
    return date if datetime(1990, 1, 1, tzinfo=UTC) < date <= now else None
