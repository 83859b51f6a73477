"""The rows of a table enter the directory: all that wait, in one transaction, or none of them.

What is there is read once and what is new is written together, so that a long table doesn't keep others waiting.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied

from jukwaa.accounts.erased_identities import BlockedIdentities
from jukwaa.accounts.models import Person
from jukwaa.coalitions import policies
from jukwaa.coalitions.actions.mailing_list import add_many_to_mailing_list
from jukwaa.coalitions.actions.memberships import add_memberships
from jukwaa.coalitions.actions.organisations import OrganisationFacts, add_organisations, fill_organisations
from jukwaa.coalitions.actions.settings import add_area
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.imports.row_parsing import (
    Cells,
    InvalidRowError,
    MemberRow,
    PersonRow,
    parse_member_row,
    parse_person_row,
)
from jukwaa.coalitions.imports.vocabulary import RowStanding
from jukwaa.coalitions.models import Affiliation, AreaOfWork, Coalition, Import, ImportRow, Organisation
from jukwaa.coalitions.organisation_matching import Directory
from jukwaa.coalitions.refusals import describe_removed_person
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.transactions import lock_rows
from jukwaa.places.regions import RegionalGroup, StakeholderGroup
from jukwaa.places.text_folding import fold_text

BATCH_SIZE = 500
FILLABLE_FIELDS = ("acronym", "country", "languages", "website")  # where the directory has nothing yet


@dataclass(frozen=True, slots=True)
class ImportResult:
    """How many rows entered, and how many went into quarantine after all."""

    entered: int
    refused: int


@action
def import_waiting_rows(*, actor: Person, spreadsheet_import: Import) -> ImportResult:
    """Enter the rows that wait. Entering what has entered changes nothing. Raises PermissionDenied."""
    if not policies.can_import(ViewerContext(actor), spreadsheet_import.coalition):
        raise PermissionDenied
    current = lock_rows(Import.objects.defer("table").filter(pk=spreadsheet_import.pk)).get()
    current.state = Import.State.ENTERED
    current.save(update_fields=["state"])
    rows = list(lock_rows(current.rows.filter(state=ImportRow.State.WAITING).order_by("number")))
    if current.of == Import.Kind.PEOPLE:
        entered = _import_people(
            actor, spreadsheet_import.coalition, _parse_rows(rows, _build_person_parser(spreadsheet_import.coalition))
        )
    else:
        entered = _import_members(actor, spreadsheet_import.coalition, _parse_rows(rows, parse_member_row))
    ImportRow.objects.bulk_update(rows, ["state", "reason", "organisation", "person"], batch_size=BATCH_SIZE)
    if entered:
        record_activity(actor=actor, verb="imported", subject=current, coalition=spreadsheet_import.coalition)
    return ImportResult(entered, len(rows) - entered)


def _build_person_parser(coalition: Coalition) -> Callable[[Cells], PersonRow]:
    """Reads a row about a person, and refuses who was taken out since the table was looked at."""
    taken_out = BlockedIdentities.of(coalition.pk)

    def read(cells: Cells) -> PersonRow:
        person = parse_person_row(cells)
        if taken_out.has_address(person.email):
            raise InvalidRowError(describe_removed_person())
        return person

    return read


def _parse_rows[S](rows: Iterable[ImportRow], parser: Callable[[Cells], S]) -> list[tuple[ImportRow, S]]:
    """Each row with what it says. One that can't be placed after all goes into quarantine."""
    placed = []
    for row in rows:
        try:
            placed.append((row, parser(row.cells)))
        except InvalidRowError as error:
            row.state, row.reason = ImportRow.State.QUARANTINE, str(error)
        else:
            row.state = ImportRow.State.ENTERED
    return placed


def _import_members(actor: Person, coalition: Coalition, parsed_rows: list[tuple[ImportRow, MemberRow]]) -> int:
    areas = _get_or_create_areas(actor, coalition, [member for _row, member in parsed_rows])
    rows = [(row, member, _build_facts(member, areas)) for row, member in parsed_rows]
    locked = lock_rows(Organisation.objects.of(coalition).order_by("pk").prefetch_related("areas"))
    there = locked.in_bulk([row.organisation_id for row, _member in parsed_rows if row.organisation_id])
    known = [(there[row.organisation_id], facts) for row, _member, facts in rows if row.organisation_id in there]
    filled = ((organisation, _fill_missing_facts(organisation, facts)) for organisation, facts in known)
    fill_organisations(actor=actor, coalition=coalition, entries=filled)
    new = [facts for row, _member, facts in rows if row.organisation_id not in there]
    added = iter(add_organisations(actor=actor, coalition=coalition, entries=new))
    memberships = []
    for row, member, _said in rows:
        row.organisation = organisation = there.get(row.organisation_id) or next(added)
        if member.stands != RowStanding.KNOWN:
            memberships.append((organisation, member.since, member.until))
    add_memberships(actor=actor, coalition=coalition, entries=memberships)
    return len(parsed_rows)


def _get_or_create_areas(actor: Person, coalition: Coalition, members: list[MemberRow]) -> dict[str, AreaOfWork]:
    """By their folded names; those that the coalition doesn't have yet become areas of its own."""
    areas = {fold_text(area.name): area for area in coalition.areas.order_by("-scheme", "pk")}
    for name in dict.fromkeys(name for member in members for name in member.areas):
        if fold_text(name) not in areas:
            areas[fold_text(name)] = add_area(actor=actor, coalition=coalition, name=name)
    return areas


def _build_facts(member: MemberRow, areas: dict[str, AreaOfWork]) -> OrganisationFacts:
    return OrganisationFacts(
        name=member.name,
        acronym=member.acronym,
        country=member.country,
        regional_group=member.regional_group,
        stakeholder_group=member.stakeholder_group,
        languages=list(member.languages),
        website=member.website,
        areas=list(dict.fromkeys(areas[fold_text(name)] for name in member.areas)),
    )


def _fill_missing_facts(existing: Organisation, facts: OrganisationFacts) -> OrganisationFacts:
    """What the directory says stands; the table adds what it doesn't say."""
    merged = {name: getattr(existing, name) or getattr(facts, name) for name in FILLABLE_FIELDS}
    columns = facts.columns()
    for name, unknown in (("regional_group", RegionalGroup.UNKNOWN), ("stakeholder_group", StakeholderGroup.UNKNOWN)):
        said = getattr(existing, name)
        merged[name] = columns[name] if said == unknown else said
    areas = list(existing.areas.all()) or facts.areas
    return OrganisationFacts(name=existing.name, about=existing.about, areas=areas, **merged)


def _import_people(actor: Person, coalition: Coalition, parsed_rows: list[tuple[ImportRow, PersonRow]]) -> int:
    """On the list and nothing else: an affiliation that nobody confirmed opens nothing."""
    listed = add_many_to_mailing_list(
        actor=actor, coalition=coalition, many=[(said.email, said.name, said.since) for _row, said in parsed_rows]
    )
    directory = Directory.of(coalition)
    belong: dict[tuple[int, int], Affiliation] = {}
    for (row, said), entry in zip(parsed_rows, listed, strict=True):
        row.person_id = entry.person_id
        found = directory.find(said.organisation) if said.organisation else []
        if found and found[0].is_exact:
            pair = (entry.person_id, found[0].organisation_id)
            belong[pair] = Affiliation(person_id=pair[0], organisation_id=pair[1])
    here = Affiliation.objects.filter(organisation__coalition=coalition, ends_on__isnull=True)
    there = set(here.values_list("person_id", "organisation_id"))
    Affiliation.objects.bulk_create(affiliation for pair, affiliation in belong.items() if pair not in there)
    return len(parsed_rows)
