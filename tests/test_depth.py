"""What `make test` leaves out to save time runs in CI."""

import os
import subprocess
from pathlib import Path

import pytest

PROJECT_FOLDER = Path(__file__).parents[1]


def get_make_commands(make_target: str, depth: str) -> str:
    """Return what `make` would run for this target."""
    environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ} | {"TEST_DEEP": depth}
    done = subprocess.run(
        ["make", "--dry-run", make_target],
        cwd=PROJECT_FOLDER,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


@pytest.mark.parametrize("make_target", ["test-fast", "test-browser", "test-postgres"])
def test_slow_tests_are_excluded_from_quick_run_only(make_target: str) -> None:
    assert "and not slow" in get_make_commands(make_target, "")
    assert "slow" not in get_make_commands(make_target, "ci")
    assert "slow" not in get_make_commands(make_target, "1")


def test_ci_runs_all_tests_at_its_depth() -> None:
    lines = (PROJECT_FOLDER / ".ci" / "run").read_text().splitlines()

    assert "export CI=true TEST_DEEP=ci" in lines
    assert {"make test", "make test-postgres"} <= {*lines}
