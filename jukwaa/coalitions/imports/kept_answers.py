"""What stays of a coordinator's answers when the columns of an import are chosen again."""

from collections.abc import Collection, Mapping

from jukwaa.coalitions.imports.contact_parsing import PERSON_FIELDS
from jukwaa.coalitions.imports.contact_remarks import CONTACT_REMARK_LABELS
from jukwaa.coalitions.imports.decisions import Decisions
from jukwaa.coalitions.imports.problems import KNOWN_PERSON
from jukwaa.coalitions.models import Import, ImportRow

RowState = ImportRow.State


def find_unchanged_fields(old_mapping: list[str], new_mapping: list[str]) -> set[str]:
    """Return the fields that the same columns hold in both."""
    return {field for field, other in zip(old_mapping, new_mapping, strict=True) if field and field == other}


def filter_unchanged_decisions(
    old_decisions: Decisions, unchanged_fields: Collection[str], standing: str
) -> dict[str, dict[str, str]]:
    """Return the decisions about rows, and about words of columns that hold the same field as before."""
    kept = {field: dict(found) for field, found in old_decisions.items() if field in {*unchanged_fields, "rows"}}
    kept["rows"] = {key: value for key, value in kept.get("rows", {}).items() if key != "standing"}
    if standing:
        kept["rows"]["standing"] = standing
    return {field: found for field, found in kept.items() if found}


def copy_row_answers(
    import_row: ImportRow, earlier_row: ImportRow, original_cells: Mapping[str, str], unchanged_fields: Collection[str]
) -> None:
    """Put the corrections and answers of a row into the one that replaces it.

    `original_cells` are what the file says in the columns as they were chosen before: other cells were corrected.
    What was answered about a person says nothing about one from another column.
    """
    is_same_person = all(import_row.cells.get(field) == original_cells.get(field) for field in PERSON_FIELDS)
    corrected = {
        field: earlier_row.cells.get(field, "")
        for field in unchanged_fields
        if earlier_row.cells.get(field, "") != original_cells.get(field, "")
    }
    cells = {**import_row.cells, **corrected}
    import_row.cells = {field: text for field, text in cells.items() if text}
    row_field = "email" if import_row.source.of == Import.Kind.PEOPLE else "name"
    if row_field not in unchanged_fields:
        return
    import_row.answers = {
        key: answer
        for key, answer in earlier_row.answers.items()
        if is_same_person or key not in {*CONTACT_REMARK_LABELS, KNOWN_PERSON}
    }
    if earlier_row.state == RowState.LEFT_OUT:
        import_row.state, import_row.notes = RowState.LEFT_OUT, earlier_row.notes
    elif import_row.state == RowState.LEFT_OUT:
        import_row.state, import_row.notes = "", []
