"""What a person may read by: their seats, roles and organisations, in every coalition."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet, StringAgg, TextField, Value
from django.db.models.functions import Cast, Concat

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Affiliation, Coalition, Membership, Role

type PrimaryKeys = Collection[int] | QuerySet[Any, Any]


@dataclass(frozen=True)
class Entitlements:
    """As numbers that were read when a request began, or as subqueries that are answered with the query around them."""

    seats: tuple[PrimaryKeys, ...]  # coalitions
    organisations: PrimaryKeys  # those that have confirmed the person
    coalitions_by_role: Callable[[Collection[str]], PrimaryKeys]
    can_hold_roles: bool = True  # false where none were read: most people hold none, and their queries are shorter

    def has_seat(self, coalition: str = "coalition") -> Q:
        """Return the condition that the person has a seat in the coalition to which this field leads."""
        first, *others = (Q(**{f"{coalition}__in": numbers}) for numbers in self.seats)
        return Q(first, *others, _connector=Q.OR)

    def has_role(self, *kinds: str, coalition: str = "coalition") -> Q:
        """Return the condition that the person holds one of these roles in the coalition to which this field leads."""
        return Q(**{f"{coalition}__in": self.coalitions_by_role(kinds)})


def get_entitlements(person: Person) -> Entitlements:
    """Return what was read for the request of this person, or else subqueries.

    It hangs on the person whom the request loaded, as the permissions of Django's own backend do, and is gone with it.
    """
    found: Entitlements | None = getattr(person, "_entitlements", None)
    return found or _build_subquery_entitlements(person)


def _build_subquery_entitlements(person: Person) -> Entitlements:
    own, through = Membership.objects.seats_by_origin(person)
    confirmed = Affiliation.objects.confirmed().filter(person=person)

    def get_coalitions_by_role(role_kinds: Collection[str]) -> PrimaryKeys:
        return Role.objects.held_by(person).filter(kind__in=role_kinds).values("coalition")

    return Entitlements(
        (own.values("coalition"), through.values("coalition")), confirmed.values("organisation"), get_coalitions_by_role
    )


def annotate_person_entitlements(coalitions: QuerySet[Coalition], person: Person) -> QuerySet[Coalition]:
    """Read with these rows what the person may read by, for `resolve`: it costs no query of its own."""
    own, through = Membership.objects.seats_by_origin(person)
    coalition = Cast("coalition", TextField())
    role = Concat(coalition, Value(":"), "kind", output_field=TextField())
    return coalitions.annotate(
        own_seats=_aggregate_as_text(own, "standing", coalition),
        other_seats=_aggregate_as_text(through, "standing", coalition),
        confirmed_in=_aggregate_as_text(
            Affiliation.objects.confirmed().filter(person=person), "person", Cast("organisation", TextField())
        ),
        held_roles=_aggregate_as_text(Role.objects.held_by(person), "person", role),
    )


def _aggregate_as_text(entitlement_rows: QuerySet[Any, Any], group_column: str, text: Any) -> QuerySet[Any, Any]:
    """All of them in one line. `same` is a field that does not differ between them: SQL groups by it."""
    lines: QuerySet[Any, Any] = (
        entitlement_rows.order_by().values(group_column).annotate(line=StringAgg(text, Value(" ")))
    )
    return lines.values("line")


def load_entitlements_from_row(person: Person, coalition_row: Any) -> Entitlements:
    """Take what a row of `annotate_entitlements` says, and keep it on the person for this request."""
    seats = frozenset(map(int, f"{coalition_row.own_seats or ''} {coalition_row.other_seats or ''}".split()))
    organisations = frozenset(map(int, (coalition_row.confirmed_in or "").split()))
    roles = frozenset((coalition_row.held_roles or "").split())

    def get_coalitions_by_role(role_kinds: Collection[str]) -> PrimaryKeys:
        return {int(number) for number, _colon, kind in (each.partition(":") for each in roles) if kind in role_kinds}

    found = Entitlements((seats,), organisations, get_coalitions_by_role, can_hold_roles=bool(roles))
    person._entitlements = found  # type: ignore[attr-defined]  # noqa: SLF001 - see `get_entitlements`
    return found
