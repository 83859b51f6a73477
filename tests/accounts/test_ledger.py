"""The ledger outside of the database: whole lines, each written once, and none lost."""

import os
from datetime import UTC, datetime

import pytest

from jukwaa.accounts import ledger
from jukwaa.accounts.erased import complete_ledger, find_unwritten, note_return, note_taken_out
from jukwaa.accounts.erasing import erase
from jukwaa.accounts.identity import account_digest, address_digest
from jukwaa.accounts.ledger import Line
from jukwaa.accounts.models import ErasedIdentity
from tests.factories import PersonFactory

A_LINE = Line(datetime(2026, 11, 28, 6, tzinfo=UTC), "a" * 64, "b" * 64, None, "erased")


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.ERASURES_FOLDER = tmp_path
    return tmp_path


def test_lines_come_back_as_they_were_written():
    other = Line(A_LINE.at, "", "c" * 64, 7, "asked")
    ledger.append([A_LINE])
    ledger.append([other])

    assert ledger.read() == ledger.Ledger((A_LINE, other), ())
    assert ledger.path().stat().st_mode & 0o777 == 0o600


def test_ledger_that_is_not_there_yet_is_empty():
    assert ledger.read() == ledger.Ledger((), ())


@pytest.mark.parametrize(
    "damage",
    [
        b'{"at": "2026-11-28T06:00:00+00:00", "addr',
        b"null",
        b"[1]",
        b"\xff\xfe",
        A_LINE.dump().replace("a" * 64, "a").encode(),
        A_LINE.dump().replace("+00:00", "").encode(),
        A_LINE.dump().replace("erased", "eaten").encode(),
        A_LINE.dump().replace("null", '"7"').encode(),
    ],
)
def test_damaged_line_is_reported_and_all_others_count(damage):
    ledger.append([A_LINE])
    with ledger.path().open("ab") as file:
        file.write(damage)
    last = Line(A_LINE.at, "d" * 64, "e" * 64, 1, "asked")
    ledger.append([last])

    assert ledger.read() == ledger.Ledger((A_LINE, last), (2,))


@pytest.mark.django_db
def test_erasure_is_written_once_it_is_committed(django_capture_on_commit_callbacks):
    person = PersonFactory(email="a@example.org")
    digests = address_digest("a@example.org"), account_digest(person)
    with django_capture_on_commit_callbacks(execute=True):
        erase(person)
        assert ledger.read().lines == ()

    row = ErasedIdentity.objects.get()
    assert ledger.read().lines == (Line(row.at, *digests, None, "erased"),)
    assert "example.org" not in ledger.path().read_text()


@pytest.mark.django_db
def test_what_a_killed_process_did_not_write_is_written_later():
    person = PersonFactory(email="a@example.org")
    note_taken_out(person, 7)

    assert [complete_ledger(), complete_ledger()] == [1, 0]
    note_return(person, 7)
    assert [complete_ledger(), complete_ledger()] == [1, 0]
    note_taken_out(person, 7)
    assert [complete_ledger(), complete_ledger()] == [1, 0]
    assert [line.why for line in ledger.read().lines] == ["asked", "returned", "asked"]


@pytest.mark.django_db
@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_erasure_stands_where_the_ledger_cannot_be_written(folder, django_capture_on_commit_callbacks):
    person = PersonFactory()
    folder.chmod(0o500)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            erase(person)
    finally:
        folder.chmod(0o700)

    assert (person.erased_at is not None, len(find_unwritten())) == (True, 1)
