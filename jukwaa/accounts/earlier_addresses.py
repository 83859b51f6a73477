"""Earlier email addresses of people, by which others still find them: in an old spreadsheet, or by heart.

They lead nobody into an account: whoever signs in or writes with such an address may be somebody else by now.
"""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from jukwaa.accounts.identity import build_person_identity, compute_address_digest
from jukwaa.accounts.models import EarlierAddress, Person


def store_earlier_address(person: Person, address: str) -> None:
    """Keep that the person had this address, unless it is theirs still. Call it once they have the new one."""
    current = set(map(compute_address_digest, build_person_identity(person).addresses))
    EarlierAddress.objects.filter(person=person, digest__in=current).delete()
    if (digest := compute_address_digest(address)) not in current:
        EarlierAddress.objects.update_or_create(
            digest=digest, defaults={"person": person, "changed_at": timezone.now()}
        )


def find_person_by_address(address: str) -> Person | None:
    """Return whoever has this address, or else had it last."""
    if not address:
        return None
    current: Person | None = Person.objects.with_address(address).first()
    return current or Person.objects.filter(earlier_addresses__digest=compute_address_digest(address)).first()


def filter_people_by_address(persons: QuerySet[Person], address: str) -> QuerySet[Person]:
    """Return the one of these people whom `find_person` finds."""
    found = find_person_by_address(address)
    return persons.filter(pk=found.pk) if found else persons.none()


def find_people_by_address(email_addresses: Collection[str]) -> dict[str, Person]:
    """Return as `find_person` for many addresses in small letters, with two queries."""
    found = {str(person.email): person for person in Person.objects.filter(email__in=email_addresses)}
    digests = {address: compute_address_digest(address) for address in email_addresses if address not in found}
    rows = EarlierAddress.objects.filter(digest__in=set(digests.values())).select_related("person")
    earlier = {row.digest: row.person for row in rows}
    return found | {address: earlier[digest] for address, digest in digests.items() if digest in earlier}


def get_earlier_address_digests(persons: QuerySet[Any, Any]) -> dict[str, int]:
    """Return the digests of earlier addresses of these people, whose numbers the query returns."""
    rows = EarlierAddress.objects.filter(person__in=persons)
    return dict(rows.values_list("digest", "person_id"))
