"""What a cell about consent to emails says: a yes, a refusal, or neither. Only a refusal is an objection."""

import re
from collections.abc import Collection, Sequence

from jukwaa.coalitions.imports.contact_headings import (
    OPTED_OUT,
    asks_for_consent,
    find_remark_of_heading,
    is_about_newsletter,
)
from jukwaa.coalitions.imports.email_wishes import NOT_GIVEN_WORDS, is_consent, says_opted_out
from jukwaa.coalitions.imports.vocabulary import CROSS_SYMBOLS, IMPORT_VOCABULARY, is_placeholder_text
from jukwaa.places.text_folding import fold_text

NO_CONSENT = "person-no-consent"
_OPEN_PATTERN = re.compile(rf" (?:{'|'.join(IMPORT_VOCABULARY['remark_patterns']['consent_open'])})(?= )")


def find_consent_remark(cell: str) -> str:
    """Return nothing for a yes. A cell that is empty, or says "pending" or "not asked", is no refusal."""
    if is_consent(cell):
        return ""
    if {*cell} & CROSS_SYMBOLS or _is_unchecked(cell):
        return OPTED_OUT
    if is_placeholder_text(cell):
        return NO_CONSENT
    text = _OPEN_PATTERN.sub(" ", f" {fold_text(cell)} ")
    is_refusal = {*text.split()} & NOT_GIVEN_WORDS or says_opted_out(text)
    return OPTED_OUT if is_refusal else NO_CONSENT


def _is_unchecked(cell: str) -> bool:
    """Whether it is an empty box, or the number that stands for no."""
    return cell.strip() in {"\u2610", "\u25a2", "\u25a1"} or fold_text(cell) == "0"


def remove_unanswered_rows_with_refusal(rows_by_remark: dict[str, dict[str, int]]) -> None:
    """Ask about a row without consent only once, if another cell of it has a refusal."""
    refused = rows_by_remark.get(OPTED_OUT, {})
    unanswered = rows_by_remark.pop(NO_CONSENT, {})
    if remaining := {number: place for number, place in unanswered.items() if number not in refused}:
        rows_by_remark[NO_CONSENT] = remaining


def find_consent_columns(table: Sequence[list[str]], column_mapping: list[str]) -> set[int]:
    """Those in which an empty cell is no consent. They are not imported."""
    return {
        place
        for place, (field, heading) in enumerate(zip(column_mapping, table[0], strict=False))
        if not field and _is_unknown_if_empty(heading, [cells[place] for cells in table[1:]])
    }


def _is_unknown_if_empty(column_heading: str, column_cells: Collection[str]) -> bool:
    """Whether an empty cell is no consent: others have an answer. A newsletter has to be a question of yes or no."""
    if find_remark_of_heading(column_heading):
        return False
    if asks_for_consent(column_heading):
        return any(column_cells)
    return is_about_newsletter(column_heading) and any(map(is_consent, column_cells))
