"""Which meeting a report is about, by the day in the name of its file or at the beginning of its text."""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta

from babel.dates import get_day_names, get_month_names
from django.db.models import Q

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition
from jukwaa.intake.date_notations import SpelledOutDateConverter
from jukwaa.intake.day_ranges import DayRangeFinder
from jukwaa.intake.entry_plan import is_meeting_too_open_for_label
from jukwaa.intake.models import Reading
from jukwaa.intake.reader.email_lines import PRINTED_HEADER_PATTERN
from jukwaa.intake.reader.email_threads import (
    MAIL_HEADER_PATTERN,
    QUOTED_EMAIL_PATTERN,
    SENDER_HEADER_PATTERN,
    SUBJECT_HEADER_PATTERN,
)
from jukwaa.meetings.models import Meeting
from jukwaa.places.text_folding import fold_text
from jukwaa.records.models import State

MONTH_LANGUAGES = ("en", "fr", "es", "pt", "ar")
LANGUAGES_OF_FULL_NAMES = ("sw", "id", "ar_SY", "de", "nl", "it")  # "des", short for Desemba, is a word of French
MAX_SEARCHED_CHARACTERS = 1500  # characters of a text in which the day of the meeting is looked for
FIRST_YEAR, LAST_YEAR = 1990, 2100
MAX_EMAIL_CHARACTERS = 6000  # of emails with what they answer
MAX_DAYS_BEFORE_EMAIL = 60  # an email that names a weekday and no year speaks of a day shortly before it was sent
DECEMBER = 12
# Of Tunisia and Algeria, then of Morocco.
MAGHREB_MONTHS = {"جانفي": 1, "فيفري": 2, "أفريل": 4, "ماي": 5, "جوان": 6, "جويلية": 7, "أوت": 8}
MAGHREB_MONTHS |= {"يوليوز": 7, "غشت": 8, "شتنبر": 9, "نونبر": 11, "دجنبر": 12}
SHORT_MONTHS = {"okt": 10, "agu": 8}  # of the languages above


def _load_month_names() -> dict[str, int]:
    """Names and abbreviations of months, without case and accents, to their numbers."""
    found: dict[str, int] = {}
    for language in MONTH_LANGUAGES:
        for width in ("wide", "abbreviated"):
            for number, name in get_month_names(width, locale=language).items():
                found.setdefault(fold_text(name), number)
    for language in LANGUAGES_OF_FULL_NAMES:
        for number, name in get_month_names("wide", locale=language).items():
            found.setdefault(fold_text(name), number)
    return found | SHORT_MONTHS | {fold_text(name): number for name, number in MAGHREB_MONTHS.items()}


def _load_weekday_names() -> dict[str, int]:
    """Names and abbreviations of weekdays, without case and accents, to their numbers: Monday is 0."""
    found: dict[str, int] = {}
    for language in MONTH_LANGUAGES:
        for width in ("wide", "abbreviated"):
            for number, name in get_day_names(width, locale=language).items():
                found.setdefault(fold_text(name), number)
    for language in LANGUAGES_OF_FULL_NAMES:
        for number, name in get_day_names("wide", locale=language).items():
            found.setdefault(fold_text(name), number)
    return found


MONTH_NUMBERS = _load_month_names()
WEEKDAY_NUMBERS = _load_weekday_names() | {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
DAYS_IN_WORDS = SpelledOutDateConverter(MONTH_NUMBERS)
DAY_RANGES = DayRangeFinder(MONTH_NUMBERS, WEEKDAY_NUMBERS)
_WEEKDAY_NAMES_PATTERN = "|".join(sorted(map(re.escape, WEEKDAY_NUMBERS), key=len, reverse=True))
MONTH_NAMES_PATTERN = "|".join(sorted(map(re.escape, MONTH_NUMBERS), key=len, reverse=True))
_YEAR_PATTERN = r"(?P<year>(?:19|20)\d\d)"
_DAY_PATTERN = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er| ?o(?= de ))?"
_WEEKDAY_AND_DAY_PATTERN = (
    rf"(?P<weekday>{_WEEKDAY_NAMES_PATTERN}) (?:the )?{_DAY_PATTERN} (?:of |de )?(?P<name>{MONTH_NAMES_PATTERN})"
)
# In text without case, accents and punctuation.
MEETING_DAY_PATTERNS = [
    re.compile(pattern)
    for pattern in (
        rf"\b{_YEAR_PATTERN} (?P<month>\d\d) (?P<day>\d\d)\b",
        r"\b(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)\b",
        rf"\b(?P<day>\d{{1,2}}) (?P<month>\d{{1,2}}) {_YEAR_PATTERN}\b",
        rf"\b{_DAY_PATTERN} (?:of |de )?(?P<name>{MONTH_NAMES_PATTERN}) (?:de )?{_YEAR_PATTERN}\b",
        rf"\b(?P<name>{MONTH_NAMES_PATTERN}) {_DAY_PATTERN} {_YEAR_PATTERN}\b",
        rf"\b(?P<day>\d{{1,2}})(?P<name>{MONTH_NAMES_PATTERN}){_YEAR_PATTERN}\b",
        # "Wed 11 March 26": a year of two digits, if that day was a Wednesday. Not the hour: "Tue 3 Nov 14 30".
        rf"\b{_WEEKDAY_AND_DAY_PATTERN} (?P<short_year>\d\d)\b(?! (?:\d\d|h|am|pm|a m|p m|uhr)\b)",
        rf"\b(?P<name>{MONTH_NAMES_PATTERN}) (?:de )?{_YEAR_PATTERN}\b",
        rf"\b{_YEAR_PATTERN} (?P<month>\d\d)\b",
    )
]

# In text without case, accents and punctuation: "jeudi", "9 h 30", "14 30", "2 pm".
WEEKDAY_OR_TIME_PATTERN = re.compile(
    rf"\b(?:{_WEEKDAY_NAMES_PATTERN}|\d{{1,2}} ?(?:h|am|pm|uhr)(?: ?\d\d)?"
    r"|\d{1,2} \d\d (?:h|am|pm|utc|gmt|cet|cest|uhr))\b"
)
DATED_WEEKDAY_PATTERN = re.compile(
    rf"\b(?P<weekday>{_WEEKDAY_NAMES_PATTERN})(?: feira)? (?:the |le |el )?"
    rf"(?:(?P<name>{MONTH_NAMES_PATTERN}) {_DAY_PATTERN}|(?P<day2>\d{{1,2}})(?:st|nd|rd|th|er|o)? (?:of |de )?"
    rf"(?P<name2>{MONTH_NAMES_PATTERN}))(?: (?:de )?{_YEAR_PATTERN})?\b"
)
DAY_WITHOUT_YEAR_PATTERN = re.compile(rf"\b{_WEEKDAY_AND_DAY_PATTERN}\b")
# "notes call 19 Nov": without a weekday, only where the line is about a meeting.
NAMED_DAY_PATTERN = re.compile(
    rf"\b(?:call|meeting|notes|minutes|session|reunion|sesion|acta|seance|reuniao|ata)"
    rf" (?:of |on |from |the |del? |du )*"
    rf"(?:(?P<weekday>{_WEEKDAY_NAMES_PATTERN}) )?{_DAY_PATTERN} (?:of |de )?(?P<name>{MONTH_NAMES_PATTERN})\b"
)
# "minutes 12feb25": names of files have no room for spaces.
SHORT_FILE_DAY_PATTERN = re.compile(rf"\b(?P<day>\d{{1,2}}) ?(?P<name>{MONTH_NAMES_PATTERN}) ?(?P<short_year>\d\d)\b")
# What a browser writes at the edge of each printed page: an address, the day of printing, the title.
PRINTED_EDGE_PATTERN = re.compile(r"https?://\S+ \d{1,3}/\d{1,3} \d{1,2}/\d{1,2}/\d{2,4},? \d{1,2}:\d\d(?: [AP]M)?")


def remove_email_headers(text: str) -> tuple[str, date | None]:
    """Return the text without the headers of emails, except their subjects, and the day on which the last was sent.

    When an email was sent or forwarded says nothing about when the meeting was.
    """
    rest, days = split_email_headers(text)
    return rest, min(days, default=None)


def split_email_headers(text: str) -> tuple[str, list[date]]:
    """Return the text without the headers of emails, except their subjects, and the days on which they were sent."""
    days: list[date] = []

    def replace_header(header_match: re.Match[str]) -> str:
        if not SENDER_HEADER_PATTERN.search(header_match[0]):
            return header_match[0]
        known = find_meeting_day(header_match[0])
        if known is not None and known[1] == Meeting.Precision.DAY:
            days.append(known[0])
        return "\n".join(subject.strip() for subject in SUBJECT_HEADER_PATTERN.findall(header_match[0])) + "\n"

    def replace_quoted_email(line_match: re.Match[str]) -> str:
        known = find_meeting_day(line_match[0])
        if known is None or known[1] != Meeting.Precision.DAY:
            return line_match[0]
        days.append(known[0])
        return ""

    head = PRINTED_EDGE_PATTERN.sub("", text[:MAX_EMAIL_CHARACTERS])
    head = MAIL_HEADER_PATTERN.sub(replace_header, head)
    for pattern in (QUOTED_EMAIL_PATTERN, PRINTED_HEADER_PATTERN):
        head = pattern.sub(replace_quoted_email, head)
    return head + text[MAX_EMAIL_CHARACTERS:], days


def find_day_before_email(text: str, sent_on: date, file_name: str = "") -> date | None:
    """Return the day that a text names by day and month without a year, if it was shortly before the email.

    Either a weekday stands there too, and fits, or the words before it say that there was a meeting.
    """
    shown = f"{file_name.rpartition('.')[0]} \n {text[:MAX_EMAIL_CHARACTERS]}".replace("_", " ")
    phrase = fold_text(DAY_RANGES.keep_first_days(shown))
    for match in (*DAY_WITHOUT_YEAR_PATTERN.finditer(phrase), *NAMED_DAY_PATTERN.finditer(phrase)):
        weekday = match["weekday"]
        for year in (sent_on.year, sent_on.year - 1):
            with suppress(ValueError):
                day = date(year, MONTH_NUMBERS[match["name"]], int(match["day"]))
                is_near = timedelta(0) <= sent_on - day <= timedelta(days=MAX_DAYS_BEFORE_EMAIL)
                if is_near and (weekday is None or day.weekday() == WEEKDAY_NUMBERS[weekday]):
                    return day
    return None


def find_other_weekday(text: str, day: date) -> int | None:
    """The weekday that the first lines give beside this day, where it is another one: Monday is 0."""
    found: list[int] = []
    for match in DATED_WEEKDAY_PATTERN.finditer(fold_text(text[:MAX_SEARCHED_CHARACTERS])):
        named = int(match["day"] or match["day2"]), MONTH_NUMBERS[match["name"] or match["name2"]]
        if named == (day.day, day.month) and match["year"] in {None, str(day.year)}:
            found.append(WEEKDAY_NUMBERS[match["weekday"]])
    return None if day.weekday() in found else next(iter(found), None)


def find_file_name_day(name: str) -> tuple[date, str] | None:
    """The same as `find_meeting_day`, for the name of a file: "minutes 12feb25" has a day too."""
    known = find_meeting_day(name)
    if known is not None and known[1] == Meeting.Precision.DAY:
        return known
    match = SHORT_FILE_DAY_PATTERN.search(fold_text(name.replace("_", " ")))
    return (_parse_date_match(match) if match else None) or known


def names_weekday_or_time(sentence: str) -> bool:
    return WEEKDAY_OR_TIME_PATTERN.search(fold_text(sentence)) is not None


def begins_with_weekday(sentence: str) -> bool:
    """Whether a line begins with a day and its weekday: "Thursday 20 August 2026, 2 pm to 4 pm, at the library"."""
    return DATED_WEEKDAY_PATTERN.match(fold_text(sentence)) is not None


def find_meeting_day(text: str) -> tuple[date, str] | None:
    """Return the first day that the text gives, or else the first month, and how exactly it is known.

    Where a month and a day are numbers, the day is taken to stand before the month.
    """
    dates = find_days_with_context(text)
    return dates[0][0] if dates else None


def find_days_with_context(text: str) -> list[tuple[tuple[date, str], str]]:
    """The days of a text in its order, then the months, each with how exactly it is known and the words before it."""
    plain = DAY_RANGES.keep_first_days(text[:MAX_SEARCHED_CHARACTERS].replace("_", " "))
    words = DAYS_IN_WORDS.write_in_figures(fold_text(plain))
    found = [
        (match.start(), _parse_date_match(match))
        for pattern in MEETING_DAY_PATTERNS
        for match in pattern.finditer(words)
    ]
    dates = [(known, start) for start, known in found if known is not None]
    dates.sort(key=lambda row: (row[0][1] != Meeting.Precision.DAY, row[1]))
    return [(known, words[:start]) for known, start in dates]


def _parse_date_match(date_match: re.Match[str]) -> tuple[date, str] | None:
    parts = date_match.groupdict()
    month = MONTH_NUMBERS[parts["name"]] if parts.get("name") else int(parts["month"])
    year = int(parts["year"]) if parts.get("year") else 2000 + int(parts["short_year"])
    try:
        day = date(year, month, int(parts.get("day") or 1))
    except ValueError:
        return None
    if parts.get("weekday") and parts.get("short_year") and day.weekday() != WEEKDAY_NUMBERS[parts["weekday"]]:
        return None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        return None
    return day, Meeting.Precision.DAY if parts.get("day") else Meeting.Precision.MONTH


def find_exact_meeting_day(phrase: str) -> date | None:
    """The one day that these words give in full; None where a year is missing, or day and month could be swapped."""
    known = find_meeting_day(phrase)
    if known is None or known[1] != Meeting.Precision.DAY:
        return None
    numbers = re.search(r"\b(\d{1,2})[./-](\d{1,2})[./-](?:19|20)\d\d", phrase)
    unclear = numbers is not None and int(numbers[1]) <= DECEMBER and numbers[1] != numbers[2]
    return None if unclear else known[0]


def suggest_meeting_on_day(
    viewer: Person, coalition: Coalition, meeting_day: date, date_precision: str, tlp_label: str
) -> Meeting | None:
    """Return the one meeting of this day, or of this month; None where there are none or several.

    A meeting whose readers may not have the report's words is left out: see `entry_plan.is_meeting_too_open_for_label`.
    """
    candidates = list(_find_candidate_meetings(viewer, coalition, meeting_day, date_precision, tlp_label))
    return candidates[0] if len(candidates) == 1 else None


def _find_candidate_meetings(
    viewer: Person, coalition: Coalition, meeting_day: date, date_precision: str, tlp_label: str
) -> Iterator[Meeting]:
    meetings = Meeting.objects.visible_to(viewer).filter(coalition=coalition).exclude(state=State.WITHDRAWN)
    is_of_month = Q(starts_on__year=meeting_day.year, starts_on__month=meeting_day.month)
    near = meetings.filter(is_of_month | Q(starts_on__lte=meeting_day, ends_on__gte=meeting_day))
    for meeting in near.exclude(precision=Meeting.Precision.YEAR):
        both_exact = {meeting.precision, date_precision} == {Meeting.Precision.DAY}
        if (not both_exact or meeting.takes_place_on(meeting_day)) and not is_meeting_too_open_for_label(
            meeting, tlp_label
        ):
            yield meeting


def link_reading_to_suggested_meeting(reading: Reading, meeting_day_and_precision: tuple[date, str] | None) -> None:
    """Tie a report that waits to be read to the meeting of the day that its text gives, if nobody said which it is."""
    if meeting_day_and_precision is None or reading.meeting_id is not None or reading.meeting_on is not None:
        return
    day, precision = meeting_day_and_precision
    meeting = suggest_meeting_on_day(reading.started_by, reading.coalition, day, precision, reading.label)
    undecided = Reading.objects.filter(pk=reading.pk, meeting=None, meeting_on=None)
    changes = {"meeting_on": day, "meeting_precision": precision}
    undecided.update(**changes, **({"meeting": meeting, "meeting_title": ""} if meeting else {}))
