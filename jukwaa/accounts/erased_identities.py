"""Identities that must not be entered again by others: people removed from a coalition, or erased everywhere.

They can return by themselves at any time (`unblock_returned_person`). Only keyed digests of them are kept, in the
table and in the ledger outside the database.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import partial
from itertools import product
from typing import Any, Self

from django.db import transaction
from django.utils import timezone

from jukwaa.accounts import ledger
from jukwaa.accounts.identity import (
    IdentityDigests,
    compute_account_digest,
    compute_address_digest,
    compute_name_digest,
    get_identity_digests,
)
from jukwaa.accounts.ledger import RETURNED_LINE_REASON, LedgerLine, ProtectionStep
from jukwaa.accounts.models import ErasedIdentity, Person
from jukwaa.accounts.protections import find_steps_missing_in_ledger
from jukwaa.core.transactions import atomic_with_retry

IDENTITIES_PER_BATCH = 500
BlockReason = ErasedIdentity.Why


def is_blocked_address(address: str, coalition_id: int | None = None) -> bool:
    """Whether whoever has this address must not be entered in the coalition, or written to about it.

    Without a coalition: whether they were erased everywhere.
    """
    blocking = ErasedIdentity.objects.blocked_in_coalition(coalition_id)
    return bool(address) and blocking.filter(address=compute_address_digest(address)).exists()


def is_blocked_name(person_name: str, coalition_id: int) -> bool:
    """Whether somebody with this name was taken out there. It may be a namesake: people are warned, not stopped."""
    digest = compute_name_digest(person_name, coalition_id)
    return bool(digest) and ErasedIdentity.objects.in_force().filter(name=digest).exists()


@dataclass(frozen=True)
class BlockedIdentities:
    """Everybody who must not be entered in one coalition: read once, for a whole table of people."""

    coalition_id: int
    addresses: frozenset[str]
    names: frozenset[str]

    @classmethod
    def of(cls, coalition_id: int) -> Self:
        rows = ErasedIdentity.objects.blocked_in_coalition(coalition_id).order_by().values_list("address", "name")
        pairs = list(rows)
        return cls(coalition_id, frozenset(pair[0] for pair in pairs), frozenset(pair[1] for pair in pairs if pair[1]))

    def has_address(self, address: str) -> bool:
        return bool(address and self.addresses) and compute_address_digest(address) in self.addresses

    def has_name(self, person_name: str) -> bool:
        return bool(person_name and self.names) and compute_name_digest(person_name, self.coalition_id) in self.names


def block_identity_in_coalition(person: Person, coalition_id: int, *, why: str = BlockReason.ASKED) -> None:
    """Keep in mind that somebody was taken out of a coalition, while their name and address are still there."""
    name = compute_name_digest(person.name, coalition_id)
    _store_identity_blocks(get_identity_digests(person), block_reason=why, coalition_id=coalition_id, person_name=name)


def block_new_address(person: Person) -> None:
    """Whoever was taken out of a coalition stays so under a new address."""
    rows = ErasedIdentity.objects.in_force().filter(account=compute_account_digest(person), coalition_id__isnull=False)
    for coalition_id, name in set(rows.values_list("coalition_id", "name")):
        _store_identity_blocks(
            get_identity_digests(person), block_reason=BlockReason.ASKED, coalition_id=coalition_id, person_name=name
        )


def block_erased_person(digests: IdentityDigests, *, is_noted: bool, **_signal: Any) -> None:
    """The receiver of `person_erased`: nobody enters them anywhere."""
    if is_noted:
        _store_identity_blocks(digests, block_reason=BlockReason.ERASED, coalition_id=None)


def unblock_returned_person(person: Person, coalition_id: int | None = None) -> bool:
    """Keep in mind that somebody came back by themselves; return whether they had been taken out.

    Without a coalition: to the site, where all coalitions may enter them again but those that they were taken out of.
    """
    digests = get_identity_digests(person)
    rows = ErasedIdentity.objects.in_force().filter(coalition_id=coalition_id)
    same = rows.filter(address__in=digests.addresses) | rows.filter(account__in=digests.accounts)
    returned = list(same.order_by("pk"))
    now = timezone.now()
    for row in returned:
        row.returned_at = now
    ErasedIdentity.objects.bulk_update(returned, ["returned_at"])
    _append_lines_on_commit(map(build_ledger_line, returned))
    return bool(returned)


def _store_identity_blocks(
    digests: IdentityDigests, *, block_reason: str, coalition_id: int | None, person_name: str = ""
) -> None:
    """A row for each account and address. What is in force already stays as it was.

    An account is erased once: when that is done again after a restore, who came back since remains welcome.
    """
    noted = []
    for account, address in product(digests.accounts, (*digests.addresses, *digests.earlier) or ("",)):
        row, is_new = ErasedIdentity.objects.get_or_create(
            account=account,
            address=address,
            coalition_id=coalition_id,
            defaults={"why": block_reason, "name": person_name},
        )
        if not is_new and not row.name:  # brought back by the ledger, which has no names
            row.name = person_name
            row.save(update_fields=["name"])
        is_again = row.returned_at is not None and block_reason == BlockReason.ASKED
        if is_again:
            row.at, row.why, row.returned_at = timezone.now(), block_reason, None
            row.save(update_fields=["at", "why", "returned_at"])
        if is_new or is_again:
            noted.append(build_ledger_line(row))
    _append_lines_on_commit(noted)


def build_ledger_line(erased_identity: ErasedIdentity) -> LedgerLine:
    """What was last done about a row, for the ledger."""
    why = RETURNED_LINE_REASON if erased_identity.returned_at else erased_identity.why
    return LedgerLine(
        erased_identity.returned_at or erased_identity.at,
        erased_identity.address,
        erased_identity.account,
        erased_identity.coalition_id,
        why,
    )


def _append_lines_on_commit(ledger_lines: Iterable[LedgerLine]) -> None:
    """A line that can't be written is logged, and written by the next `complete_ledger`."""
    if given := list(ledger_lines):
        transaction.on_commit(partial(ledger.append_ledger_lines, given), robust=True)


def find_missing_ledger_lines() -> list[LedgerLine | ProtectionStep]:
    """What the tables know and the ledger does not. Raises OSError."""
    known = ledger.read_erasure_ledger()
    latest = known.latest()
    lines = map(build_ledger_line, ErasedIdentity.objects.order_by("at", "pk").iterator(IDENTITIES_PER_BATCH))
    return [
        *(line for line in lines if _is_newer_ledger_line(line, latest.get(line.place))),
        *find_steps_missing_in_ledger(known),
    ]


def _is_newer_ledger_line(line: LedgerLine, ledger_line: LedgerLine | None) -> bool:
    return ledger_line is None or line.at > ledger_line.at


def append_missing_ledger_lines() -> int:
    """For the clock: add what a process that was killed did not write. Raises OSError."""
    lines = find_missing_ledger_lines()
    ledger.append_ledger_lines(lines)
    return len(lines)


@atomic_with_retry
def restore_identities_from_ledger(ledger_lines: Iterable[LedgerLine]) -> None:
    """Bring the table up to what the ledger says last, after an older backup was restored."""
    for line in ledger_lines:
        place = {"account": line.account, "address": line.address, "coalition_id": line.coalition}
        row, is_new = ErasedIdentity.objects.get_or_create(
            **place, defaults={"at": line.at, "why": _get_block_reason(line)}
        )
        if is_new or line.at > (row.returned_at or row.at):
            _apply_ledger_line(row, line)


def _get_block_reason(ledger_line: LedgerLine) -> str:
    return (
        ledger_line.why
        if ledger_line.why != RETURNED_LINE_REASON
        else BlockReason.ERASED
        if ledger_line.coalition is None
        else BlockReason.ASKED
    )


def _apply_ledger_line(erased_identity: ErasedIdentity, ledger_line: LedgerLine) -> None:
    if ledger_line.why == RETURNED_LINE_REASON:
        erased_identity.returned_at = ledger_line.at
    else:
        erased_identity.at, erased_identity.why, erased_identity.returned_at = ledger_line.at, ledger_line.why, None
    erased_identity.save()


def find_people_by_account_digest(identity_digests: Collection[str]) -> dict[str, Person]:
    """Return the people whose accounts have these digests. The digest of each account is made for that."""
    rows = Person.objects.filter(erased_at=None).order_by("pk")
    wanted = set(identity_digests)
    if not wanted:
        return {}
    found = ((compute_account_digest(person), person) for person in rows.iterator(IDENTITIES_PER_BATCH))
    return {digest: person for digest, person in found if digest in wanted}
