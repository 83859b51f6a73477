"""Lines that name people who came: entries of a list, and a label such as "Present:" with names after it."""

import re

from jukwaa.intake.reader.attendance_parts import strip_writer
from jukwaa.intake.reader.claims import Claim
from jukwaa.intake.reader.cue import STRONG
from jukwaa.intake.reader.foreign_attendance import find_foreign_attendance
from jukwaa.intake.reader.lexicon import FINITE_VERB_PATTERN
from jukwaa.intake.reader.names import (
    BARE_LABEL_PATTERN,
    GROUP_LABEL_PATTERN,
    INITIALS_LABEL_PATTERN,
    ROLE_LABEL_PATTERN,
    get_first_name_part,
    is_full_name,
    is_person_entry,
    parse_listed_names,
)
from jukwaa.intake.reader.passage import SentenceUnit
from jukwaa.intake.reader.roles import ABSENT_ROLE, get_heading_role
from jukwaa.intake.reader.subjects import CAPITAL_START_PATTERN
from jukwaa.intake.reader.translation_marker import gettext_noop as _

LIST_REASON = _("the sentence is in a list of participants")
NAME_WITH_NOTE_PATTERN = re.compile(r"\W*[^\W\d_a-z][\w.'’-]+(?: [^\W\d_a-z][\w.'’-]*){1,3} ?\([^)]{1,60}\)")
# "Ana Lopes - joined at 5 pm", "Ana Lopes (left early)": a verb after the name is a remark.
NAME_WITH_REMARK_PATTERN = re.compile(
    r"\W*[^\W\d_a-z][\w.'’-]+(?: [^\W\d_a-z][\w.'’-]*){1,3},? (?:[-–—(] ?)?"
    r"(?:joined|left|arrived|until|from|via|by)\b.{0,60}$"
    r"|\W*[^\W\d_a-z][\w.'’-]+(?: [^\W\d_a-z][\w.'’-]*){1,3} \([^()]{1,30}\) "
    r"(?:joined|followed|attended|participated|took part)\b.{0,60}$"
)
DECIDED_PATTERN = re.compile(r"\W*(?:decided|agreed|resolved|approved|adopted)\b", re.IGNORECASE)
MAX_LABEL_LENGTH = 40


def claim_listed_people(unit: SentenceUnit, heading_role: str) -> list[Claim] | None:
    """The people whom this line names, as a list says; None where it is a sentence like any other."""
    if unit.passage.signed_people:
        return [Claim("attendee", STRONG, LIST_REASON, unit.passage.signed_people)] if unit.first else []
    if not unit.speaker and (people := find_labelled_people(unit.quote)):
        return claim_attendee_names(people)
    if heading_role in {"attendee", ABSENT_ROLE} and _is_people_list_entry(unit):
        return _claim_attendees(unit) if heading_role == "attendee" else []
    return None


def _is_people_list_entry(unit: SentenceUnit) -> bool:
    """Whether this is a line of a list of people rather than a sentence."""
    if unit.passage.doubtful and not (is_person_entry(unit.quote) or is_full_name(unit.quote)):
        return False
    if DECIDED_PATTERN.match(unit.quote):
        return False
    if unit.passage.block.kind == "bullet" and NAME_WITH_NOTE_PATTERN.match(unit.quote):
        return True
    words = ROLE_LABEL_PATTERN.sub("", unit.body)
    if NAME_WITH_REMARK_PATTERN.match(words):
        return True
    first = re.split(r"[,;:–—]", get_first_name_part(words), maxsplit=1)[0].split()
    marked = unit.quote.split(":")[0].strip(" *-•").lower() in {
        "action",
        "decision",
        "resolved",
        "resolution",
        "ai",
        "todo",
        "agreed",
    }
    labelled = len(words.partition(":")[2].split()) > 6 and not GROUP_LABEL_PATTERN.match(words)
    initials = INITIALS_LABEL_PATTERN.match(unit.quote) is not None
    if initials:
        words = unit.quote[:200]
    elif unit.speaker or unit.quote.startswith("<") or labelled:
        return False
    return (
        not marked
        and not FINITE_VERB_PATTERN.search(words)
        and (len(first) <= 5 or bool(re.search(r"\b(?:of|for)\b", words)))
        and not words.endswith("?")
    )


def _claim_attendees(unit: SentenceUnit) -> list[Claim]:
    alone = unit.passage.block.kind != "para" or not re.match(r"^\W*\w[\w ]{2,30}:", unit.body)
    return claim_attendee_names(unit.quote, has_own_line=alone)


def find_labelled_people(phrase: str) -> str:
    """The list of names after a label such as "People present:"; else nothing."""
    if BARE_LABEL_PATTERN.match(phrase) and not FINITE_VERB_PATTERN.search(phrase):
        return phrase
    if attended := find_foreign_attendance(phrase):
        return attended
    label, colon, names = phrase.partition(":")
    if not colon or len(label) > MAX_LABEL_LENGTH or get_heading_role(label) != "attendee":
        return ""
    listed = strip_writer(names.strip(" *_"))
    is_list = CAPITAL_START_PATTERN.match(listed) and not FINITE_VERB_PATTERN.search(listed)
    return listed if is_list and parse_listed_names(listed, has_own_line=False) else ""


def claim_attendee_names(phrase: str, *, has_own_line: bool = False) -> list[Claim]:
    listed = parse_listed_names(phrase, has_own_line=has_own_line)
    names = tuple(name for name in listed if get_heading_role(name) not in {"attendee", ABSENT_ROLE})
    return [Claim("attendee", STRONG, LIST_REASON, names)] if names else []
