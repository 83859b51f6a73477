"""Everything in an email that a person can read, for the safeguarding check: more than what is kept of it."""

import re
from collections.abc import Iterator
from email.message import Message
from itertools import islice

from jukwaa.mail.header_decoding import decode_header_value, get_decoded_header
from jukwaa.mail.html_text import extract_text_from_html
from jukwaa.mail.message_parts import MAX_TEXT_LENGTH, get_part_text, iter_parts_with_nested_emails

MAX_SCREENED_PARTS = 300
QUOTE_MARK_PATTERN = re.compile(r"^[ \t]*(?:>[ \t]*)+", re.MULTILINE)
WORD_CHARACTERS_PATTERN = re.compile(r"\w+")


def get_screened_texts(message: Message, *names: str) -> tuple[str, ...]:
    """Return subjects, texts with what they quote, HTML as text, text files and names of files, each once.

    Also who sent the emails that are attached, and when, in whatever words.
    """
    pieces: dict[str, str] = {}
    for piece in (*_iterate_message_texts(message), *names):
        text = QUOTE_MARK_PATTERN.sub("", piece.replace("\r\n", "\n").replace("\0", "")).strip()
        if text:
            pieces.setdefault("".join(WORD_CHARACTERS_PATTERN.findall(text)) or text, text)
    return tuple(pieces.values())


def _iterate_message_texts(message: Message) -> Iterator[str]:
    for part in islice(iter_parts_with_nested_emails(message), MAX_SCREENED_PARTS):
        yield get_decoded_header(part, "Subject")
        if part is not message:
            yield get_decoded_header(part, "From")
            yield get_decoded_header(part, "Date")
        if part.get_content_type() == "text/html":
            yield extract_text_from_html(get_part_text(part)[:MAX_TEXT_LENGTH])
        elif part.get_content_maintype() == "text":
            yield get_part_text(part)[:MAX_TEXT_LENGTH]
        yield decode_header_value(part.get_filename() or "")
