"""A process that is killed in the middle of entering leaves a record without a trace of it."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from jukwaa.coalitions.models import Activity, Capacity
from jukwaa.intake.models import Reading
from jukwaa.meetings.models import Entry, Meeting
from jukwaa.records.models import Record, Source, Version

pytestmark = [
    pytest.mark.skipif(connection.vendor != "sqlite", reason="the processes run on SQLite in any case"),
]

PROJECT_FOLDER = Path(__file__).resolve().parents[2]

PREPARE_SCRIPT = """
from tests.conftest import create_seated_person
from tests.factories import CoalitionFactory
from tests.intake.readings import create_reading
from jukwaa.intake import actions
coalition = CoalitionFactory(slug="ours")
rapporteur = create_seated_person(coalition, "The rapporteur", "rapporteur")
reading = create_reading(coalition, rapporteur)
for suggestion in reading.suggestions.all():
    actions.accept_suggestion(actor=rapporteur, suggestion=suggestion, from_version=1)
"""

ENTER_SCRIPT = """
import os, signal
from django.db.models.signals import post_save
from jukwaa.intake import actions
from jukwaa.intake.models import Reading
from jukwaa.meetings.models import Entry
reading = Reading.objects.get()
last = reading.suggestions.kept().exclude(kind__in=["attendee", "new_member"]).count()
def killed(sender, **kwargs):
    if Entry.objects.count() == last:
        os.kill(os.getpid(), signal.SIGKILL)
if KILLED:
    post_save.connect(killed, sender=Entry)
actions.enter_reading(actor=reading.started_by, reading=reading)
"""

COUNTED_MODELS = (Activity, Capacity, Entry, Meeting, Record, Source, Version)


def count_database_rows(data_path: Path) -> dict[str, object]:
    """How many rows of each there are and how far the reading is, as whoever opens the file next finds it."""
    with closing(sqlite3.connect(data_path / "jukwaa.sqlite3")) as database:
        [(state,)] = database.execute(f"SELECT state FROM {Reading._meta.db_table}")
        counts = {
            model.__name__: database.execute(f"SELECT count(*) FROM {model._meta.db_table}").fetchone()[0]
            for model in COUNTED_MODELS
        }
    return counts | {"state": state}


def run_script_until_killed(python_script: str, data_path: Path) -> subprocess.CompletedProcess[str]:
    """In a process of its own, on a database of its own."""
    environment = {**os.environ, "JUKWAA_DATA": str(data_path), "DJANGO_SETTINGS_MODULE": "jukwaa.config.settings"}
    environment.pop("DATABASE_URL", None)
    code = f"import django; django.setup()\n{python_script}"
    return subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT_FOLDER, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.slow
def test_process_killed_at_last_entry_leaves_no_partial_import(data_folder):
    assert settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")
    prepared = run_script_until_killed(PREPARE_SCRIPT, data_folder)
    assert (prepared.returncode, prepared.stderr) == (0, "")
    before = count_database_rows(data_folder)

    killed = run_script_until_killed(f"KILLED = True\n{ENTER_SCRIPT}", data_folder)
    assert killed.returncode == -signal.SIGKILL
    assert count_database_rows(data_folder) == before

    entered = run_script_until_killed(f"KILLED = False\n{ENTER_SCRIPT}", data_folder)
    assert (entered.returncode, entered.stderr) == (0, "")
    done = count_database_rows(data_folder)
    assert (before["Entry"], done["Entry"], done["Meeting"], done["state"]) == (0, 5, 1, "entered")
