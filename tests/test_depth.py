"""What `make test` leaves out to save time runs in CI."""

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def list_commands(target: str, depth: str) -> str:
    """Return what `make` would run for this target."""
    environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ} | {"TEST_DEEP": depth}
    done = subprocess.run(
        ["make", "--dry-run", target], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout


@pytest.mark.parametrize("target", ["test-fast", "test-browser", "test-postgres"])
def test_only_quick_run_leaves_out_slow_tests(target: str) -> None:
    assert "and not slow" in list_commands(target, "")
    assert "slow" not in list_commands(target, "ci")
    assert "slow" not in list_commands(target, "1")


def test_ci_runs_all_tests_at_its_depth() -> None:
    lines = (ROOT / ".ci" / "run").read_text().splitlines()

    assert "export CI=true TEST_DEEP=ci" in lines
    assert {"make test", "make test-postgres"} <= {*lines}
