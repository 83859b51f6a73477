"""Columns that ask whether a person wants emails: below them are answers of yes and no."""

from collections.abc import Sequence

from jukwaa.coalitions.imports.contact_headings import asks_for_wish
from jukwaa.coalitions.imports.vocabulary import CHECKED_SYMBOLS, YES_AND_NO_WORDS
from jukwaa.places.text_folding import fold_text

MIN_CLEAR_SHARE = 0.6  # of the answers below a question whether someone wants emails


def find_columns_with_wishes(table: Sequence[list[str]], column_mapping: list[str]) -> set[int]:
    """Those in which most answers begin with yes or no: a preferred address or language is no consent."""
    found: set[int] = set()
    for place, (field, heading) in enumerate(zip(column_mapping, table[0], strict=False)):
        if not field and asks_for_wish(heading):
            filled = [cells[place] for cells in table[1:] if cells[place]]
            clear = sum(map(_begins_with_yes_or_no, filled))
            found |= {place} if clear and clear >= MIN_CLEAR_SHARE * len(filled) else set()
    return found


def _begins_with_yes_or_no(cell: str) -> bool:
    first_word = next(iter(fold_text(cell).split()), "")
    return first_word in {*YES_AND_NO_WORDS, "0", "1", "x"} or bool({*cell} & CHECKED_SYMBOLS)
