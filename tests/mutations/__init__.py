"""Mutations: small faults that are put into the code on purpose, each with the tests that must notice it.

Each file of this folder lists those of one area. `make mutate` tries them all; `tests/test_mutations.py` keeps the
lists true.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

MUTATIONS_FOLDER = Path(__file__).parent
PROJECT_FOLDER = MUTATIONS_FOLDER.parents[1]


@dataclass(frozen=True, kw_only=True)
class Mutation:
    """`before` occurs exactly once in `module`, a path from the root; `tests` are names as pytest takes them."""

    area: str
    name: str
    module: str
    before: str
    after: str
    tests: tuple[str, ...]

    def apply_to_tree(self, project_tree: Path) -> None:
        """Put the fault into the tree below `project_tree`. Raises ValueError unless its place is found once."""
        path = project_tree / self.module
        source = path.read_text()
        if source.count(self.before) != 1:
            raise ValueError(f"{self.name}: its text occurs {source.count(self.before)} times in {self.module}.")
        path.write_text(source.replace(self.before, self.after))


def load_mutations(*areas: str) -> Iterator[Mutation]:
    """Yield the mutations of these areas, or of all."""
    for path in sorted(MUTATIONS_FOLDER.glob("*.toml")):
        if not areas or path.stem in areas:
            for row in tomllib.loads(path.read_text())["mutation"]:
                yield Mutation(area=path.stem, **row | {"tests": tuple(row["tests"])})
