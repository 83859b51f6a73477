"""A backup of version 0.1.0, and a database that lacks a migration, are brought up to date without any problem."""

import tarfile
from pathlib import Path

import pytest
from django.db import connection

from tests.config.test_backups import (
    query_sqlite_database,
    repack_altered_archive,
    run_jukwaa_command,
    update_manifest_hash,
)
from tests.deep import IS_DEEP_RUN

pytestmark = [
    pytest.mark.skipif(connection.vendor != "sqlite", reason="the processes run on SQLite in any case"),
]
EARLIER_BACKUP = Path(__file__).resolve().parents[1] / "data" / "jukwaa-0.1.0.tar.gz"
PENDING_MIGRATIONS = """
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
COUNT_BY_KIND_QUERY = "SELECT kind, count(*) FROM records_record GROUP BY kind ORDER BY kind"


@pytest.fixture
def earlier_data_folder(tmp_path):
    """A data folder as version 0.1.0 left it."""
    data = tmp_path / "earlier"
    with tarfile.open(EARLIER_BACKUP) as tar:
        tar.extractall(data, filter="data")
    (data / "manifest.json").unlink()
    return data


def find_failed_lines(command_output):
    """The lines of `doctor` that are neither good nor a remark about fonts or backups."""
    remarks = ("Fonts: ", "Backups: There are no backups yet")
    return [line for line in command_output.splitlines() if not line.endswith(": OK") and not line.startswith(remarks)]


@pytest.mark.slow
def test_earlier_backup_is_checked_migrated_and_restored(tmp_path, earlier_data_folder):
    """All in one test: to run every migration since then takes half a minute of CPU."""
    before = query_sqlite_database(earlier_data_folder, COUNT_BY_KIND_QUERY)
    assert len(before) > 10

    def insert_pending_reply(folder):
        query_sqlite_database(folder, PENDING_MIGRATIONS)
        update_manifest_hash(folder)

    archive = repack_altered_archive(EARLIER_BACKUP, tmp_path / "with-reply.tar.gz", insert_pending_reply)
    new = tmp_path / "new"
    status, told = run_jukwaa_command(new, "restore", str(archive))
    assert (status, told.splitlines()[0]) == (0, f"{archive} has been restored.")
    status, told = run_jukwaa_command(new, "doctor", "--stopped")
    assert (status, find_failed_lines(told)) == (0, [])
    assert query_sqlite_database(new, COUNT_BY_KIND_QUERY) == before
    assert query_sqlite_database(new, "SELECT kind, question FROM updates_pendingmail") == [("reply", "consultation:2")]


@pytest.mark.skipif(
    not IS_DEEP_RUN, reason="it runs every migration three times: for two checks of the backup, and in place"
)
def test_earlier_database_is_upgraded(earlier_data_folder):
    before = query_sqlite_database(earlier_data_folder, COUNT_BY_KIND_QUERY)
    status, told = run_jukwaa_command(earlier_data_folder, "upgrade")
    backup, *found = told.splitlines()

    assert find_failed_lines("\n".join(found)) == []
    assert (status, backup.endswith("Keep a copy on another machine.")) == (0, True)
    assert query_sqlite_database(earlier_data_folder, COUNT_BY_KIND_QUERY) == before
    (archive,) = (earlier_data_folder / "backups").iterdir()
    assert run_jukwaa_command(earlier_data_folder, "verify-backup", str(archive))[0] == 0


@pytest.mark.slow
def test_database_that_lacks_a_migration_is_upgraded_and_its_backup_restored(tmp_path, data_folder):
    """Undo the only migration of an app, as if this code had one more than the database and its backup."""
    applied = "SELECT app, name FROM django_migrations WHERE app = 'exchange'"
    last = query_sqlite_database(data_folder, applied)
    assert run_jukwaa_command(data_folder, "migrate", "exchange", "zero")[0] == 0
    assert (len(last), query_sqlite_database(data_folder, applied)) == (1, [])

    _status, told = run_jukwaa_command(data_folder, "upgrade")
    backup, *found = told.splitlines()
    assert find_failed_lines("\n".join(found)) == ["Roles: There are no coalitions yet. Run: jukwaa init"]
    assert backup.endswith("Keep a copy on another machine.")
    assert query_sqlite_database(data_folder, applied) == last

    (archive,) = (data_folder / "backups").iterdir()
    new = tmp_path / "new"
    assert run_jukwaa_command(new, "restore", str(archive))[0] == 0
    assert query_sqlite_database(new, applied) == last
