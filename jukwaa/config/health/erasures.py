"""Is the ledger of erasures whole, so that a restored backup brings nobody back?"""

from collections.abc import Iterator, Sequence

from jukwaa.accounts import ledger
from jukwaa.accounts.erased import find_unwritten
from jukwaa.accounts.protections import find_undone
from jukwaa.coalitions.replaying import find_back
from jukwaa.config.health.checks import Finding, wrong

MOST_NAMED = 5


def ledger_is_whole() -> Iterator[Finding]:
    path = ledger.path()
    try:
        found, unwritten = ledger.read(), find_unwritten()
    except OSError as error:
        yield wrong(f"{path} cannot be read: {error.strerror}. Give it to the user who runs Jukwaa.")
        return
    if unwritten and not path.exists():
        yield wrong(
            f"{path} is missing. If you have a copy, put it there and run: jukwaa prepare. Otherwise, the worker will"
            " write what the database knows within a day."
        )
    elif unwritten:
        yield wrong(
            f"{len(unwritten)} lines are not in {path} yet. The worker adds them daily: check that it is running."
        )
    if found.damaged:
        yield wrong(describe_damage(found.damaged))
    if back := find_back(found.latest().values()):
        yield wrong(f"{len(back)} people who were erased are back from an older backup. Run: jukwaa prepare")
    if undone := sum(map(len, find_undone(found).values())):
        yield wrong(
            f"An older backup undid {undone} marks as under 18, hidden names and removals of names. Run: jukwaa prepare"
        )


def describe_damage(numbers: Sequence[int]) -> str:
    named = ", ".join(map(str, numbers[:MOST_NAMED]))
    return (
        f"{len(numbers)} lines of {ledger.path()} cannot be read ({named}). All other lines are valid."
        " Compare with a copy of the ledger, then replace or delete these lines."
    )
