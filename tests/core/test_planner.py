"""Statistics of the tables are counted as they grow, and reach the connections that were open before."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.signals import request_started
from django.db import connection

from jukwaa.core.planner import analyze_database_tables, refresh_database_statistics

pytestmark = [
    pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL counts by itself and tells every connection"),
]
EXPLAIN_QUERY = "EXPLAIN QUERY PLAN SELECT id FROM probe WHERE a = 1 AND b = 1"


def run_probe_query(sql):
    with connection.cursor() as cursor:
        return cursor.execute(sql).fetchall()


def fill_probe_table(row_count, a, b):
    run_probe_query("DELETE FROM probe")
    with connection.cursor() as cursor:
        cursor.executemany("INSERT INTO probe (a, b) VALUES (%s, %s)", [(a(n), b(n)) for n in range(row_count)])


def get_index_in_use():
    """The index by which the connection of this thread would answer."""
    (row,) = run_probe_query(EXPLAIN_QUERY)
    return row[3].split()[4]


def begin_request_later(seconds_later=0):
    """As a web process does: a connection that is too old is closed."""
    if connection.connection is not None:
        connection.close_at -= seconds_later
    request_started.send(sender=None)


def close_thread_connection():
    """The connection of the thread that calls this."""
    connection.close()


def get_row_count_statistic(table_name):
    return [
        stat
        for (stat,) in run_probe_query(f"SELECT stat FROM sqlite_stat1 WHERE tbl = '{table_name}' AND idx = 'probe_a'")
    ]


@pytest.fixture
def probe_table(transactional_db):
    """A table of ten rows, in which `a` tells rows apart and `b` does not, and as many statistics."""
    run_probe_query("CREATE TABLE probe (id integer PRIMARY KEY, a integer, b integer)")
    run_probe_query("CREATE INDEX probe_a ON probe (a)")
    run_probe_query("CREATE INDEX probe_b ON probe (b)")
    fill_probe_table(10, lambda n: n, lambda _n: 1)
    analyze_database_tables()


def test_open_connection_uses_new_statistics_within_a_minute(probe_table):
    with ThreadPoolExecutor(1) as server:
        try:
            server.submit(begin_request_later).result()
            assert server.submit(get_index_in_use).result() == "probe_a"

            fill_probe_table(1000, lambda _n: 1, lambda n: n)
            refresh_database_statistics()
            assert server.submit(lambda: connection.close_at - time.monotonic() <= 60).result()
            server.submit(begin_request_later, 60).result()
            assert server.submit(get_index_in_use).result() == "probe_b"
        finally:
            server.submit(close_thread_connection).result()


def test_empty_table_is_counted_once_it_has_rows(probe_table):
    """Without statistics SQLite takes an empty table for a very large one."""
    fill_probe_table(0, int, int)
    analyze_database_tables()
    assert run_probe_query("SELECT idx, stat FROM sqlite_stat1 WHERE tbl = 'probe'") == [(None, "1")]

    fill_probe_table(1000, lambda n: n, lambda _n: 1)
    refresh_database_statistics()
    assert get_row_count_statistic("probe") == ["1000 1"]


def test_only_tables_that_grew_tenfold_are_analyzed_again(probe_table):
    assert get_row_count_statistic("probe") == ["10 1"]
    fill_probe_table(20, lambda n: n, lambda _n: 1)
    refresh_database_statistics()
    assert get_row_count_statistic("probe") == ["10 1"]

    fill_probe_table(1000, lambda n: n, lambda _n: 1)
    refresh_database_statistics()
    assert get_row_count_statistic("probe") == ["1000 1"]

    fill_probe_table(2000, lambda n: n, lambda _n: 1)
    analyze_database_tables()
    assert get_row_count_statistic("probe") == ["2000 1"]
