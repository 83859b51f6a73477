"""A table on its way into the directory: brought, its columns chosen, its questions answered, its rows left out."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.accounts.identity import compute_keyed_digest
from jukwaa.accounts.models import Person
from jukwaa.coalitions import policies
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.imports.area_names import separate_known_areas
from jukwaa.coalitions.imports.contact_parsing import CONTACT_FIELDS, PERSON_FIELDS
from jukwaa.coalitions.imports.contact_remarks import UNDER_18
from jukwaa.coalitions.imports.decisions import Decisions, merge_import_decisions
from jukwaa.coalitions.imports.fields import guess_column_mapping
from jukwaa.coalitions.imports.file_notes import (
    describe_earlier_import,
    describe_other_sheets,
)
from jukwaa.coalitions.imports.kept_answers import copy_row_answers, filter_unchanged_decisions, find_unchanged_fields
from jukwaa.coalitions.imports.known_person_questions import move_address_to_earlier_row
from jukwaa.coalitions.imports.prepared_tables import PreparedTable, prepare_tables
from jukwaa.coalitions.imports.problems import KNOWN_PERSON, LOOK, PERSON
from jukwaa.coalitions.imports.row_looks import (
    EDITED,
    add_wording_and_sections,
    drop_outdated_look_answers,
    get_look_answer_key,
)
from jukwaa.coalitions.imports.row_references import get_combined_row_number
from jukwaa.coalitions.imports.row_validation import RowValidator
from jukwaa.coalitions.imports.sheets_of_upload import find_answers_in_other_sheets
from jukwaa.coalitions.imports.table_rows import build_row_cells, get_area_names, iter_import_rows
from jukwaa.coalitions.models import Coalition, Import, ImportRow
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.documents.incoming import ImportedTable
from jukwaa.core.refusals import ActionRefused, EditConflict
from jukwaa.core.transactions import lock_row, lock_rows
from jukwaa.core.uploads import clean_filename

BATCH_SIZE = 500
RowState = ImportRow.State
JUDGED_ROW_FIELDS = ["cells", "answers", "state", "reason", "notes", "problems", "organisation_id", "person_id"]


@dataclass(frozen=True, kw_only=True)
class RowAnswers:
    """What a coordinator answered about one row: other cells, which organisation is the same one, or to skip it.

    `look` says how a row is imported that looks different, `departure` whether a membership ends, `person` the contact,
    `known_person` who that is.
    """

    cells: dict[str, str] = field(default_factory=dict)
    same: str = ""
    look: str = ""
    departure: str = ""
    person: str = ""
    person_key: str = ""  # the remark that `person` is about: the next one about the row is another question
    known_person: str = ""
    skip: bool = False


@action
def create_import(
    *,
    actor: Person,
    coalition: Coalition,
    import_kind: str,
    file_name: str,
    imported_table: ImportedTable,
    further_sheets: Sequence[ImportedTable] = (),
) -> Import:
    """Keep a table, with a guess of what its columns are. Each of the further sheets is an import of its own.

    Raises PermissionDenied, and ActionRefused for a heading alone.
    """
    if not policies.can_import_members(ViewerContext(actor), coalition):
        raise PermissionDenied
    tables, now = [imported_table, *further_sheets], timezone.now()
    sheets = [table.sheet for table in tables]
    imports = [
        _create_import_of_table(actor, coalition, file_name, table, prepared, sheets_of_upload=sheets, at=now)
        for table, prepared in zip(tables, prepare_tables(tables, import_kind), strict=True)
    ]
    return imports[0]


def _create_import_of_table(
    actor: Person,
    coalition: Coalition,
    file_name: str,
    imported_table: ImportedTable,
    prepared: PreparedTable,
    *,
    sheets_of_upload: Sequence[str],
    at: datetime,
) -> Import:
    digest = compute_keyed_digest(f"import.{coalition.pk}", json.dumps(prepared.rows))
    brought = Import.objects.create(
        coalition=coalition,
        at=at,
        sheet=imported_table.sheet[:200],
        digest=digest,
        row_looks=prepared.looks,
        decisions=prepared.decisions,
        by=actor,
        of=prepared.kind,
        file_name=clean_filename(file_name),
        table=prepared.rows,
        row_numbers=prepared.numbers,
        first=prepared.numbers[0],
        notes=[
            *describe_earlier_import(coalition, digest),
            *prepared.notes,
            *describe_other_sheets(coalition, imported_table, file_name, sheets_of_upload),
        ],
        mapping=prepared.mapping,
    )
    record_activity(actor=actor, verb="brought", subject=brought, coalition=coalition)
    return brought


@action
def delete_import(*, actor: Person, spreadsheet_import: Import) -> None:
    """Delete a table of which nothing is in the directory, and its rows.

    Raises PermissionDenied, and ActionRefused if rows have been imported.
    """
    if not policies.can_import_members(ViewerContext(actor), spreadsheet_import.coalition):
        raise PermissionDenied
    current = lock_row(spreadsheet_import)
    if current.state == Import.State.ENTERED and current.changes.exists():
        raise ActionRefused(_("Undo the import first. Some of its rows are in the directory."))
    record_activity(actor=actor, verb="deleted", subject=current, coalition=current.coalition)
    current.delete()


def map_import_columns(
    *,
    actor: Person,
    spreadsheet_import: Import,
    column_mapping: list[str],
    all_are_adults: bool = False,
    rows_under_18: Sequence[int] = (),
    contacts_can_represent: bool = False,
    standing: str = "",
) -> Import:
    """Say what the columns are, and make the rows. It can be said again until the first row has been imported.

    Answers about columns that stay the same are kept. `standing` is the membership status of all rows that have none of
    their own; an organisation is a member by default. `rows_under_18` are the numbers of rows whose people are under
    18, and so not imported. The rows are judged before anything is locked: a long table takes a while.
    """
    if not policies.can_import_members(ViewerContext(actor), spreadsheet_import.coalition):
        raise PermissionDenied
    unchanged = find_unchanged_fields(spreadsheet_import.mapping, column_mapping)
    earlier_under_18, spreadsheet_import.rows_under_18 = spreadsheet_import.rows_under_18, sorted(rows_under_18)
    earlier_rows, earlier_looks = list(spreadsheet_import.rows.order_by("number")), spreadsheet_import.row_looks
    saved_answers = _copy_saved_answers(spreadsheet_import, earlier_rows)
    spreadsheet_import.row_looks = add_wording_and_sections(spreadsheet_import, column_mapping)
    rows = list(iter_import_rows(spreadsheet_import, column_mapping))
    if spreadsheet_import.state == Import.State.PREVIEW:
        _copy_answers_to_new_rows(spreadsheet_import, rows, earlier_rows, unchanged, earlier_under_18)
        drop_outdated_look_answers(rows, earlier_looks)
    spreadsheet_import.mapping = column_mapping
    decisions = filter_unchanged_decisions(spreadsheet_import.decisions, unchanged, standing)
    if spreadsheet_import.state == Import.State.COLUMNS:
        decisions = merge_import_decisions(find_answers_in_other_sheets(spreadsheet_import, column_mapping), decisions)
    judge = RowValidator(spreadsheet_import.coalition, spreadsheet_import.of, decisions, rows)
    for row in rows:
        if row.state != RowState.LEFT_OUT:
            judge.judge(row)
    spreadsheet_import.all_adults, spreadsheet_import.contacts_represent = all_are_adults, contacts_can_represent
    spreadsheet_import.decisions = decisions
    return _save_import_rows(
        actor=actor,
        spreadsheet_import=spreadsheet_import,
        column_mapping=column_mapping,
        import_rows=rows,
        saved_answers=saved_answers,
    )


@action
def change_import_to_mailing_list(
    *, actor: Person, spreadsheet_import: Import, rows_under_18: Sequence[int] = ()
) -> Import:
    """Import a table as people on the mailing list, which was taken for a list of members; its columns are asked again.

    Rows of people under 18 stay named, with those of `rows_under_18`.
    Raises PermissionDenied, and ActionRefused if rows have been imported.
    """
    if not policies.can_import_members(ViewerContext(actor), spreadsheet_import.coalition):
        raise PermissionDenied
    current = lock_row(spreadsheet_import)
    _refuse_imported(current)
    if current.of == Import.Kind.PEOPLE:
        return current
    hidden = current.row_looks.get("hidden", ())
    mapping = guess_column_mapping(current.table[0], Import.Kind.PEOPLE, current.table[1:])
    current.rows.all().delete()
    current.of, current.state = Import.Kind.PEOPLE, Import.State.COLUMNS
    current.mapping = ["" if place in hidden else field for place, field in enumerate(mapping)]
    current.row_looks, current.decisions = {"hidden": hidden} if hidden else {}, {}
    current.all_adults = False  # was said about contact people
    current.rows_under_18 = sorted({*current.rows_under_18, *rows_under_18})
    current.save(update_fields=["of", "state", "mapping", "row_looks", "decisions", "all_adults", "rows_under_18"])
    record_activity(actor=actor, verb="mapped", subject=current, coalition=current.coalition)
    return current


def _refuse_imported(spreadsheet_import: Import) -> None:
    if spreadsheet_import.state == Import.State.ENTERED:
        raise ActionRefused(
            _("Upload the file again to change the columns. Some rows of this import are already in the directory.")
        )


def _copy_saved_answers(spreadsheet_import: Import, import_rows: list[ImportRow]) -> list[Any]:
    """What coordinators answered so far. A value that is put in its place changes nothing here."""
    return [spreadsheet_import.decisions, *([row.number, row.cells, row.answers, row.state] for row in import_rows)]


@action
def _save_import_rows(
    *,
    actor: Person,
    spreadsheet_import: Import,
    column_mapping: list[str],
    import_rows: list[ImportRow],
    saved_answers: list[Any],
) -> Import:
    """Raises EditConflict if others have answered or corrected something since the rows were judged."""
    current = lock_row(spreadsheet_import)
    _refuse_imported(current)
    is_same_kind = current.of == spreadsheet_import.of
    if not is_same_kind or _copy_saved_answers(current, list(current.rows.order_by("number"))) != saved_answers:
        raise EditConflict(current)
    current.rows.all().delete()
    ImportRow.objects.bulk_create(import_rows, batch_size=BATCH_SIZE)
    current.mapping, current.state = column_mapping, Import.State.PREVIEW
    current.decisions = spreadsheet_import.decisions
    current.all_adults = spreadsheet_import.all_adults
    current.rows_under_18 = spreadsheet_import.rows_under_18
    current.contacts_represent = spreadsheet_import.contacts_represent
    current.row_looks = spreadsheet_import.row_looks
    current.save(
        update_fields=[
            *("mapping", "state", "decisions", "all_adults", "rows_under_18", "contacts_represent", "row_looks")
        ]
    )
    record_activity(actor=actor, verb="mapped", subject=current, coalition=current.coalition)
    return current


def _copy_answers_to_new_rows(
    spreadsheet_import: Import,
    import_rows: list[ImportRow],
    earlier_rows: list[ImportRow],
    unchanged_fields: set[str],
    rows_under_18: Sequence[int],
) -> None:
    """What the people of rows under 18 said was removed or left out, and nobody corrected it.

    `rows_under_18` were named before.
    """
    earlier_by_number = {row.number: row for row in earlier_rows}
    area_names = get_area_names(spreadsheet_import)
    for row in import_rows:
        if earlier := earlier_by_number.get(row.number):
            table_row = spreadsheet_import.table[spreadsheet_import.find_table_index(row.number)]
            hidden = CONTACT_FIELDS if row.number in rows_under_18 else ()
            original_cells = build_row_cells(spreadsheet_import.mapping, table_row, area_names)
            copy_row_answers(row, earlier, original_cells, unchanged_fields.difference(hidden))


@action
def answer_questions_of_import(
    *, actor: Person, spreadsheet_import: Import, import_decisions: Decisions, answers_by_row: dict[int, RowAnswers]
) -> Import:
    """Save what words of a column mean, and what was answered about rows (by their keys); then judge rows again.

    Repeating it changes nothing. What was imported already stays as it is.
    """
    if not policies.can_import_members(ViewerContext(actor), spreadsheet_import.coalition):
        raise PermissionDenied
    current = lock_rows(Import.objects.defer("table").filter(pk=spreadsheet_import.pk)).get()
    current.decisions = merge_import_decisions(current.decisions, import_decisions)
    current.save(update_fields=["decisions"])
    rows = list(lock_rows(current.rows.order_by("number")))
    before = copy_validated_fields(rows)
    for row in rows:
        if row.state != RowState.ENTERED and (answer := answers_by_row.get(row.pk)):
            _apply_row_answers(row, answer)
            move_address_to_earlier_row(row, rows)
    check_import_rows(current, rows, before)
    record_activity(actor=actor, verb="mended", subject=current, coalition=current.coalition)
    return current


def _apply_row_answers(import_row: ImportRow, row_answers: RowAnswers) -> None:
    _change_row_cells(import_row, {**import_row.cells, **row_answers.cells})
    given = {"same": row_answers.same, "departure": row_answers.departure, KNOWN_PERSON: row_answers.known_person}
    answers = {name: text for name, text in given.items() if text}
    if row_answers.look:
        asked = [each["text"] for each in import_row.problems if each["kind"] == LOOK]
        answers |= {get_look_answer_key(key): row_answers.look for key in asked}
    if row_answers.person:
        asked = [each["text"] for each in import_row.problems if each["kind"] == PERSON]
        answers |= {key: row_answers.person for key in asked if row_answers.person_key in {"", key}}
    import_row.answers = {**import_row.answers, **answers}
    if row_answers.skip:
        import_row.state, import_row.notes, import_row.reason, import_row.problems = RowState.LEFT_OUT, [], "", []


def _change_row_cells(import_row: ImportRow, cells_by_field: dict[str, str]) -> None:
    """What was answered about another name counts no more, nor who another person is, or that they are 18 or older."""
    if cells_by_field.get("name", "") != import_row.get("name"):
        import_row.answers = {}
    if changed := {field for field in PERSON_FIELDS if cells_by_field.get(field, "") != import_row.get(field)}:
        outdated = {KNOWN_PERSON, UNDER_18} if changed - {"email"} else {KNOWN_PERSON}
        import_row.answers = {key: answer for key, answer in import_row.answers.items() if key not in outdated}
    if cells_by_field.get("standing", "") not in {"", import_row.get("standing")}:
        import_row.answers = {**import_row.answers, "look": EDITED}
    import_row.cells = {name: text for name, text in cells_by_field.items() if text}


def check_import_rows(spreadsheet_import: Import, import_rows: list[ImportRow], cells_before: list[list[Any]]) -> None:
    """Judge the rows of an import that were neither imported nor left out, in the order of the file.

    Those that differ from `before`, which has their fields as they are stored, are saved.
    """
    judge = RowValidator(spreadsheet_import.coalition, spreadsheet_import.of, spreadsheet_import.decisions, import_rows)
    judge.add_known_rows(row for row in import_rows if row.state == RowState.ENTERED)
    for row in import_rows:
        if row.state not in {RowState.ENTERED, RowState.LEFT_OUT}:
            judge.judge(row)
    changed = [
        row
        for row, old, new in zip(import_rows, cells_before, copy_validated_fields(import_rows), strict=True)
        if old != new
    ]
    names = [name.removesuffix("_id") for name in JUDGED_ROW_FIELDS]
    ImportRow.objects.bulk_update(changed, names, batch_size=BATCH_SIZE)


def copy_validated_fields(import_rows: list[ImportRow]) -> list[list[Any]]:
    """What is stored of each row: judging puts other lists and dictionaries in their place."""
    return [[getattr(row, name) for name in JUDGED_ROW_FIELDS] for row in import_rows]


@action
def correct_import_row(
    *, actor: Person, import_row: ImportRow, cells_by_field: dict[str, str], earlier_row_number: int | None = None
) -> ImportRow:
    """Write what the row should say, and judge it again. What was imported is changed in the directory.

    `earlier_row_number` is the number of an earlier row about the same organisation.
    """
    brought = import_row.source
    if not policies.can_import_members(ViewerContext(actor), brought.coalition):
        raise PermissionDenied
    current = lock_row(import_row)
    if current.state == RowState.ENTERED:
        raise ActionRefused(
            _("Edit the organisation or the person in the directory instead. This row has already been imported.")
        )
    others = list(brought.rows.exclude(pk=current.pk))
    areas = separate_known_areas(cells_by_field.get("areas", ""), get_area_names(brought))
    _change_row_cells(current, {**cells_by_field, "areas": areas})
    if earlier_row_number or current.is_combined:
        current.answers = {**current.answers, "same": f"row-{earlier_row_number}" if earlier_row_number else ""}
    judge = RowValidator(brought.coalition, brought.of, brought.decisions, [*others, current])
    judge.add_known_rows(row for row in others if get_combined_row_number(row) != current.number)
    judge.judge(current).save()
    record_activity(actor=actor, verb="mended", subject=brought, coalition=brought.coalition)
    return current


@action
def skip_import_row(*, actor: Person, import_row: ImportRow) -> ImportRow:
    """It is not imported, unless it is corrected after all. Repeating changes nothing."""
    if not policies.can_import_members(ViewerContext(actor), import_row.source.coalition):
        raise PermissionDenied
    current = lock_row(import_row)
    if current.state in {RowState.ENTERED, RowState.LEFT_OUT}:
        return current
    current.state = RowState.LEFT_OUT
    current.save(update_fields=["state"])
    record_activity(actor=actor, verb="left-out", subject=import_row.source, coalition=import_row.source.coalition)
    return current
