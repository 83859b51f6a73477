"""The shape of a check, and how checks are run."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class HealthFinding:
    """A sentence about what was found. A remark is worth knowing, and makes nothing wrong."""

    sentence: str
    is_wrong: bool


@dataclass(frozen=True)
class HealthCheck:
    """`work` yields what it finds; nothing means good."""

    name: str
    title: str
    work: Callable[[], Iterator[HealthFinding]]
    of_database: bool = False  # can only be made where the database is there and migrated
    of_running: bool = False  # makes sense only while Jukwaa is served


@dataclass(frozen=True)
class CheckOutcome:
    check: HealthCheck
    findings: tuple[HealthFinding, ...]

    @property
    def is_wrong(self) -> bool:
        return any(finding.is_wrong for finding in self.findings)


def build_problem_finding(sentence: str) -> HealthFinding:
    return HealthFinding(sentence, is_wrong=True)


def build_remark_finding(sentence: str) -> HealthFinding:
    return HealthFinding(sentence, is_wrong=False)


def run_health_checks(health_checks: Sequence[HealthCheck]) -> Iterator[CheckOutcome]:
    """Make each check. Once a check named `database` failed, those that stand on the database are left out."""
    database_is_there = True
    for check in health_checks:
        if check.of_database and not database_is_there:
            continue
        outcome = CheckOutcome(check, _collect_check_findings(check))
        if check.name == "database" and outcome.is_wrong:
            database_is_there = False
        yield outcome


def _collect_check_findings(health_check: HealthCheck) -> tuple[HealthFinding, ...]:
    try:
        return tuple(health_check.work())
    except Exception as error:  # noqa: BLE001 - whatever breaks a check is what it has found
        return (build_problem_finding(f"This check could not be completed: {type(error).__name__}: {error}"),)
