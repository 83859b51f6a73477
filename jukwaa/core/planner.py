"""What the database knows about its tables when it decides how to answer a query.

Without these statistics SQLite guesses, and answers some pages ten times as slowly. A connection reads them when it is
opened, so a connection lives for 40 seconds (CONN_MAX_AGE): with the 20 of the worker's tick, a minute at most.
"""

from django.db import connection

# 2: analyse the tables that would gain from it; 0x10000: consider all tables, not only those asked by this connection.
OPTIMIZE_ALL_TABLES_SQL = "PRAGMA optimize=0x10002"
# The tables of PostgreSQL in which nearly every row is newer than their statistics; small ones are read whole anyway.
CHANGED_TABLES_SQL = """
    SELECT relname FROM pg_stat_user_tables
    WHERE schemaname = current_schema() AND n_mod_since_analyze > 1000 AND n_mod_since_analyze > 0.9 * n_live_tup
"""


# SQLite has no statistics of an empty table and takes it for a very large one: to find the ten offers of a coalition,
# it would read all records. Told that a table has one row, it begins there. Once it has ten, it is counted.
INSERT_EMPTY_TABLE_STATISTICS_SQL = """
    INSERT INTO sqlite_stat1 (tbl, idx, stat)
    SELECT name, NULL, '1' FROM sqlite_master AS tables
    WHERE type = 'table' AND rootpage > 0 AND name NOT LIKE 'sqlite~_%' ESCAPE '~'
        AND NOT EXISTS (SELECT 1 FROM sqlite_stat1 WHERE tbl = tables.name)
"""


def analyze_database_tables() -> None:
    """Count every table and index anew. For after migrations and once a day."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        if connection.vendor == "sqlite":
            cursor.execute(INSERT_EMPTY_TABLE_STATISTICS_SQL)


def refresh_database_statistics() -> None:
    """Count the tables that grew or shrank tenfold since they were counted. Costs next to nothing where none did.

    PostgreSQL's autovacuum does this too, but not at once: after a large import some pages would take minutes.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(OPTIMIZE_ALL_TABLES_SQL)
            return
        cursor.execute(CHANGED_TABLES_SQL)
        for (table,) in cursor.fetchall():
            cursor.execute(f"ANALYZE {connection.ops.quote_name(table)}")
