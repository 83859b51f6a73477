"""Lists of people: which lines belong to them, where they end, and who in them was not there."""

import re
from itertools import groupby, pairwise

from jukwaa.intake.reader.group_titles import is_group_title
from jukwaa.intake.reader.leading_dates import find_first_day
from jukwaa.intake.reader.lexicon import FINITE_VERB_PATTERN, TASK_VERBS
from jukwaa.intake.reader.names import is_full_name, is_name_and_organisation_line, parse_listed_names
from jukwaa.intake.reader.passage import Passage
from jukwaa.intake.reader.roles import ABSENT_ROLE, get_heading_role

PEOPLE_HEADING_ROLES = frozenset({"attendee", ABSENT_ROLE})
MAX_PEOPLE_ENTRY_LENGTH = 160
MAX_PEOPLE_TITLE_WORDS = 2
ABSENT_REMARK_PATTERN = re.compile(
    r"\b(?:members?|people|persons?|participants)\b.{0,120}"
    r"\b(?:los(?:t|e|es|ing)|miss(?:ed|ing)?|fail(?:ed|s)?|did not|absent)\b",
    re.IGNORECASE,
)
MAX_LOOKAHEAD_PASSAGES = 12  # entries that decide whether a list of people goes on
MAX_DATED_TITLE_LENGTH = 80
# "Ana, Ben, Dina Said (Elm)" below a title that is a date: who came, without a label.
_BARE_NAME = r"[^\W\d_a-z][\w.'’-]*(?: [^\W\d_a-z][\w.'’-]*){0,3}(?: ?\([^()\d]{1,40}\))?"
BARE_NAMES_PATTERN = re.compile(rf"\s*{_BARE_NAME}(?:,\s+{_BARE_NAME})+(?:,|,? (?:and|et|y|e|&)) {_BARE_NAME}\.?\s*")
BARE_NAME_SEPARATOR_PATTERN = re.compile(r",\s+(?:(?:and|et|y|e|&) )?| (?:and|et|y|e|&) ")
AGENDA_TITLE_PATTERN = re.compile(
    r"\b(?:agenda|programme?|schedule|timetable|topics?|ordre du jour|orden del día|programa"
    r"|ordem (?:do dia|de trabalhos)|pauta|tagesordnung)\b",
    re.IGNORECASE,
)
# "@Ana", "Ana to send the list", "Ana enverra la liste"
NAMED_PERSON_PATTERN = re.compile(
    r"@(?P<at>[^\W\d_]+)"
    rf"|(?:\b[AO] )?\b(?P<who>[^\W\d_a-z][\w’'-]*)(?: [^\W\d_a-z][\w’'-]*)? "
    rf"(?:(?:to|will) (?:{'|'.join(sorted(TASK_VERBS))})"
    r"|(?!(?:ser|aur|pourr|devr)a\b)[a-zéèê]{2,}ra|(?!(?:ser|estar|habr|tendr|haver|ter)á\b)[a-zñ]{2,}rá)\b"
)


def mark_people_lists(passages: list[Passage]) -> None:
    """Settle which passages name people who came, and which of them were absent."""
    _end_people_lists(passages)
    _mark_people_entries(passages)
    _mark_people_below_dates(passages)
    _mark_unticked_people_absent(passages)
    _mark_people_below_remark_absent(passages)
    for passage in passages:
        if passage.struck and PEOPLE_HEADING_ROLES & {passage.role, passage.lead}:
            passage.absent = True


def _end_people_lists(passages: list[Passage]) -> None:
    """A list of people ends where a list or paragraph begins that does not look like one."""
    begun = ended = inherited = False
    for number, passage in enumerate(passages):
        if passage.block.kind in {"heading", "row"}:
            inherited = _is_people_role_inherited(passage)
            begun, ended = inherited, False
            continue
        if not PEOPLE_HEADING_ROLES & {passage.role, passage.lead}:
            begun = inherited = False
            ended = ended and not _is_people_title(passage)
            continue
        begins = begun and (inherited or _begins_people_list(passage))
        ended = not _is_people_title(passage) and (
            ended
            or _is_title_of_other_section(passage)
            or (begins and not _has_people_entries_below(passages[number : number + MAX_LOOKAHEAD_PASSAGES]))
        )
        begun, inherited = True, False
        if ended:
            passage.role = passage.lead = ""


def _is_people_role_inherited(passage: Passage) -> bool:
    """Whether this is a title among people that says nothing of people itself: what is below it decides."""
    return passage.role in PEOPLE_HEADING_ROLES and get_heading_role(passage.text) not in PEOPLE_HEADING_ROLES


def _is_title_of_other_section(passage: Passage) -> bool:
    """A short line that is the usual title of something else: "Contents", "Links"; "Notes: Ana" is none."""
    if re.search(r":\s*\w", passage.text):
        return False
    return len(passage.text.split()) <= MAX_PEOPLE_TITLE_WORDS and get_heading_role(passage.text) not in {
        "",
        *PEOPLE_HEADING_ROLES,
    }


def _begins_people_list(passage: Passage) -> bool:
    return passage.block.gap or passage.leads


def _is_people_title(passage: Passage) -> bool:
    return passage.leads and get_heading_role(passage.text) in PEOPLE_HEADING_ROLES


def _has_people_entries_below(passages: list[Passage]) -> bool:
    """Whether most of the entries up to the next list may name people."""
    title = passages[0].leads
    if title and get_heading_role(passages[0].text):
        return False
    entries: list[bool] = []
    for passage in passages[1:] if title else passages:
        if passage.block.kind in {"heading", "row"} or (entries and _begins_people_list(passage)):
            break
        entries.append(_may_name_people(passage.text))
    return sum(entries) * 2 > len(entries)


def _may_name_people(phrase: str) -> bool:
    return is_group_title(phrase) or (
        len(phrase) <= MAX_PEOPLE_ENTRY_LENGTH
        and not phrase.endswith((":", ".", "?"))
        and "://" not in phrase
        and FINITE_VERB_PATTERN.search(phrase) is None
        and bool(parse_listed_names(phrase, has_own_line=True))
    )


def _mark_people_entries(passages: list[Passage]) -> None:
    """Three lines or more of "Name – Organisation" at the head of a document are those present."""
    run: list[Passage] = []
    for passage in passages[:80]:
        governed = passage.role or passage.lead or passage.block.kind in {"heading", "row"}
        if not governed and is_name_and_organisation_line(passage.text):
            run.append(passage)
            continue
        if len(run) >= 3:
            break
        if passage.section and passage.role:
            return
        run = []
    if len(run) >= 3:
        for passage in run:
            passage.role = "attendee"


def is_bare_name_list(line: str) -> bool:
    """Whether a line is three names or more and nothing else: "Ana, Ben, Dina (Elm)"."""
    return BARE_NAMES_PATTERN.fullmatch(line) is not None and FINITE_VERB_PATTERN.search(line) is None


def is_unlabelled_attendance(line: str, title: str, text: str) -> bool:
    """Whether such a list is of people: one has a bracket behind the name, or the text gives that person a task.

    Below the title of an agenda it is of topics.
    """
    if AGENDA_TITLE_PATTERN.search(title) or not is_bare_name_list(line):
        return False
    if "(" in line:
        return True
    first_names = {name.split()[0].lower() for name in BARE_NAME_SEPARATOR_PATTERN.split(line.strip(" ."))}
    return not first_names.isdisjoint(find_names_with_tasks(text))


def find_names_with_tasks(text: str) -> frozenset[str]:
    """The first names, in small letters, to which this text gives a task, and which are therefore of people."""
    return frozenset((match["at"] or match["who"]).lower() for match in NAMED_PERSON_PATTERN.finditer(text))


def _mark_people_below_dates(passages: list[Passage]) -> None:
    """Bare names right below a title that is a date are those present."""
    for title, below in pairwise(passages):
        is_title = title.block.kind in {"heading", "para"} and len(title.text) <= MAX_DATED_TITLE_LENGTH
        is_dated = is_title and find_first_day(title.text) is not None
        if not is_dated or below.block.kind != "para" or not is_bare_name_list(below.text):
            continue
        if is_unlabelled_attendance(below.text, title.text, "\n".join(passage.text for passage in passages)):
            below.role = "attendee"


def _mark_people_below_remark_absent(passages: list[Passage]) -> None:
    """In "Three members missed two meetings:", the names in the list below are not of those present."""
    indent = -1
    for passage in passages:
        is_bullet = passage.block.kind == "bullet"
        if is_bullet and indent >= 0 and passage.block.indent > indent:
            passage.absent = True
            continue
        is_remark = is_bullet and ABSENT_REMARK_PATTERN.search(passage.text) is not None
        indent = passage.block.indent if is_remark and PEOPLE_HEADING_ROLES & {passage.role, passage.lead} else -1


def _mark_unticked_people_absent(passages: list[Passage]) -> None:
    """In a list of people where some are ticked, the others were not there. A list with boxes of names is one."""
    for _checkbox, group in groupby(passages, key=lambda passage: passage.block.checkbox):
        boxes = list(group)
        if boxes[0].block.checkbox and all(
            is_name_and_organisation_line(p.text) or is_full_name(p.text) for p in boxes
        ):
            for passage in boxes:
                passage.role, passage.lead = "attendee", ""
    listed = [p for p in passages if p.block.checkbox and "attendee" in {p.role, p.lead}]
    if any(passage.block.ticked for passage in listed):
        for passage in listed:
            passage.absent = not passage.block.ticked
