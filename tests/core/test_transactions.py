"""Row locks, the second run after a conflict, and files of transactions that failed."""

import io
import re
from dataclasses import dataclass
from pathlib import Path
from threading import Barrier

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.db import OperationalError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.models import Activity, AreaOfWork, Coalition
from jukwaa.core.argument_snapshot import ArgumentSnapshot
from jukwaa.core.transactions import (
    DEADLOCK,
    SERIALIZATION_FAILURE,
    atomic_with_retry,
    lock_row,
    lock_rows,
)
from jukwaa.records.models import Document
from tests.concurrency import run_concurrently
from tests.factories import CoalitionFactory, DocumentFactory, MeetingFactory, PersonFactory

# Savepoints, whose failure is expected and answered inside a larger transaction, and a command that asks a person.
MODULES_USING_ATOMIC = {
    "core/foreign_key_moves.py",
    "core/transactions.py",
    "drafting/actions/agreement.py",
    "drafting/actions/glossary.py",
    "home/management/commands/init.py",
    "library/inbound.py",
    "meetings/actions/quorum.py",
    "meetings/inbound/invitations.py",
    "proposals/actions/calls.py",
    "proposals/actions/settings.py",
    "updates/incoming/replies.py",
}

needs_row_locks = pytest.mark.skipif(
    connection.vendor == "sqlite", reason="SQLite has one lock for all rows, so that no two writers wait in a circle"
)


def find_files_matching(searched_pattern: str) -> set[str]:
    package = Path(settings.PACKAGE)
    sources = (path for path in package.rglob("*.py") if "migrations" not in path.parts)
    return {path.relative_to(package).as_posix() for path in sources if re.search(searched_pattern, path.read_text())}


def test_rows_are_locked_by_helper_only():
    assert find_files_matching(r"\bselect_for_update\(") == {"core/transactions.py"}


def test_coalition_is_locked_only_by_action_that_changes_it():
    changed_by = {"coalitions/actions/settings.py", "intake/actions/archive.py"}
    assert find_files_matching(r"lock_rows?\((coalition|Coalition\.)") == changed_by


def test_transactions_are_opened_by_helper_only():
    assert find_files_matching(r"\btransaction\.atomic\b") == MODULES_USING_ATOMIC


def raise_database_conflict(sqlstate: str = DEADLOCK) -> None:
    cause = Exception("deadlock detected")
    cause.sqlstate = sqlstate
    raise OperationalError("deadlock detected") from cause


class FlakyAction:
    """Adds an area of work, and fails the first `failures` times."""

    def __init__(self, coalition: Coalition, failure_count: int = 1, sqlstate: str = DEADLOCK) -> None:
        self.coalition, self.failures, self.sqlstate = coalition, failure_count, sqlstate
        self.runs = 0

    def __call__(self) -> None:
        self.runs += 1
        AreaOfWork.objects.create(coalition=self.coalition, name=f"Area {self.runs}")
        if self.runs <= self.failures:
            raise_database_conflict(self.sqlstate)


@pytest.fixture
def run_in_transaction():
    @atomic_with_retry
    def call_in_thread(called_function, *args):
        return called_function(*args)

    return call_in_thread


@pytest.mark.parametrize("sqlstate", [DEADLOCK, SERIALIZATION_FAILURE])
def test_conflict_is_retried_once_and_first_run_is_undone(transactional_db, coalition, run_in_transaction, sqlstate):
    run_in_transaction(flaky := FlakyAction(coalition, sqlstate=sqlstate))

    assert flaky.runs == 2
    assert list(AreaOfWork.objects.values_list("name", flat=True)) == ["Area 2"]


def test_second_conflict_is_raised(transactional_db, coalition, run_in_transaction):
    flaky = FlakyAction(coalition, failure_count=2)
    with pytest.raises(OperationalError):
        run_in_transaction(flaky)

    assert (flaky.runs, AreaOfWork.objects.count()) == (2, 0)


def test_other_database_errors_are_not_retried(transactional_db, coalition, run_in_transaction):
    flaky = FlakyAction(coalition, sqlstate="08006")
    with pytest.raises(OperationalError):
        run_in_transaction(flaky)

    assert flaky.runs == 1


def test_conflict_in_outer_transaction_is_not_retried(transactional_db, coalition, run_in_transaction):
    flaky = FlakyAction(coalition)
    with pytest.raises(OperationalError), transaction.atomic():
        run_in_transaction(flaky)

    assert flaky.runs == 1


def test_outermost_action_is_retried_as_a_whole(transactional_db, coalition, member):
    runs = []

    @action
    def run_inner_action():
        runs.append("inner")
        if len(runs) == 2:
            raise_database_conflict()

    @action
    def run_outer_action():
        runs.append("outer")
        record_activity(actor=member, verb="tried", subject=coalition, coalition=coalition)
        run_inner_action()

    revision = Coalition.objects.get(pk=coalition.pk).revision
    run_outer_action()

    assert runs == ["outer", "inner"] * 2
    assert Activity.objects.filter(verb="tried").count() == 1
    assert Coalition.objects.get(pk=coalition.pk).revision == revision + 1


def test_action_inside_plain_transaction_is_not_retried(transactional_db, coalition):
    flaky = FlakyAction(coalition)
    with pytest.raises(OperationalError), transaction.atomic():
        action(flaky.__call__)()

    assert flaky.runs == 1


def test_retry_reads_upload_from_start(transactional_db, coalition, run_in_transaction):
    flaky, read = FlakyAction(coalition), []

    def store_uploaded_file(upload):
        read.append(upload["file"][0].read())
        flaky()

    run_in_transaction(store_uploaded_file, {"file": [io.BytesIO(b"Minutes")]})

    assert read == [b"Minutes", b"Minutes"]


def test_retry_saves_new_record_with_file(transactional_db, coalition, run_in_transaction):
    flaky, before = FlakyAction(coalition), find_stored_files()
    document = Document(coalition=coalition, kind="document", title="Minutes")
    document.file = ContentFile(b"Minutes", name="minutes.txt")

    def save_document_file(record):
        assert (record.pk, record._state.adding) == (None, True)
        record.title += " of May"
        record.save()
        flaky()

    run_in_transaction(save_document_file, document)

    saved = Document.objects.get()
    with saved.file.open() as file:
        assert (saved.title, file.read()) == ("Minutes of May", b"Minutes")
    assert find_stored_files() - before == {saved.file.name}


def find_stored_files() -> set[str]:
    root = Path(default_storage.path(""))
    return {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}


def test_retry_moves_large_upload_again(transactional_db, coalition, run_in_transaction):
    flaky, before = FlakyAction(coalition), find_stored_files()
    with TemporaryUploadedFile("drive.zip", "application/zip", 5, None) as upload:
        upload.write(b"bytes")

        def store_attached_file(file):
            flaky.name = default_storage.save("drives/drive.zip", file)
            flaky()

        run_in_transaction(store_attached_file, upload)

    assert find_stored_files() - before == {flaky.name}
    with default_storage.open(flaky.name) as stored:
        assert stored.read() == b"bytes"


def test_failed_transaction_removes_its_files_only(transactional_db, run_in_transaction):
    before = find_stored_files()
    kept = [run_in_transaction(lambda: default_storage.save("kept.txt", ContentFile(b"1")))]

    def raise_conflict_always():
        default_storage.save("lost.txt", ContentFile(b"2"))
        raise ValueError("Something was wrong.")

    def fail_in_inner_action():
        kept.append(default_storage.save("outer.txt", ContentFile(b"3")))
        with pytest.raises(ValueError, match="wrong"):
            run_in_transaction(raise_conflict_always)

    with pytest.raises(ValueError, match="wrong"):
        run_in_transaction(raise_conflict_always)
    run_in_transaction(fail_in_inner_action)

    assert find_stored_files() - before == set(kept)


@pytest.mark.parametrize("error_class", [ValueError, OperationalError])
def test_failing_commit_hook_keeps_files(transactional_db, error_class):
    before, calls = find_stored_files(), []

    @atomic_with_retry
    def store_file_and_fail():
        calls.append(default_storage.save("kept.txt", ContentFile(b"1")))
        transaction.on_commit(raise_conflict_always)

    def raise_conflict_always():
        if error_class is OperationalError:
            raise_database_conflict()
        raise error_class

    with pytest.raises(error_class):
        store_file_and_fail()

    assert find_stored_files() - before == set(calls)
    assert len(calls) == 1


@dataclass
class Form:
    values: dict[str, object]
    names: list[str]


@given(st.dictionaries(st.text(max_size=3), st.integers()), st.lists(st.text(max_size=3)), st.binary())
def test_retry_restores_arguments(stored_values, stored_names, file_content):
    form, file = Form(dict(stored_values), list(stored_names)), io.BytesIO(file_content)
    organisation = Coalition(name="Before")
    state = ArgumentSnapshot((form, file), {"coalition": organisation})

    form.values["new"] = 1
    form.names.clear()
    file.read()
    organisation.pk, organisation.name, organisation._state.adding = 7, "After", False
    state.restore()

    assert (form.values, form.names, file.tell()) == (stored_values, stored_names, 0)
    assert (organisation.pk, organisation.name, organisation._state.adding) == (None, "Before", True)


@needs_row_locks
def test_lock_covers_own_rows_and_allows_foreign_keys(coalition):
    meeting = MeetingFactory(coalition=coalition)
    with transaction.atomic():
        sql = str(lock_rows(type(meeting).objects.select_related("coalition").filter(pk=meeting.pk)).query)

    assert sql.endswith('FOR NO KEY UPDATE OF "meetings_meeting", "records_record"')


def test_lock_returns_current_row(coalition):
    mine = Coalition.objects.get(pk=coalition.pk)
    Coalition.objects.filter(pk=coalition.pk).update(name="Renamed")
    with transaction.atomic():
        assert lock_row(mine).name == "Renamed"


@needs_row_locks
def test_deadlock_is_resolved_by_retry(transactional_db):
    one, other = sorted((CoalitionFactory(), CoalitionFactory()), key=lambda row: row.pk)
    barrier, runs = Barrier(2), []

    @atomic_with_retry
    def rename_organisations(first_organisation, second_organisation, name):
        runs.append(name)
        Coalition.objects.filter(pk=first_organisation.pk).update(name=name)
        if len(runs) <= 2:
            barrier.wait(10)  # both hold one row, and want the other's
        Coalition.objects.filter(pk=second_organisation.pk).update(name=name)
        return name

    came = run_concurrently(
        lambda: rename_organisations(one, other, "A"), lambda: rename_organisations(other, one, "B")
    )

    assert came == ["A", "B"]
    assert len(runs) == 3
    assert len(set(Coalition.objects.values_list("name", flat=True))) == 1


@needs_row_locks
def test_deadlock_of_two_actions_writes_each_activity_once(transactional_db):
    coalition, person = CoalitionFactory(), PersonFactory()
    one, other = DocumentFactory(coalition=coalition), DocumentFactory(coalition=coalition)
    barrier, runs = Barrier(2), []

    @action
    def rename_two_records(first_record, second_record, record_title):
        runs.append(record_title)
        lock_row(first_record)
        if len(runs) <= 2:
            barrier.wait(10)
        locked = lock_row(second_record)
        locked.title = record_title
        locked.save(update_fields=["title"])
        record_activity(actor=person, verb="retitled", subject=locked, coalition=coalition)
        return record_title

    came = run_concurrently(lambda: rename_two_records(one, other, "A"), lambda: rename_two_records(other, one, "B"))

    assert came == ["A", "B"]
    assert len(runs) > 2
    assert Activity.objects.filter(verb="retitled").count() == 2
