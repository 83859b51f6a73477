"""Who must not be entered again by others: people who were taken out of a coalition, or erased everywhere.

They can come back by themselves at any time (`note_return`). Kept of them are keyed digests, in the table and in the
ledger outside of it.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import partial
from itertools import product
from typing import Any, Self

from django.db import transaction
from django.utils import timezone

from jukwaa.accounts import ledger
from jukwaa.accounts.identity import IdentityDigests, account_digest, address_digest, identity_digests, name_digest
from jukwaa.accounts.ledger import RETURNED, Line, Step
from jukwaa.accounts.models import ErasedIdentity, Person
from jukwaa.accounts.protections import find_unwritten_steps
from jukwaa.core.transactions import atomic_with_retry

BATCH = 500
Why = ErasedIdentity.Why


def was_taken_out(address: str, coalition_id: int | None = None) -> bool:
    """Whether whoever has this address must not be entered in the coalition, or written to about it.

    Without a coalition: whether they were erased everywhere.
    """
    blocking = ErasedIdentity.objects.blocking(coalition_id)
    return bool(address) and blocking.filter(address=address_digest(address)).exists()


def has_name_of_taken_out(name: str, coalition_id: int) -> bool:
    """Whether somebody with this name was taken out there. It may be a namesake: people are warned, not stopped."""
    digest = name_digest(name, coalition_id)
    return bool(digest) and ErasedIdentity.objects.in_force().filter(name=digest).exists()


@dataclass(frozen=True)
class TakenOut:
    """Everybody who must not be entered in one coalition: read once, for a whole table of people."""

    coalition_id: int
    addresses: frozenset[str]
    names: frozenset[str]

    @classmethod
    def of(cls, coalition_id: int) -> Self:
        rows = ErasedIdentity.objects.blocking(coalition_id).order_by().values_list("address", "name")
        pairs = list(rows)
        return cls(coalition_id, frozenset(pair[0] for pair in pairs), frozenset(pair[1] for pair in pairs if pair[1]))

    def has_address(self, address: str) -> bool:
        return bool(address and self.addresses) and address_digest(address) in self.addresses

    def has_name(self, name: str) -> bool:
        return bool(name and self.names) and name_digest(name, self.coalition_id) in self.names


def note_taken_out(person: Person, coalition_id: int, *, why: str = Why.ASKED) -> None:
    """Keep in mind that somebody was taken out of a coalition, while their name and address are still there."""
    name = name_digest(person.name, coalition_id)
    _keep(identity_digests(person), why=why, coalition_id=coalition_id, name=name)


def note_new_address(person: Person) -> None:
    """Whoever was taken out of a coalition stays so under a new address."""
    rows = ErasedIdentity.objects.in_force().filter(account=account_digest(person), coalition_id__isnull=False)
    for coalition_id, name in set(rows.values_list("coalition_id", "name")):
        _keep(identity_digests(person), why=Why.ASKED, coalition_id=coalition_id, name=name)


def note_erased(digests: IdentityDigests, *, is_noted: bool, **_signal: Any) -> None:
    """The receiver of `person_erased`: nobody enters them anywhere."""
    if is_noted:
        _keep(digests, why=Why.ERASED, coalition_id=None)


def note_return(person: Person, coalition_id: int | None = None) -> bool:
    """Keep in mind that somebody came back by themselves; return whether they had been taken out.

    Without a coalition: to the site, where all coalitions may enter them again but those that they were taken out of.
    """
    digests = identity_digests(person)
    rows = ErasedIdentity.objects.in_force().filter(coalition_id=coalition_id)
    same = rows.filter(address__in=digests.addresses) | rows.filter(account__in=digests.accounts)
    returned = list(same.order_by("pk"))
    now = timezone.now()
    for row in returned:
        row.returned_at = now
    ErasedIdentity.objects.bulk_update(returned, ["returned_at"])
    _append_when_committed(map(as_line, returned))
    return bool(returned)


def _keep(digests: IdentityDigests, *, why: str, coalition_id: int | None, name: str = "") -> None:
    """A row for each account and address. What is in force already stays as it was.

    An account is erased once: when that is done again after a restore, who came back since remains welcome.
    """
    noted = []
    for account, address in product(digests.accounts, (*digests.addresses, *digests.earlier) or ("",)):
        row, is_new = ErasedIdentity.objects.get_or_create(
            account=account, address=address, coalition_id=coalition_id, defaults={"why": why, "name": name}
        )
        if not is_new and not row.name:  # brought back by the ledger, which has no names
            row.name = name
            row.save(update_fields=["name"])
        is_again = row.returned_at is not None and why == Why.ASKED
        if is_again:
            row.at, row.why, row.returned_at = timezone.now(), why, None
            row.save(update_fields=["at", "why", "returned_at"])
        if is_new or is_again:
            noted.append(as_line(row))
    _append_when_committed(noted)


def as_line(row: ErasedIdentity) -> Line:
    """What was last done about a row, for the ledger."""
    why = RETURNED if row.returned_at else row.why
    return Line(row.returned_at or row.at, row.address, row.account, row.coalition_id, why)


def _append_when_committed(lines: Iterable[Line]) -> None:
    """A line that can't be written is logged, and written by the next `complete_ledger`."""
    if given := list(lines):
        transaction.on_commit(partial(ledger.append, given), robust=True)


def find_unwritten() -> list[Line | Step]:
    """What the tables know and the ledger does not. Raises OSError."""
    known = ledger.read()
    latest = known.latest()
    lines = map(as_line, ErasedIdentity.objects.order_by("at", "pk").iterator(BATCH))
    return [*(line for line in lines if _is_later(line, latest.get(line.place))), *find_unwritten_steps(known)]


def _is_later(line: Line, known: Line | None) -> bool:
    return known is None or line.at > known.at


def complete_ledger() -> int:
    """For the clock: add what a process that was killed did not write. Raises OSError."""
    lines = find_unwritten()
    ledger.append(lines)
    return len(lines)


@atomic_with_retry
def restore_from(lines: Iterable[Line]) -> None:
    """Bring the table up to what the ledger says last, after an older backup was restored."""
    for line in lines:
        place = {"account": line.account, "address": line.address, "coalition_id": line.coalition}
        row, is_new = ErasedIdentity.objects.get_or_create(**place, defaults={"at": line.at, "why": _why(line)})
        if is_new or line.at > (row.returned_at or row.at):
            _apply(row, line)


def _why(line: Line) -> str:
    return line.why if line.why != RETURNED else Why.ERASED if line.coalition is None else Why.ASKED


def _apply(row: ErasedIdentity, line: Line) -> None:
    if line.why == RETURNED:
        row.returned_at = line.at
    else:
        row.at, row.why, row.returned_at = line.at, line.why, None
    row.save()


def find_accounts(digests: Collection[str]) -> dict[str, Person]:
    """Return the people whose accounts have these digests. The digest of each account is made for that."""
    rows = Person.objects.filter(erased_at=None).order_by("pk")
    wanted = set(digests)
    if not wanted:
        return {}
    found = ((account_digest(person), person) for person in rows.iterator(BATCH))
    return {digest: person for digest, person in found if digest in wanted}
