"""The ledger outside of the database: whole lines, each written once, and none lost."""

import os
from datetime import UTC, datetime

import pytest

from jukwaa.accounts import ledger
from jukwaa.accounts.erased_identities import (
    append_missing_ledger_lines,
    block_identity_in_coalition,
    find_missing_ledger_lines,
    unblock_returned_person,
)
from jukwaa.accounts.erasure import erase_person
from jukwaa.accounts.identity import compute_account_digest, compute_address_digest
from jukwaa.accounts.ledger import LedgerLine
from jukwaa.accounts.models import ErasedIdentity
from tests.factories import PersonFactory

LEDGER_LINE = LedgerLine(datetime(2026, 11, 28, 6, tzinfo=UTC), "a" * 64, "b" * 64, None, "erased")


@pytest.fixture(autouse=True)
def ledger_folder(settings, tmp_path):
    settings.ERASURES_FOLDER = tmp_path
    return tmp_path


def test_ledger_lines_round_trip():
    other = LedgerLine(LEDGER_LINE.at, "", "c" * 64, 7, "asked")
    ledger.append_ledger_lines([LEDGER_LINE])
    ledger.append_ledger_lines([other])

    assert ledger.read_erasure_ledger() == ledger.ErasureLedger((LEDGER_LINE, other), ())
    assert ledger.get_ledger_path().stat().st_mode & 0o777 == 0o600


def test_missing_ledger_is_empty():
    assert ledger.read_erasure_ledger() == ledger.ErasureLedger((), ())


@pytest.mark.parametrize(
    "damaged_line",
    [
        b'{"at": "2026-11-28T06:00:00+00:00", "addr',
        b"null",
        b"[1]",
        b"\xff\xfe",
        LEDGER_LINE.dump().replace("a" * 64, "a").encode(),
        LEDGER_LINE.dump().replace("+00:00", "").encode(),
        LEDGER_LINE.dump().replace("erased", "eaten").encode(),
        LEDGER_LINE.dump().replace("null", '"7"').encode(),
    ],
)
def test_damaged_line_is_reported_and_others_are_read(damaged_line):
    ledger.append_ledger_lines([LEDGER_LINE])
    with ledger.get_ledger_path().open("ab") as file:
        file.write(damaged_line)
    last = LedgerLine(LEDGER_LINE.at, "d" * 64, "e" * 64, 1, "asked")
    ledger.append_ledger_lines([last])

    assert ledger.read_erasure_ledger() == ledger.ErasureLedger((LEDGER_LINE, last), (2,))


@pytest.mark.django_db
def test_erasure_is_written_to_ledger_after_commit(django_capture_on_commit_callbacks):
    person = PersonFactory(email="a@example.org")
    digests = compute_address_digest("a@example.org"), compute_account_digest(person)
    with django_capture_on_commit_callbacks(execute=True):
        erase_person(person)
        assert ledger.read_erasure_ledger().lines == ()

    row = ErasedIdentity.objects.get()
    assert ledger.read_erasure_ledger().lines == (LedgerLine(row.at, *digests, None, "erased"),)
    assert "example.org" not in ledger.get_ledger_path().read_text()


@pytest.mark.django_db
def test_lines_missed_by_killed_process_are_written_later():
    person = PersonFactory(email="a@example.org")
    block_identity_in_coalition(person, 7)

    assert [append_missing_ledger_lines(), append_missing_ledger_lines()] == [1, 0]
    unblock_returned_person(person, 7)
    assert [append_missing_ledger_lines(), append_missing_ledger_lines()] == [1, 0]
    block_identity_in_coalition(person, 7)
    assert [append_missing_ledger_lines(), append_missing_ledger_lines()] == [1, 0]
    assert [line.why for line in ledger.read_erasure_ledger().lines] == ["asked", "returned", "asked"]


@pytest.mark.django_db
@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_erasure_succeeds_if_ledger_is_not_writable(ledger_folder, django_capture_on_commit_callbacks):
    person = PersonFactory()
    ledger_folder.chmod(0o500)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            erase_person(person)
    finally:
        ledger_folder.chmod(0o700)

    assert (person.erased_at is not None, len(find_missing_ledger_lines())) == (True, 1)
