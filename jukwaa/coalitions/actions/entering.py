"""The rows of a table enter the directory: all that wait, in one transaction, or none of them.

What is there is read once and what is new is written together, so that a long table doesn't keep others waiting.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied

from jukwaa.accounts.erased import TakenOut
from jukwaa.accounts.models import Person
from jukwaa.coalitions import policies
from jukwaa.coalitions.actions.listing import put_many_on_list
from jukwaa.coalitions.actions.memberships import add_memberships
from jukwaa.coalitions.actions.organisations import OrganisationFacts, add_organisations, fill_organisations
from jukwaa.coalitions.actions.settings import add_area
from jukwaa.coalitions.activities import action, note
from jukwaa.coalitions.imports.reading import Cells, MemberRow, PersonRow, Unplaceable, read_member, read_person
from jukwaa.coalitions.imports.words import Stands
from jukwaa.coalitions.matching import Directory
from jukwaa.coalitions.models import Affiliation, AreaOfWork, Coalition, Import, ImportRow, Organisation
from jukwaa.coalitions.refusals import describe_taken_out
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.transactions import lock_rows
from jukwaa.places.folding import plain
from jukwaa.places.regions import RegionalGroup, StakeholderGroup

BATCH = 500
FILLED = ("acronym", "country", "languages", "website")  # where the directory has nothing yet


@dataclass(frozen=True, slots=True)
class Came:
    """How many rows entered, and how many went into quarantine after all."""

    entered: int
    refused: int


@action
def enter_rows(*, actor: Person, brought: Import) -> Came:
    """Enter the rows that wait. Entering what has entered changes nothing. Raises PermissionDenied."""
    if not policies.can_import(ViewerContext(actor), brought.coalition):
        raise PermissionDenied
    current = lock_rows(Import.objects.defer("table").filter(pk=brought.pk)).get()
    current.state = Import.State.ENTERED
    current.save(update_fields=["state"])
    rows = list(lock_rows(current.rows.filter(state=ImportRow.State.WAITING).order_by("number")))
    if current.of == Import.Kind.PEOPLE:
        entered = _enter_people(actor, brought.coalition, _placed(rows, _reader(brought.coalition)))
    else:
        entered = _enter_members(actor, brought.coalition, _placed(rows, read_member))
    ImportRow.objects.bulk_update(rows, ["state", "reason", "organisation", "person"], batch_size=BATCH)
    if entered:
        note(actor=actor, verb="imported", subject=current, coalition=brought.coalition)
    return Came(entered, len(rows) - entered)


def _reader(coalition: Coalition) -> Callable[[Cells], PersonRow]:
    """Reads a row about a person, and refuses who was taken out since the table was looked at."""
    taken_out = TakenOut.of(coalition.pk)

    def read(cells: Cells) -> PersonRow:
        person = read_person(cells)
        if taken_out.has_address(person.email):
            raise Unplaceable(describe_taken_out())
        return person

    return read


def _placed[S](rows: Iterable[ImportRow], read: Callable[[Cells], S]) -> list[tuple[ImportRow, S]]:
    """Each row with what it says. One that can't be placed after all goes into quarantine."""
    placed = []
    for row in rows:
        try:
            placed.append((row, read(row.cells)))
        except Unplaceable as error:
            row.state, row.reason = ImportRow.State.QUARANTINE, str(error)
        else:
            row.state = ImportRow.State.ENTERED
    return placed


def _enter_members(actor: Person, coalition: Coalition, placed: list[tuple[ImportRow, MemberRow]]) -> int:
    areas = _areas(actor, coalition, [member for _row, member in placed])
    rows = [(row, member, _facts(member, areas)) for row, member in placed]
    locked = lock_rows(Organisation.objects.of(coalition).order_by("pk").prefetch_related("areas"))
    there = locked.in_bulk([row.organisation_id for row, _member in placed if row.organisation_id])
    known = [(there[row.organisation_id], facts) for row, _member, facts in rows if row.organisation_id in there]
    filled = ((organisation, _filled(organisation, facts)) for organisation, facts in known)
    fill_organisations(actor=actor, coalition=coalition, many=filled)
    new = [facts for row, _member, facts in rows if row.organisation_id not in there]
    added = iter(add_organisations(actor=actor, coalition=coalition, many=new))
    memberships = []
    for row, member, _said in rows:
        row.organisation = organisation = there.get(row.organisation_id) or next(added)
        if member.stands != Stands.KNOWN:
            memberships.append((organisation, member.since, member.until))
    add_memberships(actor=actor, coalition=coalition, many=memberships)
    return len(placed)


def _areas(actor: Person, coalition: Coalition, members: list[MemberRow]) -> dict[str, AreaOfWork]:
    """By their folded names; those that the coalition doesn't have yet become areas of its own."""
    areas = {plain(area.name): area for area in coalition.areas.order_by("-scheme", "pk")}
    for name in dict.fromkeys(name for member in members for name in member.areas):
        if plain(name) not in areas:
            areas[plain(name)] = add_area(actor=actor, coalition=coalition, name=name)
    return areas


def _facts(member: MemberRow, areas: dict[str, AreaOfWork]) -> OrganisationFacts:
    return OrganisationFacts(
        name=member.name,
        acronym=member.acronym,
        country=member.country,
        regional_group=member.regional_group,
        stakeholder_group=member.stakeholder_group,
        languages=list(member.languages),
        website=member.website,
        areas=list(dict.fromkeys(areas[plain(name)] for name in member.areas)),
    )


def _filled(there: Organisation, facts: OrganisationFacts) -> OrganisationFacts:
    """What the directory says stands; the table adds what it doesn't say."""
    merged = {name: getattr(there, name) or getattr(facts, name) for name in FILLED}
    columns = facts.columns()
    for name, unknown in (("regional_group", RegionalGroup.UNKNOWN), ("stakeholder_group", StakeholderGroup.UNKNOWN)):
        said = getattr(there, name)
        merged[name] = columns[name] if said == unknown else said
    areas = list(there.areas.all()) or facts.areas
    return OrganisationFacts(name=there.name, about=there.about, areas=areas, **merged)


def _enter_people(actor: Person, coalition: Coalition, placed: list[tuple[ImportRow, PersonRow]]) -> int:
    """On the list and nothing else: an affiliation that nobody confirmed opens nothing."""
    listed = put_many_on_list(
        actor=actor, coalition=coalition, many=[(said.email, said.name, said.since) for _row, said in placed]
    )
    directory = Directory.of(coalition)
    belong: dict[tuple[int, int], Affiliation] = {}
    for (row, said), entry in zip(placed, listed, strict=True):
        row.person_id = entry.person_id
        found = directory.find(said.organisation) if said.organisation else []
        if found and found[0].is_exact:
            pair = (entry.person_id, found[0].organisation_id)
            belong[pair] = Affiliation(person_id=pair[0], organisation_id=pair[1])
    here = Affiliation.objects.filter(organisation__coalition=coalition, ends_on__isnull=True)
    there = set(here.values_list("person_id", "organisation_id"))
    Affiliation.objects.bulk_create(affiliation for pair, affiliation in belong.items() if pair not in there)
    return len(placed)
