"""What a report says of its meeting, as columns of its reading: suggested where nobody has said it."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from jukwaa.core.dates import format_long_date
from jukwaa.intake.due_dates import find_next_meeting_day
from jukwaa.intake.meeting_dates import find_other_weekday
from jukwaa.intake.meeting_facts import MeetingFacts, find_meeting_facts
from jukwaa.intake.meeting_parts import find_meeting_heads
from jukwaa.intake.meeting_titles import (
    MAX_TITLE_LENGTH,
    add_group_name,
    find_meeting_name,
    is_section_title,
    names_meeting,
    remove_email_prefix,
    suggest_meeting_title,
)
from jukwaa.intake.models import Reading
from jukwaa.intake.report_overview import READABLE_LANGUAGES, ReportOverview
from jukwaa.places.text_folding import fold_text

MAX_OPENING_CHARACTERS = 600
# A part of those who meet, before they all do
MEETING_BEFORE_PATTERN = re.compile(
    r"\W*(?:(?:the|its|our|le|la|el|o|a) )?(?:[\w-]+ )?(?:working groups?|wg\w*|task force|sub-?groups?"
    r"|(?:sub-?)?committees?|bureau|groupes? de travail|grupos? de trabaj?(?:lh)?o)\b"
    r".*\b(?:before|beforehand|in between|meanwhile|avant"
    r"|entre-?temps|antes|entretanto)\b",
    re.IGNORECASE,
)


def fill_meeting_details(reading: Reading, text: str, overview: ReportOverview) -> None:
    """What nobody said of the meeting, but the text does; a person is asked to check it, and may change it."""
    if overview.understood and overview.language not in READABLE_LANGUAGES:
        reading.notes.append(
            _(
                "In languages other than English, suggestions come mainly from headings, lists and tables. Read the"
                " rest of this report yourself."
            )
        )
    set_meetings_note(reading, text, overview.sentence_starts)
    facts = find_facts_of_reading(reading, text)
    if facts.exact_day is not None and (weekday := find_other_weekday(text, facts.exact_day)) is not None:
        reading.notes.append(_describe_other_weekday(facts.exact_day, weekday))
    if reading.meeting_id is not None:
        return
    if reading.meeting_on is None and facts.day is not None:
        reading.meeting_on, reading.meeting_precision = facts.day, facts.precision
    if facts.last_day is not None and reading.exact_day == facts.day and reading.meeting_ends_on is None:
        reading.meeting_ends_on = facts.last_day
    if not reading.meeting_place:
        reading.meeting_place, reading.meeting_country = facts.place, facts.country
    reading.meeting_forum = reading.meeting_forum or facts.forum
    if reading.meeting_title == reading.title and (_is_named_after_file(reading) or is_section_title(reading.title)):
        reading.meeting_title = suggest_meeting_title(text, _get_file_name(reading)) or reading.meeting_title
    elif reading.meeting_title == reading.title and _is_letterhead(reading.title, text):
        named = remove_email_prefix(find_meeting_name(text))
        reading.meeting_title = add_group_name(named, text)[:MAX_TITLE_LENGTH] or reading.meeting_title


def set_meetings_note(reading: Reading, text: str, sentence_starts: Sequence[int]) -> None:
    """Note the sentences with which the notes of several meetings seem to begin, in place of an earlier note."""
    heads = find_meeting_heads(text)
    rows = [[bisect_left(sentence_starts, start) + 1, day.isoformat()] for start, day in heads]
    others = [note for note in reading.notes if not (isinstance(note, dict) and "meetings" in note)]
    reading.notes = [*others, {"meetings": rows}] if rows else others


def _describe_other_weekday(day: date, written_weekday: int) -> str:
    # Translators: "8 July 2026 is a Wednesday, but the text says Thursday. Check the date."
    sentence = _("%(day)s is a %(weekday)s, but the text says %(written)s. Check the date.")
    named = {"weekday": WEEKDAYS[day.weekday()], "written": WEEKDAYS[written_weekday]}
    return sentence % {"day": format_long_date(day), **named}


def _is_letterhead(title: str, text: str) -> bool:
    """Whether the title is only the first line of the text, such as the name of an office, and names no meeting."""
    opening = fold_text(text[:MAX_OPENING_CHARACTERS])
    return not names_meeting(title) and opening.startswith(fold_text(title))


def find_earliest_next_meeting(sentences: Iterable[str], meeting_day: date | None) -> date | None:
    """Return the first day after the meeting that sentences about the next one give.

    "The working group meets before, on 3 May" counts only where no other sentence gives a day.
    """
    told = list(sentences)
    own = [sentence for sentence in told if not MEETING_BEFORE_PATTERN.match(sentence)]
    days = (find_next_meeting_day(sentence, meeting_day) for sentence in own or told)
    return min((day for day in days if day and (meeting_day is None or day > meeting_day)), default=None)


def find_facts_of_reading(reading: Reading, text: str) -> MeetingFacts:
    return find_meeting_facts(text, _get_file_name(reading))


def _get_file_name(reading: Reading) -> str:
    return reading.upload_name or (reading.document.file_name if reading.document else "")


def _is_named_after_file(reading: Reading) -> bool:
    """Nobody gave the report a title."""
    name = reading.upload_name.replace("_", " ")
    return bool(name) and fold_text(reading.title) in {fold_text(name), fold_text(name.rpartition(".")[0])}
