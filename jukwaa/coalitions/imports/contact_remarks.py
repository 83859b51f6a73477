"""What a list says about a contact person: has left, opted out of emails, can't be reached, is deleted or under 18.

Exports of mailing lists and membership databases say so in columns that are not imported. Nothing follows from them
alone: the coordinator is asked once for the whole file, and may answer otherwise for a row.
"""

import re
from collections.abc import Collection, Iterator, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jukwaa.coalitions.imports.contact_parsing import CONTACT_FIELDS
from jukwaa.coalitions.imports.decisions import (
    KEEP,
    NO_INVITATION,
    SKIP,
    WITHOUT_PERSON,
    Decisions,
    get_row_decision,
)
from jukwaa.coalitions.imports.problems import PERSON, RowProblem
from jukwaa.coalitions.imports.quotes import quote_cell
from jukwaa.coalitions.imports.vocabulary import IMPORT_VOCABULARY, is_placeholder_text, split_database_heading
from jukwaa.coalitions.models import Affiliation, ImportRow
from jukwaa.places.text_folding import fold_text

UNDER_18, DELETED, PERSON_LEFT = "person-under-18", "person-deleted", "person-left"
OPTED_OUT, BOUNCED, SAME_PERSON = "person-opted-out", "person-bounced", "person-same"
CONTACT_REMARK_LABELS: dict[str, str | Promise] = {
    UNDER_18: gettext_lazy("Rows that say that the contact person is under 18"),
    DELETED: gettext_lazy("Rows that are marked as deleted, archived or duplicate"),
    PERSON_LEFT: gettext_lazy("Rows that say that the contact person has left the organisation"),
    OPTED_OUT: gettext_lazy("Rows that say that the contact person does not want emails or has not consented"),
    BOUNCED: gettext_lazy("Rows that say that emails to the contact person came back"),
    SAME_PERSON: gettext_lazy("Rows with a contact person who is in an earlier row with another email address"),
}
SUGGESTED_CONTACT_ANSWERS = {
    UNDER_18: WITHOUT_PERSON,
    DELETED: SKIP,
    PERSON_LEFT: WITHOUT_PERSON,
    OPTED_OUT: NO_INVITATION,
    BOUNCED: NO_INVITATION,
}
_INVITATION_OBJECTIONS = {
    OPTED_OUT: Affiliation.InvitationObjection.OPTED_OUT,
    BOUNCED: Affiliation.InvitationObjection.BOUNCED,
}
_WORDS = {name: tuple(map(fold_text, words)) for name, words in IMPORT_VOCABULARY["contact_remarks"].items()}
_HEADING_WORDS_BY_REMARK = {
    UNDER_18: _WORDS["under_18_headings"],
    DELETED: _WORDS["deleted_headings"],
    OPTED_OUT: _WORDS["opted_out_headings"],
    BOUNCED: _WORDS["bounced_headings"],
}
_PHRASE_PATTERNS = {
    remark: re.compile(f" (?:{'|'.join(_WORDS[words])}) ")
    for remark, words in (
        (UNDER_18, "under_18"),
        (PERSON_LEFT, "person_left"),
        (OPTED_OUT, "opted_out"),
        (BOUNCED, "bounced"),
    )
}
_NO_WORDS = frozenset(_WORDS["no"])


def find_contact_remarks(
    table: Sequence[list[str]], row_numbers: Sequence[int], column_mapping: list[str], hidden_columns: Collection[int]
) -> dict[str, dict[str, int]]:
    """For each remark the numbers of the rows that make it, as text, each with the place of its cell.

    The first row of the table has the headings.
    """
    found: dict[str, dict[str, int]] = {}
    for number, cells in zip(row_numbers[1:], table[1:], strict=False):
        for place, (field, cell) in enumerate(zip(column_mapping, cells, strict=False)):
            if cell and not field and place not in hidden_columns:
                for remark in iter_cell_remarks(table[0][place], cell):
                    found.setdefault(remark, {}).setdefault(str(number), place)
    return found


def is_contact_remark_heading(column_heading: str) -> bool:
    """Whether the whole column is about the contact person: "HasOptedOutOfEmail", "GDPR consent", "IsDeleted"."""
    return bool(_find_remark_of_heading(column_heading)) or _asks_for_consent(column_heading)


def iter_cell_remarks(column_heading: str, cell: str) -> Iterator[str]:
    """What the cell says about the contact person, under this heading."""
    if remark := _find_remark_of_heading(column_heading):
        if not _is_negative_answer(cell):
            yield remark
        return
    text = f" {fold_text(cell)} "
    if _asks_for_consent(column_heading):
        words = text.split()
        if words and (words[0] in _NO_WORDS or {*words} & {*_WORDS["withdrawn_consent"]}):
            yield OPTED_OUT
        return
    if text.strip() in _WORDS["deleted"]:
        yield DELETED
    yield from (remark for remark, pattern in _PHRASE_PATTERNS.items() if pattern.search(text))


def _split_heading_words(column_heading: str) -> str:
    return f" {fold_text(split_database_heading(column_heading))} "


def _find_remark_of_heading(column_heading: str) -> str:
    heading = _split_heading_words(column_heading)
    for remark, phrases in _HEADING_WORDS_BY_REMARK.items():
        if any(f" {phrase} " in heading for phrase in phrases):
            return remark
    return ""


def _asks_for_consent(column_heading: str) -> bool:
    heading = _split_heading_words(column_heading)
    return any(f" {phrase} " in heading for phrase in _WORDS["consent_headings"])


def _is_negative_answer(cell: str) -> bool:
    folded = fold_text(cell)
    return is_placeholder_text(cell) or folded in _NO_WORDS or re.fullmatch(r"[0.,\s]+", cell) is not None


def find_contact_remark_problem(row: ImportRow, decisions: Decisions) -> RowProblem | None:
    """Ask what to do about the contact person of the row, unless that was answered."""
    key, answer = get_contact_remark_answer(row, decisions)
    if key in {"", SAME_PERSON} or answer:
        return None
    sentences = {
        UNDER_18: _("The contact person may be under 18. Add people under 18 one by one, each with an adult contact."),
        DELETED: _("This row may be out of date or a duplicate. Choose whether to import it."),
        PERSON_LEFT: _("The contact person may have left the organisation. Choose whether to import this person."),
        OPTED_OUT: _("The contact person may not want emails from you. Choose how to import this person."),
        BOUNCED: _("The email address may not work. Choose how to import this person."),
    }
    return RowProblem(" ".join([*describe_contact_remarks(row), sentences[key]]), "", PERSON, key)


def describe_contact_remarks(row: ImportRow) -> list[str]:
    """What the row says, quoted with the headings; each cell once."""
    remarks = row.source.row_looks.get("contacts", {})
    places = [remarks[key][str(row.number)] for key in _get_remark_keys(row) if key != SAME_PERSON]
    return [quote for place in dict.fromkeys(places) if (quote := quote_cell(row, place))]


def describe_contact_answer(row: ImportRow, decisions: Decisions) -> list[str]:
    """For the preview: what the row says, and what is done about it."""
    sentences = {
        NO_INVITATION: _("We will import the contact person, but not select this person for invitations."),
        WITHOUT_PERSON: _("The contact person will not be imported."),
    }
    _key, answer = get_contact_remark_answer(row, decisions)
    return [*describe_contact_remarks(row), *([sentences[answer]] if answer in sentences else [])]


def get_contact_remark_answer(row: ImportRow, decisions: Decisions) -> tuple[str, str]:
    """The remark that matters most, and what was answered about it. Importing the person leads to the next remark."""
    key = answer = ""
    for key in _get_remark_keys(row):
        answer = str(row.answers.get(key, "") or get_row_decision(decisions, key))
        if answer != KEEP:
            break
    return key, answer


def get_cells_with_contact_answer(row: ImportRow, decisions: Decisions) -> dict[str, str]:
    """The cells of the row, without its contact person or with the reason not to invite them, as was answered."""
    cells: dict[str, str] = row.cells
    key, answer = get_contact_remark_answer(row, decisions)
    if answer == WITHOUT_PERSON:
        return remove_contact_cells(cells)
    if answer == NO_INVITATION:
        return {**cells, "no_invitations": _INVITATION_OBJECTIONS[key]}
    return cells


def remove_contact_cells(cells: dict[str, str]) -> dict[str, str]:
    return {name: text for name, text in cells.items() if name not in CONTACT_FIELDS}


def _get_remark_keys(row: ImportRow) -> list[str]:
    """The remarks of the row about a contact person who would be imported, what matters most first."""
    remarks = row.source.row_looks.get("contacts", {})
    if not (row.get("contact") or row.get("email")):
        return []
    keys = [key for key in CONTACT_REMARK_LABELS if str(row.number) in remarks.get(key, ())]
    return [*keys, *([SAME_PERSON] if SAME_PERSON in row.answers else [])]
