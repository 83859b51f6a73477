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

PROJECT_FOLDER = Path(__file__).resolve().parents[1]
DOCUMENTATION_PAGE = PROJECT_FOLDER / "docs" / "add-a-kind.md"
# A line that names the file, and perhaps where the lines go; an empty line; the block.
BLOCK_PATTERN = re.compile(
    r"^`([\w/.-]+)`(?:, (after|before)(?: each)? `([^`\n]+)`)?:\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL
)
NEW_KIND_FOLDERS = ("jukwaa/notices/", "tests/notices/")
MAX_OTHER_FILES = 4
PREPARE_SCRIPT = """
import shutil, sys
import django
from django.core.management import call_command
django.setup()
from tests import migrated
call_command("makemigrations", "notices")
call_command("check")
if sys.argv[1]:  # a database that has all other migrations, so that the tests need not begin with none
    migrated.DATABASE_COPY_FOLDER.mkdir(parents=True)
    shutil.copyfile(sys.argv[1], migrated.get_database_copy_path())
"""
EXAMPLE_TESTS = (
    "tests/notices",
    "tests/test_registrations.py",
    "tests/test_personal_data.py",
    "tests/test_policies.py",
    "tests/test_templates.py",
    "tests/test_access_walk.py::test_every_route_is_visited_with_row",
    "tests/test_urls.py::test_public_pages_match_list",
)


@dataclass(frozen=True)
class CodeBlock:
    path: str
    side: str  # "after" or "before" a line of a file that is there; empty for a new file
    line: str
    text: str

    def insert_into_tree(self, project_tree: Path) -> None:
        path = project_tree / self.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(self._insert_block(path.read_text()) if self.side else self.text)

    def _insert_block(self, anchor_line: str) -> str:
        lines = anchor_line.splitlines(keepends=True)
        assert self.line in {line.strip() for line in lines}, f"{self.path} has no line {self.line}"
        pair = "{1}{0}" if self.side == "before" else "{0}{1}"
        return "".join(pair.format(line, self.text) if line.strip() == self.line else line for line in lines)


EXAMPLE_BLOCKS = [
    CodeBlock(*(part or "" for part in found))
    for found in BLOCK_PATTERN.findall(DOCUMENTATION_PAGE.read_text(encoding="utf-8"))
]


def test_every_example_block_names_its_file():
    assert len(EXAMPLE_BLOCKS) == DOCUMENTATION_PAGE.read_text(encoding="utf-8").count("\n```\n") > 20


def test_new_kind_changes_at_most_four_files_outside_its_folders():
    elsewhere = {block.path for block in EXAMPLE_BLOCKS if not block.path.startswith(NEW_KIND_FOLDERS)}

    assert elsewhere == {block.path for block in EXAMPLE_BLOCKS if block.side}
    assert len(elsewhere) <= MAX_OTHER_FILES


@pytest.fixture(scope="module")
def copied_project_tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the code with the example in it."""
    copy = tmp_path_factory.mktemp("copy")
    for folder in ("jukwaa", "tests"):
        shutil.copytree(PROJECT_FOLDER / folder, copy / folder)
    for name in ("manage.py", "pyproject.toml"):
        shutil.copy(PROJECT_FOLDER / name, copy)
    for block in EXAMPLE_BLOCKS:
        block.insert_into_tree(copy)
    for folder in NEW_KIND_FOLDERS:
        (copy / folder / "__init__.py").touch()
    return copy


def run_python_in_tree(project_tree: Path, *arguments: str) -> None:
    outside = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "DATABASE_URL"))}
    here = {
        "PYTHONPATH": str(project_tree),
        "JUKWAA_DATA": str(project_tree / "data"),
        "DJANGO_SETTINGS_MODULE": "jukwaa.config.settings",
    }
    command = [sys.executable, *arguments]
    done = subprocess.run(command, cwd=project_tree, env=outside | here, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{arguments}\n{done.stdout[-5000:]}\n{done.stderr[-5000:]}"


def test_example_kind_is_formatted_and_linted(copied_project_tree):
    run_python_in_tree(copied_project_tree, "-m", "ruff", "format", "--check", *NEW_KIND_FOLDERS)
    run_python_in_tree(copied_project_tree, "-m", "ruff", "check", *NEW_KIND_FOLDERS)


@pytest.mark.slow
def test_example_kind_works(copied_project_tree):
    run_python_in_tree(
        copied_project_tree,
        "-c",
        PREPARE_SCRIPT,
        str(migrated.get_database_copy_path()) if migrated.get_database_copy_path().exists() else "",
    )
    run_python_in_tree(
        copied_project_tree, "-m", "pytest", "--no-cov", "-q", "-n", "0", "-p", "no:cacheprovider", *EXAMPLE_TESTS
    )
