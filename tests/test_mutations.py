"""The lists of `tests/mutations` say where faults are put: they are kept true while the code moves on."""

import ast
import re
from collections import Counter

import pytest

from tests.mutations import ROOT, Mutation, load_mutations

MUTATION_FILES = list(load_mutations())
SLOW_TEST = re.compile(r"^@pytest\.mark\.slow\n(?:@.*\n)*def (\w+)", re.MULTILINE)


def test_mutation_names_are_unique() -> None:
    names = Counter((mutation.area, mutation.name) for mutation in MUTATION_FILES)

    assert [name for name, times in names.items() if times > 1] == []


@pytest.mark.parametrize("mutation", MUTATION_FILES, ids=lambda mutation: f"{mutation.area}: {mutation.name}")
def test_mutation_matches_one_place_and_existing_tests(mutation: Mutation) -> None:
    source = (ROOT / mutation.module).read_text()

    assert source.count(mutation.before) == 1, "repair its entry in tests/mutations"
    ast.parse(source.replace(mutation.before, mutation.after))
    assert mutation.after != mutation.before
    assert mutation.tests
    for test in mutation.tests:
        path, _, name = test.partition("::")
        assert (ROOT / path).exists()
        assert f"def {name.rpartition('::')[2].partition('[')[0]}" in (ROOT / path).read_text() or not name


def test_mutations_are_noticed_without_slow_tests() -> None:
    """`make test` leaves these out."""
    slow = {
        (path, name) for path in (ROOT / "tests").rglob("test_*.py") for name in SLOW_TEST.findall(path.read_text())
    }
    named = {(ROOT / test.split("::")[0], test.split("::")[-1]) for each in MUTATION_FILES for test in each.tests}

    assert slow & named == set()
    assert (ROOT / "tests/config/test_backups.py", "test_restored_files_are_private") in slow
