"""Backups of a real data folder, made and restored by the commands themselves, in processes of their own."""

import hashlib
import json
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import tarfile
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection

from jukwaa import __version__
from jukwaa.config.backups.errors import BrokenArchiveError
from jukwaa.config.backups.migration_versions import check_backup_not_newer
from jukwaa.config.health import ALL_HEALTH_CHECKS

pytestmark = [
    pytest.mark.skipif(connection.vendor != "sqlite", reason="the processes run on SQLite in any case"),
]

PROJECT_FOLDER = Path(__file__).resolve().parents[2]
CREATE_DATA_SCRIPT = """
from django.core.files.base import ContentFile
from jukwaa.coalitions.seals import seal_all_activities
from jukwaa.mail import actions
from jukwaa.records.actions import begin_record
from tests.conftest import create_seated_person
from tests.factories import CoalitionFactory, DocumentFactory
coalition = CoalitionFactory(slug="ours")
member = create_seated_person(coalition, "A member", "coordinator", "safeguarding-lead")
document = DocumentFactory.build(coalition=coalition, title="The guidance")
document.file.save("guidance.txt", ContentFile(b"Ask children first."), save=False)
begin_record(actor=member, record=document, is_published=True)
actions.queue_email(to="a@example.org", subject="News", body="There is a guidance.", key="1")
seal_all_activities()
"""
READ_DATA_SCRIPT = """
import json
from jukwaa.mail.models import Message
from jukwaa.records.models import Document
documents = [[d.title, d.file.open().read().decode()] for d in Document.objects.all()]
print(json.dumps([documents, Message.objects.waiting().count(), Message.objects.filter(sent_at=None).count()]))
"""
RECORD_TITLE_QUERY = "SELECT title FROM records_record"


def run_backup(data, *arguments, largest_file=resource.RLIM_INFINITY):
    """`largest_file` in bytes: writing more fails, as on a disk that is full."""
    environment = {**os.environ, "JUKWAA_DATA": str(data), "DJANGO_SETTINGS_MODULE": "jukwaa.config.settings"}
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, *arguments]
    return subprocess.run(
        command,
        cwd=PROJECT_FOLDER,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file)),
    )


def run_jukwaa_command(data_path, *arguments, **limits):
    done = run_backup(data_path, "-m", "jukwaa", *arguments, **limits)
    return done.returncode, done.stdout + done.stderr


def run_python_script(data_path, python_code):
    done = run_backup(data_path, "-c", f"import django; django.setup()\n{python_code}")
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def query_sqlite_database(data_path, sql_query):
    """What the database file itself answers: no process of Jukwaa is needed for that."""
    with closing(sqlite3.connect(data_path / "jukwaa.sqlite3")) as database, database:
        return database.execute(sql_query).fetchall()


@pytest.fixture(scope="module")
def data_with_records(prepared_data_folder, tmp_path_factory):
    """A data folder with a record, its file and a mail that waits; and a backup of it."""
    data = Path(shutil.copytree(prepared_data_folder, tmp_path_factory.mktemp("sown") / "data"))
    run_python_script(data, CREATE_DATA_SCRIPT)
    status, told = run_jukwaa_command(data, "backup")
    assert (status, told.endswith("Keep a copy on another machine.\n")) == (0, True)
    return data


@pytest.fixture
def backup_archive(data_with_records):
    return next((data_with_records / "backups").iterdir())


def repack_altered_archive(archive_path, target_path, alter_folder):
    """The archive anew, with what `alter_folder` makes of its unpacked folder."""
    folder = target_path.parent / "unpacked"
    with tarfile.open(archive_path) as tar:
        tar.extractall(folder, filter="data")
    alter_folder(folder)
    with tarfile.open(target_path, "w:gz") as tar:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                tar.add(path, path.relative_to(folder))
    return target_path


@pytest.mark.slow
def test_backup_is_valid_private_and_complete(data_with_records, backup_archive):
    status, told = run_jukwaa_command(data_with_records, "verify-backup", str(backup_archive))

    assert (status, told.startswith(f"{backup_archive} is valid: made ")) == (0, True)
    assert backup_archive.stat().st_mode & 0o777 == 0o600
    with tarfile.open(backup_archive) as tar:
        names = [name.rpartition("/")[0] or name for name in tar.getnames()]
    assert names[:3] == ["jukwaa.sqlite3", "secret-key", "erasures.key"]
    assert (names[3].startswith("files/documents/"), names[4:]) == (True, ["manifest.json"])


@pytest.mark.slow
def test_restore_returns_record_and_file_and_resends_no_email(tmp_path, backup_archive):
    new = tmp_path / "new"
    status, told = run_jukwaa_command(new, "restore", str(backup_archive))

    assert (status, told.splitlines()[0]) == (0, f"{backup_archive} has been restored.")
    assert json.loads(run_python_script(new, READ_DATA_SCRIPT)) == [[["The guidance", "Ask children first."]], 0, 1]
    assert (
        run_jukwaa_command(new, "doctor", *(f"--only={name}" for name in ("chain", "versions", "index", "files")))[0]
        == 0
    )


@pytest.mark.slow
def test_restore_replaces_data_only_with_force_and_keeps_old(tmp_path, data_with_records, backup_archive):
    data = tmp_path / "data"
    shutil.copytree(data_with_records, data)
    query_sqlite_database(data, "UPDATE records_record SET title = 'Changed since'")

    refused = run_jukwaa_command(data, "restore", str(backup_archive))
    said = "there is already data here. Add --replace to replace it with the backup."
    assert refused == (1, f"CommandError: Nothing was restored: {said}\n")
    assert query_sqlite_database(data, RECORD_TITLE_QUERY) == [("Changed since",)]

    assert run_jukwaa_command(data, "restore", str(backup_archive), "--replace")[0] == 0
    assert query_sqlite_database(data, RECORD_TITLE_QUERY) == [("The guidance",)]
    (aside,) = data.glob("before-restore-*")
    assert {"files", "jukwaa.sqlite3", "secret-key"} <= {path.name for path in aside.iterdir()}


@pytest.mark.slow
def test_altered_file_in_archive_is_found(tmp_path, data_with_records, backup_archive):
    def remove_archived_file(unpacked_folder):
        next((unpacked_folder / "files").rglob("*.txt")).write_text("Ask nobody.")

    bad = repack_altered_archive(backup_archive, tmp_path / "bad.tar.gz", remove_archived_file)
    status, told = run_jukwaa_command(data_with_records, "verify-backup", str(bad))

    assert status == 1
    assert "The files in the archive do not match its list: files/documents/" in told
    assert run_jukwaa_command(tmp_path / "new", "restore", str(bad))[0] == 1
    assert not (tmp_path / "new" / "files").exists()


def update_manifest_hash(unpacked_folder):
    """The manifest of an unpacked archive lists the database as it is now."""
    path = unpacked_folder / "manifest.json"
    manifest = json.loads(path.read_text())
    manifest["sha256"]["jukwaa.sqlite3"] = hashlib.sha256((unpacked_folder / "jukwaa.sqlite3").read_bytes()).hexdigest()
    path.write_text(json.dumps(manifest))


@pytest.mark.parametrize("kept_share", [0.01, 0.5, 0.99])
@pytest.mark.slow
def test_truncated_archive_is_refused_and_changes_nothing(tmp_path, data_with_records, backup_archive, kept_share):
    data, short = shutil.copytree(data_with_records, tmp_path / "data"), tmp_path / "short.tar.gz"
    short.write_bytes(backup_archive.read_bytes()[: int(backup_archive.stat().st_size * kept_share)])
    status, told = run_jukwaa_command(data, "restore", str(short), "--force")

    assert (status, told.count("\n")) == (1, 1)
    assert told.startswith("CommandError: The archive cannot be read to its end: ")
    assert query_sqlite_database(data, RECORD_TITLE_QUERY) == [("The guidance",)]
    assert not [*data.glob("*restore-*")]


@pytest.mark.slow
def test_restored_files_are_private(tmp_path, backup_archive):
    new = tmp_path / "new"
    run_jukwaa_command(new, "restore", str(backup_archive))

    modes = {path.relative_to(new).parts[0]: path.stat().st_mode & 0o777 for path in new.rglob("*") if path.is_file()}
    assert modes == {"jukwaa.sqlite3": 0o600, "secret-key": 0o600, "erasures": 0o600, "files": 0o600}
    assert {path.stat().st_mode & 0o777 for path in [new, *new.rglob("*")] if path.is_dir()} == {0o700}


@pytest.mark.slow
def test_newer_archive_is_refused_even_with_force(tmp_path, backup_archive):
    def damage_archived_file(unpacked_folder):
        query_sqlite_database(
            unpacked_folder,
            "INSERT INTO django_migrations (app, name, applied) VALUES ('records', '9999_later', '2030-01-01')",
        )
        update_manifest_hash(unpacked_folder)

    newer = repack_altered_archive(backup_archive, tmp_path / "newer.tar.gz", damage_archived_file)
    status, told = run_jukwaa_command(tmp_path / "new", "restore", str(newer), "--force")

    said = f"This archive was made by a newer version of Jukwaa ({__version__}; this is {__version__})."
    assert (status, told) == (1, f"CommandError: {said} Install that version or a later one, then restore.\n")
    assert query_sqlite_database(tmp_path / "new", "SELECT count(*) FROM sqlite_master") == [(0,)]


def test_archive_of_later_version_with_new_app_is_refused():
    with pytest.raises(BrokenArchiveError, match="newer version"):
        check_backup_not_newer({"version": "9.9"}, {"newapp.0001_initial", "records.0001_initial"})


@pytest.mark.slow
def test_backup_warns_of_what_restore_refuses_without_force(tmp_path, data_with_records):
    data = shutil.copytree(data_with_records, tmp_path / "data", ignore=shutil.ignore_patterns("backups"))
    query_sqlite_database(data, """UPDATE records_version SET content = '{"title": "Altered"}'""")
    status, told = run_jukwaa_command(data, "backup")
    (archive,) = (data / "backups").iterdir()
    complaint = "The text of records 1 does not match the activity log"
    assert (status, complaint in told) == (1, True)
    assert "`restore` would refuse it without --force" in told

    query_sqlite_database(data, "UPDATE records_record SET title = 'Changed since'")
    status, told = run_jukwaa_command(data, "restore", str(archive), "--replace")
    assert (status, complaint in told, query_sqlite_database(data, RECORD_TITLE_QUERY)) == (
        1,
        True,
        [("Changed since",)],
    )

    status, told = run_jukwaa_command(data, "restore", str(archive), "--force")
    warnings = [line for line in told.splitlines() if line.startswith("Warning: ")]
    assert (status, query_sqlite_database(data, RECORD_TITLE_QUERY)) == (0, [("The guidance",)])
    assert (complaint in warnings[0], "will no longer be on the site" in warnings[1]) == (True, True)
    (aside,) = data.glob("before-restore-*")
    assert query_sqlite_database(aside, RECORD_TITLE_QUERY) == [("Changed since",)]


@pytest.mark.slow
def test_full_disk_stops_backup_and_keeps_earlier_backups(tmp_path, data_with_records, backup_archive):
    folder = tmp_path / "kept"
    shutil.copytree(backup_archive.parent, folder)
    status, told = run_jukwaa_command(data_with_records, "backup", "--folder", str(folder), largest_file=1_000_000)

    assert (status, told.count("\n")) == (1, 1)
    assert told.startswith("CommandError: No backup was made: ")
    assert [path.name for path in folder.iterdir()] == [backup_archive.name]


@pytest.mark.slow
def test_full_disk_stops_restore_and_changes_nothing(tmp_path, data_with_records, backup_archive):
    data = shutil.copytree(data_with_records, tmp_path / "data", ignore=shutil.ignore_patterns("backups"))
    query_sqlite_database(data, "UPDATE records_record SET title = 'Changed since'")
    status, told = run_jukwaa_command(data, "restore", str(backup_archive), "--replace", largest_file=1_000_000)

    assert (status, told) == (
        1,
        "CommandError: Nothing was restored: there was not enough space to unpack the archive (File too large)\n",
    )
    assert query_sqlite_database(data, RECORD_TITLE_QUERY) == [("Changed since",)]
    assert not [*data.glob("*restore-*")]


@pytest.mark.slow
def test_rewritten_history_with_new_hash_breaks_seal(tmp_path, data_with_records, backup_archive):
    def add_archived_file(unpacked_folder):
        code = "from jukwaa.coalitions.append_only import drop_append_only_triggers\ndrop_append_only_triggers()\n"
        code += "from jukwaa.coalitions.models import Activity\nActivity.objects.update(verb='withdrew')\n"
        code += "from django.core.management import call_command\ncall_command('migrate', verbosity=0)"
        run_python_script(unpacked_folder, code)
        update_manifest_hash(unpacked_folder)

    bad = repack_altered_archive(backup_archive, tmp_path / "bad.tar.gz", add_archived_file)
    status, told = run_jukwaa_command(data_with_records, "verify-backup", str(bad))
    assert (status, "The chain breaks at seal 1" in told) == (1, True)


@pytest.mark.slow
def test_upgrade_backs_up_first_and_checks_afterwards(tmp_path, data_with_records):
    data = tmp_path / "data"
    shutil.copytree(data_with_records, data, ignore=shutil.ignore_patterns("backups"))
    told = run_jukwaa_command(data, "upgrade")[1].splitlines()

    (backup,) = (data / "backups").iterdir()
    assert told[0].startswith(f"{backup} (")
    titles = list(dict.fromkeys(line.partition(":")[0] for line in told[1:]))
    assert titles == [check.title for check in ALL_HEALTH_CHECKS if not check.of_running]


@pytest.mark.slow
def test_expired_backups_are_deleted_and_other_files_kept(tmp_path, data_with_records):
    folder = tmp_path / "kept"
    folder.mkdir()
    for name in ("jukwaa-20200101-000000.tar.gz", "jukwaa-of-somebody.tar.gz"):
        (folder / name).touch()

    assert run_jukwaa_command(data_with_records, "backup", "--folder", str(folder))[0] == 0
    names = sorted(path.name for path in folder.iterdir())
    assert (len(names), names[1]) == (2, "jukwaa-of-somebody.tar.gz")
