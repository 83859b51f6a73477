"""The tests' own database: taken from what was migrated before, and only if that is what the migrations make today."""

from tests import migrated


def test_a_changed_migration_or_trigger_means_another_database(tmp_path, monkeypatch):
    sources = {file.relative_to(file.parents[1]).as_posix() for file in migrated._sources()}
    file = tmp_path / "0001_initial.py"
    file.write_text("operations = []")
    monkeypatch.setattr(migrated, "_sources", lambda: iter([file]))
    before = migrated.kept()
    file.write_text("operations = [1]")

    assert migrated.kept() != before
    assert {"migrations/0001_initial.py", "index/schema.py", "coalitions/append_only.py"} <= sources
