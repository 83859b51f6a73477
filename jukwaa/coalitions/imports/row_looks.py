"""Rows that are struck through or coloured in the spreadsheet, and what the coordinator decided about them.

What a colour means is written nowhere but in a legend. So rows are asked about if they are struck through, or if the
legend says that their organisations left, applied or observe. Of other colours the preview says where they are. Rows
that say something like that in words (`row_wording.py`) are asked about in the same way.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jukwaa.coalitions.imports.contact_remarks import (
    describe_contact_answer,
    find_contact_remarks,
    get_cells_with_contact_answer,
    get_contact_remark_answer,
    remove_contact_cells,
)
from jukwaa.coalitions.imports.decisions import KEEP, SKIP, WITHOUT_PERSON, Decisions, get_row_decision
from jukwaa.coalitions.imports.departure_dates import find_departure_date
from jukwaa.coalitions.imports.problems import LOOK, RowProblem
from jukwaa.coalitions.imports.row_kinds import find_possible_totals
from jukwaa.coalitions.imports.row_wording import (
    APPLYING,
    ERASURE,
    LEAVING,
    NO_ORGANISATION,
    OBSERVING,
    TITLE_ABOVE,
    UNPUBLISHED,
    WORDING_LABELS,
    describe_row_wording,
    describe_wording_question,
    find_rows_by_wording,
    get_row_wording_keys,
)
from jukwaa.coalitions.imports.section_rows import find_section_countries
from jukwaa.coalitions.imports.section_titles import find_section_titles
from jukwaa.coalitions.imports.vocabulary import (
    APPLICATION_WORDS,
    MEMBERSHIP_STANDING_WORDS,
    RowStanding,
    find_standing,
    says_no_status,
)
from jukwaa.coalitions.models import Import, ImportRow
from jukwaa.core.documents.incoming import ImportedTable
from jukwaa.core.list_formatting import format_list_in_sentence, join_with_separator
from jukwaa.places.text_folding import fold_text

STRUCK, COLOUR_PREFIX, EDITED, WITHOUT_STATUS = "struck", "colour-", "edited", "without-status"
UNKNOWN_EMPLOYER = "unknown-employer"
FOUND_IN_CELLS = frozenset(
    {"wording", "sections", "titles", "contacts", "without_status"}
)  # once the columns are chosen
# The date of an application is no first day, and the last day of a row that is skipped need not be known.
DATES_AFTER_LOOK_ANSWER = {APPLYING: "since", STRUCK: "until"}
MAX_COLOURED_SHARE = 0.4  # of the rows: more of them are stripes, or one colour for the whole table
MAX_SHOWN_TEXTS, MAX_TEXT_LENGTH = 10, 100
COLOUR_NAMES: dict[str, str | Promise] = {
    # Translators: the colour of the background of rows in a spreadsheet.
    "red": gettext_lazy("red"),
    "orange": gettext_lazy("orange"),
    "yellow": gettext_lazy("yellow"),
    "green": gettext_lazy("green"),
    "blue": gettext_lazy("blue"),
    "purple": gettext_lazy("purple"),
    "pink": gettext_lazy("pink"),
    "grey": gettext_lazy("grey"),
}


def build_row_formatting(table: ImportedTable, heading_place: int) -> dict[str, Any]:
    """For an import: numbers of rows that are struck through, rows by colour, the legend by colour, hidden columns."""
    numbers = list(table.numbers)
    rows = dict(zip(numbers, table.rows, strict=False))
    below = {number for number in numbers[heading_place + 1 :] if len([cell for cell in rows[number] if cell]) > 1}
    colours = {
        colour: found
        for colour, those in table.looks.colours.items()
        if (found := [number for number in those if number in below]) and len(found) <= MAX_COLOURED_SHARE * len(below)
    }
    legend: dict[str, str] = {}
    for number, place, colour in table.looks.legend:
        cells = rows.get(number, [])
        if number not in below and colour in colours and place < len(cells) and cells[place]:
            legend.setdefault(colour, cells[place][:MAX_TEXT_LENGTH])
    looks = {
        "struck": [number for number in table.looks.struck if number in below],
        "colours": colours,
        "legend": legend,
        "hidden": list(table.hidden),
    }
    return {name: value for name, value in looks.items() if value}


def add_wording_and_sections(spreadsheet_import: Import, column_mapping: list[str]) -> dict[str, Any]:
    """The looks of the rows, with what they say in words, and the countries of sections, once columns are chosen."""
    looks = {name: value for name, value in spreadsheet_import.row_looks.items() if name not in FOUND_IN_CELLS}
    table, first = spreadsheet_import.table, spreadsheet_import.first
    numbers = spreadsheet_import.row_numbers or range(first, first + len(table))
    contacts = find_contact_remarks(table, numbers, column_mapping, looks.get("hidden", ()))
    if spreadsheet_import.of != Import.Kind.MEMBERS:
        return looks | ({"contacts": contacts} if contacts else {})
    wording = find_rows_by_wording(table, numbers, column_mapping, looks.get("hidden", ()))
    sections = find_section_countries(table, numbers, column_mapping)
    section_titles = find_section_titles(table, numbers, column_mapping)
    titles = section_titles.questions
    if doubtful := find_possible_totals(table, numbers, column_mapping) | section_titles.doubtful:
        wording[NO_ORGANISATION] = doubtful
    for number, (key, _title) in titles.items():
        wording.setdefault(key, {}).setdefault(number, TITLE_ABOVE)
    found = {
        "wording": wording,
        "titles": {number: title for number, (_key, title) in titles.items()},
        "sections": sections,
        "contacts": contacts,
        "without_status": _find_rows_without_status(table, numbers, column_mapping),
    }
    return looks | {name: value for name, value in found.items() if value}


def _find_rows_without_status(
    table: Sequence[list[str]], row_numbers: Sequence[int], column_mapping: list[str]
) -> list[int]:
    """The numbers of rows whose cell for the status says nothing, if other rows have one."""
    if "standing" not in column_mapping:
        return []
    place = column_mapping.index("standing")
    empty = [
        number
        for number, cells in zip(row_numbers[1:], table[1:], strict=False)
        if says_no_status(cells[place]) and any(cells)
    ]
    filled = sum(not says_no_status(cells[place]) for cells in table[1:])
    return empty if filled else []


def describe_sheet_formatting(looks: dict[str, Any]) -> Iterator[str]:
    """Sentences about the file, with the numbers of the rows."""
    if struck := looks.get("struck"):
        sentence = ngettext(
            "Row %(numbers)s is struck through in the spreadsheet.",
            "Rows %(numbers)s are struck through in the spreadsheet.",
            len(struck),
        )
        yield sentence % {"numbers": format_list_in_sentence(struck)}
    colours = [
        f"{_describe_colour(looks, colour)}: {join_with_separator(numbers)}"
        for colour, numbers in looks.get("colours", {}).items()
    ]
    if colours:
        yield _("Colours are not imported. Rows with a different background colour: %(colours)s.") % {
            "colours": join_with_separator(colours, ";")
        }


def describe_texts_above(rows: Iterable[list[str]], looks: dict[str, Any]) -> str:
    """What stands above the column headings, such as titles; nothing if nothing does. The legend is said elsewhere."""
    legend = {*looks.get("legend", {}).values()}
    cells = dict.fromkeys(cell[:MAX_TEXT_LENGTH] for row in rows for cell in row if cell)
    quoted = join_with_separator((f"“{text}”" for text in [*cells][:MAX_SHOWN_TEXTS] if text not in legend), ";")
    return _("Text above the column headings: %(texts)s.") % {"texts": quoted} if quoted else ""


def get_look_question_label(looks: dict[str, Any], key: str) -> str:
    """As the label of a question about all these rows."""
    if key == STRUCK:
        return _("Rows that are struck through in the spreadsheet")
    if key == WITHOUT_STATUS:
        return _("Rows without a membership status, although other rows have one")
    if key == UNKNOWN_EMPLOYER:
        return _("Rows about people whose organisation is not in the list")
    if key in WORDING_LABELS:
        return str(WORDING_LABELS[key])
    return _("Rows with this background in the spreadsheet: %(colour)s") % {
        "colour": _describe_colour(looks, key.removeprefix(COLOUR_PREFIX))
    }


def is_doubtful_name(row: ImportRow) -> bool:
    """Whether several organisations in the list have the name of this row: it is not combined without asking."""
    name = row.source.row_looks.get("doubtful_names", {}).get(str(row.number))
    return name is not None and name == row.get("name")


def is_look_question_key(key: str) -> bool:
    return key in {STRUCK, WITHOUT_STATUS, UNKNOWN_EMPLOYER} or key in WORDING_LABELS or key.startswith(COLOUR_PREFIX)


def get_cells_with_decided_status(row: ImportRow, decisions: Decisions) -> dict[str, str]:
    """The cells of the row, with the status that was decided: for rows that look like it, or for the whole sheet."""
    cells = get_cells_with_contact_answer(row, decisions)
    _key, look = _find_look_key_and_answer(row, decisions)
    if look in RowStanding:
        until = find_departure_date(row, decisions) if look == RowStanding.LEFT and not cells.get("until") else ""
        return {**cells, "standing": look, **({"until": until} if until else {})}
    if look == WITHOUT_PERSON:
        cells = remove_contact_cells(cells)
    standing = get_row_decision(decisions, "standing")
    if standing and not cells.get("standing"):
        return {**cells, "standing": standing}
    return cells


def is_skipped_by_look_answer(row: ImportRow, decisions: Decisions) -> bool:
    key, answer = _find_look_key_and_answer(row, decisions)
    return (answer == SKIP and key != WITHOUT_STATUS) or get_contact_remark_answer(row, decisions)[1] == SKIP


def is_skipped_without_status(row: ImportRow, decisions: Decisions) -> bool:
    """Whether rows without a status are skipped, and this is one. Rows that are combined with others need none."""
    return _find_look_key_and_answer(row, decisions) == (WITHOUT_STATUS, SKIP)


def has_own_status(row: ImportRow, decisions: Decisions) -> bool:
    """Whether a status was given or decided for this row, and not only for all rows that have none."""
    return bool(row.get("standing")) or _find_look_key_and_answer(row, decisions)[1] in RowStanding


def find_formatting_or_wording_problem(row: ImportRow, decisions: Decisions, *, has_left: bool) -> RowProblem | None:
    """Ask how to import a row that is struck through, or whose colour or words mean something.

    A row that has left by its dates is asked about only if it does not want to be listed.
    """
    key, look = _find_look_key_and_answer(row, decisions)
    if not key or look or (has_left and key not in {ERASURE, UNPUBLISHED}):
        return None
    looks = row.source.row_looks
    if key in WORDING_LABELS:
        keys = list(_iter_look_question_keys(row, decisions))
        keys = [other for other in keys[keys.index(key) :] if other in WORDING_LABELS]
        return RowProblem(describe_wording_question(row, keys), "", LOOK, key)
    if key == WITHOUT_STATUS:
        sentence = _("The row has no membership status. Choose whether to import it, and how.")
        return RowProblem(" ".join([sentence, *describe_unimported_cells(row)]), "", LOOK, key)
    if key == UNKNOWN_EMPLOYER:
        sentence = _("“%(name)s” is not in the list as an organisation. Choose whether to import this row, and how.")
        if is_doubtful_name(row):
            sentence = _(
                "“%(name)s” may be several organisations in the list. Edit the row to enter the full name of one of"
                " them, or choose whether to import the row, and how."
            )
        return RowProblem(sentence % {"name": row.get("name")}, "", LOOK, key)
    if key == STRUCK:
        sentence = _("This row is struck through in the spreadsheet. Choose whether to import it, and how.")
    else:
        sentence = _(
            "This row has a different background colour: %(colour)s. Choose whether to import it, and how."
        ) % {"colour": _describe_colour(looks, key.removeprefix(COLOUR_PREFIX))}
    return RowProblem(" ".join(filter(None, [sentence, *describe_unimported_cells(row)])), "", LOOK, key)


def describe_row_formatting(row: ImportRow) -> list[str]:
    """Notes for the preview: how the row looks, and what its columns say that are not imported."""
    looks = row.source.row_looks
    notes = [_("Struck through in the spreadsheet.")] if row.number in looks.get("struck", ()) else []
    notes += [
        _("Background in the spreadsheet: %(colour)s.") % {"colour": _describe_colour(looks, colour)}
        for colour, numbers in looks.get("colours", {}).items()
        if row.number in numbers
    ]
    said = [describe_row_wording(row, key) for key in get_row_wording_keys(row)]
    said += describe_contact_answer(row, row.source.decisions)
    return [*notes, *describe_unimported_cells(row)] if notes else [*filter(None, dict.fromkeys(said))]


def describe_unimported_cells(row: ImportRow) -> list[str]:
    """The cells of columns that are not imported, except hidden columns."""
    source, place = row.source, row.source.find_table_index(row.number)
    if not 0 < place < len(source.table):
        return []
    hidden = source.row_looks.get("hidden", ())
    texts = [
        cell[:MAX_TEXT_LENGTH]
        for column, (field, cell) in enumerate(zip(source.mapping, source.table[place], strict=False))
        if not field and column not in hidden and len(cell) > 1 and any(letter.isalpha() for letter in cell)
    ]
    quoted = join_with_separator((f"“{text}”" for text in texts), ";")
    return [_("The row also says: %(texts)s.") % {"texts": quoted}] if texts else []


def _find_look_key_and_answer(row: ImportRow, decisions: Decisions) -> tuple[str, str]:
    """The key under which something was asked about the row, and the answer that counts, if there is one.

    An answer to import the row as it is leads to the next question about it. A row that asks for erasure, and is
    imported with a status, leads to the question whether everyone may see its name.
    """
    key = status = ""
    for key in _iter_look_question_keys(row, decisions):
        if status and key != UNPUBLISHED:
            break
        answer = _get_row_look_answer(row, key) or get_row_decision(decisions, key)
        if key == ERASURE and answer not in {"", SKIP, KEEP, RowStanding.KNOWN}:
            status = answer
        elif answer != KEEP:
            return key, answer
    return key, status or (KEEP if key else "")


def _get_row_look_answer(row: ImportRow, key: str) -> str:
    """What was answered about this row alone. Answers of earlier versions, and corrections, hold for all questions.

    But a status says nothing about who may see the name.
    """
    for_all = row.answers.get("look", "")
    if key == UNPUBLISHED and for_all not in {SKIP, KEEP, RowStanding.KNOWN}:
        for_all = ""
    return str(for_all or row.answers.get(get_look_answer_key(key), ""))


def get_look_answer_key(key: str) -> str:
    """Under which name a row keeps its own answer to one of these questions."""
    return f"look-{key}"


def drop_outdated_look_answers(rows: Iterable[ImportRow], earlier_looks: dict[str, Any]) -> None:
    """Ask again about rows that say something else in words than before, since other columns are imported now."""
    for row in rows:
        if _get_columns_by_wording(row.source.row_looks, row.number) != _get_columns_by_wording(
            earlier_looks, row.number
        ):
            row.answers = {name: answer for name, answer in row.answers.items() if not name.startswith("look")}


def _get_columns_by_wording(looks: dict[str, Any], number: int) -> dict[str, int]:
    """By meaning, in which column the row says so."""
    wording = looks.get("wording", {})
    return {key: places[str(number)] for key, places in wording.items() if str(number) in places}


def _iter_look_question_keys(row: ImportRow, decisions: Decisions) -> Iterator[str]:
    """Under which decisions about this row are kept; nothing for rows about which nothing is asked."""
    looks, wording = row.source.row_looks, get_row_wording_keys(row)
    yield from (key for key in (ERASURE, UNPUBLISHED, NO_ORGANISATION) if key in wording)
    if row.number in looks.get("struck", ()):
        yield STRUCK
    is_below_title = str(row.number) in looks.get("titles", {})  # which says more than the name of the sheet
    of_sheet = "" if is_below_title else get_row_decision(decisions, "standing")
    standing = find_standing(row.get("standing")) or of_sheet or RowStanding.MEMBER
    if standing == RowStanding.MEMBER:
        yield from (key for key in (LEAVING, APPLYING, OBSERVING) if key in wording)
    for colour, numbers in looks.get("colours", {}).items():
        if row.number in numbers and _is_non_member_legend(looks.get("legend", {}).get(colour, "")):
            yield f"{COLOUR_PREFIX}{colour}"
            return
    if row.number in looks.get("unknown_employers", ()) or (row.get("contact") and is_doubtful_name(row)):
        yield UNKNOWN_EMPLOYER
    elif row.number in looks.get("without_status", ()) and not (
        row.get("standing") or row.is_combined or get_row_decision(decisions, "standing")
    ):
        yield WITHOUT_STATUS


def _is_non_member_legend(legend_text: str) -> bool:
    """Whether "red = left" says something else than that these are members."""
    said = f" {fold_text(legend_text)} "
    others = (RowStanding.LEFT, RowStanding.OBSERVER, RowStanding.KNOWN)
    words = [*APPLICATION_WORDS, *(word for standing in others for word in MEMBERSHIP_STANDING_WORDS[standing])]
    return any(f" {word} " in said for word in words)


def _describe_colour(looks: dict[str, Any], colour: str) -> str:
    name, legend = str(COLOUR_NAMES.get(colour, colour)), looks.get("legend", {}).get(colour, "")
    return f"{name} (“{legend}”)" if legend else name
