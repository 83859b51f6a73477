"""The worked example of docs/add-a-kind.md, put into a copy of the code and run there."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import migrated

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "add-a-kind.md"
# A line that names the file, and perhaps where the lines go; an empty line; the block.
BLOCK = re.compile(
    r"^`([\w/.-]+)`(?:, (after|before)(?: each)? `([^`\n]+)`)?:\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL
)
OWN_FOLDERS = ("jukwaa/notices/", "tests/notices/")
MOST_ELSEWHERE = 4
PREPARE = """
import shutil, sys
import django
from django.core.management import call_command
django.setup()
from tests import migrated
call_command("makemigrations", "notices")
call_command("check")
if sys.argv[1]:  # a database that has all other migrations, so that the tests need not begin with none
    migrated.FOLDER.mkdir(parents=True)
    shutil.copyfile(sys.argv[1], migrated.kept())
"""
TESTS = (
    "tests/notices",
    "tests/test_registrations.py",
    "tests/test_personal_data.py",
    "tests/test_policies.py",
    "tests/test_templates.py",
    "tests/test_access_walk.py::test_every_route_has_a_row",
    "tests/test_urls.py::test_the_pages_open_to_the_world_are_exactly_these",
)


@dataclass(frozen=True)
class Block:
    path: str
    side: str  # "after" or "before" a line of a file that is there; empty for a new file
    line: str
    text: str

    def put_into(self, tree: Path) -> None:
        path = tree / self.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(self._insert(path.read_text()) if self.side else self.text)

    def _insert(self, there: str) -> str:
        lines = there.splitlines(keepends=True)
        assert self.line in {line.strip() for line in lines}, f"{self.path} has no line {self.line}"
        pair = "{1}{0}" if self.side == "before" else "{0}{1}"
        return "".join(pair.format(line, self.text) if line.strip() == self.line else line for line in lines)


BLOCKS = [Block(*(part or "" for part in found)) for found in BLOCK.findall(PAGE.read_text(encoding="utf-8"))]


def test_every_block_names_its_file():
    assert len(BLOCKS) == PAGE.read_text(encoding="utf-8").count("\n```\n") > 20


def test_a_kind_touches_at_most_four_files_outside_its_folders():
    elsewhere = {block.path for block in BLOCKS if not block.path.startswith(OWN_FOLDERS)}

    assert elsewhere == {block.path for block in BLOCKS if block.side}
    assert len(elsewhere) <= MOST_ELSEWHERE


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the code with the example in it."""
    copy = tmp_path_factory.mktemp("copy")
    for folder in ("jukwaa", "tests"):
        shutil.copytree(ROOT / folder, copy / folder)
    for name in ("manage.py", "pyproject.toml"):
        shutil.copy(ROOT / name, copy)
    for block in BLOCKS:
        block.put_into(copy)
    for folder in OWN_FOLDERS:
        (copy / folder / "__init__.py").touch()
    return copy


def run(tree: Path, *arguments: str) -> None:
    outside = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "DATABASE_URL"))}
    here = {
        "PYTHONPATH": str(tree),
        "JUKWAA_DATA": str(tree / "data"),
        "DJANGO_SETTINGS_MODULE": "jukwaa.config.settings",
    }
    command = [sys.executable, *arguments]
    done = subprocess.run(command, cwd=tree, env=outside | here, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{arguments}\n{done.stdout[-5000:]}\n{done.stderr[-5000:]}"


def test_the_example_is_formatted_and_has_no_faults_of_style(tree):
    run(tree, "-m", "ruff", "format", "--check", *OWN_FOLDERS)
    run(tree, "-m", "ruff", "check", *OWN_FOLDERS)


def test_the_example_works(tree):
    run(tree, "-c", PREPARE, str(migrated.kept()) if migrated.kept().exists() else "")
    run(tree, "-m", "pytest", "--no-cov", "-q", "-n", "0", "-p", "no:cacheprovider", *TESTS)
