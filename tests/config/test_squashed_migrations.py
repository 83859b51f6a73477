"""A new database is made by squashed migrations; one with some of those that they replace continues from there."""

import pytest
from django.db import connection
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from hypothesis import given
from hypothesis import strategies as st

from tests.config.test_backups import query_sqlite_database, run_jukwaa_command, run_python_script
from tests.deep import IS_DEEP_RUN
from tests.migrations import load_replaced_migrations, order_migrations

REPLACED_MIGRATIONS = load_replaced_migrations(None)
MIGRATION_ORDER = order_migrations(REPLACED_MIGRATIONS)
SQUASHED_MIGRATIONS = {key: set(migration.replaces) for key, migration in REPLACED_MIGRATIONS.replacements.items()}
LAST_TESTED_COUNT = 20

on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="the processes run on SQLite in any case")
SCHEMA_QUERY = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"
MIGRATE_OLD_SCRIPT = f"""
from pathlib import Path
from tests.migrations import save_databases_between_replaced_migrations
save_databases_between_replaced_migrations(Path(%r), kept_migration_count={LAST_TESTED_COUNT})
"""


def plan_remaining_migrations(applied_migrations):
    """Return the migrations that remain for a database that has these, squashed ones as those that they replace."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(MigrationRecorder, "applied_migrations", lambda _recorder: dict.fromkeys(applied_migrations))
        executor = MigrationExecutor(connection)
        executor.loader.check_consistent_history(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    keys = [(migration.app_label, migration.name) for migration, _backwards in plan]
    return sorted(each for key in keys for each in SQUASHED_MIGRATIONS.get(key, [key]))


def test_squashed_migrations_build_same_models():
    before, now = REPLACED_MIGRATIONS.project_state(), MigrationLoader(None).project_state()

    assert MigrationAutodetector(before, now).changes(REPLACED_MIGRATIONS.graph) == {}
    assert MigrationAutodetector(now, before).changes(REPLACED_MIGRATIONS.graph) == {}
    assert before.models.keys() == now.models.keys()


@pytest.mark.parametrize("are_protections_recorded", [False, True])
@pytest.mark.slow
def test_database_that_was_stopped_after_any_migration_continues(are_protections_recorded):
    for number in range(len(MIGRATION_ORDER) + 1):
        applied = set(MIGRATION_ORDER[:number])
        recorded = (
            {key for key, replaced in SQUASHED_MIGRATIONS.items() if replaced <= applied}
            if are_protections_recorded
            else set()
        )

        assert plan_remaining_migrations(applied | recorded) == sorted(set(MIGRATION_ORDER) - applied)


@given(st.sets(st.sampled_from(MIGRATION_ORDER)))
def test_database_of_any_earlier_version_continues(latest_migration):
    """A version had some migrations, and all that these depend on."""
    applied = {each for key in latest_migration for each in REPLACED_MIGRATIONS.graph.forwards_plan(key)}

    assert plan_remaining_migrations(applied) == sorted(set(MIGRATION_ORDER) - applied)


@on_sqlite
@pytest.mark.skipif(not IS_DEEP_RUN, reason="it makes twenty databases, each in a process of its own")
def test_new_database_has_the_schema_of_all_migrations(tmp_path):
    run_python_script(tmp_path, MIGRATE_OLD_SCRIPT % str(tmp_path))
    stopped = sorted(tmp_path.glob("stopped-*"))
    assert len(stopped) == LAST_TESTED_COUNT

    schemas = []
    for data in (tmp_path / "new", tmp_path, *stopped):
        assert run_jukwaa_command(data, "migrate")[0] == 0
        schemas.append(query_sqlite_database(data, SCHEMA_QUERY))
    assert schemas == [schemas[0]] * (LAST_TESTED_COUNT + 2)
