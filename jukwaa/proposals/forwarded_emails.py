"""What a forwarded email says about the one that it forwards. Nothing of it is proven."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.policy import compat32

from jukwaa.mail.header_decoding import get_decoded_header
from jukwaa.updates.incoming.inbound_email import clean_header_line

# The prefixes of mail programs in English, French, Spanish, Portuguese, German and Arabic.
FORWARD_PREFIX_PATTERN = re.compile(
    r"^\s*(?:(?:re|aw|sv)\s*:\s*)*(?:fwd?|fw|tr|rv|enc|wg|إعادة توجيه|تحويل)\s*:", re.IGNORECASE
)
FORWARD_MARK_PATTERN = re.compile(
    r"forward|transf[ée]r|reenviad|encaminhad|weitergeleitet|معاد توجيه|محول", re.IGNORECASE
)
HEADER_LINE_PATTERN = re.compile(r"^[\s>]*\*?(?P<label>[^\W\d_][^:\n]{0,20}?)\*?\s?[:\uff1a]\*?\s*(?P<value>.*)$")
WORDS_BY_HEADER = {
    "from": "from de von da من",
    "date": "date sent envoyé fecha enviado enviada data gesendet datum التاريخ تاريخ",
    "subject": "subject objet asunto assunto betreff الموضوع",
    "to": "to cc à para an إلى",
}
HEADER_BY_WORD = {word: label for label, said in WORDS_BY_HEADER.items() for word in said.split()}
MAX_LINES, MAX_PARTS = 60, 50
REQUIRED_HEADERS = {"from", "date"}


@dataclass(frozen=True)
class ForwardedEmail:
    """Sender and date as they are written there, and the text below them; empty where they could not be read."""

    sender: str = ""
    date: str = ""
    text: str = ""


def find_forwarded_email(raw_message: bytes, subject: str, text: str, quoted_text: str) -> ForwardedEmail | None:
    """Return what is known of the email that this one forwards; None if it forwards none.

    `quoted_text` is what follows the words of whoever forwards it. An email that is attached says more than its text.
    """
    attached = _find_attached_email(raw_message)
    if attached is not None:
        return attached
    if not FORWARD_PREFIX_PATTERN.match(subject) and not FORWARD_MARK_PATTERN.search(_get_first_line(quoted_text)):
        return None
    return _parse_header_block(quoted_text or text) or ForwardedEmail(text=quoted_text)


def _get_first_line(text: str) -> str:
    return "\n".join(text.strip().splitlines()[:1])


def _find_attached_email(raw_message: bytes) -> ForwardedEmail | None:
    for number, part in enumerate(message_from_bytes(raw_message, policy=compat32).walk()):
        if number > MAX_PARTS:
            return None
        payload = part.get_payload() if part.get_content_type() == "message/rfc822" else None
        inner = payload[0] if isinstance(payload, list) and payload else None
        if isinstance(inner, Message):
            return ForwardedEmail(
                clean_header_line(get_decoded_header(inner, "From"))[:200],
                clean_header_line(get_decoded_header(inner, "Date"))[:120],
            )
    return None


def _parse_header_block(text: str) -> ForwardedEmail | None:
    """Return what the first block of lines such as "From: ..." says, if it names a sender and a day."""
    lines = text.splitlines()
    found: dict[str, str] = {}
    end = 0
    for number, (label, value) in _find_header_lines(lines[:MAX_LINES]):
        if label in found and label != "to":
            break
        found.setdefault(label, value)
        end = number + 1
    if not found.keys() >= REQUIRED_HEADERS:
        return None
    rest = "\n".join(each.removeprefix("> ").removeprefix(">") for each in lines[end:]).strip()
    return ForwardedEmail(found["from"][:200], found["date"][:120], rest)


def _find_header_lines(email_lines: list[str]) -> Iterator[tuple[int, tuple[str, str]]]:
    """Yield the lines of the block. It ends with the first line that is no label; a long value may be broken once."""
    started = broken = False
    for number, text in enumerate(email_lines):
        match = HEADER_LINE_PATTERN.match(text)
        label = HEADER_BY_WORD.get(match["label"].split()[0].casefold().strip("*")) if match else None
        if match and label:
            started, broken = True, False
            yield number, (label, clean_header_line(match["value"]).strip("* "))
        elif started and (broken or not text.strip(" >")):
            return
        elif started:
            broken = True
