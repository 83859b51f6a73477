"""Names at the ends of tasks, and lines of rough notes: "send the list (Action Ana)", "next: Wed 14 Oct"."""

import re

from jukwaa.core.due_phrases import DATE_PATTERN, TIME_SPAN_PATTERN, WEEKDAY_PATTERN
from jukwaa.intake.reader.lexicon import COLLECTIVE_NOUNS, OFFICER_NOUNS, TASK_VERBS
from jukwaa.intake.reader.markers import LABEL_START_PATTERN, NAMES_PATTERN, is_owner_name, split_owner_names
from jukwaa.intake.reader.sentences import ABBREVIATION_PATTERN
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
# "ACTION 9/1: Compile a list. Ms Lopes and Mr Okoro, by 31 January"
PERSONAL_TITLE = r"(?:(?:Drs?|Dra|Mrs?|Ms|Mx|Prof|Cllr|Sra?|Srta|Mmes?|Mlle|Rev|Hon)\b\.? )"
CLOSING_SENTENCE_PATTERN = re.compile(
    rf"(?<=\w\w[.!])\s+(?P<who>(?:[Tt]he )?{PERSONAL_TITLE}?{NAMES_PATTERN}(?: and the [A-Z][a-z]+)?)"
    r"(?P<due>,? \(?(?i:(?:by|before|for|until|due|no later than|in) (?:the )?"
    rf"(?:{TIME_SPAN_PATTERN}|{DATE_PATTERN}))\)?)?\W*$"
)
PERSONAL_TITLE_PATTERN = re.compile(PERSONAL_TITLE)
NEXT_ACTION_PATTERN = re.compile(r"\b(?:ACTION|Action|AP)\b")
MAX_CLOSING_SENTENCE = 160  # letters
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


def find_owners_in_closing_sentence(marked_sentence: str, paragraph: str, people: frozenset[str]) -> tuple[str, ...]:
    """Who a last sentence names that says no more than who acts, and by when."""
    text = paragraph[max(paragraph.find(marked_sentence), 0) :]
    label = LABEL_START_PATTERN.match(text)
    if label is None or NEXT_ACTION_PATTERN.search(text, label.end()):
        return ()
    beginning = max(label.end(), len(text) - MAX_CLOSING_SENTENCE)
    for closing in CLOSING_SENTENCE_PATTERN.finditer(text, beginning):
        if not ABBREVIATION_PATTERN.search(text[: closing.start()][-10:]):
            names = split_owner_names(closing["who"])
            return names if all(_is_named_person(name, people, is_dated=bool(closing["due"])) for name in names) else ()
    return ()


def _is_named_person(name: str, people: frozenset[str], *, is_dated: bool) -> bool:
    """Whether this is an officer, a body, a person with a title or who was there, or a full name beside a deadline."""
    is_known = name.lower() in people | OFFICER_NOUNS | COLLECTIVE_NOUNS or bool(PERSONAL_TITLE_PATTERN.match(name))
    return is_owner_name(name) and (is_known or (is_dated and " " in name))


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
