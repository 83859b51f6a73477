"""A backup from before an erasure is restored, and the erased person is gone all the same."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection

from tests.config.test_backups import jukwaa, repack_archive, script

pytestmark = pytest.mark.skipif(connection.vendor != "sqlite", reason="the processes run on SQLite in any case")

NAME, ADDRESS = "Zofie Brandys", "zofie@ngugi.example"
CREATE_DATA = f"""
from jukwaa.coalitions.models import ListEntry
from jukwaa.coalitions.capacities import create_capacity
from jukwaa.mail.actions import queue_email
from tests.conftest import seated
from tests.factories import CoalitionFactory, PersonFactory
coalition = CoalitionFactory(slug="ours")
seated(coalition, "The lead", "coordinator", "safeguarding-lead")
person = PersonFactory(name="{NAME}", email="{ADDRESS}", name_is_public=True)
ListEntry.objects.create(coalition=coalition, person=person)
create_capacity(coalition=coalition, person=person, organisation=None)
"""
ERASE = f"""
from jukwaa.accounts.erasure import erase_person
from jukwaa.accounts.models import Person
erase_person(Person.objects.get(email="{ADDRESS}"))
"""
ENTER = f"""
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
REPORT = "Repeated from the ledger of erasures: 1 people erased, 0 removed from a coalition.\n"


def find_traces(data: Path) -> set[str]:
    """Each column of the whole database, and each file, in which the name or the address stands."""
    found = {str(path) for path in (data / "files").rglob("*") if path.is_file() and _names(path.read_bytes())}
    with closing(sqlite3.connect(data / "jukwaa.sqlite3")) as database:
        tables = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            rows = database.execute(f'SELECT * FROM "{table}"')
            columns = [column[0] for column in rows.description]
            found |= {
                f"{table}.{name}" for row in rows for name, value in zip(columns, row, strict=True) if _names(value)
            }
    return found


def _names(value: object) -> bool:
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    return any(word in text.casefold() for word in ("zofie", "brandys"))


@pytest.fixture(scope="module")
def before(prepared, tmp_path_factory):
    """A data folder with somebody, and a backup from before they were erased."""
    data = Path(shutil.copytree(prepared, tmp_path_factory.mktemp("erasures") / "data"))
    script(data, CREATE_DATA)
    assert jukwaa(data, "backup")[0] == 0
    return data


@pytest.fixture
def erased(before, tmp_path):
    data = Path(shutil.copytree(before, tmp_path / "data"))
    script(data, ERASE)
    assert find_traces(data) == set()
    return data


def find_archive(data):
    (archive,) = (data / "backups").iterdir()
    return archive


def test_erased_person_stays_erased_after_restore(before, erased):
    assert "accounts_person.email" in find_traces(before)
    status, told = jukwaa(erased, "restore", str(find_archive(erased)), "--replace")

    assert (status, told.startswith(REPORT), find_traces(erased)) == (0, True, set())
    assert jukwaa(erased, "doctor", "--only=erasures") == (0, "Ledger of erasures: OK\n")
    assert "removed from it" in script(erased, ENTER)
    assert REPORT not in jukwaa(erased, "prepare")[1]


def test_ledger_is_valid_after_restore_of_other_secret_key(erased, tmp_path):
    def alter(folder):
        (folder / "secret-key").write_text("another")

    archive = repack_archive(find_archive(erased), tmp_path / "other.tar.gz", alter)
    status, told = jukwaa(erased, "restore", str(archive), "--force")

    assert (status, REPORT in told, find_traces(erased)) == (0, True, set())
    assert (erased / "secret-key").read_text() == "another"
    assert "removed from it" in script(erased, ENTER)


def test_external_ledger_is_not_backed_up_or_moved(erased, tmp_path, monkeypatch):
    elsewhere = tmp_path / "elsewhere"
    (erased / "erasures").rename(elsewhere)
    monkeypatch.setenv("JUKWAA_ERASURES", str(elsewhere))
    kept = (elsewhere / "erasures.jsonl").read_text()
    new = tmp_path / "new"
    status, told = jukwaa(new, "restore", str(find_archive(erased)))

    assert (status, REPORT in told, find_traces(new)) == (0, True, set())
    assert ((elsewhere / "erasures.jsonl").read_text(), (new / "erasures").exists()) == (kept, False)


def test_machine_without_ledger_knows_earlier_erasures(erased, tmp_path):
    assert jukwaa(erased, "backup", "--folder", str(tmp_path / "later"))[0] == 0
    (archive,) = (tmp_path / "later").iterdir()
    new = tmp_path / "new"
    assert jukwaa(new, "restore", str(archive))[0] == 0

    assert "removed from it" in script(new, ENTER)
    status, told = jukwaa(new, "doctor", "--only=erasures")
    assert (status, "erasures.jsonl is missing. If you have a copy" in told) == (1, True)


def test_damaged_ledger_line_is_reported_and_others_erased(erased):
    ledger = erased / "erasures" / "erasures.jsonl"
    ledger.write_text("{\n" + ledger.read_text())
    status, told = jukwaa(erased, "restore", str(find_archive(erased)), "--replace")

    assert (status, REPORT in told, find_traces(erased)) == (0, True, set())
    assert "cannot be read (1). All other lines are valid." in told
    assert jukwaa(erased, "doctor", "--only=erasures")[0] == 1
