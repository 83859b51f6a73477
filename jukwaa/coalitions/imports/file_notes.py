"""Sentences about a table as a whole, for the coordinator who chooses its columns."""

from collections.abc import Collection, Iterator
from typing import Any

from django.utils.translation import gettext as _

from jukwaa.coalitions.imports.fields import guess_column_mapping
from jukwaa.coalitions.imports.row_looks import describe_texts_above
from jukwaa.coalitions.models import Coalition, Import
from jukwaa.core.dates import format_long_date
from jukwaa.core.documents.incoming import ImportedTable
from jukwaa.core.list_formatting import join_with_separator
from jukwaa.core.uploads import clean_filename


def describe_table_size(imported_table: ImportedTable, first_number: int, count: int) -> Iterator[str]:
    if first_number > 0:
        yield _("The column headings are in row %(number)s.") % {"number": count}
    if imported_table.hidden:
        yield _(
            "These columns are hidden in the spreadsheet: %(names)s. We will import them only if you choose to."
        ) % {
            "names": join_with_separator(
                imported_table.rows[first_number][place] or str(place + 1) for place in imported_table.hidden
            )
        }
    if imported_table.guessed_encoding:
        yield _("The file does not state its character encoding, so we have guessed it. Check accented letters.")


def describe_texts_above_heading(table: ImportedTable, first: int, looks: dict[str, Any]) -> Iterator[str]:
    """What stands above the heading, but for the titles of several columns."""
    rows = [
        row
        for row in table.rows[: max(first, 0)]
        if len(set(filter(None, row))) == 1 or not any(guess_column_mapping(row, Import.Kind.MEMBERS))
    ]
    if sentence := describe_texts_above(rows, looks):
        yield sentence


def describe_other_sheets(
    coalition: Coalition, table: ImportedTable, name: str, sheets_of_upload: Collection[str] = ()
) -> Iterator[str]:
    """Which other sheets were imported from a file of this name, and which are not imported with this one."""
    if table.sheet in table.hidden_sheets:
        yield _("This sheet is hidden in the spreadsheet.")
    entered = Import.objects.of(coalition).filter(file_name=clean_filename(name), state=Import.State.ENTERED)
    imported = set(entered.order_by().values_list("sheet", flat=True)) if table.other_sheets else set()
    if done := [sheet for sheet in table.other_sheets if sheet in imported]:
        yield _("Sheets already imported: %(names)s.") % {"names": join_with_separator(done)}
    if left := [sheet for sheet in table.other_sheets if sheet not in {*imported, *sheets_of_upload}]:
        yield _("Sheets not imported: %(names)s.") % {"names": join_with_separator(left)}


def describe_earlier_import(coalition: Coalition, digest: str) -> Iterator[str]:
    earlier = Import.objects.of(coalition).filter(digest=digest, state=Import.State.ENTERED).defer("table").first()
    if earlier is not None:
        yield _(
            "This list has already been imported: “%(name)s”, %(day)s. Check whether you need to import it again."
        ) % {
            "name": earlier.file_name,
            "day": format_long_date(earlier.at.date()),
        }
