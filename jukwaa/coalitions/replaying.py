"""After an older backup was restored: erase again whom it brought back, and take out again who was taken out.

What protects those who stay is done again after that, see `accounts/protections.py`. What the ledger of erasures says
last counts. Nothing happens to accounts that it does not name, and repeating changes nothing, so that it may run
whenever the database is prepared.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from jukwaa.accounts import ledger
from jukwaa.accounts.erased import find_accounts, restore_from
from jukwaa.accounts.erasing import erase
from jukwaa.accounts.ledger import RETURNED, Line
from jukwaa.accounts.models import ErasedIdentity, Person
from jukwaa.accounts.protections import replay_steps
from jukwaa.coalitions.actions.people import take_out_again
from jukwaa.coalitions.models import Coalition


@dataclass(frozen=True)
class Replay:
    """What was done again: people erased and taken out, and sentences on all else; and lines that can't be read."""

    erased: int
    taken_out: int
    damaged: tuple[int, ...]
    reports: tuple[str, ...] = ()


def replay_ledger() -> Replay:
    """Do again what the ledger says. Each person is a transaction of its own. Raises OSError."""
    found = ledger.read()
    latest = found.latest().values()
    restore_from(latest)
    erased = sum(_erase_again(person) for person in find_back(latest).values())
    taken_out = sum(_take_out_again(person, line) for person, line in _find_taken_out(latest))
    return Replay(erased, taken_out, found.damaged, tuple(replay_steps(found)))


def find_back(lines: Iterable[Line]) -> dict[str, Person]:
    """Return the people who are there although the ledger says that they were erased, by their accounts."""
    return find_accounts({line.account for line in lines if _erases(line)})


def _erases(line: Line) -> bool:
    """Also if they have come back since: then with another account."""
    return line.coalition is None and line.why in {ErasedIdentity.Why.ERASED, RETURNED}


def _find_taken_out(lines: Iterable[Line]) -> Iterator[tuple[Person, Line]]:
    asked = [line for line in lines if line.coalition is not None and line.why == ErasedIdentity.Why.ASKED]
    people = find_accounts({line.account for line in asked})
    yield from ((people[line.account], line) for line in asked if line.account in people)


def _erase_again(person: Person) -> bool:
    return erase(person).erased_at is not None


def _take_out_again(person: Person, line: Line) -> bool:
    coalition = Coalition.objects.filter(pk=line.coalition or 0).first()
    return coalition is not None and take_out_again(coalition=coalition, person=person)
