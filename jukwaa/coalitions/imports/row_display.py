"""What each cell of a row will become, for the preview: "UK" is United Kingdom, "2009" stays the year."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language

from jukwaa.coalitions.imports.contact_parsing import CONTACT_FIELDS, PARTS_BY_NAME_FIELD, parse_contact
from jukwaa.coalitions.imports.decisions import EMPTY_CELL_ANSWER
from jukwaa.coalitions.imports.fields import get_row_fields
from jukwaa.coalitions.imports.problems import RowProblems
from jukwaa.coalitions.imports.row_looks import (
    get_cells_with_decided_status,
    has_own_status,
)
from jukwaa.coalitions.imports.row_parsing import MemberRow, RowReader
from jukwaa.coalitions.imports.vocabulary import LABEL_BY_ROW_STANDING
from jukwaa.coalitions.imports.written_names import split_acronym
from jukwaa.coalitions.models import Import, ImportRow
from jukwaa.core.dates import PartialDate
from jukwaa.core.list_formatting import join_with_separator
from jukwaa.places.countries import get_country_name
from jukwaa.places.country_search import is_short_form_of_country
from jukwaa.places.languages import get_language_name
from jukwaa.places.regions import RegionalGroup, StakeholderGroup
from jukwaa.places.text_folding import fold_text

ISO_DATE_PATTERN = re.compile(r"\d{4}-\d{2}-\d{2}")  # nobody needs to see how we understood it


# Fields that share a column of the preview, so that it fits a page: their values need no label of their own.
DISPLAYED_FIELD_GROUPS = (("acronym", "website"), ("country", "regional_group", "stakeholder_group"), CONTACT_FIELDS)


# Their values are chosen from lists or written in one way: "NGO" and "Civil society" say the same.
FIELDS_WITH_RECOGNISED_VALUES = frozenset(
    {"country", "regional_group", "stakeholder_group", "languages", "standing", "since", "until", "website"}
)


@dataclass(frozen=True, slots=True)
class DisplayedCell:
    """`value` is what will be imported; `written` is what stands in the file, if that differs."""

    field: str
    label: str
    value: str
    written: str = ""
    is_wrong: bool = False


def get_shown_fields(spreadsheet_import: Import) -> list[str]:
    """The fields of the columns that were chosen, in our order."""
    chosen = {*spreadsheet_import.mapping}
    chosen |= {field for field, parts in PARTS_BY_NAME_FIELD.items() if chosen & {*parts}}
    if chosen & {"contact", "email"}:
        chosen |= {"contact", "email"}  # a row may have both
    if "sections" in spreadsheet_import.row_looks:
        chosen.add("country")
    chosen.add("standing")  # also if no column has it: most lists are of members, but not all
    return [field for field in get_row_fields(spreadsheet_import.of) if field in chosen]


def group_displayed_fields(fields: list[str]) -> list[list[str]]:
    """The fields of each column of the preview."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for field in fields:
        group = next((group for group in DISPLAYED_FIELD_GROUPS if field in group), (field,))
        groups.setdefault(group, []).append(field)
    return list(groups.values())


def get_group_heading(field_group: list[str], labels: dict[str, str | Promise]) -> str:
    """All labels; of a contact person the first says enough."""
    shown = field_group[:1] if field_group[0] in CONTACT_FIELDS else field_group
    return join_with_separator(str(labels[field]) for field in shown)


def describe_import_row(import_row: ImportRow, fields: list[str]) -> list[DisplayedCell]:
    """The cells of these fields. Of a row that is left out, as they stand in the file."""
    reading = RowReader(
        get_cells_with_decided_status(import_row, import_row.source.decisions), import_row.source.decisions
    )
    labels = get_row_fields(import_row.source.of)
    if import_row.state == ImportRow.State.LEFT_OUT:
        return [DisplayedCell(field, str(labels[field]), import_row.get(field)) for field in fields]
    if import_row.source.of == Import.Kind.MEMBERS:
        values = _describe_member_row(reading.read_member_row())
        if import_row.is_combined and not has_own_status(import_row, import_row.source.decisions):
            values["standing"] = ""  # that of the earlier row counts
    else:
        person = reading.read_person_row()
        since = str(PartialDate(person.since)) if person.since else ""
        values = {"person": person.name, "email": person.email, "organisation": person.organisation, "since": since}
    wrong = {problem.field for problem in reading.problems}
    return [
        _build_displayed_cell(
            field, str(labels[field]), values.get(field, ""), import_row.cells.get(field, ""), field in wrong
        )
        for field in fields
    ]


def find_contacts_without_name(spreadsheet_import: Import) -> list[int]:
    """The numbers of the rows that have the address of a contact person and no name, in one query."""
    if spreadsheet_import.of != Import.Kind.MEMBERS or {"contact", "email"}.isdisjoint(spreadsheet_import.mapping):
        return []
    rows = spreadsheet_import.rows.exclude(state=ImportRow.State.LEFT_OUT).order_by("number")
    contacts = (
        (number, parse_contact(cells, [], RowProblems())) for number, cells in rows.values_list("number", "cells")
    )
    return [number for number, contact in contacts if contact and contact.email and not contact.name]


def is_imported_as_written(import_row: ImportRow, displayed_cells: Iterable[DisplayedCell]) -> bool:
    """Whether nobody has to look at the row: it is new, nothing is noted about it, and no word of it is lost.

    A country that was recognised by a short form is for the eyes of a person, too.
    """
    if import_row.state != ImportRow.State.WAITING or import_row.notes or import_row.is_known or import_row.is_combined:
        return False
    cells = list(displayed_cells)
    imported = set(fold_text(" ".join(cell.value for cell in cells)).split())
    return not any(cell.is_wrong or _loses_words(cell, imported) for cell in cells)


def _loses_words(cell: DisplayedCell, imported_words: set[str]) -> bool:
    if cell.field in FIELDS_WITH_RECOGNISED_VALUES:
        return cell.field == "country" and is_short_form_of_country(cell.written)
    written = split_acronym(cell.written)[0] if cell.field == "name" else cell.written  # the acronym has its own field
    return not imported_words.issuperset(fold_text(written).split())


def _build_displayed_cell(
    field: str,
    label: str,
    cell_text: str,
    written_text: str,
    has_problem: bool,  # noqa: FBT001 - the last of a row of facts
) -> DisplayedCell:
    if has_problem:
        return DisplayedCell(field, label, written_text, is_wrong=True)
    differs = " ".join(written_text.split()) != cell_text and not ISO_DATE_PATTERN.match(written_text)
    differs = differs and written_text != EMPTY_CELL_ANSWER  # an answer that is not in the file
    return DisplayedCell(field, label, cell_text, written_text if differs else "")


def _describe_member_row(member_row: MemberRow) -> dict[str, str]:
    language = get_language() or "en"
    region, group = member_row.regional_group, member_row.stakeholder_group
    contact = member_row.contact
    return {
        "name": member_row.name,
        "acronym": member_row.acronym,
        "country": get_country_name(member_row.country, language) if member_row.country else "",
        "regional_group": str(RegionalGroup(region).label) if region else "",
        "stakeholder_group": str(StakeholderGroup(group).label) if group != StakeholderGroup.UNKNOWN else "",
        "website": member_row.website,
        "areas": join_with_separator(member_row.areas, ";"),
        "languages": join_with_separator(get_language_name(tag, language) for tag in member_row.languages),
        "since": str(member_row.since.partial_date) if member_row.since else "",
        "until": str(member_row.until.partial_date) if member_row.until else "",
        "standing": str(LABEL_BY_ROW_STANDING[member_row.stands]),
        "contact": contact.name if contact else "",
        "email": contact.email if contact else "",
        "position": contact.position if contact else "",
        "phone": contact.phone if contact else "",
    }
