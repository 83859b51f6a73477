"""The tests' own database: taken from what was migrated before, and only if that is what the migrations make today."""

import pytest

from jukwaa.coalitions.actions import add_area
from jukwaa.coalitions.append_only import drop_triggers, find_missing_triggers
from jukwaa.coalitions.models import Activity, Coalition
from tests import migrated
from tests.at_once import at_once
from tests.conftest import seated
from tests.factories import CoalitionFactory


def test_a_changed_migration_or_trigger_means_another_database(tmp_path, monkeypatch):
    sources = {file.relative_to(file.parents[1]).as_posix() for file in migrated._sources()}
    file = tmp_path / "0001_initial.py"
    file.write_text("operations = []")
    monkeypatch.setattr(migrated, "_sources", lambda: iter([file]))
    before = migrated.kept()
    file.write_text("operations = [1]")

    assert migrated.kept() != before
    assert {"migrations/0001_initial.py", "index/schema.py", "coalitions/append_only.py"} <= sources


def test_what_was_written_for_good_is_gone_on_the_way_back(transactional_db):
    """And so is what was done to the triggers; whoever else has the database open finds it so."""
    with migrated.way_back() as back:
        coalition = CoalitionFactory()
        add_area(actor=seated(coalition, "Who runs it", "coordinator"), coalition=coalition, name="Education")
        drop_triggers()
        assert at_once(Activity.objects.count) == [1]
        back()

    assert at_once(Activity.objects.count, Coalition.objects.count, find_missing_triggers) == [0, 0, []]


@pytest.mark.parametrize("turn", [1, 2])
def test_a_test_that_writes_for_good_leaves_nothing_to_the_next(transactional_db, turn):
    assert not Coalition.objects.exists()
    assert find_missing_triggers() == []
    CoalitionFactory()
