"""What replies to the invitation to a meeting say: in words, or as a calendar program sends them."""

import email
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import default as modern
from importlib.resources import files

from icalendar import Calendar

from jukwaa.meetings.models import Rsvp

# What the parser raises for files that are no calendar, or a broken one.
CALENDAR_PARSING_ERRORS = (ValueError, LookupError, AttributeError, TypeError, RecursionError)
MAX_CALENDAR_REPLY_BYTES = 64 * 1024  # bytes; a reply has one event

# RFC 5545, 3.2.12. "TENTATIVE" is how calendars send "maybe".
RSVP_ANSWER_BY_PARTSTAT = {
    "ACCEPTED": Rsvp.Answer.YES,
    "TENTATIVE": Rsvp.Answer.MAYBE,
    "DECLINED": Rsvp.Answer.NO,
    "DELEGATED": Rsvp.Answer.COLLEAGUE,
}


def _load_answer_words() -> dict[str, Rsvp.Answer]:
    table = tomllib.loads((files("jukwaa.meetings") / "data" / "reply_words.toml").read_text("utf-8"))
    return {word.casefold(): Rsvp.Answer(answer) for answer, words in table.items() for word in words}


RSVP_ANSWER_BY_WORD = _load_answer_words()
_ANSWER_WORDS_LONGEST_FIRST = sorted(RSVP_ANSWER_BY_WORD, key=len, reverse=True)
_RSVP_ANSWER_PATTERN = re.compile(rf"(?:{'|'.join(map(re.escape, _ANSWER_WORDS_LONGEST_FIRST))})(?!\w)", re.IGNORECASE)


def find_rsvp_answer(text: str) -> Rsvp.Answer | None:
    """Return the reply that the first line of an email begins with; None where it begins with something else."""
    first = next((line.strip(" \t*>\"'“”«».!") for line in text.splitlines() if line.strip()), "")
    found = _RSVP_ANSWER_PATTERN.match(first.replace("\u2019", "'"))
    return RSVP_ANSWER_BY_WORD[found.group().casefold()] if found else None


@dataclass(frozen=True)
class CalendarReply:
    """What a calendar program sent back: for which event, from which attendee, and whether they will attend."""

    uid: str
    attendee: str
    answer: Rsvp.Answer


def find_calendar_reply(raw_message: bytes) -> CalendarReply | None:
    """Return the reply in an email by a calendar program (METHOD:REPLY of RFC 5546); None where there is none."""
    for content in _find_calendar_parts(raw_message):
        try:
            found = _read_calendar_reply(content)
        except CALENDAR_PARSING_ERRORS:
            continue
        if found:
            return found
    return None


def _read_calendar_reply(calendar_bytes: bytes) -> CalendarReply | None:
    calendar = Calendar.from_ical(calendar_bytes)
    events = calendar.walk("VEVENT") if str(calendar.get("METHOD", "")).upper() == "REPLY" else []
    for event in events[:1]:
        attendees = event.get("ATTENDEE", [])
        for attendee in attendees if isinstance(attendees, list) else [attendees]:
            answer = RSVP_ANSWER_BY_PARTSTAT.get(str(attendee.params.get("PARTSTAT", "")).upper())
            if answer:
                address = re.sub("^mailto:", "", str(attendee), flags=re.IGNORECASE)
                return CalendarReply(str(event.get("UID", "")), address.strip().lower(), answer)
    return None


def _find_calendar_parts(raw_message: bytes) -> Iterator[bytes]:
    message = email.message_from_bytes(raw_message, _class=EmailMessage, policy=modern)
    for part in message.walk():
        if part.get_content_type() in ("text/calendar", "application/ics"):
            content = part.get_payload(decode=True)
            if isinstance(content, bytes) and len(content) <= MAX_CALENDAR_REPLY_BYTES:
                yield content
