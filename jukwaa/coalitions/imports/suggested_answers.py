"""Answers that are nearly certain: they are chosen already, and count unless the coordinator changes them.

Nothing is suggested where a name may be two countries, and nothing that would invite a person who refused.
"""

import re
from collections.abc import Callable, Sequence

from jukwaa.coalitions.imports.contact_remarks import describe_contact_remarks
from jukwaa.coalitions.imports.dates import InvalidDateError, load_month_names, parse_date
from jukwaa.coalitions.imports.decisions import EMPTY_CELL_ANSWER, SKIP, Decisions
from jukwaa.coalitions.imports.departure_dates import find_departure_date
from jukwaa.coalitions.imports.problems import LOOK, PERSON, VALUE, RowProblem
from jukwaa.coalitions.imports.row_looks import STRUCK, WITHOUT_STATUS, describe_unimported_cells
from jukwaa.coalitions.imports.row_wording import (
    APPLYING,
    ERASURE,
    LEAVING,
    NO_ORGANISATION,
    OBSERVING,
    WORDING_LABELS,
    describe_row_wording,
)
from jukwaa.coalitions.imports.shared_contacts import is_role_mailbox
from jukwaa.coalitions.imports.vocabulary import (
    APPLICATION_WORDS,
    IMPORT_VOCABULARY,
    MEMBERSHIP_STANDING_WORDS,
    RowStanding,
)
from jukwaa.coalitions.models import ImportRow
from jukwaa.core.dates import get_utc_date
from jukwaa.places.text_folding import fold_text

MIN_NAME_PART_LENGTH = 3  # in an address: shorter parts are in many words
MAX_NAME_PARTS = 8  # that are looked for in an address
MIN_ABBREVIATION_LENGTH = 3
MIN_WORDS_OF_SHORT_NAME = 2
MIN_FILLED_CELLS = 3  # of a row that is surely about an organisation, with its name
_SUGGESTED_LOOK_ANSWERS = {
    ERASURE: SKIP,
    OBSERVING: str(RowStanding.OBSERVER),
    APPLYING: SKIP,
    NO_ORGANISATION: SKIP,
}
_WORDS_BESIDE_DATES = {
    column: frozenset(" ".join([*map(fold_text, IMPORT_VOCABULARY["headings"][column]), *words]).split())
    for column, words in {
        "since": MEMBERSHIP_STANDING_WORDS[RowStanding.MEMBER] + MEMBERSHIP_STANDING_WORDS[RowStanding.OBSERVER],
        "until": MEMBERSHIP_STANDING_WORDS[RowStanding.LEFT],
    }.items()
}
_SHORT_YEAR_PATTERN = re.compile(r"([^\W\d]+)\.? (\d\d)")
_QUESTION_MARKS = frozenset("?\u061f\uff1f")
_DATE_PATTERN = re.compile(r"(?:\d{1,2}(?:st|nd|rd|th|er|º)?[ .]+)?(?:de +)?(?:[^\W\d]+\.?,? +)?(?:de +)?(?:19|20)\d\d")


def suggest_look_answer(key: str, rows: Sequence[ImportRow], decisions: Decisions) -> str:
    """How rows are imported that look alike or say the same; nothing if they may mean several things."""
    if key in {STRUCK, LEAVING}:
        has_days = all(row.get("until") or find_departure_date(row, decisions) for row in rows)
        return str(RowStanding.LEFT) if has_days else SKIP * (key == STRUCK)
    if key == WITHOUT_STATUS:
        are_filled = all(sum(map(bool, row.cells.values())) >= MIN_FILLED_CELLS for row in rows)
        return str(RowStanding.MEMBER) if are_filled else ""
    return _SUGGESTED_LOOK_ANSWERS.get(key, "")


def suggest_standing(text: str) -> str:
    """The status that "OBS" and "full" shorten. Who has applied, or waits for a decision, is not a member yet."""
    asked = "" if _QUESTION_MARKS & {*text} else fold_text(text)
    if any(f" {word} " in f" {asked} " for word in APPLICATION_WORDS):
        return str(RowStanding.KNOWN)
    meant = [standing for standing, words in MEMBERSHIP_STANDING_WORDS.items() if any(map(_begins_with(asked), words))]
    return str(meant[0]) if len(meant) == 1 else ""


def _begins_with(beginning: str) -> Callable[[str], bool]:
    return lambda word: len(beginning) >= MIN_ABBREVIATION_LENGTH and word.startswith(beginning)


def is_shortened_name(text: str, organisation_name: str) -> bool:
    """Whether "Quillwort Trust" has two words or more, which are all in the name "Quillwort Trust Kenya"."""
    words = set(fold_text(text).split())
    return len(words) >= MIN_WORDS_OF_SHORT_NAME and words <= set(fold_text(organisation_name).split())


def suggest_date(text: str, column: str = "since") -> str:
    """The one date in "founding member (12 March 2021)", a hyphen if the words have none, or nothing if not clear.

    The other words have to belong to the column: "left 2020" says nothing about the first day.
    """
    if not any(map(str.isdigit, text)):
        return EMPTY_CELL_ANSWER if fold_text(text) else ""
    found = {match[0].strip() for match in _DATE_PATTERN.finditer(text)}
    written = found.pop() if len(found) == 1 else ""
    if short := _suggest_month_with_short_year(text):
        return short
    if len(re.findall(r"\d+", text)) > len(re.findall(r"\d+", written)):
        return ""
    for start in _iter_word_starts(written):
        try:
            parsed = parse_date(written[start:])
        except InvalidDateError:
            continue
        is_clear = _has_words_of_column(text.replace(written[start:], " "), column)
        return parsed.partial_date.isoformat() if parsed and is_clear else ""
    return ""


def _suggest_month_with_short_year(text: str) -> str:
    """Of "Feb 25": a day without its year says nothing about a membership."""
    found = _SHORT_YEAR_PATTERN.fullmatch(text.strip())
    try:
        parsed = parse_date(f"{found[1]}-{found[2]}") if found else None
    except InvalidDateError:
        return ""
    return parsed.partial_date.isoformat() if parsed and parsed.day <= get_utc_date() else ""


def _has_words_of_column(text: str, column: str) -> bool:
    """Whether there are no other words than those of the headings and of the status, which may be shortened."""
    known = _WORDS_BESIDE_DATES[column]
    words = fold_text(text).split()
    return not _QUESTION_MARKS & {*text} and all(word in known or any(map(_begins_with(word), known)) for word in words)


def _iter_word_starts(text: str) -> list[int]:
    """Where a date may begin: at a number or the name of a month."""
    words = re.finditer(r"\S+", text)
    return [word.start() for word in words if word[0][0].isdigit() or fold_text(word[0]) in load_month_names()]


def suggest_address(row: ImportRow, addresses: Sequence[str]) -> str:
    """The address that has the name of the person, if no other one has; else the only one that is no office's."""
    names = fold_text(" ".join(str(row.get(field)) for field in ("contact", "person"))).split()
    personal = [each for each in addresses if _has_name(fold_text(each.partition("@")[0]), names)]
    if len(personal) != 1:
        personal = [each for each in personal or addresses if not is_role_mailbox(each)]
    return personal[0] if len(personal) == 1 else ""


def _has_name(mailbox: str, names: Sequence[str]) -> bool:
    """As "ana", "ana.lopes", "analopes" and "alopes2" have the name of Ana Lopes, and "diana" has not."""
    pattern = re.compile("".join(f"(?:{name}|{name[0]})?" for name in names[:MAX_NAME_PARTS]) + r"\d*")
    parts = [part for part in names if len(part) >= MIN_NAME_PART_LENGTH]
    return any(pattern.fullmatch(word) and any(part in word for part in parts) for word in mailbox.split())


def suggest_row_answer(row: ImportRow, problem: RowProblem) -> str:
    """What is chosen already for one row."""
    if problem.suggestion:
        return problem.suggestion
    if problem.field == "email" and problem.options:
        return suggest_address(row, problem.options)
    is_date = problem.field in _WORDS_BESIDE_DATES and problem.text
    return suggest_date(problem.text, problem.field) if is_date else ""


def quote_row(row: ImportRow, problem: RowProblem) -> str:
    """What the row says that the question is about, in its own words."""
    if problem.kind == PERSON:
        return " ".join(describe_contact_remarks(row)) or problem.sentence
    if problem.kind == LOOK and problem.text in WORDING_LABELS:
        return describe_row_wording(row, problem.text)
    if problem.kind == LOOK or (problem.kind == VALUE and problem.field == "standing"):
        return " ".join(describe_unimported_cells(row))
    return ""
