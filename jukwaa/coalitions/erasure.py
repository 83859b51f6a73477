"""What the erasure of a person takes from a coalition besides rows and columns: ties end, and words are replaced."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _

from jukwaa.accounts.erased_identities import block_identity_in_coalition
from jukwaa.accounts.identity import REMOVED_NAME_TEXT, PersonIdentity, build_person_identity
from jukwaa.accounts.models import ErasedIdentity, Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.departures import find_coalitions_with_unique_name
from jukwaa.coalitions.known_people import fold_person_name
from jukwaa.coalitions.models import (
    Activity,
    Affiliation,
    Capacity,
    Coalition,
    Import,
    ImportRow,
    ListEntry,
    Membership,
    Role,
)
from jukwaa.core.dates import get_utc_date
from jukwaa.core.personal_data import ErasureObstacle

ANONYMOUS_PERSON_NAME = "a person"  # the name of a capacity can't be empty
MAX_CAPACITY_NAME_LENGTH = 250
# Between the names of several people: "Ada Obi, Ben Otieno", "Ada Obi and Ben Otieno (to be confirmed)".
JOINT_NAME_SEPARATOR = re.compile(r"(\s*[,;/&+|]\s*|\s+(?:and|et|y|e|und)\s+|\s*\([^()]*\)\s*)")
CURRENT_MEMBERSHIP_STANDINGS = (Membership.Standing.APPLIED, Membership.Standing.ACTIVE)
ROLES_NEEDING_SUCCESSOR = (Role.Kind.COORDINATOR, Role.Kind.SAFEGUARDING_LEAD)


def find_person_memberships(person: Person) -> QuerySet[Membership]:
    return Membership.objects.filter(person=person, standing__in=CURRENT_MEMBERSHIP_STANDINGS)


def find_person_affiliations(person: Person) -> QuerySet[Affiliation]:
    return Affiliation.objects.in_force().filter(person=person)


def find_person_roles(person: Person) -> QuerySet[Role]:
    return Role.objects.in_force().filter(person=person)


@action
def end_person_participations(person: Person) -> int:
    """End all that they are in any coalition as of yesterday, with one note in each. Repeating changes nothing."""
    entries = ListEntry.objects.filter(person=person, ends_on=None).order_by()
    memberships = find_person_memberships(person).order_by()
    affiliations, roles = find_person_affiliations(person).order_by(), find_person_roles(person).order_by()
    places = {
        *(pk for rows in (entries, memberships, roles) for pk in rows.values_list("coalition", flat=True)),
        *affiliations.values_list("organisation__coalition", flat=True),
    }
    ended = sum(map(_end_dated_rows, (affiliations, roles))) + _end_dated_rows(
        memberships, standing=Membership.Standing.LEFT
    )
    _end_dated_rows(entries)  # they are deleted with the rest: until then they tell where the name is known
    for coalition in Coalition.objects.filter(pk__in=places).order_by("pk"):
        record_activity(actor=person, verb="took-out", subject=person, coalition=coalition)
    return ended


def _end_dated_rows(rows: QuerySet[Any], **changes: Any) -> int:
    """Yesterday is the last day. What begins later lasted no day at all."""
    last_day = get_utc_date() - timedelta(days=1)
    same = rows.model.objects.filter(pk__in=list(rows.values_list("pk", flat=True))).order_by()
    same.filter(starts_on__gt=last_day).update(starts_on=last_day, ends_on=last_day)
    ended: int = same.update(ends_on=last_day, **changes)
    return ended


def record_erased_person(person: Person, *, is_noted: bool, **_signal: Any) -> None:
    """The receiver of `person_erased`: whoever enters somebody of that name in a coalition of theirs is warned."""
    if not is_noted:
        return
    accounts = Person.objects.filter(Q(pk=person.pk) | Q(merged_into=person.pk)).values("pk")
    activities = Activity.objects.filter(kind="person", object_id__in=accounts).order_by()
    places = {
        *activities.values_list("coalition", flat=True),
        *Membership.objects.filter(person=person).order_by().values_list("coalition", flat=True),
        *Role.objects.filter(person=person).order_by().values_list("coalition", flat=True),
        *Affiliation.objects.filter(person=person).order_by().values_list("organisation__coalition", flat=True),
    }
    for pk in sorted(places):
        block_identity_in_coalition(person, pk, why=ErasedIdentity.Why.ERASED)


def find_declined_memberships(person: Person) -> QuerySet[Membership]:
    theirs = Q(person=person) | Q(applicant=person)
    return Membership.objects.filter(theirs).exclude(reason__in=["", REMOVED_NAME_TEXT]).order_by()


def erase_decline_reasons(person: Person) -> int:
    return find_declined_memberships(person).update(reason=REMOVED_NAME_TEXT)


def find_person_capacities(person: Person) -> QuerySet[Capacity]:
    """Capacities of this person, and typed names, alone or among others, that are only this person's."""
    of_individuals = Capacity.objects.filter(organisation__isnull=True).exclude(name=ANONYMOUS_PERSON_NAME)
    typed = of_individuals.filter(person__isnull=True, coalition__in=find_coalitions_with_unique_name(person))
    named_in_text = _find_rows_naming_person(typed, ("name",), PersonIdentity(person.name, ()))
    naming = [row.pk for row in named_in_text if _anonymise_joint_name(row.name, person.name) != row.name]
    return of_individuals.filter(Q(person=person) | Q(pk__in=naming)).order_by()


def anonymise_person_capacities(person: Person) -> int:
    """Capacities are frozen but for this. What names several people, as in "Ada Obi, Ben Otieno", keeps the others."""
    rows = list(find_person_capacities(person))
    for row in rows:
        rest = "" if row.person_id else _anonymise_joint_name(row.name, person.name)
        row.name = rest[:MAX_CAPACITY_NAME_LENGTH] or ANONYMOUS_PERSON_NAME
    Capacity.objects.bulk_update(rows, ["name"], batch_size=500)
    return len(rows)


def _anonymise_joint_name(joint_name: str, person_name: str) -> str:
    """Replace the whole name of a person among others: "Maria Silva" is not a part of "Maria Silva Santos"."""
    parts = JOINT_NAME_SEPARATOR.split(joint_name)
    own = fold_person_name(person_name)
    return "".join(ANONYMOUS_PERSON_NAME if own and fold_person_name(part) == own else part for part in parts)


def _find_rows_naming_person(
    found_rows: QuerySet[Any], naming_columns: tuple[str, ...], identity: PersonIdentity
) -> list[Any]:
    """Return the rows in which one of these columns names the person."""
    condition = Q(pk__in=[])
    for column in naming_columns:
        found_rows = found_rows.annotate(**{f"{column}_as_text": Cast(column, TextField())})
        for part in identity.iter_name_spellings():
            condition |= Q((f"{column}_as_text__icontains", part))
    found = found_rows.filter(condition).order_by()
    return [row for row in found.iterator(100) if any(identity.is_in(getattr(row, name)) for name in naming_columns)]


def _iter_identities_by_query(person: Person) -> Iterator[tuple[Q, PersonIdentity]]:
    """By what the person is found in which coalitions: by the name only where it means nobody else."""
    named, identity = find_coalitions_with_unique_name(person), build_person_identity(person)
    yield Q(coalition__in=named), identity
    yield ~Q(coalition__in=named), replace(identity, name="")


def _find_table_rows_by_import(person: Person) -> dict[Import, set[int]]:
    """The tables in which a row is about this person, each with the places of those rows."""
    found: dict[Import, set[int]] = {}
    for where, identity in _iter_identities_by_query(person):
        for brought in _find_rows_naming_person(Import.objects.filter(where), ("table", "notes"), identity):
            found[brought] = {place for place, row in enumerate(brought.table) if place and identity.is_in(row)}
    for row in ImportRow.objects.filter(person=person).select_related("source"):
        place = row.source.find_table_index(row.number)
        if 0 < place < len(row.source.table) and any(row.source.table[place]):
            found.setdefault(row.source, set()).add(place)
    return found


def find_person_imports(person: Person) -> QuerySet[Import]:
    return Import.objects.filter(pk__in=[brought.pk for brought in _find_table_rows_by_import(person)])


def clear_imported_table_rows(person: Person) -> int:
    """Their rows become empty ones, so that all others keep their numbers."""
    tables = _find_table_rows_by_import(person)
    for brought, places in tables.items():
        brought.table = [[""] * len(row) if place in places else row for place, row in enumerate(brought.table)]
        brought.notes = []
        brought.row_looks = {name: value for name, value in brought.row_looks.items() if name != "legend"}
    Import.objects.bulk_update(tables, ["table", "notes", "row_looks"], batch_size=10)
    return len(tables)


def find_import_rows(person: Person) -> QuerySet[ImportRow]:
    named = {
        row.pk
        for where, identity in _iter_identities_by_query(person)
        for row in _find_rows_naming_person(
            ImportRow.objects.filter(source__in=Import.objects.filter(where)),
            ("cells", "reason", "notes", "problems"),
            identity,
        )
    }
    theirs = Q(person=person) & ~Q(cells={})
    return ImportRow.objects.filter(theirs | Q(pk__in=named)).order_by()


def clear_import_rows(person: Person) -> int:
    """A row that has not been entered stays out: it has nothing to enter any more."""
    rows = ImportRow.objects.filter(pk__in=list(find_import_rows(person).values_list("pk", flat=True)))
    rows.exclude(state=ImportRow.State.ENTERED).update(state=ImportRow.State.LEFT_OUT)
    return rows.update(cells={}, notes=[], problems=[], reason="")


def find_sole_role_obstacles(person: Person) -> list[ErasureObstacle]:
    """The roles that no coalition can be without, where this person alone holds them."""
    roles = (
        find_person_roles(person)
        .filter(kind__in=ROLES_NEEDING_SUCCESSOR)
        .select_related("coalition")
        .order_by("coalition", "kind")
    )
    return [_build_role_obstacle(role) for role in roles if not _has_role_successor(role)]


def _has_role_successor(role: Role) -> bool:
    """Whether somebody else holds the role today and beyond."""
    today = get_utc_date()
    others = Role.objects.in_force(today).filter(coalition=role.coalition_id, kind=role.kind)
    lasting = others.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=today))
    return lasting.exclude(person=role.person_id).exists()


def _build_role_obstacle(role: Role) -> ErasureObstacle:
    colleagues = Person.objects.filter(roles__in=Role.objects.in_force().filter(coalition=role.coalition_id))
    sentence = {
        Role.Kind.COORDINATOR: _("You are the only coordinator of %(coalition)s. Hand over the role first."),
        Role.Kind.SAFEGUARDING_LEAD: _(
            "You are the only safeguarding lead of %(coalition)s. Hand over the role first."
        ),
    }[Role.Kind(role.kind)]
    return ErasureObstacle(
        sentence=sentence % {"coalition": role.coalition.name},
        url=reverse("coalitions:roles", args=[role.coalition.slug]),
        others=tuple(colleagues.exclude(pk=role.person_id).distinct()),
    )
