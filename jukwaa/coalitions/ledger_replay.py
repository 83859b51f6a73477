"""After an older backup was restored: erase again whom it brought back, and take out again who was taken out.

What protects those who stay is done again after that, see `accounts/protections.py`. What the ledger of erasures says
last counts. Nothing happens to accounts that it does not name, and repeating changes nothing, so that it may run
whenever the database is prepared.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from jukwaa.accounts import ledger
from jukwaa.accounts.erased_identities import find_people_by_account_digest, restore_identities_from_ledger
from jukwaa.accounts.erasure import erase_person
from jukwaa.accounts.ledger import RETURNED_LINE_REASON, LedgerLine
from jukwaa.accounts.models import ErasedIdentity, Person
from jukwaa.accounts.protections import replay_protections
from jukwaa.coalitions.actions.people import remove_person_again
from jukwaa.coalitions.models import Coalition


@dataclass(frozen=True)
class ReplayResult:
    """What was done again: people erased and taken out, and sentences on all else; and lines that can't be read."""

    erased: int
    taken_out: int
    damaged: tuple[int, ...]
    reports: tuple[str, ...] = ()


def replay_erasure_ledger() -> ReplayResult:
    """Do again what the ledger says. Each person is a transaction of its own. Raises OSError."""
    found = ledger.read_erasure_ledger()
    latest = found.latest().values()
    restore_identities_from_ledger(latest)
    erased = sum(_erase_person_again(person) for person in find_restored_people(latest).values())
    taken_out = sum(_remove_person_again(person, line) for person, line in _find_removed_people(latest))
    return ReplayResult(erased, taken_out, found.damaged, tuple(replay_protections(found)))


def find_restored_people(ledger_lines: Iterable[LedgerLine]) -> dict[str, Person]:
    """Return the people who are there although the ledger says that they were erased, by their accounts."""
    return find_people_by_account_digest({line.account for line in ledger_lines if _is_erasure_line(line)})


def _is_erasure_line(ledger_line: LedgerLine) -> bool:
    """Also if they have come back since: then with another account."""
    return ledger_line.coalition is None and ledger_line.why in {ErasedIdentity.Why.ERASED, RETURNED_LINE_REASON}


def _find_removed_people(ledger_lines: Iterable[LedgerLine]) -> Iterator[tuple[Person, LedgerLine]]:
    asked = [line for line in ledger_lines if line.coalition is not None and line.why == ErasedIdentity.Why.ASKED]
    people = find_people_by_account_digest({line.account for line in asked})
    yield from ((people[line.account], line) for line in asked if line.account in people)


def _erase_person_again(person: Person) -> bool:
    return erase_person(person).erased_at is not None


def _remove_person_again(person: Person, ledger_line: LedgerLine) -> bool:
    coalition = Coalition.objects.filter(pk=ledger_line.coalition or 0).first()
    return coalition is not None and remove_person_again(coalition=coalition, person=person)
