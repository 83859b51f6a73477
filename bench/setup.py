"""A place of its own for a measurement: settings, and an empty database in a temporary folder."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path


@contextmanager
def a_place_of_its_own(keep: str = "") -> Iterator[Path]:
    """Nothing that is measured touches anybody's data. Models can be imported inside.

    `keep` is a folder that stays, with the database that it may hold already.
    """
    if keep:
        Path(keep).mkdir(parents=True, exist_ok=True)
    with nullcontext(keep) if keep else tempfile.TemporaryDirectory(prefix="jukwaa-bench-") as folder:
        os.environ["JUKWAA_DATA"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jukwaa.config.settings")
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        yield Path(folder)
