"""`jukwaa read FILE`: the same suggestions, without touching any data."""

import json
import os
import subprocess
import sys
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from jukwaa.intake import reader
from tests.intake.readings import REPORT_TEXT


@pytest.fixture
def report_file(tmp_path):
    file = tmp_path / "report.txt"
    file.write_text(REPORT_TEXT)
    return file


def test_command_prints_text_and_suggestions_with_offsets(report_file):
    out = StringIO()

    call_command("read", report_file, json=True, stdout=out)

    printed = json.loads(out.getvalue())
    assert printed == reader.read_report(REPORT_TEXT).to_json()
    assert [made["quote"] for made in printed["suggestions"]] == [
        printed["text"][made["start"] : made["end"]] for made in printed["suggestions"]
    ]


@pytest.mark.slow
def test_read_command_works_without_database(report_file, tmp_path):
    """In a process of its own, whose data folder stays without a database."""
    environment = {**os.environ, "JUKWAA_DATA": str(tmp_path / "data")}
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "-m", "django", "read", str(report_file), "--json", "--settings=jukwaa.config.settings"]

    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)

    assert json.loads(done.stdout) == reader.read_report(REPORT_TEXT).to_json()
    assert not list((tmp_path / "data").glob("*.sqlite3*"))


def test_command_output_without_json_is_readable(report_file):
    out = StringIO()

    call_command("read", report_file, stdout=out)

    assert (
        "5 Helpline One offered to provide training to the other members.\n    offer (Helpline One): " in out.getvalue()
    )


def test_unreadable_file_is_explained_by_command(tmp_path):
    (tmp_path / "empty.txt").touch()

    with pytest.raises(CommandError, match=r"^This file is empty\."):
        call_command("read", tmp_path / "empty.txt")
    with pytest.raises(CommandError, match="cannot be opened"):
        call_command("read", tmp_path / "none.txt")
