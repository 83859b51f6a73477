"""Everything in an email that a person can read, for the safeguarding check: more than what is kept of it."""

import re
from collections.abc import Iterator
from email.message import Message
from itertools import islice

from jukwaa.mail.html import text_of
from jukwaa.mail.mime import decoded, words
from jukwaa.mail.parts import MOST_TEXT, get_readable_parts, get_text

MAX_PARTS = 300
QUOTE_MARKS = re.compile(r"^[ \t]*(?:>[ \t]*)+", re.MULTILINE)
WORD = re.compile(r"\w+")


def get_screened_texts(message: Message, *names: str) -> tuple[str, ...]:
    """Return subjects, texts with what they quote, HTML as text, text files and names of files, each once.

    Also who sent the emails that are attached, and when, in whatever words.
    """
    pieces: dict[str, str] = {}
    for piece in (*_pieces(message), *names):
        text = QUOTE_MARKS.sub("", piece.replace("\r\n", "\n").replace("\0", "")).strip()
        if text:
            pieces.setdefault("".join(WORD.findall(text)) or text, text)
    return tuple(pieces.values())


def _pieces(message: Message) -> Iterator[str]:
    for part in islice(get_readable_parts(message), MAX_PARTS):
        yield words(part, "Subject")
        if part is not message:
            yield words(part, "From")
            yield words(part, "Date")
        if part.get_content_type() == "text/html":
            yield text_of(get_text(part)[:MOST_TEXT])
        elif part.get_content_maintype() == "text":
            yield get_text(part)[:MOST_TEXT]
        yield decoded(part.get_filename() or "")
