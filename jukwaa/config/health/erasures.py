"""Check that the ledger of erasures is complete, so that a restored backup brings nobody back."""

from collections.abc import Iterator, Sequence

from jukwaa.accounts import ledger
from jukwaa.accounts.erased_identities import find_missing_ledger_lines
from jukwaa.accounts.protections import find_missing_protections
from jukwaa.coalitions.ledger_replay import find_restored_people
from jukwaa.config.health.checks import HealthFinding, build_problem_finding

MAX_LISTED_LEDGER_LINES = 5


def check_erasure_ledger() -> Iterator[HealthFinding]:
    path = ledger.get_ledger_path()
    try:
        found, unwritten = ledger.read_erasure_ledger(), find_missing_ledger_lines()
    except OSError as error:
        yield build_problem_finding(f"{path} cannot be read: {error.strerror}. Give it to the user who runs Jukwaa.")
        return
    if unwritten and not path.exists():
        yield build_problem_finding(
            f"{path} is missing. If you have a copy, put it there and run: jukwaa prepare. Otherwise, the worker will"
            " write what the database knows within a day."
        )
    elif unwritten:
        yield build_problem_finding(
            f"{len(unwritten)} lines are not in {path} yet. The worker adds them daily: check that it is running."
        )
    if found.damaged:
        yield build_problem_finding(describe_damaged_lines(found.damaged))
    if back := find_restored_people(found.latest().values()):
        yield build_problem_finding(
            f"{len(back)} people who were erased are back from an older backup. Run: jukwaa prepare"
        )
    if undone := sum(map(len, find_missing_protections(found).values())):
        yield build_problem_finding(
            f"An older backup undid {undone} marks as under 18, hidden names and removals of names. Run: jukwaa prepare"
        )


def describe_damaged_lines(line_numbers: Sequence[int]) -> str:
    named = ", ".join(map(str, line_numbers[:MAX_LISTED_LEDGER_LINES]))
    return (
        f"{len(line_numbers)} lines of {ledger.get_ledger_path()} cannot be read ({named}). All other lines are valid."
        " Compare with a copy of the ledger, then replace or delete these lines."
    )
