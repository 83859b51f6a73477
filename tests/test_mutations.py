"""The lists of `tests/mutations` say where faults are put: they are kept true while the code moves on."""

import ast
import re
from collections import Counter

import pytest

from tests.mutations import PROJECT_FOLDER, Mutation, load_mutations

MUTATION_FILES = list(load_mutations())
SLOW_TEST = re.compile(r"^@pytest\.mark\.slow\n(?:@.*\n)*def (\w+)", re.MULTILINE)


def test_mutation_names_are_unique() -> None:
    names = Counter((mutation.area, mutation.name) for mutation in MUTATION_FILES)

    assert [name for name, times in names.items() if times > 1] == []


@pytest.mark.parametrize("source_mutation", MUTATION_FILES, ids=lambda mutation: f"{mutation.area}: {mutation.name}")
def test_mutation_matches_one_place_and_existing_tests(source_mutation: Mutation) -> None:
    source = (PROJECT_FOLDER / source_mutation.module).read_text()

    assert source.count(source_mutation.before) == 1, "repair its entry in tests/mutations"
    ast.parse(source.replace(source_mutation.before, source_mutation.after))
    assert source_mutation.after != source_mutation.before
    assert source_mutation.tests
    for test in source_mutation.tests:
        path, _, name = test.partition("::")
        assert (PROJECT_FOLDER / path).exists()
        assert f"def {name.rpartition('::')[2].partition('[')[0]}" in (PROJECT_FOLDER / path).read_text() or not name


def test_each_mutation_is_detected_by_a_fast_test() -> None:
    """`make test` leaves these out."""
    slow = {
        (path, name)
        for path in (PROJECT_FOLDER / "tests").rglob("test_*.py")
        for name in SLOW_TEST.findall(path.read_text())
    }
    named = {
        (PROJECT_FOLDER / test.split("::")[0], test.split("::")[-1]) for each in MUTATION_FILES for test in each.tests
    }

    assert slow & named == set()
    assert (PROJECT_FOLDER / "tests/config/test_backups.py", "test_restored_files_are_private") in slow
