"""Which tests run on PostgreSQL too: those that depend on the database, found by what they and the code they test name.

A module of tests depends on the database if it names one of `PATTERNS_IN_TESTS`, if it imports a module of Jukwaa that
names one of `PATTERNS_IN_CODE`, if `DATABASE_RUNS` names it, or if it carries the mark `database` itself. Nobody has to
remember the mark.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

# Transactions, locks, writers at the same moment, constraints, migrations, search, the read rule, and properties of
# querysets.
PATTERNS_IN_TESTS = re.compile(
    r"transaction=True|transactional_db|\bat_once\b|tests\.concurrency\b|\block_rows?\b|select_for_update"
    r"|cursor\(|\.raw\(|RawSQL|RunSQL|connection\.(?:vendor|features)"
    r"|\b(?:IntegrityError|DatabaseError|OperationalError|DataError|MigrationExecutor)\b"
    r"|\bindex\.search_records\b|\bvisible_to\b|\bexists_for\b|mark\.database\b"
    r"|from hypothesis(?s:.*)\.objects\b"
)
# SQL of our own, what differs by database or locks, functions of the database, and lookups inside JSON.
PATTERNS_IN_CODE = re.compile(
    r"cursor\(|\.raw\(|RawSQL|RunSQL|connection\.(?:vendor|features)|select_for_update|\.features\b"
    r"|\b(?:Cast|Coalesce|Collate|Concat|Extract(?:Year|Month|Day|Week\w*|Hour)?|Func|Greatest|JSONObject|KT|Least|Length|Now|Replace|RowNumber"
    r"|StringAgg|Substr|Trunc(?!ator)\w*)\("
    r"|partition_by=|nulls_(?:first|last)=|__(?:i?regex|has_key|has_any_keys|has_keys|contained_by)\b"
    r"|\.union\(|\.distinct\(\""
)
# Elsewhere, a union is one of sets, and a length is that of a text.
QUERY_PATTERNS = re.compile(r"\bdjango\.db\b|\.objects\b|\.visible_to\(")
# Models are named by nearly all tests. What is particular about them is in the tests of these.
MODEL_MODULE_PATTERN = re.compile(r"\.models(\.|$)")
# Pages, their lists, tasks and calendars: the walk over every route runs them (`tests/test_page_costs.py`).
PAGE_MODULE_PATTERN = re.compile(r"\.(views|tasks_page|calendar|\w*lists)(\.|$)")
# Modules of Jukwaa that no test imports: who runs them.
DATABASE_RUNS = {
    f"jukwaa.{module}": f"tests/{test}.py"
    for module, test in {
        "coalitions.entitlements": "records/test_read_rule",
        "coalitions.erasure": "accounts/test_erasing",
        "config.backups.databases": "config/test_restored_protections",
        "config.backups.restore": "config/test_restored_protections",
        "config.health.database": "config/test_doctor",
        "cooperation.experts": "cooperation/test_help_experts",
        "cooperation.suggestions": "cooperation/test_help_matching",
        "cooperation.work_page": "cooperation/test_work_pages",
        "drafting.response_queue": "drafting/test_disposition_views",
        "drafting.editions": "drafting/test_publishing",
        "drafting.quote_erasure": "drafting/test_erasing",
        "drafting.clause_history": "drafting/test_clause_trace",
        "eligibility.annual_report.statistic": "eligibility/test_annual_numbers",
        "meetings.agenda_sources": "meetings/test_agenda_suggestions",
        "meetings.meeting_queries": "meetings/test_long_meeting",
        "meetings.public_names": "meetings/test_hidden_names",
        "plans.actions.monthly_counts": "plans/test_figures",
        "plans.recommendations": "plans/test_walk",
        "records.index.fts5": "search/test_results",
        "records.index.hits": "search/test_results",
        "records.index.tsvector": "search/test_results",
        "records.provenance": "library/test_linked_data",
        "regions.candidates": "proposals/test_candidates",
        "regions.record_choices": "regions/test_briefs",
        "regions.region_page": "regions/test_region",
        "updates.held_emails": "updates/test_email_approval",
    }.items()
}


def does_module_depend_on_database(module_path: Path) -> bool:
    return module_path.relative_to(ROOT).as_posix() in DATABASE_RUNS.values() or does_source_depend(
        module_path.read_text()
    )


def does_source_depend(module_source: str) -> bool:
    return bool(PATTERNS_IN_TESTS.search(module_source)) or not list_database_specific_code().isdisjoint(
        find_imported_modules(module_source)
    )


@cache
def list_database_specific_code() -> frozenset[str]:
    """Return the modules of Jukwaa that depend on the database, models left out."""
    found = {
        name
        for name, source in _iter_module_sources()
        if QUERY_PATTERNS.search(source) and PATTERNS_IN_CODE.search(source)
    }
    return frozenset(name for name in found if not MODEL_MODULE_PATTERN.search(name))


def _iter_module_sources() -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "jukwaa").rglob("*.py")):
        if path.parent.name != "migrations":
            yield ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"), path.read_text()


def find_imported_modules(module_source: str) -> set[str]:
    """Return the modules of Jukwaa that define what this source imports, also where a package hands it on."""
    return {_resolve_imported_module(*imported) for imported in find_import_sources(module_source).values()}


def find_import_sources(module_source: str) -> dict[str, tuple[str, str]]:
    nodes = (node for node in ast.walk(ast.parse(module_source)) if isinstance(node, ast.ImportFrom))
    ours = [(node.module, node.names) for node in nodes if node.module and node.module.partition(".")[0] == "jukwaa"]
    return {alias.asname or alias.name: (module, alias.name) for module, names in ours for alias in names}


def _resolve_imported_module(module_name: str, imported_name: str) -> str:
    while not _find_module_file(f"{module_name}.{imported_name}"):
        handed_on = _get_reexported_names(module_name)
        if imported_name not in handed_on:
            return module_name
        module_name, imported_name = handed_on[imported_name]
    return f"{module_name}.{imported_name}"


@cache
def _get_reexported_names(module_name: str) -> dict[str, tuple[str, str]]:
    file = _find_module_file(module_name)
    return find_import_sources(file.read_text()) if file is not None and file.name == "__init__.py" else {}


@cache
def _find_module_file(module_name: str) -> Path | None:
    path = ROOT.joinpath(*module_name.split("."))
    return next((each for each in (path / "__init__.py", path.with_suffix(".py")) if each.exists()), None)
