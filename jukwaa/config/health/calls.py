"""Call files: those that Jukwaa ships with, and those that coalitions have added."""

from collections.abc import Iterator

from jukwaa.config.health.checks import Finding, build_problem
from jukwaa.proposals.call_files import read_shipped_files
from jukwaa.proposals.call_parser import CallFileError, parse_call
from jukwaa.proposals.models import CallFile


def check_shipped_calls() -> Iterator[Finding]:
    for name, text in read_shipped_files().items():
        yield from _find_problems(f"{name}.toml", text)


def check_added_calls() -> Iterator[Finding]:
    for file in CallFile.objects.current().exclude(text="").select_related("coalition").order_by("coalition", "name"):
        yield from _find_problems(f"{file.coalition.name}, call {file.name}", file.text)


def _find_problems(where: str, text: str) -> Iterator[Finding]:
    try:
        parse_call(text)
    except CallFileError as error:
        for problem in error.problems:
            yield build_problem(f"{where}, line {problem.line}: {problem.sentence}")
