"""The lists of `tests/mutations` say where faults are put: they are kept true while the code moves on."""

import ast
from collections import Counter

import pytest

from tests.mutations import ROOT, Mutation, load_mutations

MUTATION_FILES = list(load_mutations())


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
