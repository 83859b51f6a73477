"""Draw mutations with cosmic-ray and a fixed seed, and write drawn.toml; afterwards its tests are narrowed by hand.

Cosmic-ray is asked for the mutants alone, so it is installed for this only:
`.tools/bin/uv run --no-project --python .venv/bin/python --with cosmic-ray==8.7.0 python -m tests.mutations.draw`.
Its own runner changes the tree in place, and knows nothing of named tests.
"""

import ast
import random
from dataclasses import dataclass
from typing import Any

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator

from tests.mutations import MUTATIONS_FOLDER, PROJECT_FOLDER

RANDOM_SEED = 20_261_128
MUTANT_COUNT = 30
# Of conditions, which decide who may do what. Changed numbers and arithmetic mostly change how something looks.
MUTATION_OPERATORS = (
    "AddNot",
    "ReplaceAndWithOr",
    "ReplaceOrWithAnd",
    "ReplaceFalseWithTrue",
    "ReplaceTrueWithFalse",
    "ReplaceUnaryOperator_Delete_Not",
    "ReplaceComparisonOperator_Eq_NotEq",
    "ReplaceComparisonOperator_NotEq_Eq",
    "ReplaceComparisonOperator_Is_IsNot",
    "ReplaceComparisonOperator_IsNot_Is",
    "ReplaceComparisonOperator_Lt_LtE",
    "ReplaceComparisonOperator_LtE_Lt",
    "ReplaceComparisonOperator_Gt_GtE",
    "ReplaceComparisonOperator_GtE_Gt",
)
# From where they are drawn, and the tests near the code.
TESTS_BY_MODULE = {
    "jukwaa/records/models/record.py": ["tests/records"],
    "jukwaa/records/policies.py": ["tests/records"],
    "jukwaa/records/quarantine.py": ["tests/records"],
    "jukwaa/records/actions": ["tests/records"],
    "jukwaa/core/submissions.py": ["tests/core/test_form_view.py", "tests/records"],
    "jukwaa/core/transactions.py": ["tests/core/test_transactions.py"],
    "jukwaa/core/safeguards/disclosure.py": ["tests/core/test_screen.py", "tests/records/test_safeguards.py"],
    "jukwaa/coalitions/models/people.py": ["tests/coalitions"],
    "jukwaa/coalitions/policies.py": ["tests/coalitions"],
    "jukwaa/coalitions/standing.py": ["tests/coalitions"],
    "jukwaa/coalitions/caching.py": ["tests/coalitions"],
    "jukwaa/coalitions/directory_export.py": ["tests/coalitions"],
    "jukwaa/coalitions/actions": ["tests/coalitions"],
    "jukwaa/accounts/rate_limits.py": ["tests/accounts"],
    "jukwaa/accounts/actions.py": ["tests/accounts"],
    "jukwaa/drafting/anchors.py": ["tests/drafting/test_anchors.py"],
    "jukwaa/drafting/policies.py": ["tests/drafting"],
    "jukwaa/drafting/actions/answers.py": ["tests/drafting"],
    "jukwaa/drafting/actions/publishing.py": ["tests/drafting"],
    "jukwaa/library/actions": ["tests/library"],
    "jukwaa/mail": ["tests/mail"],
    "jukwaa/plans/disclosure_control.py": ["tests/plans"],
    "jukwaa/plans/actions": ["tests/plans"],
    "jukwaa/cooperation/actions": ["tests/cooperation"],
    "jukwaa/events/actions": ["tests/events"],
}


@dataclass(frozen=True)
class Mutant:
    module: str
    line: int
    before: str
    after: str
    tests: list[str]

    def format_as_toml(self) -> str:
        quoted = ", ".join(f'"{test}"' for test in self.tests)
        name = f"{self.module.removeprefix('jukwaa/')}, line {self.line}"
        return (
            f'[[mutation]]\nname = "{name}"\nmodule = "{self.module}"\n'
            f"before = '''\n{self.before}'''\nafter = '''\n{self.after}'''\ntests = [{quoted}]\n"
        )


def draw_random_mutants() -> list[Mutant]:
    """Choose a file, then one of its mutants, so that long files are not drawn more often than short ones."""
    chance = random.Random(RANDOM_SEED)
    files = [(path, tests) for place, tests in TESTS_BY_MODULE.items() for path in _list_modules(place)]
    drawn: dict[tuple[str, int], Mutant] = {}
    while len(drawn) < MUTANT_COUNT:
        module, tests = chance.choice(files)
        source = (PROJECT_FOLDER / module).read_text()
        if places := _find_mutation_places(source):
            mutated = mutate_code(source, *chance.choice(places))
            if mutated not in (None, source):
                line, before, after = _extract_changed_lines(source, mutated)
                if line in _list_body_lines(source):
                    drawn.setdefault((module, line), Mutant(module, line, before, after, tests))
    return [drawn[key] for key in sorted(drawn)]


def _list_modules(module_path: str) -> list[str]:
    path = PROJECT_FOLDER / module_path
    found = sorted(path.glob("*.py")) if path.is_dir() else [path]
    return [str(each.relative_to(PROJECT_FOLDER)) for each in found]


def _find_mutation_places(module_source: str) -> list[tuple[Any, int]]:
    """Return each operator with the number of each place in the source where it can be applied."""
    nodes = list(ast_nodes(get_ast(module_source)))
    operators = [get_operator(f"core/{name}")() for name in MUTATION_OPERATORS]
    counts = [(each, sum(len(list(each.mutation_positions(node))) for node in nodes)) for each in operators]
    return [(operator, number) for operator, count in counts for number in range(count)]


def _list_body_lines(module_source: str) -> set[int]:
    """Return the lines of the bodies of functions: what classes declare is in the database, whatever they say."""
    functions = [node for node in ast.walk(ast.parse(module_source)) if isinstance(node, ast.FunctionDef)]
    return {line for node in functions for line in range(node.body[0].lineno, (node.end_lineno or 0) + 1)}


def _extract_changed_lines(module_source: str, mutated_source: str) -> tuple[int, str, str]:
    """Return the number of the first line that differs, and the text before and after, long enough to be found once."""
    old, new = module_source.splitlines(keepends=True), mutated_source.splitlines(keepends=True)
    first = next(number for number, (one, other) in enumerate(zip(old, new, strict=False)) if one != other)
    from_end = next(
        number for number, (one, other) in enumerate(zip(old[::-1], new[::-1], strict=False)) if one != other
    )
    start, end = first, len(old) - from_end
    while module_source.count("".join(old[start:end])) != 1:
        start -= 1
    return first + 1, "".join(old[start:end]), "".join(new[start : len(new) - from_end])


if __name__ == "__main__":
    head = f"# Drawn by cosmic-ray with the seed {RANDOM_SEED}: see draw.py.\n\n"
    (MUTATIONS_FOLDER / "drawn.toml").write_text(
        head + "\n".join(mutant.format_as_toml() for mutant in draw_random_mutants())
    )
