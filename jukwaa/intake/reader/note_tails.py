"""Names at the ends of tasks, and lines of rough notes: "send the list (Action Ana)", "next: Wed 14 Oct"."""

import re

from jukwaa.core.due_phrases import DATE_PATTERN, TIME_SPAN_PATTERN, WEEKDAY_PATTERN
from jukwaa.intake.reader.lexicon import TASK_VERBS
from jukwaa.intake.reader.markers import LABEL_START_PATTERN, NAMES_PATTERN, is_owner_name, split_owner_names
from jukwaa.intake.reader.tasks import parse_known_names

_DAY = rf"(?:(?:{WEEKDAY_PATTERN}|mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)\.?,? )?(?:the )?"
_DATE = rf"{_DAY}(?:\d{{1,2}}[/.]\d{{1,2}}(?:[/.]\d{{2,4}})?\.?|{DATE_PATTERN})"
# "Collect the codes - Ana, Ben - two are in"
NAMES_BETWEEN_STROKES_PATTERN = re.compile(
    rf"\s(?P<stroke>[-–—|])\s(?P<who>{NAMES_PATTERN})"
    r"(?P<helps> (?:will|to) (?:help|support|assist))?(?:\s\([^()]{1,80}\))?\s(?P=stroke)\s(?=\S)"
)
# "[Action: All board members] Review the plan"
BRACKETED_MARK_PATTERN = re.compile(
    r"^[^\w\[]*\[(?:action|ai|to-?do|task)(?: items?)?\s?[:–-]\s?(?P<who>[^\[\]\d]{2,60})\]", re.IGNORECASE
)
# "Make new boxes. (Action Ana)"
CLOSING_MARK_PATTERN = re.compile(
    rf"[(\[](?:Action|ACTION|Acción|Ação|Actie|Tarea|Tarefa)s?(?: ?:| by| par| on)? (?P<who>{NAMES_PATTERN})[.)\]]+\W*$"
)
MAX_CLOSING_MARK = 120  # letters
# "Book the hall: Ana, by 3 June"
COLON_END_PATTERN = re.compile(
    rf"[^:\d]:\s(?P<who>{NAMES_PATTERN})"
    rf"(?:,? \(?(?i:(?:by|before|due|until) )?(?i:{TIME_SPAN_PATTERN}|{DATE_PATTERN})\)?)?\W*$"
)
NEXT_LINE_PATTERN = re.compile(
    rf"\W*next(?: (?:one|time|call|meeting))?\W{{0,4}}:\W{{0,4}}(?={_DATE})(?:{_DATE})(?:[\s,;@–—-]|$)", re.IGNORECASE
)
# "Papers a week before, please", without a day
COUNTED_BACK_PATTERN = re.compile(r"\D*\b(?:day|week|month)s? (?:before|in advance|ahead|prior)\b\D*$", re.IGNORECASE)
# "A.B. Lopes, 16 February 2026", "Elm Trust | +44 20 5550 0142": who signed
SIGNED_PATTERN = re.compile(
    rf"\W*(?:[A-Z]\.\s?){{1,3}}[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?\s?[,/–-]\s?(?i:{_DATE})\W*$|.*\|\s*\+?[\d() ]{{8,}}\W*$"
)
OPENING_DAY_PATTERN = re.compile(rf"\W*{_DATE}(?!\w)", re.IGNORECASE)


def find_owners_between_strokes(phrase: str, people: frozenset[str]) -> tuple[str, ...]:
    """The people present, or mentioned with a sign, who stand between a task and a note on it."""
    found = (
        split_owner_names(match["who"])
        if match["who"][0] == "@" or match["helps"]
        else parse_known_names(match["who"], people)
        for match in NAMES_BETWEEN_STROKES_PATTERN.finditer(phrase)
    )
    return next(filter(None, found), ())


def find_owners_in_closing_mark(phrase: str) -> tuple[str, ...]:
    """Who is named behind the task, in brackets that say that it is one."""
    match = CLOSING_MARK_PATTERN.search(phrase[-MAX_CLOSING_MARK:])
    return tuple(filter(is_owner_name, split_owner_names(match["who"]))) if match else ()


def find_owners_behind_colon(phrase: str) -> tuple[str, ...]:
    """Who is named at the end of a task, behind a colon."""
    first = re.match(r"\W*(\w+)", phrase)
    match = COLON_END_PATTERN.search(phrase) if first and first[1].lower() in TASK_VERBS else None
    return tuple(filter(is_owner_name, split_owner_names(match["who"]))) if match else ()


def find_owners_in_bracketed_mark(phrase: str) -> tuple[str, ...]:
    """Who is named in the brackets of a mark before or behind the task."""
    if bracketed := BRACKETED_MARK_PATTERN.match(phrase):
        return tuple(filter(is_owner_name, split_owner_names(bracketed["who"].strip())))
    return () if LABEL_START_PATTERN.match(phrase) else find_owners_in_closing_mark(phrase)


def is_next_meeting_line(phrase: str) -> bool:
    """Whether a line says "next" and a day, and so when the next meeting is; "next: send the list" does not."""
    return NEXT_LINE_PATTERN.match(phrase) is not None


def begins_with_day(phrase: str) -> bool:
    return OPENING_DAY_PATTERN.match(phrase) is not None


def names_day_of_meeting(phrase: str) -> bool:
    """Whether a sentence about the next meeting may say when that is, and not how long before it something is due."""
    return COUNTED_BACK_PATTERN.match(phrase) is None and SIGNED_PATTERN.match(phrase) is None
