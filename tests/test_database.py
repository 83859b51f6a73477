"""The tests that depend on the database are found by what they name, so that they run on PostgreSQL too."""

import pytest

from tests import database
from tests.database import MODELS, PAGES, ROOT, RUNS, depends_on_database, get_imports, particular, source_depends

TESTS = sorted((ROOT / "tests").rglob("test_*.py"))
DEPENDENT = [
    "pytestmark = pytest.mark.database",
    "@pytest.mark.django_db(transaction=True)",
    "def test_two(transactional_db): ...",
    "from tests.at_once import at_once",
    "with connection.cursor() as cursor: ...",
    "Record.objects.select_for_update()",
    "Record.objects.raw('SELECT 1')",
    "if connection.vendor == 'sqlite': ...",
    "with pytest.raises(IntegrityError): ...",
    "from hypothesis import given\n@given()\ndef test_one(name): assert Record.objects.filter(title=name)",
    "index.search(coalition, reader, 'kiosk')",
    "Record.objects.visible_to(member)",
    "from jukwaa.core.transactions import is_conflict",
    "from jukwaa.records.index import search_results",
    "from jukwaa.records.index import search",
    "from jukwaa.core import planner",
]
INDEPENDENT = [
    "from jukwaa.records.models import Record",
    "from jukwaa.core.prose import paragraphs",
    "from hypothesis import given",
    "def test_page(client, member): client.get('/')",
]


@pytest.mark.parametrize("source", DEPENDENT)
def test_what_depends_on_the_database_is_found(source):
    assert source_depends(source)


@pytest.mark.parametrize("source", INDEPENDENT)
def test_what_does_not_is_left_to_sqlite(source):
    assert not source_depends(source)


def test_each_module_that_depends_on_the_database_has_tests_on_both():
    """A test that imports it, or one that `RUNS` names; the walk over every route runs the pages."""
    chosen = [path for path in TESTS if depends_on_database(path)]
    reached = set().union(*(get_imports(path.read_text()) for path in chosen))
    alone = {module for module in particular() - reached if module not in RUNS and not PAGES.search(module)}

    assert alone == set(), "import them in a test, or name in RUNS who runs them"
    assert {ROOT / "tests/test_page_costs.py", ROOT / "tests/test_access_walk.py"} <= {*chosen}


def test_names_are_those_of_modules_and_tests_that_exist():
    assert {module for module in RUNS if database._find_file(module) is None or MODELS.search(module)} == set()
    assert {test for test in RUNS.values() if not (ROOT / test).exists()} == set()
    assert {*RUNS} <= particular()
