"""Which rows of a table are about a person or by them, as the table declares: for the download and for the erasure."""
# ruff: noqa: SLF001 - _base_manager is public by Django's word

from collections.abc import Iterable
from itertools import product
from typing import Any

from django.db.models import Model, Q, QuerySet

from jukwaa.accounts.identity import build_person_identity
from jukwaa.accounts.models import Person
from jukwaa.core.personal_data import PersonalData


def find_personal_rows(
    model: type[Model], personal_data: PersonalData, person: Person, email_addresses: Iterable[str] | None = None
) -> QuerySet[Any]:
    """Return all rows that the declaration finds. The person's addresses are asked for unless they are given."""
    known: Iterable[str] = ()
    if personal_data.addresses:
        known = build_person_identity(person).addresses if email_addresses is None else email_addresses
    by_address = [(f"{column}__iexact", address) for column, address in product(personal_data.addresses, known)]
    return _filter_by_any_lookup(model, [*_list_person_lookups(personal_data.people, person), *by_address])


def find_rows_of_person(model: type[Model], field_lookups: Iterable[str], person: Person) -> QuerySet[Any]:
    """Return the rows that lead to the person by one of these lookups."""
    return _filter_by_any_lookup(model, _list_person_lookups(field_lookups, person))


def _list_person_lookups(field_lookups: Iterable[str], person: Person) -> list[tuple[str, Any]]:
    return [(lookup, person.pk) for lookup in field_lookups]


def _filter_by_any_lookup(model: type[Model], field_values: Iterable[tuple[str, Any]]) -> QuerySet[Any]:
    """Each lookup is a subquery of its own: an OR over joins would read the whole table."""
    rows = model._base_manager.order_by()
    found = Q(pk__in=[])
    for name, value in field_values:
        found |= Q(pk__in=rows.filter(**{name: value}).values("pk"))
    return rows.filter(found)
