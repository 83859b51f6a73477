"""The worker analyses the tables of PostgreSQL after a large import, and leaves the others to autovacuum."""

import pytest
from django.db import connection

from jukwaa.core.planner import refresh_database_statistics

pytestmark = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has its own way: see test_planner.py"),
    pytest.mark.database,
]


def run_sql(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall() if cursor.description else []


@pytest.fixture
def table(transactional_db):
    run_sql("CREATE TABLE probe (id integer) WITH (autovacuum_enabled = false)")
    yield "probe"
    run_sql("DROP TABLE probe")


def add_rows(number):
    run_sql(f"INSERT INTO probe SELECT generate_series(1, {number})")
    run_sql("SELECT pg_stat_force_next_flush()")
    run_sql("SELECT 1")


def count_known_rows():
    """How many rows the planner expects; -1 for a table that was never analysed."""
    [(number,)] = run_sql("SELECT reltuples::integer FROM pg_class WHERE relname = 'probe'")
    return number


def test_table_that_grew_is_analyzed_and_small_changes_are_not(table):
    add_rows(500)
    refresh_database_statistics()
    assert count_known_rows() == -1

    add_rows(5000)
    refresh_database_statistics()
    assert count_known_rows() == 5500

    add_rows(2000)
    refresh_database_statistics()
    assert count_known_rows() == 5500
