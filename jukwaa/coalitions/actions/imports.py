"""A table on its way into the directory: brought, its columns chosen, and its rows mended or left out."""

from collections.abc import Iterator

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions import policies
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.imports.fields import find_heading_row, guess_columns
from jukwaa.coalitions.imports.row_validation import RowValidator
from jukwaa.coalitions.models import Coalition, Import, ImportRow
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.documents.incoming import Table
from jukwaa.core.list_formatting import join_with_mark
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.transactions import lock_row
from jukwaa.core.uploads import clean_filename

BATCH_SIZE = 500


@action
def create_import(*, actor: Person, coalition: Coalition, kind: str, name: str, table: Table) -> Import:
    """Keep a table, with a guess of what its columns are.

    Raises PermissionDenied, and ActionRefused for a heading alone.
    """
    if not policies.can_import(ViewerContext(actor), coalition):
        raise PermissionDenied
    first = find_heading_row(table.rows, kind)
    rows = table.rows[first:]
    if kind == Import.Kind.PEOPLE and "@" in "".join(rows[0]):  # addresses without a heading
        rows, first = [[_("Email address") if "@" in cell else "" for cell in rows[0]], *rows], -1
    if len(rows) < 2:  # noqa: PLR2004 - the heading, and a row
        raise ActionRefused(_("Choose another file. This one has column headings, but no rows below them."), "file")
    brought = Import.objects.create(
        coalition=coalition,
        by=actor,
        of=kind,
        file_name=clean_filename(name),
        table=rows,
        first=first + 1,
        notes=list(_describe_table(table, first)),
        mapping=guess_columns(rows[0], kind),
    )
    record_activity(actor=actor, verb="brought", subject=brought, coalition=coalition)
    return brought


def _describe_table(table: Table, first: int) -> Iterator[str]:
    if first > 0:
        yield _("The column headings are in row %(number)s. Rows above them are not imported.") % {"number": first + 1}
    if table.other_sheets:
        yield _("Only the first sheet with content is imported. Sheets not imported: %(names)s.") % {
            "names": join_with_mark(table.other_sheets)
        }
    if table.guessed_encoding:
        yield _("The file does not state its character encoding, so we have guessed it. Check accented letters.")


def map_columns(*, actor: Person, spreadsheet_import: Import, mapping: list[str]) -> Import:
    """Say what the columns are, and make the rows. It can be said again until the first row has entered.

    The rows are judged before anything is locked: a long table takes a while.
    """
    if not policies.can_import(ViewerContext(actor), spreadsheet_import.coalition):
        raise PermissionDenied
    judge = RowValidator(spreadsheet_import.coalition, spreadsheet_import.of)
    rows = [
        judge.judge(ImportRow(source=spreadsheet_import, number=number, cells=cells))
        for number, cells in _iter_row_cells(spreadsheet_import, mapping)
    ]
    return _save_rows(actor=actor, spreadsheet_import=spreadsheet_import, mapping=mapping, rows=rows)


@action
def _save_rows(*, actor: Person, spreadsheet_import: Import, mapping: list[str], rows: list[ImportRow]) -> Import:
    current = lock_row(spreadsheet_import)
    if current.state == Import.State.ENTERED:
        raise ActionRefused(
            _("Upload the file again to change the columns. Some rows of this import are already in the directory.")
        )
    current.rows.all().delete()
    ImportRow.objects.bulk_create(rows, batch_size=BATCH_SIZE)
    current.mapping, current.state = mapping, Import.State.PREVIEW
    current.save(update_fields=["mapping", "state"])
    record_activity(actor=actor, verb="mapped", subject=current, coalition=current.coalition)
    return current


def _iter_row_cells(spreadsheet_import: Import, mapping: list[str]) -> Iterator[tuple[int, dict[str, str]]]:
    for number, row in enumerate(spreadsheet_import.table[1:], start=spreadsheet_import.first + 1):
        if not any(row):  # it was about somebody who has been erased
            continue
        yield number, {field: cell for field, cell in zip(mapping, row, strict=False) if field and cell}


@action
def correct_row(*, actor: Person, row: ImportRow, cells: dict[str, str]) -> ImportRow:
    """Write what the row should say, and judge it again. What has entered is changed in the directory."""
    brought = row.source
    if not policies.can_import(ViewerContext(actor), brought.coalition):
        raise PermissionDenied
    current = lock_row(row)
    if current.state == ImportRow.State.ENTERED:
        raise ActionRefused(
            _("Edit the organisation or the person in the directory instead. This row has already been imported.")
        )
    judge = RowValidator(brought.coalition, brought.of)
    judge.add_known_rows(brought.rows.exclude(pk=current.pk))
    current.cells = {field: text for field, text in cells.items() if text}
    judge.judge(current).save()
    record_activity(actor=actor, verb="mended", subject=brought, coalition=brought.coalition)
    return current


@action
def skip_row(*, actor: Person, row: ImportRow) -> ImportRow:
    """It does not enter, unless it is mended after all. Repeating changes nothing."""
    if not policies.can_import(ViewerContext(actor), row.source.coalition):
        raise PermissionDenied
    current = lock_row(row)
    if current.state in {ImportRow.State.ENTERED, ImportRow.State.LEFT_OUT}:
        return current
    current.state = ImportRow.State.LEFT_OUT
    current.save(update_fields=["state"])
    record_activity(actor=actor, verb="left-out", subject=row.source, coalition=row.source.coalition)
    return current
