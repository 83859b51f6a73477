"""A place of its own for a measurement: settings, and an empty database in a temporary folder."""

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path


@contextmanager
def use_temporary_installation(keep_folder: str = "") -> Iterator[Path]:
    """Provide an empty installation in a temporary folder. Models can be imported inside.

    `keep` is a folder that stays, with the database that it may hold already.
    """
    if keep_folder:
        Path(keep_folder).mkdir(parents=True, exist_ok=True)
    with nullcontext(keep_folder) if keep_folder else tempfile.TemporaryDirectory(prefix="jukwaa-bench-") as folder:
        os.environ["JUKWAA_DATA"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jukwaa.config.settings")
        import django
        from django.core.management import call_command

        django.setup()
        call_command("prepare", verbosity=0)  # as an installation is
        yield Path(folder)


SETUP_TIMEOUT_SECONDS = 300  # seconds
UNANALYSED_TABLES_SQL = """
    SELECT count(*) FROM pg_stat_user_tables WHERE n_mod_since_analyze > 50 + 0.1 * n_live_tup
"""


def update_database_statistics() -> None:
    """Do what happens within a minute of much writing in an installation, and nothing more.

    The worker refreshes SQLite's statistics at its next tick, PostgreSQL's autovacuum does it by itself, and
    connections are opened anew.
    """
    from django.db import connection

    from jukwaa.core.planner import refresh_database_statistics

    refresh_database_statistics()
    end = time.monotonic() + SETUP_TIMEOUT_SECONDS
    while connection.vendor == "postgresql" and time.monotonic() < end:
        with connection.cursor() as cursor:
            cursor.execute(UNANALYSED_TABLES_SQL)
            if cursor.fetchone() == (0,):
                break
        time.sleep(1)
    connection.close()
