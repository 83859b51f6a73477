"""Running notes of several meetings in one text: the parts, of which a report has one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from django.utils.translation import gettext as _

from jukwaa.core.dates import format_long_date
from jukwaa.core.documents.incoming import ExtractedText
from jukwaa.core.list_formatting import format_list_in_sentence
from jukwaa.intake.meeting_dates import WEEKDAY_OR_TIME_PATTERN, find_meeting_day
from jukwaa.intake.meeting_facts import (
    MAX_OPENING_LINES,
    MINUTES_APPROVAL_PATTERN,
    OTHER_DATE_PATTERN,
    OTHER_MEETING_PATTERN,
    SENTENCE_END_PATTERN,
    find_meeting_chair,
    find_minutes_titles,
)
from jukwaa.intake.reader.attendance_parts import is_attendance_label_line
from jukwaa.intake.reader.people_lists import is_unlabelled_attendance
from jukwaa.intake.reader.placeholders import is_form_title
from jukwaa.intake.reader.roles import get_heading_role
from jukwaa.meetings.models import Meeting
from jukwaa.places.text_folding import fold_text

TITLE_LINE_PATTERN = re.compile(r"^(?P<mark>#{1,6}[ \t]|\*\*|__)?[ \t]*(?P<words>\S.{3,118})$", re.MULTILINE)
LIST_MARK_PATTERN = re.compile(r"[\s*_•☐☑-]*")
LABEL_PATTERN = re.compile(r"[\w ]+:")  # "Facilitator: / Here:" waits for names
TIME_ZONE_PATTERN = re.compile(r"\([^()]*\)|\b[A-Z]{3,4}\b")
MEETING_NOUNS = frozenset(
    {*("meeting", "call", "session", "notes", "minutes", "reunion", "seance", "acta", "sesion", "reuniao", "sessao")}
    | {*("ata", "اجتماع", "محضر", "جلسة")}
)
MEETING_WORDS = MEETING_NOUNS | frozenset(
    {
        *(
            "of",
            "the",
            "on",
            "held",
            "at",
            "am",
            "pm",
            "h",
            "weekly",
            "monthly",
            "du",
            "de",
            "la",
            "le",
            "compte",
            "rendu",
        )
    }
    | {*("del", "el", "da", "do", "em", "dia", "يوم", "في")}
)
MAX_OTHER_WORDS = 3  # beside the date in a title
MIN_DAYS_APART = 3  # days closer together may be of one meeting
MIN_PARTS = 2
MAX_PREAMBLE_LENGTH = 1500


@dataclass(frozen=True, slots=True)
class MeetingPart:
    """Where the notes of one meeting are in the text. `names_people`: they say who came."""

    day: date
    start: int
    end: int
    names_people: bool


def select_meeting_part(extracted_text: ExtractedText, day: date | None) -> ExtractedText:
    """The text of the meeting on this day, where a file has those of several; without a day, of the first.

    The whole text, if none of them is on this day.
    What is left out is still checked for what must not be shared, since the file contains it.
    """
    text = extracted_text.text
    parts = find_meeting_parts(text)
    if not parts:
        return extracted_text
    dated = _list_dated_parts(text)
    chosen = parts[0] if day is None else next((part for part in dated if part.day == day), None)
    if chosen is None:
        return extracted_text
    preamble = text[: next(start for _form, start, _day in _iter_part_titles(text))]
    if len(preamble) > MAX_PREAMBLE_LENGTH:
        preamble = preamble.lstrip().partition("\n")[0][:MAX_PREAMBLE_LENGTH] + "\n\n"
    sentence = _(
        "This file seems to contain the notes of several meetings: %(days)s. Only the notes of %(day)s are below. To"
        " import those of another meeting, import the file again and enter the date of that meeting."
    )
    days = format_list_in_sentence([format_long_date(part.day) for part in dated if part in {*parts, chosen}])
    rest = f"{extracted_text.hidden_text}\n\n{text[: chosen.start]}\n\n{text[chosen.end :]}"
    return replace(
        extracted_text,
        text=f"{preamble}{text[chosen.start : chosen.end].rstrip()}\n",
        pages=(),
        hidden_text=rest.strip(),
        notes=(*extracted_text.notes, sentence % {"days": days, "day": format_long_date(chosen.day)}),
    )


def find_meeting_parts(text: str) -> list[MeetingPart]:
    """The parts that say who came, in the order of the text; nothing where there are fewer than two.

    Each begins with a title that is a date, in the form of the others.
    """
    return [part for part in _list_dated_parts(text) if part.names_people]


def _list_dated_parts(text: str) -> list[MeetingPart]:
    """Those parts, and the ones between them that do not say who came."""
    titles_by_form: dict[str, list[tuple[int, date | None]]] = {}
    for form, start, day in _iter_part_titles(text):
        titles_by_form.setdefault(form, []).append((start, day))
    for titles in titles_by_form.values():
        dated = list(_split_at_titles(text, titles))
        parts = [part for part in dated if part.names_people]
        days = sorted({part.day for part in parts})
        are_apart = all(after - before >= timedelta(days=MIN_DAYS_APART) for before, after in pairwise(days))
        if len(days) >= MIN_PARTS and len(days) == len(parts) and are_apart:
            return dated
    return []


def _iter_part_titles(text: str) -> Iterator[tuple[str, int, date | None]]:
    """The form, the place and the day of each title of a part; without a day for a form to be copied."""
    before_is_empty = True
    for line in re.finditer(r"^.*$", text, re.MULTILINE):
        words = line.group()
        match = TITLE_LINE_PATTERN.match(words)
        if match and (match["mark"] or before_is_empty):
            if (day := _find_day_of_title(match["words"].strip("*_ "))) is not None:
                yield (match["mark"] or "").strip(), line.start(), day
            elif match["mark"] and is_form_title(match["words"], text[line.end() : line.end() + 500].splitlines()):
                yield match["mark"].strip(), line.start(), None
        before_is_empty = not words.strip()


def _find_day_of_title(title: str) -> date | None:
    """The day, if the title is a date and little else."""
    known = find_meeting_day(title)
    if known is None or known[1] != Meeting.Precision.DAY:
        return None
    folded = fold_text(title)
    if (
        MINUTES_APPROVAL_PATTERN.match(title)
        or OTHER_MEETING_PATTERN.search(title)
        or ":" in title.split(maxsplit=1)[0]
    ):
        return None
    if OTHER_DATE_PATTERN.search(" ".join(folded.split()[:4])):
        return None
    plain = WEEKDAY_OR_TIME_PATTERN.sub(" ", fold_text(TIME_ZONE_PATTERN.sub(" ", title)))
    others = [word for word in plain.split() if word not in MEETING_WORDS and not any(map(str.isdigit, word))]
    return known[0] if len(others) <= MAX_OTHER_WORDS + 1 else None  # one is the month


def _split_at_titles(text: str, titles: list[tuple[int, date | None]]) -> Iterator[MeetingPart]:
    """The parts between these titles. A title that repeats the day, as on every page, begins no other part."""
    starts = [title for before, title in pairwise([(0, None), *titles]) if title[1] is None or title[1] != before[1]]
    ends = [*(start for start, _day in starts[1:]), len(text)]
    for (start, day), end in zip(starts, ends, strict=True):
        if day is not None:
            yield MeetingPart(day, start, end, _names_people(text[start:end]))


def _names_people(part_text: str) -> bool:
    """Whether there is a line such as "Present: Ana, Ben", or a title such as "Attendees" with lines below it.

    Right below the title of the part, names need no label.
    """
    lines = [LIST_MARK_PATTERN.sub("", line, count=1) for line in part_text.splitlines() if line.strip()]
    if len(lines) > 1 and is_unlabelled_attendance(lines[1], lines[0], part_text):
        return True
    for line, below in pairwise([*lines, ""]):
        plain = re.sub(r"[*_#]+", "", line).strip().replace(" | ", ": ", 1)
        if is_attendance_label_line(plain) and re.search(r"\w", LABEL_PATTERN.sub("", plain)):
            return True
        if below and not below.startswith("#") and get_heading_role(plain.rstrip(":")) == "attendee":
            return True
    return False


def find_meeting_heads(text: str) -> list[tuple[int, date]]:
    """Where the notes of several meetings seem to begin, with their days; nothing where there are fewer than two.

    It takes less than `find_meeting_parts`, since a person looks at them: titles of minutes with their days, or dated
    titles of which one at least has people below it, or a word such as "meeting", and the others have its form.
    """
    heads = find_minutes_titles(text)
    if len(heads) >= MIN_PARTS:
        return heads
    titles = [title for title in _iter_part_titles(text) if title[2] is not None]
    ends = [*(start for _form, start, _day in titles), len(text)][1:]
    parts = [(*title, text[title[1] : end]) for title, end in zip(titles, ends, strict=True)]
    forms = {form for form, _start, _day, part_text in parts if _is_about_meeting(part_text)}
    days: dict[date, int] = {}
    for form, start, day, part_text in parts:
        if day is not None and form in forms and sum(map(bool, map(str.strip, part_text.splitlines()))) > MIN_PARTS:
            days.setdefault(day, start)
    in_order = sorted(days)
    are_apart = all(after - before >= timedelta(days=MIN_DAYS_APART) for before, after in pairwise(in_order))
    return [(start, day) for day, start in days.items()] if len(days) >= MIN_PARTS and are_apart else []


def _is_about_meeting(part_text: str) -> bool:
    """Whether a part names people, also in the middle of a line, or who chaired, or its title says "meeting"."""
    opening = [" ".join(line.split()) for line in part_text.splitlines() if line.strip()][:MAX_OPENING_LINES]
    if not MEETING_NOUNS.isdisjoint(fold_text(opening[0]).split()):
        return True
    sentences = [sentence for line in opening for sentence in SENTENCE_END_PATTERN.split(line)]
    return (
        _names_people(part_text) or any(map(is_attendance_label_line, sentences)) or bool(find_meeting_chair(sentences))
    )
