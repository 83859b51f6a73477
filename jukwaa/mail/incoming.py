"""Reading mail that comes in: broken, hostile or plain, it becomes an `Incoming`, and never an error."""

import email
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message
from email.policy import compat32
from email.utils import getaddresses
from itertools import islice

from charset_normalizer import from_bytes

from jukwaa.mail.html import text_of
from jukwaa.mail.mime import decoded, words
from jukwaa.mail.quoting import split_reply

MOST_BYTES = 30 * 1024 * 1024
MOST_TEXT = 200_000  # characters
MOST_PARTS = 100
MOST_ATTACHMENTS = 20
MOST_ADDRESSES = 50
ASCII = 127
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
    text: str = ""  # what is new in it
    quoted: str = ""  # what was quoted, and the signature
    files: tuple[File, ...] = ()
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    auto_submitted: bool = False  # by a machine: never to be answered
    passed: frozenset[str] = field(default_factory=frozenset)  # of spf, dkim, dmarc, as our own mail server found
    language: str = ""
    cut: bool = False  # something was larger than we read


def parse(raw: bytes, *, authority: str = "") -> Incoming:
    """`authority` names our own mail server in Authentication-Results; what others wrote there is not believed."""
    try:
        message = email.message_from_bytes(raw[:MOST_BYTES], policy=compat32)
        return _read(message, authority=authority, cut=len(raw) > MOST_BYTES)
    except (RecursionError, LookupError, ValueError, TypeError, AttributeError, AssertionError):
        # The standard parser gives up on a few made-up mails; their text is still worth a look.
        return Incoming(text=_guess(raw[:MOST_TEXT]), cut=True)


def _read(message: Message, *, authority: str, cut: bool) -> Incoming:
    name, sender = _addresses(message, "From")[0] if _addresses(message, "From") else ("", "")
    text, files = _contents(message)
    own, quoted = split_reply(text[:MOST_TEXT])
    return Incoming(
        message_id=_first_id(message, "Message-ID"),
        sender=sender,
        sender_name=name,
        recipients=_recipients(message),
        subject=words(message, "Subject")[:250],
        text=own,
        quoted=quoted,
        files=files,
        in_reply_to=_first_id(message, "In-Reply-To"),
        references=tuple(MESSAGE_ID.findall(words(message, "References"))[-MOST_ADDRESSES:]),
        auto_submitted=_is_automatic(message),
        passed=_passed(message, authority),
        language=_language(message),
        cut=cut or len(text) > MOST_TEXT,
    )


def _addresses(message: Message, *headers: str) -> list[tuple[str, str]]:
    values = [words(message, header) for header in headers]
    found = getaddresses([value for value in values if value])
    return [(name[:120], address.lower()) for name, address in found[:MOST_ADDRESSES] if "@" in address]


def _recipients(message: Message) -> tuple[str, ...]:
    found = _addresses(message, "To", "Cc", "Delivered-To", "X-Original-To")
    return tuple(dict.fromkeys(address for _, address in found))


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


def _passed(message: Message, authority: str) -> frozenset[str]:
    """RFC 8601. The topmost header of our own server counts; it removes what pretends to be its own."""
    for value in message.get_all("Authentication-Results", []):
        server, _, results = str(value).partition(";")
        if authority and server.split()[:1] == [authority]:
            return frozenset(re.findall(r"\b(spf|dkim|dmarc)\s*=\s*pass\b", results.lower()))
    return frozenset()


def _contents(message: Message) -> tuple[str, tuple[File, ...]]:
    plain: list[str] = []
    html: list[str] = []
    files: list[File] = []
    for part in islice(_leaves(message), MOST_PARTS):
        kind, name = part.get_content_type(), decoded(part.get_filename() or "")
        if name or part.get_content_disposition() == "attachment" or not kind.startswith("text/"):
            files.append(File(name[:200], kind, _bytes(part), kind.startswith("image/") and "Content-ID" in part))
        else:
            (html if kind == "text/html" else plain).append(_text(part))
    text = "\n\n".join(plain) if any(p.strip() for p in plain) else "\n\n".join(text_of(h[:MOST_TEXT]) for h in html)
    return text.replace("\r\n", "\n").replace("\0", ""), tuple(files[:MOST_ATTACHMENTS])


def _leaves(message: Message) -> Iterator[Message]:
    return (part for part in message.walk() if not part.is_multipart())


def _bytes(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _text(part: Message) -> str:
    data = _bytes(part)[: MOST_TEXT * 4]
    charset = part.get_content_charset("utf-8")
    try:
        return data.decode(charset)
    except (LookupError, ValueError):
        return _guess(data)


def _guess(data: bytes) -> str:
    """For charsets that are wrong, unknown or missing."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        # Few bytes beyond ASCII: a western letter, which statistics would take for a central European one.
        if sum(byte > ASCII for byte in data) < len(data) / 4:
            return data.decode("cp1252", errors="replace")
        best = from_bytes(data[:50_000]).best()
        return data.decode(best.encoding if best else "cp1252", errors="replace")
