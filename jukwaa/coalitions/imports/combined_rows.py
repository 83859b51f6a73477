"""Rows about one organisation become one organisation with one membership: what the first of them says counts."""

from collections.abc import Iterable
from dataclasses import replace

from django.utils.translation import gettext as _

from jukwaa.coalitions.imports.decisions import Decisions
from jukwaa.coalitions.imports.row_looks import has_own_status
from jukwaa.coalitions.imports.row_parsing import MemberRow
from jukwaa.coalitions.imports.row_references import get_combined_row_number
from jukwaa.coalitions.imports.vocabulary import LABEL_BY_ROW_STANDING, RowStanding, is_placeholder_text
from jukwaa.coalitions.models import Import, ImportRow

type ParsedRows = list[tuple[ImportRow, MemberRow]]


def find_combined_rows(source_import: Import, import_rows: Iterable[ImportRow]) -> dict[int, int]:
    """For each row the number of the row whose organisation it is about: its own, unless rows are combined.

    Rows that are combined with one that is skipped still are about one organisation. A row that is combined with one of
    a known organisation, or with one that was imported before, gets that one.
    """
    imported = source_import.rows.filter(state=ImportRow.State.ENTERED, organisation__isnull=False)
    organisations: dict[int, int | None] = dict(imported.values_list("number", "organisation_id"))
    roots: dict[int, int] = {}
    for row in import_rows:
        number = get_combined_row_number(row)
        if number and row.organisation_id is None:
            row.organisation_id = organisations.get(number)
        is_root = number is None or row.organisation_id is not None
        roots[row.number] = roots.get(number or 0, row.number if is_root else number or 0)
        organisations[row.number] = row.organisation_id
    return roots


def apply_first_row(parsed_rows: ParsedRows, roots: dict[int, int], decisions: Decisions) -> ParsedRows:
    """Let the first of rows that are combined decide on the status, and on having no country."""
    return _apply_missing_country(_apply_status(parsed_rows, roots, decisions), roots)


def _apply_status(parsed_rows: ParsedRows, roots: dict[int, int], decisions: Decisions) -> ParsedRows:
    """Give rows that are combined the status of the first of them that has one of its own.

    Rows that have left keep it, since their days are joined to one period. A row without a status that is combined with
    one that was imported before changes nothing.
    """
    first: dict[int, MemberRow] = {}
    for row, member in parsed_rows:
        if has_own_status(row, decisions):
            first.setdefault(roots[row.number], member)
    return [
        (
            row,
            _choose_status(row, member, first.get(roots[row.number]), roots, has_own=has_own_status(row, decisions)),
        )
        for row, member in parsed_rows
    ]


def _apply_missing_country(parsed_rows: ParsedRows, roots: dict[int, int]) -> ParsedRows:
    """Give rows that are combined no country if the first of them says that it has none, as "Regional" does."""
    without_country = {
        row.number
        for row, member in parsed_rows
        if not (member.country or is_placeholder_text(str(row.get("country"))))
    }
    return [
        (row, replace(member, country="") if roots[row.number] in without_country else member)
        for row, member in parsed_rows
    ]


class StatusesOfCombinedRows:
    """The status of the first of the rows that are combined, to say which rows will not get their own."""

    def __init__(self) -> None:
        self._first_numbers: dict[int, int] = {}
        self._first_rows: dict[int, tuple[int, MemberRow]] = {}

    def describe(self, row: ImportRow, member_row: MemberRow, decisions: Decisions) -> list[str]:
        number = get_combined_row_number(row)
        root = self._first_numbers[row.number] = self._first_numbers.get(number or 0, number or row.number)
        if not has_own_status(row, decisions):
            return []
        first_number, first_row = self._first_rows.setdefault(root, (row.number, member_row))
        if _is_past(first_row, member_row) or first_row.stands == member_row.stands:
            return []
        sentence = _("The organisation will get the membership status in row %(number)s: %(status)s.")
        return [sentence % {"number": first_number, "status": LABEL_BY_ROW_STANDING[first_row.stands]}]


def _is_past(first_row: MemberRow, member_row: MemberRow) -> bool:
    """Whether one of them has left: their days are joined to one period."""
    return RowStanding.LEFT in {first_row.stands, member_row.stands} or bool(member_row.until or first_row.until)


def _choose_status(
    row: ImportRow, member_row: MemberRow, first_row: MemberRow | None, roots: dict[int, int], *, has_own: bool
) -> MemberRow:
    if first_row is None:
        is_about_imported_row = row.is_combined and row.organisation_id and roots[row.number] == row.number
        return replace(member_row, stands=RowStanding.KNOWN) if is_about_imported_row else member_row
    if not has_own:
        return replace(member_row, stands=first_row.stands, until=member_row.until or first_row.until)
    return member_row if _is_past(first_row, member_row) else replace(member_row, stands=first_row.stands)
