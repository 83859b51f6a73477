"""Known people who opted out, or whose emails came back, according to rows that are not imported as they are."""

from collections.abc import Collection, Iterable

from django.db.models import Q

from jukwaa.accounts.earlier_addresses import find_people_by_address
from jukwaa.coalitions.actions.import_ledger import ImportLedger, get_affiliation_ledger_values
from jukwaa.coalitions.imports.bounced_addresses import find_addresses_that_bounced
from jukwaa.coalitions.imports.contact_headings import BOUNCED, OPTED_OUT
from jukwaa.coalitions.imports.contact_parsing import find_email_addresses
from jukwaa.coalitions.imports.contact_remarks import has_valid_remark, is_contact_dropped
from jukwaa.coalitions.imports.known_person_matching import get_person_name_keys
from jukwaa.coalitions.imports.later_answers import find_outdated_refusals
from jukwaa.coalitions.models import Affiliation, Import, ImportRow
from jukwaa.coalitions.models.people import AffiliationQuerySet

BATCH_SIZE = 500
Objection = Affiliation.InvitationObjection

type NamesInOrganisations = set[tuple[int | None, str]]


def record_objections_of_known_people(spreadsheet_import: Import, ledger: ImportLedger) -> None:
    """Leave them out of invitations to everyone, unless the answer is to import them like all others.

    They are known by their address. If a row of a person who opted out is imported without its contact person, they are
    also known by their name in its organisation: the same person may be in an earlier row, with another address. An
    address that does not work says nothing about the other addresses of a person.
    """
    remarks = {OPTED_OUT, BOUNCED}.intersection(spreadsheet_import.row_looks.get("contacts", {}))
    if not remarks:
        return
    rows = list(spreadsheet_import.rows.filter(state__in=[ImportRow.State.ENTERED, ImportRow.State.LEFT_OUT]))
    if BOUNCED in remarks:
        bounced = _filter_rows(rows, spreadsheet_import, BOUNCED)
        addresses = {address for row in bounced for address in _get_bounced_addresses(row)}
        ties = Affiliation.objects.filter(person__email__in=addresses, no_invitations="")
        _save_objection(ledger, list(_of_coalition(ties, spreadsheet_import)), Objection.BOUNCED)
    if OPTED_OUT in remarks:
        _record_opt_outs(spreadsheet_import, ledger, rows)


def _filter_rows(rows: Iterable[ImportRow], spreadsheet_import: Import, remark: str) -> list[ImportRow]:
    return [row for row in rows if has_valid_remark(row, spreadsheet_import.decisions, remark)]


def _get_addresses(rows: Iterable[ImportRow]) -> set[str]:
    return {address for row in rows for address in find_email_addresses(str(row.get("email")))}


def _get_bounced_addresses(row: ImportRow) -> set[str]:
    source, index = row.source, row.source.find_table_index(row.number)
    place = source.row_looks["contacts"][BOUNCED][str(row.number)]
    remark = source.table[index][place] if 0 < index < len(source.table) else ""
    return find_addresses_that_bounced(remark, _get_addresses([row]))


def _of_coalition(ties: AffiliationQuerySet, spreadsheet_import: Import) -> AffiliationQuerySet:
    return ties.filter(organisation__coalition=spreadsheet_import.coalition).select_related("person")


def _record_opt_outs(spreadsheet_import: Import, ledger: ImportLedger, rows: Collection[ImportRow]) -> None:
    outdated = find_outdated_refusals(rows)
    opted_out = [row for row in _filter_rows(rows, spreadsheet_import, OPTED_OUT) if row.number not in outdated]
    people = {person.pk for person in find_people_by_address(_get_addresses(opted_out)).values()}
    names: NamesInOrganisations = {
        name
        for row in opted_out
        if row.organisation_id and row.get("contact") and is_contact_dropped(row, spreadsheet_import.decisions)
        for name in _get_names_in_organisation(row.organisation_id, str(row.get("contact")))
    }
    people |= {
        row.person_id
        for row in rows
        if row.person_id and names & _get_names_in_organisation(row.organisation_id, str(row.get("contact")))
    }
    ties = Affiliation.objects.filter(
        Q(person__in=people) | Q(organisation__in={organisation for organisation, _name in names})
    ).exclude(no_invitations=Objection.OPTED_OUT)
    found = [
        tie
        for tie in _of_coalition(ties, spreadsheet_import)
        if tie.person_id in people or names & _get_names_in_organisation(tie.organisation_id, tie.person.name)
    ]
    _save_objection(ledger, found, Objection.OPTED_OUT)


def _save_objection(ledger: ImportLedger, ties: Collection[Affiliation], objection: str) -> None:
    for tie in ties:
        before = get_affiliation_ledger_values(tie)
        tie.no_invitations = objection
        ledger.update_affiliation(tie, before)
    Affiliation.objects.bulk_update(ties, ["no_invitations"], batch_size=BATCH_SIZE)


def _get_names_in_organisation(organisation_id: int | None, person_name: str) -> NamesInOrganisations:
    return {(organisation_id, key) for key in get_person_name_keys(person_name)}
