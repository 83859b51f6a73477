"""The parts of an email, decoded whatever is wrong with them."""

import email
from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Iterator
from email.message import Message
from email.policy import compat32
from quopri import decodestring

from charset_normalizer import from_bytes

MAX_TEXT_LENGTH = 200_000  # characters
MAX_PART_NESTING = 3
MAX_ASCII_BYTE_VALUE = 127


def iter_leaf_parts(message: Message) -> Iterator[Message]:
    """Yield the parts that contain something themselves, those of attached emails among them."""
    return (part for part in message.walk() if not part.is_multipart())


def iter_parts_with_nested_emails(message: Message, nesting_depth: int = 0) -> Iterator[Message]:
    """Yield every part, also those of an attached email that was encoded once more, which the standard forbids."""
    for part in message.walk():
        yield part
        if nesting_depth < MAX_PART_NESTING and (nested := _decode_attached_email(part)) is not None:
            yield from iter_parts_with_nested_emails(nested, nesting_depth + 1)


def get_part_bytes(message_part: Message) -> bytes:
    payload = message_part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def get_part_text(message_part: Message) -> str:
    data = get_part_bytes(message_part)[: MAX_TEXT_LENGTH * 4]
    charset = message_part.get_content_charset("utf-8")
    try:
        return data.decode(charset)
    except (LookupError, ValueError):
        return decode_with_guess(data)


def decode_with_guess(part_bytes: bytes) -> str:
    """Decode bytes whose charset is wrong, unknown or missing."""
    try:
        return part_bytes.decode("utf-8")
    except UnicodeDecodeError:
        # Few bytes beyond ASCII: a western letter, which statistics would take for a central European one.
        if sum(byte > MAX_ASCII_BYTE_VALUE for byte in part_bytes) < len(part_bytes) / 4:
            return part_bytes.decode("cp1252", errors="replace")
        best = from_bytes(part_bytes[:50_000]).best()
        return part_bytes.decode(best.encoding if best else "cp1252", errors="replace")


def _decode_attached_email(message_part: Message) -> Message | None:
    encoding = str(message_part.get("Content-Transfer-Encoding", "")).strip().lower()
    if message_part.get_content_maintype() != "message" or encoding not in {"base64", "quoted-printable"}:
        return None
    inner = message_part.get_payload(0) if message_part.is_multipart() else message_part
    text = inner.get_payload() if isinstance(inner, Message) else ""
    data = text.encode("utf-8", errors="surrogateescape") if isinstance(text, str) else b""
    try:
        data = b64decode(data) if encoding == "base64" else decodestring(data)
    except (Base64Error, ValueError):
        return None
    return email.message_from_bytes(data, policy=compat32)
