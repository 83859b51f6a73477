"""Deadlines in a heading or a lead-in, which hold for the tasks below: "Actions by 3 June", "Before the AGM:"."""

import re
from functools import lru_cache

from jukwaa.core.due_phrases import DUE_LIMIT_REGEX, FOREIGN_DUE_PHRASE
from jukwaa.intake.reader.deadlines import FOREIGN_SPAN_PATTERN, is_deadline_only
from jukwaa.intake.reader.roles import get_heading_role

MAX_TITLE_LENGTH = 80
MAX_WORDS_BEFORE = 5
# "Actions from the call before 3 June" are of another day.
LOOKING_BACK_PATTERN = re.compile(
    r"\b(?:from|of|since|previous|last|review\w*|arising|outstanding|old|set|agreed|taken|held|done"
    r"|depuis|anciennes?|anteriores?|desde|previas)\b",
    re.IGNORECASE,
)
NEXT_TIME_PATTERN = re.compile(
    r"\b(?:for|until|by|before) (?:the |our )?next (?:week|month|meeting|call|session|sprint)\b", re.IGNORECASE
)
BARE_SPAN_PATTERN = re.compile(
    r"(?:w/?c|week (?:of|commencing|beginning)|within|q[1-4]|asap|(?:this|next) (?:week|month|quarter))\b",
    re.IGNORECASE,
)
TO_BE_DONE_PATTERN = re.compile(
    r"\W*(?:to be (?:done|completed|finished)|to do|to complete|complete|finish|(?:à|a) (?:faire|hacer|fazer))\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=1024)
def find_section_deadline(title: str) -> str:
    """By when, as the title of a list of tasks says at its end; else nothing."""
    words = title.strip(" *_#:.")
    if not words or len(words) > MAX_TITLE_LENGTH or "?" in words:
        return ""
    for pattern in (NEXT_TIME_PATTERN, DUE_LIMIT_REGEX, FOREIGN_DUE_PHRASE, FOREIGN_SPAN_PATTERN):
        match = pattern.search(words)
        if match is None or words[match.end() :].strip(" )].*_"):
            continue
        return match.group().strip(" .,") if _is_about_tasks_below(words[: match.start()].rstrip(" *_")) else ""
    return words if BARE_SPAN_PATTERN.match(words) and is_deadline_only(words) else ""


def _is_about_tasks_below(words_before: str) -> bool:
    """Whether what stands before the deadline names a list of tasks, or a part of one: "Hosts (by 3 June)"."""
    before = words_before.strip(" ([,;:–—-*_")
    if not before or TO_BE_DONE_PATTERN.fullmatch(before):
        return True
    if len(before.split()) > MAX_WORDS_BEFORE or LOOKING_BACK_PATTERN.search(before):
        return False
    return words_before[-1:] in "([–—-:" or get_heading_role(before) == "commitment"
