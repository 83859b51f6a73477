"""What the tests of each app bring to the walks, found by its name: no list of apps is kept."""

from importlib import import_module
from pathlib import Path
from typing import Any

TESTS_FOLDER = Path(__file__).parent


def collect_from_apps(module_name: str, dictionary_name: str) -> dict[str, Any]:
    """Return the entries of all dictionaries of this name, as `ROWS_BY_ROUTE` in `tests/APP/rows.py`."""
    found: dict[str, Any] = {}
    for path in sorted(TESTS_FOLDER.glob(f"*/{module_name}.py")):
        found |= getattr(import_module(f"tests.{path.parent.name}.{module_name}"), dictionary_name, {})
    return found
