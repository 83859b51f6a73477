"""Headers as people read them, whatever is wrong with them."""

import re
from contextlib import suppress
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message

CONTROL_CHARACTERS_PATTERN = re.compile(r"[\x00-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")
MAX_HEADER_LENGTH = 10_000


def get_decoded_header(message: Message, header_name: str) -> str:
    """One header on one line, decoded, without controls and bidi overrides. In old emails it is not encoded."""
    values = (value for key, value in message.raw_items() if key.lower() == header_name.lower())
    return decode_header_value(str(next(values, "")))


def decode_header_value(header_value: str) -> str:
    header_value = header_value[:MAX_HEADER_LENGTH]
    with suppress(HeaderParseError, ValueError, TypeError):  # then it stays as it came
        header_value = "".join(_decode_header_chunk(chunk, charset) for chunk, charset in decode_header(header_value))
    return CONTROL_CHARACTERS_PATTERN.sub(" ", _decode_header_chunk(header_value, None)).strip()


def _decode_header_chunk(header_chunk: bytes | str, charset: str | None) -> str:
    data = header_chunk.encode("utf-8", errors="surrogateescape") if isinstance(header_chunk, str) else header_chunk
    try:
        return data.decode(charset or "utf-8")
    except (LookupError, UnicodeDecodeError):
        return data.decode("latin-1")


def get_raw_headers(message: Message, header_name: str) -> list[str]:
    """Return every header of this name as it came: folded, not decoded, bytes beyond ASCII read as UTF-8."""
    values = [str(value) for key, value in message.raw_items() if key.lower() == header_name.lower()]
    return [value.encode("utf-8", errors="surrogateescape").decode("utf-8", errors="replace") for value in values]
