"""Columns that ask whether a person wants emails, and what answers below them and below "Consent" mean."""

import re
from collections.abc import Sequence

from jukwaa.coalitions.imports.contact_headings import asks_for_wish, has_word_of_wish
from jukwaa.coalitions.imports.dates import is_date_text
from jukwaa.coalitions.imports.departure_wording import has_remark_pattern
from jukwaa.coalitions.imports.vocabulary import CHECKED_SYMBOLS, CROSS_SYMBOLS, IMPORT_VOCABULARY, split_list_items
from jukwaa.places.text_folding import fold_text

MIN_CLEAR_SHARE = 0.6  # of the answers below a question whether someone wants emails
MAX_WORDS_OF_REFUSAL = 4  # as in "I do not agree"; a longer text may refuse something else
_WORDS = {name: tuple(map(fold_text, words)) for name, words in IMPORT_VOCABULARY["contact_remarks"].items()}
_TAG_HEADINGS = frozenset(
    fold_text(word)
    for name in ("tag_headings", "group_headings")
    for word in IMPORT_VOCABULARY["exported_contacts"][name]
)
_REFUSING_TAGS, _DOUBTFUL_TAGS = frozenset(_WORDS["opted_out_headings"]), frozenset(_WORDS["doubtful_tags"])
NOT_GIVEN_WORDS = frozenset(_WORDS["not_given"])
_OPTED_OUT_PATTERN = re.compile(f" (?:{'|'.join(_WORDS['opted_out'])}) ")
_CONSENT_GIVEN_PATTERN = re.compile(rf" (?:{'|'.join(_WORDS['consent_given'])}) ")


def find_columns_with_wishes(table: Sequence[list[str]], column_mapping: list[str]) -> tuple[set[int], set[int]]:
    """Those in which most answers agree or refuse, and the others: a preferred address or language is no consent."""
    clear: set[int] = set()
    others: set[int] = set()
    for place, (field, heading) in enumerate(zip(column_mapping, table[0], strict=False)):
        if not field and asks_for_wish(heading):
            filled = [cells[place] for cells in table[1:] if cells[place]]
            agreeing, refusing = (sum(map(is_answer, filled)) for is_answer in (is_consent, is_refusal))
            is_clear = agreeing and agreeing + refusing >= MIN_CLEAR_SHARE * len(filled)
            (clear if is_clear else others).add(place)
    return clear, others


def says_opted_out(text: str) -> bool:
    """As in "unsubscribed", "please remove me" and "I do not want to receive your emails"."""
    return _OPTED_OUT_PATTERN.search(f" {fold_text(text)} ") is not None or has_remark_pattern("opted_out", text)


def limits_emails(cell: str) -> bool:
    """As in "only via the office", "phone only" and "not members mailing": a remark, and no answer about consent."""
    return has_remark_pattern("restricted_emails", cell)


def refuses_emails(column_heading: str, cell: str) -> bool:
    """Whether a remark or a tag says so. "No email" is a tag: in other columns it may mean that there is no address."""
    if says_opted_out(cell) or limits_emails(cell):
        return True
    tags = {fold_text(item) for item in split_list_items(cell)}
    is_about_tags = fold_text(column_heading.partition("/")[0]) in _TAG_HEADINGS
    return not tags.isdisjoint(_REFUSING_TAGS if is_about_tags else _REFUSING_TAGS - _DOUBTFUL_TAGS)


def is_consent(cell: str) -> bool:
    """Whether the cell is clearly a yes: "yes", "given 2024", "J'accepte", a date, a tick."""
    text = f" {fold_text(cell)} "
    if {*text.split()} & NOT_GIVEN_WORDS or says_opted_out(cell) or {*cell} & CROSS_SYMBOLS:
        return False
    is_marked = _CONSENT_GIVEN_PATTERN.search(text) is not None or bool({*cell} & CHECKED_SYMBOLS)
    return is_marked or is_date_text(cell)


def is_refusal(cell: str) -> bool:
    """Whether the cell is clearly a no: "No, thanks", "Je refuse", "I do not agree"; not "no@example.org"."""
    words = fold_text(cell).split()
    if cell.strip() == "0" or {*cell} & CROSS_SYMBOLS or says_opted_out(cell):
        return True
    if "@" in cell or not {*words} & NOT_GIVEN_WORDS:
        return False
    return words[0] in NOT_GIVEN_WORDS or len(words) <= MAX_WORDS_OF_REFUSAL or has_word_of_wish(cell)
