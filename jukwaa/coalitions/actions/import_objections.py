"""Known people who opted out, according to rows whose contact people or subscribers are not imported."""

from django.db.models import Q

from jukwaa.accounts.earlier_addresses import find_people_by_address
from jukwaa.coalitions.actions.import_ledger import ImportLedger, get_affiliation_ledger_values
from jukwaa.coalitions.imports.contact_parsing import find_email_addresses
from jukwaa.coalitions.imports.contact_remarks import OPTED_OUT, has_opted_out, is_contact_dropped
from jukwaa.coalitions.known_people import get_person_name_key
from jukwaa.coalitions.models import Affiliation, Import, ImportRow

BATCH_SIZE = 500


def record_opt_outs_of_known_people(spreadsheet_import: Import, ledger: ImportLedger) -> None:
    """Leave them out of invitations to everyone, unless the answer is to import them like all others.

    They are known by their address. If the row is imported without its contact person, they are also known by their
    name in its organisation: the same person may be in an earlier row, with another address.
    """
    if OPTED_OUT not in spreadsheet_import.row_looks.get("contacts", {}):
        return
    rows = list(spreadsheet_import.rows.filter(state__in=[ImportRow.State.ENTERED, ImportRow.State.LEFT_OUT]))
    decisions = spreadsheet_import.decisions
    opted_out = [row for row in rows if has_opted_out(row, decisions)]
    addresses = {address for row in opted_out for address in find_email_addresses(str(row.get("email")))}
    people = {person.pk for person in find_people_by_address(addresses).values()}
    names = {
        _get_name_in_organisation(row)
        for row in opted_out
        if row.organisation_id and row.get("contact") and is_contact_dropped(row, decisions)
    }
    people |= {row.person_id for row in rows if row.person_id and _get_name_in_organisation(row) in names}
    objection = Affiliation.InvitationObjection.OPTED_OUT
    ties = Affiliation.objects.filter(
        Q(person__in=people) | Q(organisation__in={organisation for organisation, _name in names}),
        organisation__coalition=spreadsheet_import.coalition,
    ).exclude(no_invitations=objection)
    changed = []
    for tie in ties.select_related("person"):
        if tie.person_id in people or (tie.organisation_id, get_person_name_key(tie.person.name)) in names:
            before = get_affiliation_ledger_values(tie)
            tie.no_invitations = objection
            ledger.update_affiliation(tie, before)
            changed.append(tie)
    Affiliation.objects.bulk_update(changed, ["no_invitations"], batch_size=BATCH_SIZE)


def _get_name_in_organisation(row: ImportRow) -> tuple[int | None, str]:
    return row.organisation_id, get_person_name_key(str(row.get("contact")))
