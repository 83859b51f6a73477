"""Rows that say in words that their organisation observes, applied, has left, or does not want to be listed.

Such words are in columns that are not imported, and in answers in people's own words. Nothing follows from them: the
coordinator is asked, as about rows that are struck through.
"""

import re
from collections.abc import Collection, Iterator, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jukwaa.coalitions.imports.application_wording import says_applied, says_applied_instead_of_date
from jukwaa.coalitions.imports.contact_headings import OPTED_OUT
from jukwaa.coalitions.imports.contact_remarks import PERSON_LEFT, iter_cell_remarks
from jukwaa.coalitions.imports.departure_wording import has_remark_pattern, says_left, says_organisation_ended
from jukwaa.coalitions.imports.quotes import quote_cell
from jukwaa.coalitions.imports.vocabulary import IMPORT_VOCABULARY, MEMBERSHIP_STANDING_WORDS, RowStanding
from jukwaa.coalitions.models import ImportRow
from jukwaa.places.text_folding import fold_text

ERASURE, UNPUBLISHED, LEAVING, OBSERVING = "says-erasure", "says-unpublished", "says-left", "says-observer"
APPLYING, NO_ORGANISATION = "says-applied", "maybe-no-organisation"
WORDING_LABELS: dict[str, str | Promise] = {
    ERASURE: gettext_lazy("Rows that ask to delete data or to stop sending emails"),
    UNPUBLISHED: gettext_lazy("Rows that ask not to publish the name of the organisation"),
    LEAVING: gettext_lazy("Rows that say that the organisation has left or wants to leave"),
    APPLYING: gettext_lazy("Rows that say that the organisation has applied and may not be a member yet"),
    OBSERVING: gettext_lazy("Rows that say that the organisation is an observer"),
    NO_ORGANISATION: gettext_lazy("Rows that may not be about an organisation"),
}
FREE_TEXT_FIELDS = frozenset({"stakeholder_group"})  # "How would you describe yourselves?"
TITLE_ABOVE = -1  # instead of the place of a cell: the title of the section says so
MAX_WORDS_BESIDE_STATUS = 3  # as in "left in March 2024"

_PHRASES = {
    meaning: "|".join(map(fold_text, IMPORT_VOCABULARY["remarks_in_words"][section]))
    for meaning, section in (
        (ERASURE, "erasure"),
        (UNPUBLISHED, "unpublished"),
        (LEAVING, "leaving"),
        (OBSERVING, "observing"),
    )
}
_WORDS_AFTER_OTHER_OBSERVERS = "|".join(map(fold_text, IMPORT_VOCABULARY["remarks_in_words"]["after_other_observers"]))
_OBSERVER_PATTERN = re.compile(
    rf" (?:{_PHRASES[OBSERVING]})"
    rf" (?!(?:(?:status|statut|estatus|estatuto) )?(?:{_WORDS_AFTER_OTHER_OBSERVERS}) )"
)
_OBSERVER_ABBREVIATION_PATTERN = re.compile(r"^\W*obs\W*$|\(obs\.?\)", re.IGNORECASE)  # "Obs: paid" is a remark
_PHRASE_PATTERNS = {key: re.compile(f" (?:{_PHRASES[key]}) ") for key in (ERASURE, UNPUBLISHED, LEAVING)}
_PUBLICATION_WORDS, _REFUSING_WORDS, _AGREEING_PHRASES = (
    tuple(map(fold_text, IMPORT_VOCABULARY["publication"][section])) for section in ("headings", "refusals", "consents")
)
_SEGMENT_END_PATTERN = re.compile(r"[\n;,:(/]|\.\s|\s[-\u2013\u2014]\s")
_YEAR_PATTERN = re.compile(r"\d{4}|\d+[./-]\d+[./-]\d+")


def find_rows_by_wording(
    table: Sequence[list[str]], row_numbers: Sequence[int], column_mapping: list[str], hidden_columns: Collection[int]
) -> dict[str, dict[str, int]]:
    """For each meaning the numbers of the rows that say so, as text, each with the place of its cell.

    The first row of the table has the headings.
    """
    found: dict[str, dict[str, int]] = {}
    headings = table[0]
    for number, cells in zip(row_numbers[1:], table[1:], strict=False):
        for place, (field, cell) in enumerate(zip(column_mapping, cells, strict=False)):
            if cell and place not in hidden_columns:
                for meaning in _iter_cell_meanings(headings[place], field, cell):
                    places = found.setdefault(meaning, {})
                    if column_mapping[places.setdefault(str(number), place)] and not field:
                        places[str(number)] = place  # a remark says more than "pending" instead of a date
    return found


def asks_about_publication(column_heading: str) -> bool:
    """As in "May we publish your name?"."""
    heading = f" {fold_text(column_heading)} "
    return any(f" {word} " in heading for word in _PUBLICATION_WORDS)


def get_row_wording_keys(row: ImportRow) -> list[str]:
    """What the row says in words, what matters most to the organisation first."""
    wording = row.source.row_looks.get("wording", {})
    return [key for key in WORDING_LABELS if str(row.number) in wording.get(key, ())]


def describe_row_wording(row: ImportRow, key: str) -> str:
    """A sentence that quotes the heading and the cell, or the title above; nothing if the cell has been removed."""
    place = row.source.row_looks["wording"][key][str(row.number)]
    if place == TITLE_ABOVE:
        return f"“{row.source.row_looks['titles'][str(row.number)]}”."
    return quote_cell(row, place)


def list_row_texts(row: ImportRow) -> list[tuple[str, str]]:
    """Return heading and text of the cells that are imported, and of those by which questions were asked."""
    source, index = row.source, row.source.find_table_index(row.number)
    if not 0 < index < len(source.table):
        return []
    places = {place for place, field in enumerate(source.mapping) if field}
    places |= {source.row_looks["wording"][key][str(row.number)] for key in get_row_wording_keys(row)}
    texts = list(zip(source.table[0], source.table[index], strict=False))
    return [(heading, text) for place, (heading, text) in enumerate(texts) if place in places and text]


def describe_wording_question(row: ImportRow, keys: list[str]) -> str:
    """What a coordinator is asked about a row that says this; the first key is the one that is asked about."""
    sentences = {
        ERASURE: _(
            "This may mean that the organisation does not want to be in the directory. Choose whether to import this"
            " row. If you import it, we may email its contact person."
        ),
        UNPUBLISHED: _(
            "The directory shows members, former members and observers to everyone. Choose whether to import this row,"
            " and how."
        ),
        LEAVING: _(
            "This may mean that the organisation or its contact person has left. Choose whether to import this row,"
            " and how."
        ),
        APPLYING: _(
            "This may mean that the organisation has applied and is not a member yet. Choose whether to import this"
            " row, and how."
        ),
        OBSERVING: _(
            "This may mean that the organisation is an observer and not a member. Choose how to import this row."
        ),
        NO_ORGANISATION: _(
            "This may be a title, a total or a remark about the list. Choose whether to import this row, and how."
        ),
    }
    quotes = dict.fromkeys(describe_row_wording(row, key) for key in keys)
    return " ".join(filter(None, [*quotes, sentences[keys[0]]]))


def _iter_cell_meanings(heading: str, field: str, cell: str) -> Iterator[str]:
    if asks_about_publication(heading):
        if _refuses_publication(cell):
            yield UNPUBLISHED
    elif field == "since":
        if says_applied_instead_of_date(cell):
            yield APPLYING
    elif not field or field in FREE_TEXT_FIELDS:
        yield from _iter_remark_meanings(heading, cell)
        if not field and says_applied(cell):
            yield APPLYING


def _iter_remark_meanings(heading: str, cell: str) -> Iterator[str]:
    text = f" {fold_text(cell)} "
    for meaning in (ERASURE, UNPUBLISHED, LEAVING):
        if _PHRASE_PATTERNS[meaning].search(text):
            yield meaning
    if _OBSERVER_PATTERN.search(text) or _OBSERVER_ABBREVIATION_PATTERN.search(cell):
        yield OBSERVING
    is_departure = any(
        says_so(cell) for says_so in (_is_departure_remark, says_left, says_organisation_ended, _says_withdrawing)
    )
    if is_departure and not {PERSON_LEFT, OPTED_OUT} & {*iter_cell_remarks(heading, cell)}:
        yield LEAVING


def _refuses_publication(cell: str) -> bool:
    """As in "No", "activa / NO" and "not before 2027"; "only organisation" and "no problem" agree."""
    parts = [fold_text(part) for part in re.split(r"[/;,\n]", cell)]
    return any(
        part.split()[0] in _REFUSING_WORDS and not any(part.startswith(phrase) for phrase in _AGREEING_PHRASES)
        for part in parts
        if part
    )


def _says_withdrawing(cell: str) -> bool:
    """As in "retrait demandé par courrier"."""
    return has_remark_pattern("withdrawing", cell)


def _is_departure_remark(cell: str) -> bool:
    """As in "LEFT - see email", "BAJA 30/06/2026" and "left in March 2024"; "left a message" is something else."""
    segment = next((part for part in _SEGMENT_END_PATTERN.split(cell.strip(" *([-")) if part.strip()), "")
    date_start = _YEAR_PATTERN.search(cell)
    words = fold_text(_YEAR_PATTERN.sub(" ", cell if date_start else segment)).split()
    left_words = MEMBERSHIP_STANDING_WORDS[RowStanding.LEFT]
    if fold_text(segment) in left_words or has_remark_pattern("suspended", segment):
        return True
    starts = [size for size in (1, 2, 3) if " ".join(words[:size]) in left_words]
    return bool(date_start and starts) and len(words) - max(starts) <= MAX_WORDS_BESIDE_STATUS
