"""A backup and a database of version 0.1.0 are brought up to date, and nothing is wrong with them afterwards."""

import shutil
import tarfile
from pathlib import Path

import pytest
from django.db import connection

from tests.config.test_backups import jukwaa, query_database

pytestmark = [
    pytest.mark.skipif(connection.vendor != "sqlite", reason="the processes run on SQLite in any case"),
]
ARCHIVE = Path(__file__).resolve().parents[1] / "data" / "jukwaa-0.1.0.tar.gz"
PENDING = """
    INSERT INTO updates_pendingmail (
        kind, address, name, organisation, country, position, stakeholder_group, text, language, came_at, expires_at,
        coalition_id, person_id, record_id, consultation_id
    )
    SELECT
        'input', 'a@example.org', '', '', '', '', '', 'Too long.', '', '2026-03-01', '2026-03-15',
        record.coalition_id, (SELECT min(id) FROM accounts_person), record.id, consultation.id
    FROM drafting_consultation consultation JOIN records_record record ON record.id = text_id
    WHERE consultation.id = 2
"""
RECORDS = "SELECT kind, count(*) FROM records_record GROUP BY kind ORDER BY kind"


@pytest.fixture
def earlier(tmp_path):
    """A data folder as version 0.1.0 left it."""
    data = tmp_path / "earlier"
    with tarfile.open(ARCHIVE) as tar:
        tar.extractall(data, filter="data")
    (data / "manifest.json").unlink()
    return data


def find_failed_lines(told):
    """The lines of `doctor` that are neither good nor a remark about fonts or backups."""
    remarks = ("Fonts: ", "Backups: There are no backups yet")
    return [line for line in told.splitlines() if not line.endswith(": OK") and not line.startswith(remarks)]


def test_earlier_database_is_upgraded(earlier):
    before = query_database(earlier, RECORDS)
    query_database(earlier, PENDING)
    status, told = jukwaa(earlier, "upgrade")
    backup, *found = told.splitlines()

    assert find_failed_lines("\n".join(found)) == []
    assert (status, backup.endswith("Keep a copy on another machine.")) == (0, True)
    assert query_database(earlier, RECORDS) == before
    assert len(before) > 10
    assert query_database(earlier, "SELECT kind, question FROM updates_pendingmail") == [("reply", "consultation:2")]


def test_earlier_backup_is_verified_and_restored(tmp_path, earlier):
    assert jukwaa(tmp_path / "other", "verify-backup", str(ARCHIVE))[0] == 0

    new = tmp_path / "new"
    status, told = jukwaa(new, "restore", str(ARCHIVE))
    assert (status, told.splitlines()[0]) == (0, f"{ARCHIVE} has been restored.")
    status, told = jukwaa(new, "doctor", "--stopped")
    assert (status, find_failed_lines(told)) == (0, [])
    assert query_database(new, RECORDS) == query_database(earlier, RECORDS)


def test_old_backup_is_migrated_before_data_is_replaced(tmp_path, earlier):
    """Undo the last migration of an app in the archive, as if this code had one more than it."""
    last = query_database(
        earlier, "SELECT app, name FROM django_migrations WHERE app = 'search' ORDER BY id DESC LIMIT 1"
    )
    assert jukwaa(earlier, "migrate", "search", "zero")[0] == 0
    shutil.rmtree(earlier / "static", ignore_errors=True)
    status, told = jukwaa(earlier, "backup")
    assert (status, told.endswith("Keep a copy on another machine.\n")) == (0, True)
    (archive,) = (earlier / "backups").iterdir()

    new = tmp_path / "new"
    assert jukwaa(new, "restore", str(archive))[0] == 0
    assert (
        query_database(new, f"SELECT app, name FROM django_migrations WHERE name = '{last[0][1]}' AND app = 'search'")
        == last
    )
