"""The tests that depend on the database are found by what they name, so that they run on PostgreSQL too."""

import pytest

from tests import database
from tests.database import (
    DATABASE_RUNS,
    MODEL_MODULE_PATTERN,
    PAGE_MODULE_PATTERN,
    ROOT,
    does_module_depend_on_database,
    does_source_depend,
    find_imported_modules,
    list_database_specific_code,
)

TEST_FILES = sorted((ROOT / "tests").rglob("test_*.py"))
DEPENDENT_SOURCES = [
    "pytestmark = pytest.mark.database",
    "@pytest.mark.django_db(transaction=True)",
    "def test_two(transactional_db): ...",
    "from tests.concurrency import run_concurrently",
    "with connection.cursor() as cursor: ...",
    "Record.objects.select_for_update()",
    "Record.objects.raw('SELECT 1')",
    "if connection.vendor == 'sqlite': ...",
    "with pytest.raises(IntegrityError): ...",
    "from hypothesis import given\n@given()\ndef test_one(name): assert Record.objects.filter(title=name)",
    "index.search_records(coalition, reader, 'kiosk')",
    "Record.objects.visible_to(member)",
    "from jukwaa.core.transactions import is_conflict",
    "from jukwaa.records.index import search_results",
    "from jukwaa.records.index import search_records",
    "from jukwaa.core import planner",
]
INDEPENDENT_SOURCES = [
    "from jukwaa.records.models import Record",
    "from jukwaa.core.prose import paragraphs",
    "from hypothesis import given",
    "def test_page(client, member): client.get('/')",
]


@pytest.mark.parametrize("module_source", DEPENDENT_SOURCES)
def test_database_dependent_code_is_detected(module_source):
    assert does_source_depend(module_source)


@pytest.mark.parametrize("module_source", INDEPENDENT_SOURCES)
def test_database_independent_code_runs_on_sqlite_only(module_source):
    assert not does_source_depend(module_source)


def test_each_database_dependent_module_is_tested_on_both():
    """A test that imports it, or one that `RUNS` names; the walk over every route runs the pages."""
    chosen = [path for path in TEST_FILES if does_module_depend_on_database(path)]
    reached = set().union(*(find_imported_modules(path.read_text()) for path in chosen))
    alone = {
        module
        for module in list_database_specific_code() - reached
        if module not in DATABASE_RUNS and not PAGE_MODULE_PATTERN.search(module)
    }

    assert alone == set(), "import them in a test, or name in RUNS who runs them"
    assert {ROOT / "tests/test_page_costs.py", ROOT / "tests/test_access_walk.py"} <= {*chosen}


def test_listed_modules_and_tests_exist():
    assert {
        module
        for module in DATABASE_RUNS
        if database._find_module_file(module) is None or MODEL_MODULE_PATTERN.search(module)
    } == set()
    assert {test for test in DATABASE_RUNS.values() if not (ROOT / test).exists()} == set()
    assert {*DATABASE_RUNS} <= list_database_specific_code()
