"""A table as an import keeps it: its rows below the heading, a guess of its columns, and what is said about it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jukwaa.coalitions.imports.contact_types import ContactList, arrange_contact_types
from jukwaa.coalitions.imports.decisions import COMBINE
from jukwaa.coalitions.imports.exported_contacts import (
    join_continued_rows,
    remove_markup,
    separate_organisations_from_names,
)
from jukwaa.coalitions.imports.fields import find_heading_row, guess_column_mapping
from jukwaa.coalitions.imports.file_notes import describe_table_size, describe_texts_above_heading
from jukwaa.coalitions.imports.row_looks import build_row_formatting, describe_sheet_formatting
from jukwaa.coalitions.imports.sharing_limits import leave_out_phone_numbers
from jukwaa.coalitions.imports.sheet_standing import suggest_sheet_standing
from jukwaa.coalitions.models import Import
from jukwaa.core.documents.incoming import ImportedTable
from jukwaa.core.list_formatting import join_with_separator
from jukwaa.core.refusals import ActionRefused


@dataclass(frozen=True, slots=True)
class PreparedTable:
    """The first of the rows is the heading. `numbers` are those of the spreadsheet, and `notes` are sentences."""

    kind: str
    rows: list[list[str]]
    numbers: list[int]
    mapping: list[str]
    looks: dict[str, Any]
    decisions: dict[str, dict[str, str]]
    notes: list[str]


def prepare_tables(imported_tables: Sequence[ImportedTable], import_kind: str) -> list[PreparedTable]:
    """Prepare the sheets of an upload. Raises ActionRefused, which names the sheets that have a heading alone."""
    prepared, without_rows = list[PreparedTable](), list[str]()
    for table in imported_tables:
        try:
            prepared.append(prepare_table(table, import_kind))
        except ActionRefused:
            if len(imported_tables) == 1:
                raise
            without_rows.append(table.sheet)
    if without_rows:
        sentence = ngettext(
            "Deselect this sheet, which has no rows below its column headings: %(sheets)s",
            "Deselect these sheets, which have no rows below their column headings: %(sheets)s",
            len(without_rows),
        )
        raise ActionRefused(sentence % {"sheets": join_with_separator(without_rows)}, "sheet")
    return prepared


def prepare_table(imported_table: ImportedTable, import_kind: str) -> PreparedTable:
    """Find the heading and guess the columns. Raises ActionRefused for a heading alone."""
    is_of_members = import_kind == Import.Kind.MEMBERS
    imported_table = remove_markup(imported_table)
    first, heading = find_heading_row(imported_table.rows, import_kind)
    imported_table = join_continued_rows(imported_table, first)
    contact_list = arrange_contact_types(imported_table, first, heading) if is_of_members else None
    if contact_list:
        imported_table, heading = contact_list.table, contact_list.heading
    numbers = list(imported_table.numbers or range(1, len(imported_table.rows) + 1))[first:]
    rows = [heading, *imported_table.rows[first + 1 :]]
    if not is_of_members and "@" in "".join(rows[0]):  # addresses without a heading
        rows, first = [[_("Email address") if "@" in cell else "" for cell in rows[0]], *rows], -1
        numbers = [0, *numbers]
    if len(rows) < 2:  # noqa: PLR2004 - the heading, and a row
        raise ActionRefused(_("Choose another file. This one has column headings, but no rows below them."), "file")
    known_headings = contact_list.known_headings if contact_list else rows[0]
    if not contact_list and (separated := separate_organisations_from_names(rows, import_kind)):
        rows, known_headings = separated
    looks = build_row_formatting(imported_table, first) if is_of_members and first >= 0 else {}
    if contact_list and contact_list.people_without_row:
        looks["unknown_employers"] = contact_list.people_without_row
    if contact_list and contact_list.doubtful_names:
        looks["doubtful_names"] = contact_list.doubtful_names
    mapping = guess_column_mapping(known_headings, import_kind, rows[1:])
    titles = [imported_table.sheet, *(cell for row in imported_table.rows[: max(first, 0)] for cell in row)]
    mapping, sharing_limits = leave_out_phone_numbers(mapping, rows[0], titles)
    return PreparedTable(
        kind=import_kind,
        rows=rows,
        numbers=numbers,
        mapping=["" if place in imported_table.hidden else name for place, name in enumerate(mapping)],
        looks=looks,
        decisions=_suggest_decisions(imported_table, first, heading, contact_list) if is_of_members else {},
        notes=[
            *([contact_list.note] if contact_list else []),
            *describe_table_size(imported_table, first, numbers[0]),
            *describe_texts_above_heading(imported_table, first, looks),
            *sharing_limits,
            *describe_sheet_formatting(looks),
        ],
    )


def _suggest_decisions(
    table: ImportedTable, first: int, heading: list[str], contact_list: ContactList | None
) -> dict[str, dict[str, str]]:
    """Decisions about all rows: their status, and that the rows of people are combined with those of organisations."""
    decisions = dict(_iter_suggested_decisions(table, first, heading, contact_list))
    return {"rows": decisions} if decisions else {}


def _iter_suggested_decisions(
    table: ImportedTable, first: int, heading: list[str], contact_list: ContactList | None
) -> Iterator[tuple[str, str]]:
    """The status is known if the sheet is called "Observers" or the like."""
    titles = [cell for row in table.rows[: max(first, 0)] for cell in row if cell]
    if standing := suggest_sheet_standing(table.sheet, titles, heading):
        yield "standing", standing
    if contact_list:
        yield "repeated", COMBINE
