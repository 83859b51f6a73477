"""A table on its way into the directory: brought, its columns chosen, looked at, and entered row by row.

Rows enter in small groups, each a transaction of its own, so that nobody else waits for a long table. A row that has
entered is never entered again: whoever presses twice, or after a crash, goes on where it stopped.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions import policies
from jukwaa.coalitions.actions.listing import put_on_list
from jukwaa.coalitions.actions.memberships import add_membership
from jukwaa.coalitions.actions.organisations import OrganisationFacts, add_organisation, change_organisation
from jukwaa.coalitions.actions.settings import add_area
from jukwaa.coalitions.activities import action, note
from jukwaa.coalitions.imports.fields import guess_columns, heading_of
from jukwaa.coalitions.imports.judging import Judge
from jukwaa.coalitions.imports.reading import MemberRow, Unplaceable, read_member, read_person
from jukwaa.coalitions.imports.words import Stands
from jukwaa.coalitions.matching import Directory
from jukwaa.coalitions.models import Affiliation, AreaOfWork, Coalition, Import, ImportRow, Organisation
from jukwaa.coalitions.refusals import Refused
from jukwaa.core.documents.incoming import Table
from jukwaa.core.uploads import clean_filename
from jukwaa.places.folding import plain
from jukwaa.places.regions import RegionalGroup, StakeholderGroup

GROUP = 5  # rows in a transaction
PATIENCE = 15.0  # seconds that somebody is kept waiting
BATCH = 500
FILLED = ("acronym", "country", "languages", "website")  # where the directory has nothing yet


@action
def bring_table(*, actor: Person, coalition: Coalition, kind: str, name: str, table: Table) -> Import:
    """Keep a table, with a guess of what its columns are. Raises PermissionDenied, and Refused for a heading alone."""
    if not policies.can_import(actor, coalition):
        raise PermissionDenied
    first = heading_of(table.rows, kind)
    rows = table.rows[first:]
    if kind == Import.Kind.PEOPLE and "@" in "".join(rows[0]):  # addresses without a heading
        rows, first = [[_("Mail address") if "@" in cell else "" for cell in rows[0]], *rows], -1
    if len(rows) < 2:  # noqa: PLR2004 - the heading, and a row
        raise Refused(_("There is a heading in this table, but no row below it. Choose another file."), "file")
    brought = Import.objects.create(
        coalition=coalition,
        by=actor,
        of=kind,
        file_name=clean_filename(name),
        table=rows,
        first=first + 1,
        notes=list(_notes(table, first)),
        mapping=guess_columns(rows[0], kind),
    )
    note(actor=actor, verb="brought", subject=brought, coalition=coalition)
    return brought


def _notes(table: Table, first: int) -> Iterator[str]:
    if first > 0:
        yield _("The heading was found in row %(number)s; what stands above it is not read.") % {"number": first + 1}
    if table.other_sheets:
        yield _("Only the first sheet that holds something is read. Not read: %(names)s.") % {
            "names": ", ".join(table.other_sheets)
        }
    if table.guessed_encoding:
        yield _("The file does not say its encoding; it was guessed. Check letters with accents.")


def map_columns(*, actor: Person, brought: Import, mapping: list[str]) -> Import:
    """Say what the columns are, and make the rows. It can be said again until the first row has entered.

    The rows are judged before anything is locked: a long table takes a while.
    """
    if not policies.can_import(actor, brought.coalition):
        raise PermissionDenied
    judge = Judge(brought.coalition, brought.of)
    rows = [
        judge.judge(ImportRow(source=brought, number=number, cells=cells)) for number, cells in _cells(brought, mapping)
    ]
    return _keep_rows(actor=actor, brought=brought, mapping=mapping, rows=rows)


@action
def _keep_rows(*, actor: Person, brought: Import, mapping: list[str], rows: list[ImportRow]) -> Import:
    current = Import.objects.select_for_update().get(pk=brought.pk)
    if current.state == Import.State.ENTERED:
        raise Refused(_("Rows of this table have entered already. Bring the file again to choose other columns."))
    current.rows.all().delete()
    ImportRow.objects.bulk_create(rows, batch_size=BATCH)
    current.mapping, current.state = mapping, Import.State.PREVIEW
    current.save(update_fields=["mapping", "state"])
    note(actor=actor, verb="mapped", subject=current, coalition=current.coalition)
    return current


def _cells(brought: Import, mapping: list[str]) -> Iterator[tuple[int, dict[str, str]]]:
    for number, row in enumerate(brought.table[1:], start=brought.first + 1):
        yield number, {field: cell for field, cell in zip(mapping, row, strict=False) if field and cell}


@dataclass(frozen=True, slots=True)
class Came:
    """How many rows entered now, how many went into quarantine after all, and how many still wait."""

    entered: int
    refused: int
    waiting: int = 0


def enter_rows(*, actor: Person, brought: Import) -> Came:
    """Enter the rows that wait. Entering what has entered changes nothing. Raises PermissionDenied.

    A table that takes longer than a browser waits goes on when the button is pressed again.
    """
    if not policies.can_import(actor, brought.coalition):
        raise PermissionDenied
    Import.objects.filter(pk=brought.pk, state=Import.State.PREVIEW).update(state=Import.State.ENTERED)
    waiting = list(brought.rows.filter(state=ImportRow.State.WAITING).values_list("pk", flat=True))
    directory = Directory.of(brought.coalition)
    until = time.monotonic() + PATIENCE
    entered = looked_at = 0
    while looked_at < len(waiting) and time.monotonic() < until:
        pks = waiting[looked_at : looked_at + GROUP]
        entered += _enter_group(actor=actor, brought=brought, pks=pks, directory=directory)
        looked_at += len(pks)
    return Came(entered, looked_at - entered, len(waiting) - looked_at)


@action
def _enter_group(*, actor: Person, brought: Import, pks: list[int], directory: Directory) -> int:
    rows = ImportRow.objects.select_for_update().filter(pk__in=pks, state=ImportRow.State.WAITING)
    entered = 0
    for row in rows.order_by("number"):
        try:
            _enter(actor, brought, row, directory)
        except (Refused, Unplaceable) as refusal:
            row.state, row.reason = ImportRow.State.QUARANTINE, str(refusal)
        else:
            row.state = ImportRow.State.ENTERED
            entered += 1
        row.save()
    if entered:
        note(actor=actor, verb="imported", subject=brought, coalition=brought.coalition)
    return entered


@action
def _enter(actor: Person, brought: Import, row: ImportRow, directory: Directory) -> None:
    """A refusal in the middle takes back what this row wrote, and nothing of the others."""
    if brought.of == Import.Kind.PEOPLE:
        _enter_person(actor, brought.coalition, row, directory)
    else:
        _enter_member(actor, brought.coalition, row)


def _enter_member(actor: Person, coalition: Coalition, row: ImportRow) -> None:
    member = read_member(row.cells)
    facts = _facts(actor, coalition, member)
    there = Organisation.objects.of(coalition).filter(pk=row.organisation_id).first() if row.organisation_id else None
    organisation = there or add_organisation(actor=actor, coalition=coalition, facts=facts)
    if there is not None:
        _fill(actor, there, facts)
    if member.stands != Stands.KNOWN:
        add_membership(
            actor=actor, coalition=coalition, organisation=organisation, starts_on=member.since, ends_on=member.until
        )
    row.organisation = organisation


def _facts(actor: Person, coalition: Coalition, member: MemberRow) -> OrganisationFacts:
    known = {plain(area.name): area for area in coalition.areas.order_by("-scheme", "pk")} if member.areas else {}
    areas: dict[int, AreaOfWork] = {}
    for name in member.areas:
        area = known.get(plain(name)) or add_area(actor=actor, coalition=coalition, name=name)
        areas[area.pk] = area
    return OrganisationFacts(
        name=member.name,
        acronym=member.acronym,
        country=member.country,
        regional_group=member.regional_group,
        stakeholder_group=member.stakeholder_group,
        languages=list(member.languages),
        website=member.website,
        areas=list(areas.values()),
    )


def _fill(actor: Person, there: Organisation, facts: OrganisationFacts) -> None:
    """What the directory says stands; the table adds what it doesn't say."""
    merged = {name: getattr(there, name) or getattr(facts, name) for name in FILLED}
    columns = facts.columns()
    for name, unknown in (("regional_group", RegionalGroup.UNKNOWN), ("stakeholder_group", StakeholderGroup.UNKNOWN)):
        said = getattr(there, name)
        merged[name] = columns[name] if said == unknown else said
    areas = list(there.areas.all()) or facts.areas
    filled = OrganisationFacts(name=there.name, about=there.about, areas=areas, **merged)
    change_organisation(actor=actor, organisation=there, facts=filled, from_version=there.version)


def _enter_person(actor: Person, coalition: Coalition, row: ImportRow, directory: Directory) -> None:
    """On the list and nothing else: an affiliation that nobody confirmed opens nothing."""
    said = read_person(row.cells)
    entry = put_on_list(actor=actor, coalition=coalition, email=said.email, name=said.name, starts_on=said.since)
    found = directory.find(said.organisation) if said.organisation else []
    if found and found[0].is_exact:
        Affiliation.objects.get_or_create(
            person=entry.person, organisation_id=found[0].organisation_id, ends_on=None, defaults={"position": ""}
        )
    row.person = entry.person


@action
def mend_row(*, actor: Person, row: ImportRow, cells: dict[str, str]) -> ImportRow:
    """Write what the row should say, and judge it again. What has entered is changed in the directory."""
    brought = row.source
    if not policies.can_import(actor, brought.coalition):
        raise PermissionDenied
    current = ImportRow.objects.select_for_update().get(pk=row.pk)
    if current.state == ImportRow.State.ENTERED:
        raise Refused(_("This row has entered. Change the organisation or the person in the directory instead."))
    judge = Judge(brought.coalition, brought.of)
    judge.remember(brought.rows.exclude(pk=current.pk))
    current.cells = {field: text for field, text in cells.items() if text}
    judge.judge(current).save()
    note(actor=actor, verb="mended", subject=brought, coalition=brought.coalition)
    return current


@action
def leave_row_out(*, actor: Person, row: ImportRow) -> ImportRow:
    """It does not enter, unless it is mended after all. Repeating changes nothing."""
    if not policies.can_import(actor, row.source.coalition):
        raise PermissionDenied
    current = ImportRow.objects.select_for_update().get(pk=row.pk)
    if current.state in {ImportRow.State.ENTERED, ImportRow.State.LEFT_OUT}:
        return current
    current.state = ImportRow.State.LEFT_OUT
    current.save(update_fields=["state"])
    note(actor=actor, verb="left-out", subject=row.source, coalition=row.source.coalition)
    return current
