"""Lines that name people who came: entries of a list, and a label such as "Present:" with names after it."""

import re

from jukwaa.intake.reader.attendance_parts import (
    is_named_people_label,
    is_office_beside_chair,
    is_way_of_attending,
    remove_note_taker_from_list,
    split_attendance_parts,
)
from jukwaa.intake.reader.claims import Claim
from jukwaa.intake.reader.cue import STRONG
from jukwaa.intake.reader.lexicon import FINITE_VERB_PATTERN
from jukwaa.intake.reader.line_labels import add_colon_to_capital_label
from jukwaa.intake.reader.names import (
    BARE_LABEL_PATTERN,
    GROUP_LABEL_PATTERN,
    INITIALS_LABEL_PATTERN,
    ROLE_LABEL_PATTERN,
    get_text_before_name_separator,
    is_full_name,
    is_name_and_organisation_line,
    parse_listed_names,
)
from jukwaa.intake.reader.passage import SentenceUnit
from jukwaa.intake.reader.roles import ABSENT_ROLE, get_heading_role
from jukwaa.intake.reader.subjects import CAPITAL_START_PATTERN
from jukwaa.intake.reader.told_attendance import (
    build_later_attendance_claims,
    build_told_attendance_claims,
    find_non_english_attendee_text,
)
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
# "Those present were Ana Lopes, Ben Okoro and Dina Haddad."
PRESENT_WERE_PATTERN = re.compile(
    r"\W*(?:(?:those|members|people|persons|directors|councillors|participants|also) ){0,3}(?:who were )?"
    r"(?:present|in attendance|attending)(?: (?:at|on) the \w+)? (?:were|was|included)\s?:?\s"
    r"(?P<names>(?-i:[^\W\d_a-z])[^.:;]{3,}(?:,| and ) ?[^.:;]{3,})\W*$",
    re.IGNORECASE,
)
# A full name, with a bracket, at the end, or before another name.
LIST_OF_FULL_NAMES_PATTERN = re.compile(
    r"\W*[^\W\d_a-z][\w.'’-]*(?: (?:(?:de|da|del|la|al|el|bin|van|von|der) ){0,2}[^\W\d_a-z][\w.'’-]*){1,4}"
    r"(?:\s?\([^()]{1,60}\))?(?:\s?[;,.]|\s(?:and|et|y|e|und|dan|na)\s|\s*$)|\W*[\u0600-\u06ff]{2,}"
)
BRACKETED_PATTERN = re.compile(r"\([^()]*\)")  # "(joined 13:25)" beside a name
OCCUPATION_PATTERN = re.compile(r",\s+(?-i:[a-zà-ÿ])[^,;()]*(?=[;()]|$)")  # "C. Bevan, auditor (Bevan & Moss)"
BRACKETED_LIST_PATTERN = re.compile(r"\s*\[[^\[\]]*\]\s*")  # as front matter lists names
BRACKET_OR_QUOTE_PATTERN = re.compile(r"[\[\]]|(?<!\w)[\"']|[\"'](?!\w)")
MAX_LABEL_LENGTH = 60


def build_listed_people_claims(unit: SentenceUnit, heading_role: str) -> list[Claim] | None:
    """The people whom this line names, as a list says; None where it is a sentence like any other."""
    if unit.passage.signed_people:
        return [Claim("attendee", STRONG, LIST_REASON, unit.passage.signed_people)] if unit.first else []
    if told := build_told_attendance_claims(unit.quote, unit.people) or _build_claims_after_list(unit):
        return told
    if not unit.speaker and (people := find_labelled_people_text(unit.quote)):
        return build_attendee_name_claims(people)
    if not unit.first and is_office_beside_chair(unit.quote, unit.passage.text):
        names = unit.quote.partition(":")[2]
        return build_attendee_name_claims(names) if LIST_OF_FULL_NAMES_PATTERN.match(names) else None
    if heading_role in {"attendee", ABSENT_ROLE} and _is_people_list_entry(unit):
        return _build_attendee_claims(unit) if heading_role == "attendee" else []
    return None


def _build_claims_after_list(unit: SentenceUnit) -> list[Claim]:
    """Those whom a later sentence of a paragraph names that begins with a list of those present."""
    claims = [] if unit.first else build_later_attendance_claims(unit.quote)
    if not claims:
        return []
    beginning = unit.passage.text[slice(*unit.passage.spans[0])]
    is_list = find_labelled_people_text(beginning) or build_told_attendance_claims(beginning, unit.people)
    return claims if is_list else []


def _is_people_list_entry(unit: SentenceUnit) -> bool:
    """Whether this is a line of a list of people rather than a sentence."""
    if unit.passage.doubtful and not (is_name_and_organisation_line(unit.quote) or is_full_name(unit.quote)):
        return False
    if DECIDED_PATTERN.match(unit.quote):
        return False
    if unit.passage.block.kind == "bullet" and NAME_WITH_NOTE_PATTERN.match(unit.quote):
        return True
    words = ROLE_LABEL_PATTERN.sub("", unit.body)
    if NAME_WITH_REMARK_PATTERN.match(words):
        return True
    first = re.split(r"[,;:–—]", get_text_before_name_separator(words), maxsplit=1)[0].split()
    marked = unit.quote.split(":")[0].strip(" *-•").lower() in {
        "action",
        "decision",
        "resolved",
        "resolution",
        "ai",
        "todo",
        "agreed",
    }
    label, _colon, listed = words.partition(":")
    is_way = is_way_of_attending(label) or bool(split_attendance_parts(words))
    labelled = len(listed.split()) > 6 and not GROUP_LABEL_PATTERN.match(words) and not is_way
    initials = INITIALS_LABEL_PATTERN.match(unit.quote) is not None
    if initials:
        words = unit.quote[:200]
    elif unit.speaker or unit.quote.startswith("<") or labelled:
        return False
    return (
        not marked
        and not FINITE_VERB_PATTERN.search(BRACKETED_PATTERN.sub("", words))
        and (len(first) <= 5 or bool(re.search(r"\b(?:of|for)\b", words)))
        and not words.endswith("?")
    )


def _build_attendee_claims(unit: SentenceUnit) -> list[Claim]:
    alone = unit.passage.block.kind != "para" or not re.match(r"^\W*\w[\w ]{2,30}:", unit.body)
    return build_attendee_name_claims(unit.quote, has_own_line=alone)


def find_labelled_people_text(phrase: str) -> str:
    """The list of names after a label such as "People present:"; else nothing."""
    phrase = add_colon_to_capital_label(phrase)
    if BARE_LABEL_PATTERN.match(phrase) and not FINITE_VERB_PATTERN.search(phrase):
        return phrase
    if attended := find_non_english_attendee_text(phrase):
        return attended
    if (told := PRESENT_WERE_PATTERN.match(phrase)) and not FINITE_VERB_PATTERN.search(told["names"]):
        return told["names"]
    label, colon, names = phrase.partition(":")
    is_people = get_heading_role(label) == "attendee"
    is_other_people = is_way_of_attending(label) or is_named_people_label(label)
    if not colon or len(label) > MAX_LABEL_LENGTH or not (is_people or is_other_people):
        return ""
    if not is_people and not LIST_OF_FULL_NAMES_PATTERN.match(names):
        return ""  # "Online: https://...", "Online: Monday, 3 May"
    names = OCCUPATION_PATTERN.sub("", names) if not is_people else names
    if BRACKETED_LIST_PATTERN.fullmatch(names):
        names = BRACKET_OR_QUOTE_PATTERN.sub("", names)
    listed = remove_note_taker_from_list(names.strip(" *_"))
    is_list = CAPITAL_START_PATTERN.match(listed) and not FINITE_VERB_PATTERN.search(BRACKETED_PATTERN.sub("", listed))
    return listed if is_list and parse_listed_names(listed, has_own_line=False) else ""


def build_attendee_name_claims(phrase: str, *, has_own_line: bool = False) -> list[Claim]:
    listed = parse_listed_names(phrase, has_own_line=has_own_line)
    names = tuple(name for name in listed if get_heading_role(name) not in {"attendee", ABSENT_ROLE})
    return [Claim("attendee", STRONG, LIST_REASON, names)] if names else []
