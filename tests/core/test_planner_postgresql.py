"""The worker analyses the tables of PostgreSQL after a large import, and leaves the others to autovacuum."""

import pytest
from django.db import connection

from jukwaa.core.planner import refresh_database_statistics

pytestmark = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has its own way: see test_planner.py"),
    pytest.mark.database,
]


def run_probe_query(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall() if cursor.description else []


@pytest.fixture
def unanalysed_probe_table(transactional_db):
    run_probe_query("CREATE TABLE probe (id integer) WITH (autovacuum_enabled = false)")
    yield "probe"
    run_probe_query("DROP TABLE probe")


def add_probe_rows(row_count):
    run_probe_query(f"INSERT INTO probe SELECT generate_series(1, {row_count})")
    run_probe_query("SELECT pg_stat_force_next_flush()")
    run_probe_query("SELECT 1")


def get_planner_row_count():
    """How many rows the planner expects; -1 for a table that was never analysed."""
    [(number,)] = run_probe_query("SELECT reltuples::integer FROM pg_class WHERE relname = 'probe'")
    return number


def test_table_that_grew_is_analyzed_and_small_changes_are_not(unanalysed_probe_table):
    add_probe_rows(500)
    refresh_database_statistics()
    assert get_planner_row_count() == -1

    add_probe_rows(5000)
    refresh_database_statistics()
    assert get_planner_row_count() == 5500

    add_probe_rows(2000)
    refresh_database_statistics()
    assert get_planner_row_count() == 5500
