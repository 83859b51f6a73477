"""The rows of a table enter the directory: all that wait, in one transaction, or none of them.

What is there is read once and what is new is written together, so that a long table doesn't keep others waiting.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace

from django.core.exceptions import PermissionDenied

from jukwaa.accounts.earlier_addresses import find_people_by_address
from jukwaa.accounts.erased_identities import BlockedIdentities
from jukwaa.accounts.models import Person
from jukwaa.coalitions import policies
from jukwaa.coalitions.actions.contact_people import add_contact_people
from jukwaa.coalitions.actions.import_identities import IdentifiedPeople
from jukwaa.coalitions.actions.import_ledger import (
    ChangeKind,
    ImportLedger,
    get_affiliation_ledger_values,
    get_membership_ledger_values,
    get_organisation_ledger_values,
)
from jukwaa.coalitions.actions.import_names import add_organisation_names
from jukwaa.coalitions.actions.import_objections import record_objections_of_known_people
from jukwaa.coalitions.actions.mailing_list import add_many_to_mailing_list
from jukwaa.coalitions.actions.membership_lists import MembershipEntry, add_memberships, end_listed_memberships
from jukwaa.coalitions.actions.organisations import OrganisationFacts, add_organisations, fill_organisation_facts
from jukwaa.coalitions.actions.settings import add_area_of_work
from jukwaa.coalitions.activities import action, record_activities, record_activity
from jukwaa.coalitions.imports.combined_rows import apply_first_row, find_combined_rows
from jukwaa.coalitions.imports.contact_parsing import ContactPerson
from jukwaa.coalitions.imports.dates import ParsedDate
from jukwaa.coalitions.imports.decisions import END
from jukwaa.coalitions.imports.departures import get_departure_answer, has_departed
from jukwaa.coalitions.imports.problems import InvalidRowError, RowProblem
from jukwaa.coalitions.imports.row_looks import get_cells_with_decided_status
from jukwaa.coalitions.imports.row_names import choose_current_name, is_national_office_of
from jukwaa.coalitions.imports.row_parsing import (
    Cells,
    MemberRow,
    PersonRow,
    parse_member_row,
    parse_person_row,
)
from jukwaa.coalitions.imports.vocabulary import RowStanding
from jukwaa.coalitions.models import (
    Affiliation,
    AreaOfWork,
    Coalition,
    Import,
    ImportRow,
    ListEntry,
    Membership,
    Organisation,
)
from jukwaa.coalitions.organisation_matching import OrganisationDirectory
from jukwaa.coalitions.refusals import build_removed_person_message
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.dates import PartialDate
from jukwaa.core.transactions import lock_rows
from jukwaa.places.regions import RegionalGroup, StakeholderGroup
from jukwaa.places.text_folding import fold_text

BATCH_SIZE = 500
IMPORTED_ROW_COLUMNS = ("state", "reason", "problems", "organisation", "person")
FILLABLE_ORGANISATION_FIELDS = ("acronym", "country", "languages", "website")  # where the directory has nothing yet


@dataclass(frozen=True, slots=True)
class ImportResult:
    """How many rows entered, need an answer or were combined, and how many people keep an address or refuse emails."""

    entered: int
    refused: int
    combined: int = 0
    unstored_addresses: int = 0
    refusals: int = 0


@action
def import_ready_rows(*, actor: Person, spreadsheet_import: Import, unrecorded: Collection[int] = ()) -> ImportResult:
    """Import the rows that are ready, and record refusals of emails, except of the people who are `unrecorded`.

    Repeating it changes nothing. Raises PermissionDenied.
    """
    if not policies.can_import_members(ViewerContext(actor), spreadsheet_import.coalition):
        raise PermissionDenied
    current = lock_rows(Import.objects.defer("table").filter(pk=spreadsheet_import.pk)).get()
    current.state = Import.State.ENTERED
    current.save(update_fields=["state"])
    rows = list(lock_rows(current.rows.filter(state=ImportRow.State.WAITING).order_by("number")))
    context = _ImportContext(actor, spreadsheet_import.coalition, current, ImportLedger(current))
    people = IdentifiedPeople(actor, context.coalition, rows)
    if current.of == Import.Kind.PEOPLE:
        person_parser = _build_person_parser(current, context.coalition)
        entered = _import_people(context, _parse_import_rows(rows, person_parser, people))
    else:
        member_parser = _build_member_parser(current, context.coalition)
        entered = _import_members(context, _parse_import_rows(rows, member_parser, people))
    ImportRow.objects.bulk_update(rows, IMPORTED_ROW_COLUMNS, batch_size=BATCH_SIZE)
    refusals = record_objections_of_known_people(current, context.ledger, unrecorded)
    context.ledger.save()
    if entered or refusals:
        record_activity(actor=actor, verb="imported", subject=current, coalition=context.coalition)
    combined = sum(row.is_combined for row in rows if row.state == ImportRow.State.ENTERED)
    return ImportResult(entered, len(rows) - entered, combined, people.count_unstored_addresses(rows), refusals)


@dataclass(frozen=True)
class _ImportContext:
    """Who imports what, and where the changes are noted."""

    actor: Person
    coalition: Coalition
    source: Import
    ledger: ImportLedger


def _build_person_parser(source_import: Import, coalition: Coalition) -> Callable[[Cells], PersonRow]:
    """Reads a row about a person, and refuses who was removed since the table was looked at."""
    blocked = BlockedIdentities.of(coalition.pk)

    def read_person_row(cells_by_field: Cells) -> PersonRow:
        person = parse_person_row(cells_by_field, source_import.decisions)
        _refuse_blocked_address(blocked, person.email)
        return person

    return read_person_row


def _build_member_parser(source_import: Import, coalition: Coalition) -> Callable[[Cells], MemberRow]:
    blocked = BlockedIdentities.of(coalition.pk)

    def read_member_row(cells_by_field: Cells) -> MemberRow:
        member = parse_member_row(cells_by_field, source_import.decisions)
        _refuse_blocked_address(blocked, member.contact.email if member.contact else "")
        return member

    return read_member_row


def _refuse_blocked_address(blocked_identities: BlockedIdentities, address: str) -> None:
    if blocked_identities.has_address(address):
        raise InvalidRowError(RowProblem(build_removed_person_message(), "email"))


def _parse_import_rows[S](
    import_rows: Iterable[ImportRow], parser: Callable[[Cells], S], identified_people: IdentifiedPeople
) -> list[tuple[ImportRow, S]]:
    """Each row with what it says. One that can't be placed after all goes into quarantine."""
    placed = []
    for row in import_rows:
        try:
            decided = get_cells_with_decided_status(row, row.source.decisions)
            cells = identified_people.get_cells_with_kept_address(row, decided)
            parsed = parser(cells)
            identified_people.replace_address(row, cells)
            placed.append((row, parsed))
        except InvalidRowError as error:
            row.state, row.reason = ImportRow.State.QUARANTINE, str(error)
            row.problems = [problem.serialize() for problem in error.problems]
        else:
            row.state = ImportRow.State.ENTERED
    return placed


def _import_members(import_context: _ImportContext, parsed_rows: list[tuple[ImportRow, MemberRow]]) -> int:
    actor, coalition, ledger = import_context.actor, import_context.coalition, import_context.ledger
    areas = _get_or_create_areas(import_context, [member for _row, member in parsed_rows])
    roots = find_combined_rows(import_context.source, [row for row, _member in parsed_rows])
    parsed_rows = apply_first_row(parsed_rows, roots, import_context.source.decisions)
    rows = [(row, member, _build_organisation_facts(member, areas)) for row, member in parsed_rows]
    locked = lock_rows(Organisation.objects.of(coalition).order_by("pk").prefetch_related("areas"))
    there = locked.in_bulk([row.organisation_id for row, _member in parsed_rows if row.organisation_id])
    before = {
        pk: (organisation.version, get_organisation_ledger_values(organisation)) for pk, organisation in there.items()
    }
    known = [(there[row.organisation_id], facts) for row, _member, facts in rows if row.organisation_id in there]
    filled = ((organisation, _fill_missing_facts(organisation, facts)) for organisation, facts in known)
    fill_organisation_facts(actor=actor, coalition=coalition, organisation_facts_pairs=filled)
    for pk, (version, facts) in before.items():
        if there[pk].version != version:
            ledger.record_changed_row(ChangeKind.ORGANISATION, there[pk], facts, {"version": there[pk].version})
    added = _add_new_organisations(
        import_context, [(roots[row.number], facts) for row, _member, facts in rows if row.organisation_id not in there]
    )
    for row, _member, _facts in rows:
        row.organisation = there.get(row.organisation_id) or added[roots[row.number]]
    names = add_organisation_names((row.organisation, member.name) for row, member in parsed_rows if row.organisation)
    ledger.record_new_rows(ChangeKind.NAME, names)
    _add_imported_memberships(import_context, parsed_rows)
    _add_imported_contacts(import_context, [(row, member.contact) for row, member in parsed_rows if member.contact])
    return len(parsed_rows)


def _add_new_organisations(
    import_context: _ImportContext, numbered_facts: list[tuple[int, OrganisationFacts]]
) -> dict[int, Organisation]:
    """By the number of their first row. Later rows about the same organisation add what the first lacks."""
    combined: dict[int, OrganisationFacts] = {}
    for number, facts in numbered_facts:
        combined[number] = _combine_organisation_facts(combined[number], facts) if number in combined else facts
    existing = set(
        Organisation.objects.filter(coalition=import_context.coalition).order_by().values_list("pk", flat=True)
    )
    added = add_organisations(
        actor=import_context.actor, coalition=import_context.coalition, new_organisation_facts=list(combined.values())
    )
    new = {organisation.pk: organisation for organisation in added if organisation.pk not in existing}
    import_context.ledger.record_new_rows(ChangeKind.ORGANISATION, new.values(), version=1)
    return dict(zip(combined, added, strict=True))


def _combine_organisation_facts(first_facts: OrganisationFacts, later_facts: OrganisationFacts) -> OrganisationFacts:
    filled = {name: getattr(first_facts, name) or getattr(later_facts, name) for name in FILLABLE_ORGANISATION_FIELDS}
    if is_national_office_of(first_facts.name, later_facts.name):
        filled["country"] = later_facts.country or first_facts.country
    regions = (first_facts.regional_group, later_facts.regional_group)  # "International" says nothing of other rows
    filled["regional_group"] = next((one for one in regions if one not in {"", RegionalGroup.UNKNOWN}), "")
    unknown = first_facts.stakeholder_group == StakeholderGroup.UNKNOWN
    return replace(
        first_facts,
        name=choose_current_name(first_facts.name, later_facts.name),
        **filled,
        stakeholder_group=later_facts.stakeholder_group if unknown else first_facts.stakeholder_group,
        areas=list(dict.fromkeys([*first_facts.areas, *later_facts.areas])),
    )


def _add_imported_memberships(import_context: _ImportContext, parsed_rows: list[tuple[ImportRow, MemberRow]]) -> None:
    """Observers stay observers. Members stay members, unless the coordinator answered that their membership ended."""
    coalition, decisions = import_context.coalition, import_context.source.decisions
    of_these = Membership.objects.filter(coalition=coalition, organisation__isnull=False).order_by()
    before = {row.pk: (row.standing, get_membership_ledger_values(row)) for row in of_these}
    members = {row.organisation_id for row in of_these if row.standing == Membership.Standing.ACTIVE}
    rows = [(row, row.organisation, member) for row, member in parsed_rows if row.organisation]
    answered = [
        (organisation, member.until.partial_date, get_departure_answer(row, decisions))
        for row, organisation, member in rows
        if member.until and has_departed(member) and organisation.pk in members
    ]
    ending = {organisation.pk: until for organisation, until, answer in answered if answer == END}
    settled = {organisation.pk for organisation, _until, answer in answered if answer}
    entries = [
        MembershipEntry(
            organisation,
            _get_partial_date(member.since),
            _get_partial_date(member.until),
            is_observer=member.stands == RowStanding.OBSERVER,
        )
        for _row, organisation, member in rows
        if member.stands != RowStanding.KNOWN and organisation.pk not in settled
    ]
    if ending:
        end_listed_memberships(actor=import_context.actor, coalition=coalition, last_days=ending)
    add_memberships(actor=import_context.actor, coalition=coalition, membership_entries=_merge_periods(entries))
    numbers = {organisation.pk for _row, organisation, _member in rows}
    after = [row for row in of_these.all() if row.organisation_id in numbers]
    import_context.ledger.note_new_memberships(row for row in after if row.pk not in before)
    for row in after:
        standing, days = before.get(row.pk, ("", {}))
        if standing == Membership.Standing.APPLIED != row.standing:
            import_context.ledger.record_changed_row(
                ChangeKind.MEMBERSHIP, row, {"standing": standing}, get_membership_ledger_values(row)
            )
        elif row.organisation_id in ending and days and days != get_membership_ledger_values(row):
            facts = {"standing": standing, **days}
            import_context.ledger.record_changed_row(
                ChangeKind.MEMBERSHIP, row, facts, get_membership_ledger_values(row)
            )


def _merge_periods(entries: list[MembershipEntry]) -> list[MembershipEntry]:
    """One time as a member for rows of an organisation of which one has the last day: never a member and a former one.

    A first day after that last day is another time: the organisation came back.
    """
    last_days = {each.organisation.pk: each.until for each in entries if each.until and not each.is_observer}
    joined: list[MembershipEntry] = []
    first_days: dict[int, PartialDate] = {}
    for each in entries:
        until = last_days.get(each.organisation.pk)
        if each.is_observer or each.until or until is None or (each.since and each.since.day > until.day):
            joined.append(each)
        elif each.since:
            first_days.setdefault(each.organisation.pk, each.since)
    return [
        replace(each, since=first_days[each.organisation.pk])
        if each.until and not each.since and not each.is_observer and each.organisation.pk in first_days
        else each
        for each in joined
    ]


def _get_partial_date(parsed_date: ParsedDate | None) -> PartialDate | None:
    return parsed_date.partial_date if parsed_date else None


def _add_imported_contacts(import_context: _ImportContext, parsed_rows: list[tuple[ImportRow, ContactPerson]]) -> None:
    """The people, confirmed as belonging to the organisations of their rows."""
    if not parsed_rows:
        return
    entries = [(row.organisation, contact) for row, contact in parsed_rows if row.organisation]
    organisations = {organisation.pk for organisation, _contact in entries}
    open_ties = Affiliation.objects.filter(ends_on__isnull=True, organisation__in=organisations).order_by()
    before = {tie.pk: (tie.person_id, get_affiliation_ledger_values(tie)) for tie in open_ties}
    known = find_people_by_address({contact.email for _one, contact in entries if contact.email})
    known_numbers = {person.pk for person in known.values()} | {person for person, _facts in before.values()}
    ties = add_contact_people(
        actor=import_context.actor,
        coalition=import_context.coalition,
        contact_entries=entries,
        can_represent=import_context.source.contacts_represent,
    )
    for (row, _contact), tie in zip(parsed_rows, ties, strict=True):
        row.person_id = tie.person_id
    new_people = {tie.person_id: tie.person for tie in ties if tie.person_id not in known_numbers}
    record_activities(
        actor=import_context.actor,
        verb="added",
        activity_subjects=new_people.values(),
        coalition=import_context.coalition,
    )
    import_context.ledger.record_new_rows(ChangeKind.PERSON, new_people.values())
    import_context.ledger.note_new_affiliations(tie for tie in ties if tie.pk not in before)
    for tie in ties:
        if tie.pk in before and (after := get_affiliation_ledger_values(tie)) != before[tie.pk][1]:
            import_context.ledger.record_changed_row(ChangeKind.AFFILIATION, tie, before[tie.pk][1], after)


def _get_or_create_areas(import_context: _ImportContext, member_rows: list[MemberRow]) -> dict[str, AreaOfWork]:
    """By their folded names; those that the coalition doesn't have yet become areas of its own."""
    areas = {fold_text(area.name): area for area in import_context.coalition.areas.order_by("-scheme", "pk")}
    for name in dict.fromkeys(name for member in member_rows for name in member.areas):
        if fold_text(name) not in areas:
            areas[fold_text(name)] = area = add_area_of_work(
                actor=import_context.actor, coalition=import_context.coalition, name=name
            )
            import_context.ledger.record_new_rows(ChangeKind.AREA, [area])
    return areas


def _build_organisation_facts(member_row: MemberRow, areas_by_name: dict[str, AreaOfWork]) -> OrganisationFacts:
    return OrganisationFacts(
        name=member_row.name,
        acronym=member_row.acronym,
        country=member_row.country,
        regional_group=member_row.regional_group,
        stakeholder_group=member_row.stakeholder_group,
        languages=list(member_row.languages),
        website=member_row.website,
        areas=list(dict.fromkeys(areas_by_name[fold_text(name)] for name in member_row.areas)),
    )


def _fill_missing_facts(
    existing_organisation: Organisation, organisation_facts: OrganisationFacts
) -> OrganisationFacts:
    """What the directory says stands; the table adds what it doesn't say."""
    merged = {
        name: getattr(existing_organisation, name) or getattr(organisation_facts, name)
        for name in FILLABLE_ORGANISATION_FIELDS
    }
    columns = organisation_facts.columns()
    for name, unknown in (("regional_group", RegionalGroup.UNKNOWN), ("stakeholder_group", StakeholderGroup.UNKNOWN)):
        said = getattr(existing_organisation, name)
        merged[name] = columns[name] if said == unknown else said
    areas = list(existing_organisation.areas.all()) or organisation_facts.areas
    return OrganisationFacts(name=existing_organisation.name, about=existing_organisation.about, areas=areas, **merged)


def _import_people(import_context: _ImportContext, parsed_rows: list[tuple[ImportRow, PersonRow]]) -> int:
    """On the list and nothing else: an affiliation that nobody confirmed opens nothing."""
    actor, coalition, ledger = import_context.actor, import_context.coalition, import_context.ledger
    known = {person.pk for person in find_people_by_address({said.email for _row, said in parsed_rows}).values()}
    entries_before = set(ListEntry.objects.filter(coalition=coalition).order_by().values_list("pk", flat=True))
    listed = add_many_to_mailing_list(
        actor=actor,
        coalition=coalition,
        subscribers=[(said.email, said.name, said.since) for _row, said in parsed_rows],
    )
    directory = OrganisationDirectory.of(coalition)
    belong: dict[tuple[int, int], Affiliation] = {}
    for (row, said), entry in zip(parsed_rows, listed, strict=True):
        row.person_id = entry.person_id
        found = directory.find(said.organisation) if said.organisation else []
        if found and found[0].is_exact:
            pair = (entry.person_id, found[0].organisation_id)
            belong[pair] = Affiliation(person_id=pair[0], organisation_id=pair[1])
    here = Affiliation.objects.filter(organisation__coalition=coalition, ends_on__isnull=True)
    there = set(here.values_list("person_id", "organisation_id"))
    new_ties = [tie for pair, tie in belong.items() if pair not in there]
    Affiliation.objects.bulk_create(new_ties)
    ledger.record_new_rows(
        ChangeKind.PERSON, {one.person_id: one.person for one in listed if one.person_id not in known}.values()
    )
    ledger.record_new_rows(ChangeKind.LIST_ENTRY, [entry for entry in listed if entry.pk not in entries_before])
    ledger.note_new_affiliations(new_ties)
    return len(parsed_rows)
