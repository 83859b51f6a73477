"""What a reply to circulated minutes corrects: each correction with the entry that it is about.

The format is that of replies to a consultation on a text: "3: The date is 5 May" is about the entry with number 3.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from jukwaa.drafting.mail_parsing import ParsedInput, parse_consultation_email
from jukwaa.mail.reply_splitting import DATE_OR_ADDRESS_PATTERN
from jukwaa.meetings.circulation import list_circulated_entries
from jukwaa.meetings.models import Entry, Meeting

# "3. ", "3) " or "Entry 3: " in the languages of the site: as the number of a clause is written.
NUMBERED_LINE_PATTERN = re.compile(
    r"^\s*(?:entry|entrée|entrada|البند)?\s*(\d{1,6})\s*[:.)]\s+(?=\S)", re.IGNORECASE | re.MULTILINE
)
MIN_QUOTED_LINE_LENGTH = 25  # characters of a line that nobody writes by chance as it stands in the email


@dataclass(frozen=True)
class FoundCorrection:
    """One correction; without an entry it is about the minutes as a whole."""

    body: str
    entry: Entry | None


def find_proposed_corrections(meeting: Meeting, text: str) -> list[FoundCorrection]:
    """Return the corrections in a reply, in its order. Nothing is lost: what names no entry is one of its own."""
    entries = {entry.position: entry for entry in list_circulated_entries(meeting)}
    parsed = parse_consultation_email(
        NUMBERED_LINE_PATTERN.sub(r"\1: ", text), {number: entry.text for number, entry in entries.items()}, 0
    )
    found = [
        FoundCorrection(_get_author_text(piece, parsed.lines), entries.get(piece.clause or 0))
        for piece in parsed.pieces
    ]
    return found + ([FoundCorrection(parsed.left_over, None)] if parsed.left_over else [])


def _get_author_text(parsed_correction: ParsedInput, reply_lines: tuple[str, ...]) -> str:
    """Return what its writer wrote, also where it could be read as a proposed wording."""
    return parsed_correction.body or "\n".join(reply_lines[number] for number in parsed_correction.lines).strip()


def remove_quoted_lines(text: str, sent_texts: Iterable[str]) -> str:
    """Return a reply without the lines of the email that it quotes without any mark, as some mail programs do."""
    sent_texts = list(sent_texts)
    known_lines = {_normalise_quoted_text(line) for body in sent_texts for line in body.splitlines()}
    known_text = " ".join(_normalise_quoted_text(body) for body in sent_texts)
    lines = text.splitlines()
    quoted = [_is_quoted_line(_normalise_quoted_text(line), known_lines, known_text) for line in lines]
    return "\n".join(_iter_unquoted_lines(lines, quoted)).strip()


def _iter_unquoted_lines(reply_lines: list[str], quoted_flags: list[bool]) -> Iterator[str]:
    for number, line in enumerate(reply_lines):
        announces = (
            line.rstrip().endswith(":")
            and DATE_OR_ADDRESS_PATTERN.search(line)
            and any(quoted_flags[number + 1 : number + 3])
        )
        if not quoted_flags[number] and not announces:
            yield line


def _is_quoted_line(text_line: str, sent_lines: set[str], sent_text: str) -> bool:
    return bool(text_line) and (
        text_line in sent_lines or (len(text_line) >= MIN_QUOTED_LINE_LENGTH and text_line in sent_text)
    )


def _normalise_quoted_text(text: str) -> str:
    return " ".join(text.casefold().split())
