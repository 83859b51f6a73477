"""Reading mail that comes in: broken, hostile or plain, it becomes an `Incoming`, and never an error."""

import email
import re
from dataclasses import dataclass
from email.message import Message
from email.policy import compat32
from email.utils import getaddresses
from itertools import islice

from jukwaa.mail.authentication import get_authenticated_domain
from jukwaa.mail.bounces import find_bounced_message_id
from jukwaa.mail.header_decoding import MAX_HEADER_LENGTH, decode_header_value, get_decoded_header, get_raw_headers
from jukwaa.mail.html_text import extract_text_from_html
from jukwaa.mail.message_parts import MAX_TEXT_LENGTH, decode_with_guess, get_part_bytes, get_part_text, iter_leaf_parts
from jukwaa.mail.reply_splitting import split_reply_from_quotes
from jukwaa.mail.screened_texts import get_screened_texts
from jukwaa.mail.senders import EmailSender, SenderError, parse_sender_header

MAX_EMAIL_BYTES = 30 * 1024 * 1024
MAX_EMAIL_PARTS = 100
MAX_ATTACHMENTS = 20
MAX_ADDRESSES = 50
LONE_CR_PATTERN = re.compile(rb"\r(?!\n)")
END_OF_HEADERS_PATTERN = re.compile(rb"\r?\n\r?\n")
MBOX_LINE_PATTERN = re.compile(rb"\n>?From ")
RECIPIENT_HEADERS = ("To", "Cc", "Delivered-To", "X-Original-To")
MESSAGE_ID_PATTERN = re.compile(r"<[^<>\s]{1,250}>")
BULK_PRECEDENCE_VALUES = {"bulk", "junk", "auto_reply", "auto-reply"}


@dataclass(frozen=True)
class AttachedFile:
    name: str
    content_type: str
    data: bytes
    is_embedded: bool = False  # a picture that stands in the text, such as a signature's


@dataclass(frozen=True, kw_only=True)
class ParsedEmail:
    """What a mail says. Nothing here is proven: whoever acts on it checks the sender and asks where in doubt."""

    message_id: str = ""
    sender: str = ""
    sender_name: str = ""
    recipients: tuple[str, ...] = ()
    subject: str = ""
    screened_texts: tuple[str, ...] = ()  # all that people can read in it, for the safeguarding check
    text: str = ""  # what is new in it
    quoted: str = ""  # what was quoted, and the signature
    whole: str = ""  # both, in the order in which they were written
    files: tuple[AttachedFile, ...] = ()
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    bounced: str = ""  # the Message-ID of an email of ours that could not be delivered
    auto_submitted: bool = False  # by a machine: never to be answered
    authenticated_domain: str = ""  # for which our own mail server found dmarc=pass
    sender_error: str = ""  # why there is no sender
    language: str = ""
    cut: bool = False  # something was larger than we read


def parse_raw_email(raw_email: bytes, *, authority: str = "") -> ParsedEmail:
    """`authority` names our own mail server in Authentication-Results; what others wrote there is not believed."""
    try:
        message = email.message_from_bytes(raw_email[:MAX_EMAIL_BYTES], policy=compat32)
        return _parse_email_message(
            message,
            authority=authority if _has_unambiguous_headers(raw_email) else "",
            is_truncated=len(raw_email) > MAX_EMAIL_BYTES,
        )
    except (RecursionError, LookupError, ValueError, TypeError, AttributeError, AssertionError):
        # The standard parser gives up on a few made-up mails; their text is still worth a look.
        text = decode_with_guess(raw_email[:MAX_TEXT_LENGTH])
        return ParsedEmail(
            text=text, whole=text, screened_texts=(text,), sender_error="The email could not be read.", cut=True
        )


def _has_unambiguous_headers(raw_email: bytes) -> bool:
    """Whether our mail server read the same headers as we do.

    For Python alone, a lone CR ends a line, and headers go on after a line that begins with "From " and has no colon.
    """
    head = END_OF_HEADERS_PATTERN.split(raw_email[:MAX_EMAIL_BYTES], maxsplit=1)[0]
    return not (LONE_CR_PATTERN.search(head) or MBOX_LINE_PATTERN.search(head))


def _parse_email_message(message: Message, *, authority: str, is_truncated: bool) -> ParsedEmail:
    sender, sender_error = _parse_sender_or_error(message)
    text, files = _extract_text_and_files(message)
    own, quoted = split_reply_from_quotes(text[:MAX_TEXT_LENGTH])
    return ParsedEmail(
        message_id=_get_first_message_id(message, "Message-ID"),
        sender=sender.address,
        sender_name=sender.name,
        sender_error=sender_error,
        recipients=_parse_recipient_addresses(message),
        subject=get_decoded_header(message, "Subject")[:250],
        screened_texts=get_screened_texts(message, sender.name),
        text=own,
        quoted=quoted,
        whole=text[:MAX_TEXT_LENGTH],
        files=files,
        in_reply_to=_get_first_message_id(message, "In-Reply-To"),
        references=tuple(MESSAGE_ID_PATTERN.findall(get_decoded_header(message, "References"))[-MAX_ADDRESSES:]),
        bounced=find_bounced_message_id(message),
        auto_submitted=_is_automatic_email(message),
        authenticated_domain=get_authenticated_domain(get_raw_headers(message, "Authentication-Results"), authority),
        language=_get_content_language(message),
        cut=is_truncated or len(text) > MAX_TEXT_LENGTH,
    )


def _parse_sender_or_error(message: Message) -> tuple[EmailSender, str]:
    try:
        return parse_sender_header(get_raw_headers(message, "From")), ""
    except SenderError as error:
        return EmailSender(""), str(error)


def _parse_recipient_addresses(message: Message) -> tuple[str, ...]:
    """The first addresses that the email names: parsed as they came, since decoding could make others of them."""
    headers = [value for name in RECIPIENT_HEADERS for value in get_raw_headers(message, name)]
    found = getaddresses([value[:MAX_HEADER_LENGTH] for value in headers[:MAX_ADDRESSES]])
    return tuple(dict.fromkeys(address.lower() for _, address in found[:MAX_ADDRESSES] if "@" in address))


def _get_first_message_id(message: Message, header_name: str) -> str:
    found = MESSAGE_ID_PATTERN.search(get_decoded_header(message, header_name))
    return found.group() if found else ""


def _get_content_language(message: Message) -> str:
    named = (get_decoded_header(part, "Content-Language") for part in islice(message.walk(), MAX_EMAIL_PARTS))
    return next((name for name in named if name), "").split(",")[0].strip()[:35]


def _is_automatic_email(message: Message) -> bool:
    """Notices, bounces, absences (RFC 3834). A post of a mailing list is by a person."""
    submitted = get_decoded_header(message, "Auto-Submitted").split(";")[0].strip().lower()
    return (
        submitted not in {"", "no"}
        or get_decoded_header(message, "Precedence").strip().lower() in BULK_PRECEDENCE_VALUES
        or bool(get_decoded_header(message, "X-Autoreply") or get_decoded_header(message, "X-Autorespond"))
        or get_decoded_header(message, "Return-Path").strip() == "<>"
        or message.get_content_type() == "multipart/report"
    )


def _is_embedded_part(message_part: Message) -> bool:
    """Some mail programs give a Content-ID to pictures that are attached, too."""
    is_attached = message_part.get_content_disposition() == "attachment"
    return message_part.get_content_maintype() == "image" and "Content-ID" in message_part and not is_attached


def _extract_text_and_files(message: Message) -> tuple[str, tuple[AttachedFile, ...]]:
    plain: list[str] = []
    html: list[str] = []
    files: list[AttachedFile] = []
    for part in islice(iter_leaf_parts(message), MAX_EMAIL_PARTS):
        kind, name = part.get_content_type(), decode_header_value(part.get_filename() or "")
        if name or part.get_content_disposition() == "attachment" or not kind.startswith("text/"):
            files.append(AttachedFile(name[:200], kind, get_part_bytes(part), _is_embedded_part(part)))
        else:
            (html if kind == "text/html" else plain).append(get_part_text(part))
    text = (
        "\n\n".join(plain)
        if any(p.strip() for p in plain)
        else "\n\n".join(extract_text_from_html(h[:MAX_TEXT_LENGTH]) for h in html)
    )
    return text.replace("\r\n", "\n").replace("\0", ""), tuple(files[:MAX_ATTACHMENTS])
