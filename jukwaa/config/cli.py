"""The command line: `jukwaa COMMAND`, the same as `manage.py COMMAND`."""

import importlib
import os
import sys
from typing import NoReturn

from jukwaa import __version__
from jukwaa.core.listen_addresses import ADDRESS_UNUSABLE_EXIT_STATUS


def main() -> None:
    """Run a command. What is wrong with the settings or the database is one sentence and exit code 2."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jukwaa.config.settings")
    os.umask(0o077)  # the data is for this user alone
    if sys.argv[1:] in (["--version"], ["version"]):
        sys.stdout.write(f"Jukwaa {__version__}\n")
        return
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415 - settings must be named first
    from django.db import DatabaseError  # noqa: PLC0415 - as above

    try:
        importlib.import_module(os.environ["DJANGO_SETTINGS_MODULE"])
        _run_management_command(sys.argv)
    except ImproperlyConfigured as error:
        _exit_with_error(str(error))
    except DatabaseError as error:
        if "--traceback" in sys.argv:
            raise
        _exit_with_error(f"The database cannot be used: {' '.join(str(error).split())}. Add --traceback to see where.")


def _exit_with_error(sentence: str) -> NoReturn:
    sys.stderr.write(f"{sentence}\n")
    sys.exit(ADDRESS_UNUSABLE_EXIT_STATUS)


def _run_management_command(command_arguments: list[str]) -> None:
    from jukwaa.config.command_line import CommandLine  # noqa: PLC0415 - settings must be there first

    CommandLine(command_arguments).execute()
