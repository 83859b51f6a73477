"""What was acknowledged is there, even if the process is killed in the middle of the next write."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection

pytestmark = [
    pytest.mark.skipif(connection.vendor != "sqlite", reason="the processes run on SQLite in any case"),
]

PROJECT_FOLDER = Path(__file__).resolve().parents[2]
WRITE_SCRIPT = """
import itertools
import django
django.setup()
from jukwaa.records.actions import begin_record
from tests.conftest import create_seated_person
from tests.factories import CoalitionFactory, DocumentFactory
coalition = CoalitionFactory()
member = create_seated_person(coalition, "A member")
for number in itertools.count():
    document = DocumentFactory.build(coalition=coalition, title=f"Document {number}")
    print(begin_record(actor=member, record=document, is_published=True).pk, flush=True)
"""
COMPLETE_RECORDS_QUERY = """
SELECT r.id FROM records_record r
JOIN records_document d ON d.record_ptr_id = r.id
JOIN records_version v ON v.record_id = r.id
JOIN records_authorship w ON w.record_id = r.id
JOIN coalitions_activity a ON a.object_id = r.id AND a.kind = 'document'
WHERE r.id IN (SELECT p.record_id FROM records_passage p JOIN records_passage_words_docsize s ON s.id = p.id)
"""
MIN_SAVED_RECORDS = 100


def test_killed_process_loses_no_saved_record_and_leaves_no_partial_one(data_folder):
    environment = {**os.environ, "JUKWAA_DATA": str(data_folder), "DJANGO_SETTINGS_MODULE": "jukwaa.config.settings"}
    environment.pop("DATABASE_URL", None)
    process = subprocess.Popen(
        [sys.executable, "-c", WRITE_SCRIPT], cwd=PROJECT_FOLDER, env=environment, stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    acknowledged = [int(process.stdout.readline()) for _ in range(MIN_SAVED_RECORDS)]
    process.send_signal(signal.SIGKILL)
    acknowledged += [int(line) for line in process.communicate()[0].splitlines() if line.strip()]

    with closing(sqlite3.connect(data_folder / "jukwaa.sqlite3")) as database:
        whole = [pk for (pk,) in database.execute(COMPLETE_RECORDS_QUERY)]
        records = [pk for (pk,) in database.execute("SELECT id FROM records_record")]
    assert process.returncode == -signal.SIGKILL
    assert [pk for pk in acknowledged if pk not in whole] == []
    assert sorted(whole) == sorted(records)
