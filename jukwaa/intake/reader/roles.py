"""What a heading or a lead-in promises about the sentences below it: a table in `data/roles.toml`."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

# Not kinds of suggestions, but promises too: whoever is named here was away; what stands here is no business, unless
# it says so itself.
ABSENT_ROLE = "absent"
IGNORED_ROLE = "aside"
AGENDA_ROLE = "agenda"
DISCUSSION_ROLE = "discussion"
CONCLUSION_ROLE = "conclusion"  # the items of a list are decisions, the prose is not
TRANSCRIPT_ROLE = "transcript"
REVIEW_ROLE = (
    "review"  # what was promised before is gone through: the items of a list are commitments, the prose is not
)


@dataclass(frozen=True, slots=True)
class HeadingRole:
    """A family of headings. `example` is one, `counter` only looks like one; a test reads both."""

    name: str
    pattern: str
    example: str
    counter: str
    regex: re.Pattern[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "regex", re.compile(self.pattern, re.IGNORECASE))


def _load_heading_roles() -> Iterator[HeadingRole]:
    data = tomllib.loads(files("jukwaa.intake.reader").joinpath("data/roles.toml").read_text(encoding="utf-8"))
    for row in data["role"]:
        yield HeadingRole(**{**row, "pattern": "".join(row["pattern"])})


HEADING_ROLES = tuple(_load_heading_roles())
HEADING_NUMBER_PATTERN = re.compile(
    r"^[\W_]*(?P<item>(?:agenda )?item )?(?:\d{1,3}(?:\.\d{1,2}){0,3}|[ivx]{1,5}|[a-z])?\s?[.):–—-]*\s+|^[\W_]+",
    re.IGNORECASE,
)
ACTION_LIST_PATTERN = re.compile(r"\b(?:actions?|to-?dos?|tasks?|a\.?i\.?s?)\b", re.IGNORECASE)
BRACKETED_COUNT_PATTERN = re.compile(r"\s*[\[(][^\[\]()]{0,40}[\])]\s*$|[\s:.–—-]+$")
HEADING_JOINT_PATTERN = re.compile(r"\s+(?:and|&|\+|/)\s+|,\s+")
PROCEDURE_PART_PATTERN = re.compile(
    r"(?:welcome|introductions?|opening|call(?:ed)? to order|apologies|regrets|absen|quorum|roll ?-?call|attend|present"
    r"|participants|members|guests|observers|housekeeping|anti-?trust)",
    re.IGNORECASE,
)
JOINABLE_HEADING_ROLES = ("commitment", "next_meeting", "attendee")
DEADLINE_TAIL_PATTERN = re.compile(
    r"(?<=\w)[ ,(–-]{1,3}(?:by|before|until|for|due|d[’']ici|avant|pour|para|antes|hasta|até|bis|vóór|voor|entro|per)\b"
    r".{1,60}$",
    re.IGNORECASE,
)
FOOTNOTE_PATTERN = re.compile(r"[¹²³⁴⁵†‡]+(?=[\s:*_]*$)")
LABELS_OF_TWO_LANGUAGES = 2
MAX_LABEL_WORDS = 2
ROLES_OF_LABELS = frozenset({"attendee", ABSENT_ROLE, "next_meeting"})
MAX_JOINED_WORDS = 8
MIN_HEADING_PART_LENGTH = 3
SECTION_TITLE_ROLES = frozenset(
    {"decision", "commitment", "attendee", ABSENT_ROLE, "next_meeting", "new_member", "recommendation", "announcement"}
)


@lru_cache(maxsize=4096)
def get_heading_role(heading: str) -> str:
    """The promise of this heading, or nothing."""
    title = FOOTNOTE_PATTERN.sub("", heading.strip()[:160])
    words = BRACKETED_COUNT_PATTERN.sub("", HEADING_NUMBER_PATTERN.sub("", title, count=1))
    words = BRACKETED_COUNT_PATTERN.sub("", words)
    role = next((role.name for role in HEADING_ROLES if role.regex.match(words)), "")
    if role in {"", DISCUSSION_ROLE}:
        role = _get_role_of_combined_heading(words, role)
    if (
        not role
        and (tail := DEADLINE_TAIL_PATTERN.search(words))
        and get_heading_role(words[: tail.start()]) == "commitment"
    ):
        role = "commitment"  # "À faire d'ici la prochaine réunion"
    item = HEADING_NUMBER_PATTERN.match(heading.strip())
    if role == "commitment" and item and item["item"] and not ACTION_LIST_PATTERN.search(words):
        return REVIEW_ROLE  # "Agenda item 2: Commitments" is about them
    return role


def _get_role_of_combined_heading(phrase: str, role_name: str) -> str:
    """The promise of one part of "Welcome and roll call"; beside a discussion, actions may stand among other things."""
    parts = HEADING_JOINT_PATTERN.split(phrase)
    if translated := _get_role_in_two_languages(phrase):
        return translated
    if len(parts) == 1 or len(phrase.split()) > MAX_JOINED_WORDS:
        return role_name
    promises = [
        named.name
        for part in parts
        for named in HEADING_ROLES
        if (match := named.regex.match(part)) and match.end() == len(part) and len(part) > MIN_HEADING_PART_LENGTH
    ]
    promise = next((promise for promise in promises if promise in JOINABLE_HEADING_ROLES), role_name)
    if promise == "attendee" and any(PROCEDURE_PART_PATTERN.match(part) is None for part in parts):
        return role_name  # "Agenda, slides, participants" is about more
    return REVIEW_ROLE if role_name and promise == "commitment" else promise


def _get_role_in_two_languages(phrase: str) -> str:
    """The role of "Waliohudhuria / Present", where only one of the two words may be known."""
    parts = phrase.split(" / ")
    if len(parts) != LABELS_OF_TWO_LANGUAGES or any(len(part.split()) > MAX_LABEL_WORDS for part in parts):
        return ""
    found = {get_heading_role(part) for part in parts}
    named = found - {""}
    return named.pop() if len(named) == 1 and (len(found) == 1 or named <= ROLES_OF_LABELS) else ""


def is_section_title(text_line: str) -> bool:
    """Whether a bare line of plain text is the usual name of a section, and nothing more."""
    words = text_line.strip(" \t*_").rstrip(":").strip()
    if not words or len(words.split()) > 5 or len(words) > 50:
        return False
    for role in HEADING_ROLES:
        match = role.regex.match(words)
        if match and BRACKETED_COUNT_PATTERN.sub("", words[match.end() :]) == "" and words[0].isupper():
            return role.name in SECTION_TITLE_ROLES or role.name in {
                AGENDA_ROLE,
                DISCUSSION_ROLE,
                TRANSCRIPT_ROLE,
                "report",
                "proposal",
            }
    return False
