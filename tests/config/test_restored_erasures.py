"""A backup from before an erasure is restored, and the erased person is gone all the same."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection

from tests.config.test_backups import repack_altered_archive, run_jukwaa_command, run_python_script

pytestmark = [
    pytest.mark.skipif(connection.vendor != "sqlite", reason="the processes run on SQLite in any case"),
    pytest.mark.slow,
]

NAME, ADDRESS = "Zofie Brandys", "zofie@ngugi.example"
CREATE_DATA_SCRIPT = f"""
from jukwaa.coalitions.models import ListEntry
from jukwaa.coalitions.capacities import create_capacity
from jukwaa.mail.actions import queue_email
from tests.conftest import create_seated_person
from tests.factories import CoalitionFactory, PersonFactory
coalition = CoalitionFactory(slug="ours")
create_seated_person(coalition, "The lead", "coordinator", "safeguarding-lead")
person = PersonFactory(name="{NAME}", email="{ADDRESS}", name_is_public=True)
ListEntry.objects.create(coalition=coalition, person=person)
create_capacity(coalition=coalition, person=person, organisation=None)
"""
ERASE_PERSON_SCRIPT = f"""
from jukwaa.accounts.erasure import erase_person
from jukwaa.accounts.models import Person
erase_person(Person.objects.get(email="{ADDRESS}"))
"""
ENTER_PERSON_SCRIPT = f"""
from jukwaa.accounts.models import Person
from jukwaa.coalitions.actions import add_to_mailing_list
from jukwaa.coalitions.models import Coalition
from jukwaa.core.refusals import ActionRefused
coalition, lead = Coalition.objects.get(), Person.objects.get(name="The lead")
try:
    add_to_mailing_list(actor=lead, coalition=coalition, email="{ADDRESS}")
except ActionRefused as refusal:
    print(refusal)
"""
REPORT_SCRIPT = "Repeated from the ledger of erasures: 1 people erased, 0 removed from a coalition.\n"


def find_person_traces(data_path: Path) -> set[str]:
    """Each column of the whole database, and each file, in which the name or the address stands."""
    found = {
        str(path)
        for path in (data_path / "files").rglob("*")
        if path.is_file() and contains_person_name(path.read_bytes())
    }
    with closing(sqlite3.connect(data_path / "jukwaa.sqlite3")) as database:
        tables = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            rows = database.execute(f'SELECT * FROM "{table}"')
            columns = [column[0] for column in rows.description]
            found |= {
                f"{table}.{name}"
                for row in rows
                for name, value in zip(columns, row, strict=True)
                if contains_person_name(value)
            }
    return found


def contains_person_name(column_value: object) -> bool:
    text = column_value.decode("utf-8", "replace") if isinstance(column_value, bytes) else str(column_value)
    return any(word in text.casefold() for word in ("zofie", "brandys"))


@pytest.fixture(scope="module")
def data_before_erasure(prepared_data_folder, tmp_path_factory):
    """A data folder with somebody, and a backup from before they were erased."""
    data = Path(shutil.copytree(prepared_data_folder, tmp_path_factory.mktemp("erasures") / "data"))
    run_python_script(data, CREATE_DATA_SCRIPT)
    assert run_jukwaa_command(data, "backup")[0] == 0
    return data


@pytest.fixture
def data_after_erasure(data_before_erasure, tmp_path):
    data = Path(shutil.copytree(data_before_erasure, tmp_path / "data"))
    run_python_script(data, ERASE_PERSON_SCRIPT)
    assert find_person_traces(data) == set()
    return data


def get_only_backup(data_path):
    (archive,) = (data_path / "backups").iterdir()
    return archive


def test_erased_person_stays_erased_after_restore(data_before_erasure, data_after_erasure):
    assert "accounts_person.email" in find_person_traces(data_before_erasure)
    status, told = run_jukwaa_command(
        data_after_erasure, "restore", str(get_only_backup(data_after_erasure)), "--replace"
    )

    assert (status, told.startswith(REPORT_SCRIPT), find_person_traces(data_after_erasure)) == (0, True, set())
    assert run_jukwaa_command(data_after_erasure, "doctor", "--only=erasures") == (0, "Ledger of erasures: OK\n")
    assert "removed from it" in run_python_script(data_after_erasure, ENTER_PERSON_SCRIPT)
    assert REPORT_SCRIPT not in run_jukwaa_command(data_after_erasure, "prepare")[1]


def test_ledger_is_valid_after_restore_of_other_secret_key(data_after_erasure, tmp_path):
    def remove_ledger_from_archive(unpacked_folder):
        (unpacked_folder / "secret-key").write_text("another")

    archive = repack_altered_archive(
        get_only_backup(data_after_erasure), tmp_path / "other.tar.gz", remove_ledger_from_archive
    )
    status, told = run_jukwaa_command(data_after_erasure, "restore", str(archive), "--force")

    assert (status, REPORT_SCRIPT in told, find_person_traces(data_after_erasure)) == (0, True, set())
    assert (data_after_erasure / "secret-key").read_text() == "another"
    assert "removed from it" in run_python_script(data_after_erasure, ENTER_PERSON_SCRIPT)


def test_external_ledger_is_not_backed_up_or_moved(data_after_erasure, tmp_path, monkeypatch):
    elsewhere = tmp_path / "elsewhere"
    (data_after_erasure / "erasures").rename(elsewhere)
    monkeypatch.setenv("JUKWAA_ERASURES", str(elsewhere))
    kept = (elsewhere / "erasures.jsonl").read_text()
    new = tmp_path / "new"
    status, told = run_jukwaa_command(new, "restore", str(get_only_backup(data_after_erasure)))

    assert (status, REPORT_SCRIPT in told, find_person_traces(new)) == (0, True, set())
    assert ((elsewhere / "erasures.jsonl").read_text(), (new / "erasures").exists()) == (kept, False)


def test_machine_without_ledger_knows_earlier_erasures(data_after_erasure, tmp_path):
    assert run_jukwaa_command(data_after_erasure, "backup", "--folder", str(tmp_path / "later"))[0] == 0
    (archive,) = (tmp_path / "later").iterdir()
    new = tmp_path / "new"
    assert run_jukwaa_command(new, "restore", str(archive))[0] == 0

    assert "removed from it" in run_python_script(new, ENTER_PERSON_SCRIPT)
    status, told = run_jukwaa_command(new, "doctor", "--only=erasures")
    assert (status, "erasures.jsonl is missing. If you have a copy" in told) == (1, True)


def test_damaged_ledger_line_is_reported_and_others_erased(data_after_erasure):
    ledger = data_after_erasure / "erasures" / "erasures.jsonl"
    ledger.write_text("{\n" + ledger.read_text())
    status, told = run_jukwaa_command(
        data_after_erasure, "restore", str(get_only_backup(data_after_erasure)), "--replace"
    )

    assert (status, REPORT_SCRIPT in told, find_person_traces(data_after_erasure)) == (0, True, set())
    assert "cannot be read (1). All other lines are valid." in told
    assert run_jukwaa_command(data_after_erasure, "doctor", "--only=erasures")[0] == 1
