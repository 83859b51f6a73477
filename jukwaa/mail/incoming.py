"""Reading mail that comes in: broken, hostile or plain, it becomes an `Incoming`, and never an error."""

import email
import re
from dataclasses import dataclass
from email.message import Message
from email.policy import compat32
from email.utils import getaddresses
from itertools import islice

from jukwaa.mail.authentication import get_authenticated_domain
from jukwaa.mail.bounces import find_bounced
from jukwaa.mail.html import text_of
from jukwaa.mail.mime import LONGEST, decoded, get_raw_headers, words
from jukwaa.mail.parts import MOST_TEXT, get_bytes, get_leaves, get_text, guess_text
from jukwaa.mail.quoting import split_reply
from jukwaa.mail.screening import get_screened_texts
from jukwaa.mail.senders import Sender, SenderError, parse_sender

MOST_BYTES = 30 * 1024 * 1024
MOST_PARTS = 100
MOST_ATTACHMENTS = 20
MOST_ADDRESSES = 50
LONE_CR = re.compile(rb"\r(?!\n)")
END_OF_HEADERS = re.compile(rb"\r?\n\r?\n")
MBOX_LINE = re.compile(rb"\n>?From ")
RECIPIENT_HEADERS = ("To", "Cc", "Delivered-To", "X-Original-To")
MESSAGE_ID = re.compile(r"<[^<>\s]{1,250}>")
BULK = {"bulk", "junk", "auto_reply", "auto-reply"}


@dataclass(frozen=True)
class File:
    name: str
    content_type: str
    data: bytes
    is_embedded: bool = False  # a picture that stands in the text, such as a signature's


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """What a mail says. Nothing here is proven: whoever acts on it checks the sender and asks where in doubt."""

    message_id: str = ""
    sender: str = ""
    sender_name: str = ""
    recipients: tuple[str, ...] = ()
    subject: str = ""
    screened_texts: tuple[str, ...] = ()  # all that people can read in it, for the safeguarding check
    text: str = ""  # what is new in it
    quoted: str = ""  # what was quoted, and the signature
    files: tuple[File, ...] = ()
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    bounced: str = ""  # the Message-ID of an email of ours that could not be delivered
    auto_submitted: bool = False  # by a machine: never to be answered
    authenticated_domain: str = ""  # for which our own mail server found dmarc=pass
    sender_error: str = ""  # why there is no sender
    language: str = ""
    cut: bool = False  # something was larger than we read


def parse(raw: bytes, *, authority: str = "") -> Incoming:
    """`authority` names our own mail server in Authentication-Results; what others wrote there is not believed."""
    try:
        message = email.message_from_bytes(raw[:MOST_BYTES], policy=compat32)
        return _read(message, authority=authority if _has_clean_lines(raw) else "", cut=len(raw) > MOST_BYTES)
    except (RecursionError, LookupError, ValueError, TypeError, AttributeError, AssertionError):
        # The standard parser gives up on a few made-up mails; their text is still worth a look.
        text = guess_text(raw[:MOST_TEXT])
        return Incoming(text=text, screened_texts=(text,), sender_error="The email could not be read.", cut=True)


def _has_clean_lines(raw: bytes) -> bool:
    """Whether our mail server read the same headers as we do.

    For Python alone, a lone CR ends a line, and headers go on after a line that begins with "From " and has no colon.
    """
    head = END_OF_HEADERS.split(raw[:MOST_BYTES], maxsplit=1)[0]
    return not (LONE_CR.search(head) or MBOX_LINE.search(head))


def _read(message: Message, *, authority: str, cut: bool) -> Incoming:
    sender, sender_error = _sender(message)
    text, files = _contents(message)
    own, quoted = split_reply(text[:MOST_TEXT])
    return Incoming(
        message_id=_first_id(message, "Message-ID"),
        sender=sender.address,
        sender_name=sender.name,
        sender_error=sender_error,
        recipients=_recipients(message),
        subject=words(message, "Subject")[:250],
        screened_texts=get_screened_texts(message, sender.name),
        text=own,
        quoted=quoted,
        files=files,
        in_reply_to=_first_id(message, "In-Reply-To"),
        references=tuple(MESSAGE_ID.findall(words(message, "References"))[-MOST_ADDRESSES:]),
        bounced=find_bounced(message),
        auto_submitted=_is_automatic(message),
        authenticated_domain=get_authenticated_domain(get_raw_headers(message, "Authentication-Results"), authority),
        language=_language(message),
        cut=cut or len(text) > MOST_TEXT,
    )


def _sender(message: Message) -> tuple[Sender, str]:
    try:
        return parse_sender(get_raw_headers(message, "From")), ""
    except SenderError as error:
        return Sender(""), str(error)


def _recipients(message: Message) -> tuple[str, ...]:
    """The first addresses that the email names: parsed as they came, since decoding could make others of them."""
    headers = [value for name in RECIPIENT_HEADERS for value in get_raw_headers(message, name)]
    found = getaddresses([value[:LONGEST] for value in headers[:MOST_ADDRESSES]])
    return tuple(dict.fromkeys(address.lower() for _, address in found[:MOST_ADDRESSES] if "@" in address))


def _first_id(message: Message, header: str) -> str:
    found = MESSAGE_ID.search(words(message, header))
    return found.group() if found else ""


def _language(message: Message) -> str:
    named = (words(part, "Content-Language") for part in islice(message.walk(), MOST_PARTS))
    return next((name for name in named if name), "").split(",")[0].strip()[:35]


def _is_automatic(message: Message) -> bool:
    """Notices, bounces, absences (RFC 3834). A post of a mailing list is by a person."""
    submitted = words(message, "Auto-Submitted").split(";")[0].strip().lower()
    return (
        submitted not in {"", "no"}
        or words(message, "Precedence").strip().lower() in BULK
        or bool(words(message, "X-Autoreply") or words(message, "X-Autorespond"))
        or words(message, "Return-Path").strip() == "<>"
        or message.get_content_type() == "multipart/report"
    )


def _is_embedded(part: Message) -> bool:
    """Some mail programs give a Content-ID to pictures that are attached, too."""
    is_attached = part.get_content_disposition() == "attachment"
    return part.get_content_maintype() == "image" and "Content-ID" in part and not is_attached


def _contents(message: Message) -> tuple[str, tuple[File, ...]]:
    plain: list[str] = []
    html: list[str] = []
    files: list[File] = []
    for part in islice(get_leaves(message), MOST_PARTS):
        kind, name = part.get_content_type(), decoded(part.get_filename() or "")
        if name or part.get_content_disposition() == "attachment" or not kind.startswith("text/"):
            files.append(File(name[:200], kind, get_bytes(part), _is_embedded(part)))
        else:
            (html if kind == "text/html" else plain).append(get_text(part))
    text = "\n\n".join(plain) if any(p.strip() for p in plain) else "\n\n".join(text_of(h[:MOST_TEXT]) for h in html)
    return text.replace("\r\n", "\n").replace("\0", ""), tuple(files[:MOST_ATTACHMENTS])
