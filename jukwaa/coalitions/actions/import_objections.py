"""Known people who opted out, or whose emails came back, according to rows that are not imported as they are."""

from collections.abc import Collection, Iterable, Mapping

from jukwaa.coalitions.actions.import_ledger import ImportLedger, get_affiliation_ledger_values
from jukwaa.coalitions.imports.bounced_addresses import find_addresses_that_bounced
from jukwaa.coalitions.imports.contact_headings import BOUNCED, OPTED_OUT
from jukwaa.coalitions.imports.contact_parsing import find_email_addresses
from jukwaa.coalitions.imports.contact_remarks import has_valid_remark
from jukwaa.coalitions.imports.known_refusals import (
    UNRECORDED,
    filter_ties_without_refusal,
    find_rows_of_refusing_people,
)
from jukwaa.coalitions.models import Affiliation, Import, ImportRow

BATCH_SIZE = 500
Objection = Affiliation.InvitationObjection


def record_objections_of_known_people(
    spreadsheet_import: Import, ledger: ImportLedger, unrecorded: Collection[int] = ()
) -> int:
    """Leave them out of emails, unless the answer is to import them like all others. Return how many refuse.

    Who refuses is known by address or name, also in a row that waits for an answer. An address that does not work says
    nothing about the other addresses of a person. `unrecorded` are people of whom the coordinator chose not to
    record it.
    """
    remarks = {OPTED_OUT, BOUNCED}.intersection(spreadsheet_import.row_looks.get("contacts", {}))
    if not remarks:
        return 0
    rows = list(spreadsheet_import.rows.order_by("number"))
    if BOUNCED in remarks:
        done = [row for row in rows if row.state in {ImportRow.State.ENTERED, ImportRow.State.LEFT_OUT}]
        bounced = _filter_rows(done, spreadsheet_import, BOUNCED)
        addresses = {address for row in bounced for address in _get_bounced_addresses(row)}
        ties = Affiliation.objects.filter(person__email__in=addresses, no_invitations="")
        of_coalition = ties.filter(organisation__coalition=spreadsheet_import.coalition).select_related("person")
        _save_objection(ledger, list(of_coalition), Objection.BOUNCED)
    if OPTED_OUT not in remarks:
        return 0
    row_by_person = find_rows_of_refusing_people(spreadsheet_import, rows)
    _remember_unrecorded_people({pk: row for pk, row in row_by_person.items() if pk in unrecorded})
    refused = list(filter_ties_without_refusal(spreadsheet_import, row_by_person.keys() - set(unrecorded)))
    _save_objection(ledger, refused, Objection.OPTED_OUT)
    return len({tie.person_id for tie in refused})


def find_people_refusing_in_other_imports(spreadsheet_import: Import) -> set[int]:
    """People who refuse emails by another imported file, too: their refusal stays when this import is undone."""
    found: set[int] = set()
    others = Import.objects.filter(coalition=spreadsheet_import.coalition, state=Import.State.ENTERED)
    for other in others.exclude(pk=spreadsheet_import.pk):
        if OPTED_OUT in other.row_looks.get("contacts", {}):
            rows = list(other.rows.order_by("number"))
            unrecorded = {pk for row in rows for pk in row.answers.get(UNRECORDED, ())}
            found |= find_rows_of_refusing_people(other, rows).keys() - unrecorded
    return found


def _remember_unrecorded_people(row_by_person: Mapping[int, ImportRow]) -> None:
    """The preview does not select them again when more rows are imported."""
    for pk, row in row_by_person.items():
        row.answers = {**row.answers, UNRECORDED: sorted({*row.answers.get(UNRECORDED, ()), pk})}
    ImportRow.objects.bulk_update({row.pk: row for row in row_by_person.values()}.values(), ["answers"], BATCH_SIZE)


def _filter_rows(rows: Iterable[ImportRow], spreadsheet_import: Import, remark: str) -> list[ImportRow]:
    return [row for row in rows if has_valid_remark(row, spreadsheet_import.decisions, remark)]


def _get_addresses(rows: Iterable[ImportRow]) -> set[str]:
    return {address for row in rows for address in find_email_addresses(str(row.get("email")))}


def _get_bounced_addresses(row: ImportRow) -> set[str]:
    source, index = row.source, row.source.find_table_index(row.number)
    place = source.row_looks["contacts"][BOUNCED][str(row.number)]
    remark = source.table[index][place] if 0 < index < len(source.table) else ""
    return find_addresses_that_bounced(remark, _get_addresses([row]))


def _save_objection(ledger: ImportLedger, ties: Collection[Affiliation], objection: str) -> None:
    for tie in ties:
        before = get_affiliation_ledger_values(tie)
        tie.no_invitations = objection
        ledger.update_affiliation(tie, before)
    Affiliation.objects.bulk_update(ties, ["no_invitations"], batch_size=BATCH_SIZE)
