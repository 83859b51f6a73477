"""Call files: those that Jukwaa ships with, and those that coalitions have added."""

from collections.abc import Iterator

from jukwaa.config.health.checks import HealthFinding, build_problem_finding
from jukwaa.proposals.call_files import read_shipped_call_files
from jukwaa.proposals.call_parser import CallFileError, parse_call_toml
from jukwaa.proposals.models import CallFile


def check_shipped_call_files() -> Iterator[HealthFinding]:
    for name, text in read_shipped_call_files().items():
        yield from _find_call_file_problems(f"{name}.toml", text)


def check_added_call_files() -> Iterator[HealthFinding]:
    for file in CallFile.objects.current().exclude(text="").select_related("coalition").order_by("coalition", "name"):
        yield from _find_call_file_problems(f"{file.coalition.name}, call {file.name}", file.text)


def _find_call_file_problems(call_location: str, text: str) -> Iterator[HealthFinding]:
    try:
        parse_call_toml(text)
    except CallFileError as error:
        for problem in error.problems:
            yield build_problem_finding(f"{call_location}, line {problem.line}: {problem.sentence}")
