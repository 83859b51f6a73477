"""Backups of a real data folder, made and restored by the commands themselves, in processes of their own."""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection

from jukwaa.config.health import CHECKS

pytestmark = [
    pytest.mark.skipif(connection.vendor != "sqlite", reason="the processes run on SQLite in any case"),
]

ROOT = Path(__file__).resolve().parents[2]
SOW = """
from django.core.files.base import ContentFile
from jukwaa.coalitions.seals import seal_all
from jukwaa.mail import actions
from jukwaa.records.actions import begin_record
from tests.conftest import seated
from tests.factories import CoalitionFactory, DocumentFactory
coalition = CoalitionFactory(slug="ours")
member = seated(coalition, "A member", "coordinator", "safeguarding-lead")
document = DocumentFactory.build(coalition=coalition, title="The guidance")
document.file.save("guidance.txt", ContentFile(b"Ask children first."), save=False)
begin_record(actor=member, record=document, published=True)
actions.queue(to="a@example.org", subject="News", body="There is a guidance.", key="1")
seal_all()
"""
LOOK = """
import json
from jukwaa.mail.models import Message
from jukwaa.records.models import Document
documents = [[d.title, d.file.open().read().decode()] for d in Document.objects.all()]
print(json.dumps([documents, Message.objects.waiting().count(), Message.objects.filter(sent_at=None).count()]))
"""
TITLE = "SELECT title FROM records_record"


def run(data, *arguments):
    environment = {**os.environ, "JUKWAA_DATA": str(data), "DJANGO_SETTINGS_MODULE": "jukwaa.config.settings"}
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def jukwaa(data, *arguments):
    done = run(data, "-m", "jukwaa", *arguments)
    return done.returncode, done.stdout + done.stderr


def script(data, code):
    done = run(data, "-c", f"import django; django.setup()\n{code}")
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def asked(data, query):
    """What the database file itself answers: no process of Jukwaa is needed for that."""
    with closing(sqlite3.connect(data / "jukwaa.sqlite3")) as database, database:
        return database.execute(query).fetchall()


@pytest.fixture(scope="module")
def sown(prepared, tmp_path_factory):
    """A data folder with a record, its file and a mail that waits; and a backup of it."""
    data = Path(shutil.copytree(prepared, tmp_path_factory.mktemp("sown") / "data"))
    script(data, SOW)
    status, told = jukwaa(data, "backup")
    assert (status, told.endswith("Keep a copy on another machine.\n")) == (0, True)
    return data


@pytest.fixture
def archive(sown):
    return next((sown / "backups").iterdir())


def repacked(archive, target, alter):
    """The archive anew, with what `alter` makes of its unpacked folder."""
    folder = target.parent / "unpacked"
    with tarfile.open(archive) as tar:
        tar.extractall(folder, filter="data")
    alter(folder)
    with tarfile.open(target, "w:gz") as tar:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                tar.add(path, path.relative_to(folder))
    return target


def test_a_backup_is_good_and_closed_to_others_and_holds_what_it_says(sown, archive):
    status, told = jukwaa(sown, "verify-backup", str(archive))

    assert (status, told.startswith(f"{archive} is good: made ")) == (0, True)
    assert archive.stat().st_mode & 0o777 == 0o600
    with tarfile.open(archive) as tar:
        names = [name.rpartition("/")[0] or name for name in tar.getnames()]
    assert names[:2] == ["jukwaa.sqlite3", "secret-key"]
    assert (names[2].startswith("files/documents/"), names[3:]) == (True, ["manifest.json"])


def test_a_record_and_its_file_come_back_and_mail_does_not_leave_twice(tmp_path, archive):
    new = tmp_path / "new"
    status, told = jukwaa(new, "restore", str(archive))

    assert (status, told.splitlines()[0]) == (0, f"{archive} is restored.")
    assert json.loads(script(new, LOOK)) == [[["The guidance", "Ask children first."]], 0, 1]
    assert jukwaa(new, "doctor", *(f"--only={name}" for name in ("chain", "versions", "index", "files")))[0] == 0


def test_what_is_there_is_replaced_only_when_asked_and_then_moved_aside(tmp_path, sown, archive):
    data = tmp_path / "data"
    shutil.copytree(sown, data)
    asked(data, "UPDATE records_record SET title = 'Changed since'")

    refused = jukwaa(data, "restore", str(archive))
    assert refused == (
        1,
        "CommandError: There is data here already. Add --replace to put the backup in its place.\n",
    )
    assert asked(data, TITLE) == [("Changed since",)]

    assert jukwaa(data, "restore", str(archive), "--replace")[0] == 0
    assert asked(data, TITLE) == [("The guidance",)]
    (aside,) = data.glob("before-restore-*")
    assert {"files", "jukwaa.sqlite3", "secret-key"} <= {path.name for path in aside.iterdir()}


def test_a_file_that_was_altered_in_the_archive_is_found(tmp_path, sown, archive):
    def alter(folder):
        next((folder / "files").rglob("*.txt")).write_text("Ask nobody.")

    bad = repacked(archive, tmp_path / "bad.tar.gz", alter)
    status, told = jukwaa(sown, "verify-backup", str(bad))

    assert status == 1
    assert "What lies in the archive is not what its list says: files/documents/" in told
    assert jukwaa(tmp_path / "new", "restore", str(bad))[0] == 1
    assert not (tmp_path / "new" / "files").exists()


def test_an_archive_that_was_cut_short_is_found(tmp_path, sown, archive):
    short = tmp_path / "short.tar.gz"
    short.write_bytes(archive.read_bytes()[:-2000])

    status, told = jukwaa(sown, "verify-backup", str(short))
    assert (status, "The archive can't be opened to its end" in told) == (1, True)


def test_a_history_that_was_rewritten_with_its_hash_is_found_by_the_chain(tmp_path, sown, archive):
    def alter(folder):
        code = "from jukwaa.coalitions.append_only import lift_triggers\nlift_triggers()\n"
        code += "from jukwaa.coalitions.models import Activity\nActivity.objects.update(verb='withdrew')\n"
        code += "from django.core.management import call_command\ncall_command('migrate', verbosity=0)"
        script(folder, code)
        path = folder / "manifest.json"
        manifest = json.loads(path.read_text())
        database = (folder / "jukwaa.sqlite3").read_bytes()
        manifest["sha256"]["jukwaa.sqlite3"] = hashlib.sha256(database).hexdigest()
        path.write_text(json.dumps(manifest))

    bad = repacked(archive, tmp_path / "bad.tar.gz", alter)
    status, told = jukwaa(sown, "verify-backup", str(bad))
    assert (status, "The chain breaks at seal 1" in told) == (1, True)


def test_an_upgrade_backs_up_first_and_looks_at_everything_after(tmp_path, sown):
    data = tmp_path / "data"
    shutil.copytree(sown, data, ignore=shutil.ignore_patterns("backups"))
    told = jukwaa(data, "upgrade")[1].splitlines()

    (backup,) = (data / "backups").iterdir()
    assert told[0].startswith(f"{backup} (")
    titles = list(dict.fromkeys(line.partition(":")[0] for line in told[1:]))
    assert titles == [check.title for check in CHECKS if not check.of_running]


def test_backups_whose_days_are_over_go_and_files_of_others_stay(tmp_path, sown):
    folder = tmp_path / "kept"
    folder.mkdir()
    for name in ("jukwaa-20200101-000000.tar.gz", "jukwaa-of-somebody.tar.gz"):
        (folder / name).touch()

    assert jukwaa(sown, "backup", "--folder", str(folder))[0] == 0
    names = sorted(path.name for path in folder.iterdir())
    assert (len(names), names[1]) == (2, "jukwaa-of-somebody.tar.gz")
