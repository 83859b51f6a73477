"""What a forwarded email says about the one that it forwards. Nothing of it is proven."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.policy import compat32

from jukwaa.mail.mime import words
from jukwaa.updates.incoming.came import line

# The prefixes of mail programs in English, French, Spanish, Portuguese, German and Arabic.
PREFIX = re.compile(r"^\s*(?:(?:re|aw|sv)\s*:\s*)*(?:fwd?|fw|tr|rv|enc|wg|إعادة توجيه|تحويل)\s*:", re.IGNORECASE)
MARK = re.compile(r"forward|transf[ée]r|reenviad|encaminhad|weitergeleitet|معاد توجيه|محول", re.IGNORECASE)
LINE = re.compile(r"^[\s>]*\*?(?P<label>[^\W\d_][^:\n]{0,20}?)\*?\s?[:\uff1a]\*?\s*(?P<value>.*)$")
LABELS = {
    "from": "from de von da من",
    "date": "date sent envoyé fecha enviado enviada data gesendet datum التاريخ تاريخ",
    "subject": "subject objet asunto assunto betreff الموضوع",
    "to": "to cc à para an إلى",
}
LABEL_OF = {word: label for label, said in LABELS.items() for word in said.split()}
MOST_LINES, MOST_PARTS = 60, 50
NEEDED = {"from", "date"}


@dataclass(frozen=True)
class Original:
    """Sender and date as they are written there, and the text below them; empty where they could not be read."""

    sender: str = ""
    date: str = ""
    text: str = ""


def find_original(raw: bytes, subject: str, text: str, quoted: str) -> Original | None:
    """Return what is known of the email that this one forwards; None if it forwards none.

    `quoted` is what follows the words of whoever forwards it. An email that is attached says more than its text.
    """
    attached = _find_attached(raw)
    if attached is not None:
        return attached
    if not PREFIX.match(subject) and not MARK.search(_first_lines(quoted)):
        return None
    return _read_block(quoted or text) or Original(text=quoted)


def _first_lines(text: str) -> str:
    return "\n".join(text.strip().splitlines()[:1])


def _find_attached(raw: bytes) -> Original | None:
    for number, part in enumerate(message_from_bytes(raw, policy=compat32).walk()):
        if number > MOST_PARTS:
            return None
        payload = part.get_payload() if part.get_content_type() == "message/rfc822" else None
        inner = payload[0] if isinstance(payload, list) and payload else None
        if isinstance(inner, Message):
            return Original(line(words(inner, "From"))[:200], line(words(inner, "Date"))[:120])
    return None


def _read_block(text: str) -> Original | None:
    """Return what the first block of lines such as "From: ..." says, if it names a sender and a day."""
    lines = text.splitlines()
    found: dict[str, str] = {}
    end = 0
    for number, (label, value) in _find_labels(lines[:MOST_LINES]):
        if label in found and label != "to":
            break
        found.setdefault(label, value)
        end = number + 1
    if not found.keys() >= NEEDED:
        return None
    rest = "\n".join(each.removeprefix("> ").removeprefix(">") for each in lines[end:]).strip()
    return Original(found["from"][:200], found["date"][:120], rest)


def _find_labels(lines: list[str]) -> Iterator[tuple[int, tuple[str, str]]]:
    """Yield the lines of the block. It ends with the first line that is no label; a long value may be broken once."""
    started = broken = False
    for number, text in enumerate(lines):
        match = LINE.match(text)
        label = LABEL_OF.get(match["label"].split()[0].casefold().strip("*")) if match else None
        if match and label:
            started, broken = True, False
            yield number, (label, line(match["value"]).strip("* "))
        elif started and (broken or not text.strip(" >")):
            return
        elif started:
            broken = True
