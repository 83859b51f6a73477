"""The rows of a table, by the fields that its columns were mapped to."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from jukwaa.coalitions.imports.area_names import separate_known_areas
from jukwaa.coalitions.imports.contact_parsing import PARTS_BY_NAME_FIELD
from jukwaa.coalitions.imports.row_kinds import describe_extra_row, find_first_closing_row
from jukwaa.coalitions.imports.section_rows import get_section_country
from jukwaa.coalitions.imports.section_titles import find_section_titles
from jukwaa.coalitions.imports.vocabulary import is_placeholder_text, says_no_status
from jukwaa.coalitions.models import Import, ImportRow


def iter_import_rows(spreadsheet_import: Import, column_mapping: list[str]) -> Iterator[ImportRow]:
    """Rows with anything in the chosen columns. Those that are about no member are left out, and say why."""
    heading, *rows = spreadsheet_import.table
    first = spreadsheet_import.first + 1
    numbers = spreadsheet_import.row_numbers[1:] or range(first, first + len(rows))
    closing = find_first_closing_row(rows, column_mapping)
    area_names = get_area_names(spreadsheet_import)
    sections = find_section_titles(spreadsheet_import.table, [0, *numbers], column_mapping)
    for place, (number, row) in enumerate(zip(numbers, rows, strict=False)):
        cells = build_row_cells(column_mapping, row, area_names)
        if not cells:  # nothing in it is imported, or it was about a person who has been erased
            continue
        found = ImportRow(source=spreadsheet_import, number=number, cells=cells)
        if spreadsheet_import.of == Import.Kind.MEMBERS and (
            why := sections.describe_row(number)
            or describe_extra_row(row, heading, column_mapping, is_closing=place >= closing)
        ):
            found.state, found.notes = ImportRow.State.LEFT_OUT, [why]
        elif spreadsheet_import.of == Import.Kind.PEOPLE and number in spreadsheet_import.rows_under_18:
            found.state, found.notes = ImportRow.State.LEFT_OUT, [_("This person is under 18.")]
        elif not cells.get("country") and (country := get_section_country(found)):
            found.cells = {**cells, "country": country}
        yield found


def get_area_names(spreadsheet_import: Import) -> list[str]:
    """Those of the coalition that have a comma."""
    return list(spreadsheet_import.coalition.areas.filter(name__contains=",").values_list("name", flat=True))


def build_row_cells(column_mapping: list[str], cell_texts: list[str], area_names: Iterable[str]) -> dict[str, str]:
    """The cells of the chosen columns, except "n/a" and the like. The parts of a name are joined.

    `area_names` are areas of work of the coalition that have a comma.
    """
    cells = {
        name: cell
        for name, cell in zip(column_mapping, cell_texts, strict=False)
        if name and cell and not _is_empty_cell(name, cell)
    }
    if "areas" in cells:
        cells["areas"] = separate_known_areas(cells["areas"], area_names)
    for field, part_fields in PARTS_BY_NAME_FIELD.items():
        parts = [cells.pop(name, "") for name in part_fields]
        if any(parts):
            cells[field] = cells.get(field) or " ".join(filter(None, parts))
    return cells


def _is_empty_cell(field_name: str, cell_text: str) -> bool:
    """Whether nothing is said. "NA" is Namibia among countries, and the groups have an "unknown" of their own."""
    if field_name == "standing":
        return says_no_status(cell_text)
    return is_placeholder_text(cell_text) and field_name not in {"regional_group", "stakeholder_group"}
