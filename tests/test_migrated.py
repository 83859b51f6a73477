"""The tests' own database: taken from what was migrated before, and only if that is what the migrations make today."""

import pytest

from jukwaa.coalitions.actions import add_area_of_work
from jukwaa.coalitions.append_only import drop_append_only_triggers, find_missing_triggers
from jukwaa.coalitions.models import Activity, Coalition
from tests import migrated
from tests.concurrency import run_concurrently
from tests.conftest import create_seated_person
from tests.factories import CoalitionFactory


def test_changed_migration_or_trigger_invalidates_database_copy(tmp_path, monkeypatch):
    sources = {file.relative_to(file.parents[1]).as_posix() for file in migrated._list_source_files()}
    file = tmp_path / "0001_initial.py"
    file.write_text("operations = []")
    monkeypatch.setattr(migrated, "_list_source_files", lambda: iter([file]))
    before = migrated.get_database_copy_path()
    file.write_text("operations = [1]")

    assert migrated.get_database_copy_path() != before
    assert {"migrations/0001_initial.py", "index/schema.py", "coalitions/append_only.py"} <= sources


def test_committed_rows_are_removed_after_test(transactional_db):
    """And so is what was done to the triggers; whoever else has the database open finds it so."""
    with migrated.prepare_database_reset() as back:
        coalition = CoalitionFactory()
        add_area_of_work(
            actor=create_seated_person(coalition, "Who runs it", "coordinator"), coalition=coalition, name="Education"
        )
        drop_append_only_triggers()
        assert run_concurrently(Activity.objects.count) == [1]
        back()

    assert run_concurrently(Activity.objects.count, Coalition.objects.count, find_missing_triggers) == [0, 0, []]


@pytest.mark.parametrize("repetition", [1, 2])
def test_committing_test_leaves_nothing_for_next_test(transactional_db, repetition):
    assert not Coalition.objects.exists()
    assert find_missing_triggers() == []
    CoalitionFactory()
