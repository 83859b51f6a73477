"""Try mutations, two at a time, each in a copy of the tree: `python -m tests.mutations [--only WORDS] [AREA ...]`."""

import argparse
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Queue
from shutil import copy2
from time import monotonic

from tests.mutations import PROJECT_FOLDER, Mutation, load_mutations

CONCURRENT_RUNS = 2
TEST_TIMEOUT_SECONDS = 300  # for one mutation: a test that ran longer proves nothing, since the machine may be busy
PYTEST_COMMAND = (sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:randomly", "--no-cov", "-q")
OUTCOME_BY_EXIT_CODE = {0: "survived", 1: "killed"}


def run_all_mutations() -> int:
    parser = argparse.ArgumentParser(prog="tests.mutations", description=__doc__)
    parser.add_argument("areas", nargs="*", help="names of the lists; all if none is given")
    parser.add_argument("--only", default="", help="words in the names of the mutations")
    options = parser.parse_args()
    mutations = [each for each in load_mutations(*options.areas) if options.only in each.name]
    with tempfile.TemporaryDirectory(prefix="jukwaa-mutations-") as folder:
        trees = [copy_project_tree(Path(folder) / str(number)) for number in range(CONCURRENT_RUNS)]
        print(f"Running the tests of {len(mutations)} mutations without any of them ...")
        if not all(run_unmutated_tests(trees, mutations)):
            print("They do not pass: nothing can be told from them.")
            return 1
        outcomes = try_all_mutations(trees, mutations)
    print(", ".join(f"{number} {outcome}" for outcome, number in outcomes.items()))
    return int(set(outcomes) != {"killed"})


def copy_project_tree(target_folder: Path) -> Path:
    """Return a copy of the working tree as it is now, changes included, without what git ignores."""
    command = ["git", "ls-files", "-co", "--exclude-standard", "-z"]
    names = subprocess.run(command, cwd=PROJECT_FOLDER, capture_output=True, text=True, check=True).stdout.split("\0")
    for name in filter(None, names):
        if (PROJECT_FOLDER / name).is_file():
            (target_folder / name).parent.mkdir(parents=True, exist_ok=True)
            copy2(PROJECT_FOLDER / name, target_folder / name)
    return target_folder


def run_unmutated_tests(project_trees: list[Path], mutations: Iterable[Mutation]) -> list[bool]:
    """Run the named tests once, a half of them in each tree, which leaves a migrated database there."""
    tests = sorted({test for mutation in mutations for test in mutation.tests})
    halves = [tests[number :: len(project_trees)] or tests for number in range(len(project_trees))]
    with ThreadPoolExecutor(len(project_trees)) as pool:
        runs = list(pool.map(run_mutated_tests, project_trees, halves))
    for run in runs:
        if run.returncode:
            print(run.stdout)
    return [not run.returncode for run in runs]


def try_all_mutations(project_trees: list[Path], mutations: list[Mutation]) -> Counter[str]:
    free: Queue[Path] = Queue()
    for tree in project_trees:
        free.put(tree)

    def try_mutation_in_tree(source_mutation: Mutation) -> tuple[str, float, str]:
        tree, start = free.get(), monotonic()
        try:
            outcome, output = try_one_mutation(tree, source_mutation)
        finally:
            free.put(tree)
        return outcome, monotonic() - start, output

    outcomes: Counter[str] = Counter()
    with ThreadPoolExecutor(len(project_trees)) as pool:
        for mutation, (outcome, seconds, output) in zip(
            mutations, pool.map(try_mutation_in_tree, mutations), strict=True
        ):
            outcomes[outcome] += 1
            print(f"{outcome:9} {seconds:4.0f} s  {mutation.area:14} {mutation.name}", flush=True)
            if outcome != "killed":
                print(output)
    return outcomes


def try_one_mutation(project_tree: Path, source_mutation: Mutation) -> tuple[str, str]:
    """Return the outcome and what pytest printed. Only a failed test kills: code that can't be imported proves nothing.

    A run lasts longer than the second after which Python compiles a changed file anew.
    """
    path = project_tree / source_mutation.module
    source = path.read_bytes()
    source_mutation.apply_to_tree(project_tree)
    try:
        run = run_mutated_tests(project_tree, source_mutation.tests, timeout_seconds=TEST_TIMEOUT_SECONDS)
    except subprocess.TimeoutExpired:
        return "timed out", ""
    finally:
        path.write_bytes(source)
    return OUTCOME_BY_EXIT_CODE.get(run.returncode, "broken"), run.stdout[-4000:]


def run_mutated_tests(
    project_tree: Path, test_ids: Iterable[str], *, timeout_seconds: int | None = None
) -> subprocess.CompletedProcess[str]:
    """Run these tests one after another in that tree until one fails."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    command = (*PYTEST_COMMAND, "-n", "0", "-x", *test_ids)
    return subprocess.run(
        command, cwd=project_tree, env=environment, capture_output=True, text=True, timeout=timeout_seconds, check=False
    )


if __name__ == "__main__":
    sys.exit(run_all_mutations())
