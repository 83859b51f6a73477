"""What features register is found, and no feature forgets to register what its records need."""

import re
import tomllib
from collections import defaultdict
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import reverse

from jukwaa.core.registry import AUTODISCOVERED_MODULES
from jukwaa.records.kinds import record_kind_registry
from jukwaa.records.models import Record

CODE_FOLDER = Path(__file__).parents[1] / "jukwaa"
FOUND_REGISTRATIONS = (*AUTODISCOVERED_MODULES, "demo")  # the demo is imported only where it is built
REGISTRY_PATTERN = re.compile(r"^(\w+)(?:: [^=]+)? = Registry\b", re.MULTILINE)

IMPORTED_MODULES = {("updates", "incoming")}  # the entrance imports the handlers of its own app

# What each app with a kind of record brings, but for what is listed below with its reason.
REQUIRED_REGISTRATIONS = {"record_kinds", "tasks_page", "calendar", "demo", "personal_data"}
REGISTRATIONS_NOT_NEEDED = {
    ("records", "calendar"): "a document has no day to come",
    ("records", "demo"): "intake imports the document of the demo",
    ("library", "calendar"): "an item has no day to come",
}


def read_module_sources():
    return {path.relative_to(CODE_FOLDER): path.read_text(encoding="utf-8") for path in CODE_FOLDER.rglob("*.py")}


@pytest.fixture(scope="module")
def modules_that_register():
    """Modules with a registration, by app."""
    code = read_module_sources()
    names = "|".join({name for text in code.values() for name in REGISTRY_PATTERN.findall(text)})
    call = re.compile(rf"\b(?:{names})\.register\(")
    found = defaultdict(set)
    for path, text in code.items():
        module = path.parts[1].removesuffix(".py") if len(path.parts) > 1 else ""
        if path.parts[0] == "core" or not call.search(text):
            continue
        if module in FOUND_REGISTRATIONS or not REGISTRY_PATTERN.search(text):  # modules that define one explain it
            found[path.parts[0]].add(module)
    return found


def test_registrations_are_in_imported_modules(modules_that_register):
    unknown = {
        (app, module)
        for app, modules in modules_that_register.items()
        for module in modules
        if module not in FOUND_REGISTRATIONS
    }

    assert len(modules_that_register) > 10
    assert unknown == IMPORTED_MODULES


def test_each_record_app_registers_required_entries(modules_that_register):
    homes = {model._meta.app_label for model in apps.get_models() if issubclass(model, Record)}
    missing = {(app, module) for app in homes for module in REQUIRED_REGISTRATIONS - modules_that_register[app]}

    assert missing == set(REGISTRATIONS_NOT_NEEDED)


def test_each_record_app_is_in_import_contracts():
    """In that of its own layers too, and in that by which the home page imports no feature."""
    contracts = tomllib.loads((CODE_FOLDER.parent / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    homes = {f"jukwaa.{model._meta.app_label}" for model in apps.get_models() if issubclass(model, Record)}
    forbidden = {name for contract in contracts for name in contract.get("forbidden_modules", ())}
    containers = {name for contract in contracts for name in contract.get("containers", ())}

    assert homes - forbidden == {"jukwaa.records"}  # the machinery that home is made of
    assert homes - containers == set()


def test_each_record_model_has_kind_with_page():
    models = {model._meta.app_label for model in apps.get_models() if issubclass(model, Record)}
    of_kinds = {kind.url_name.partition(":")[0] for kind in record_kind_registry.values()}

    assert of_kinds == models


@pytest.mark.parametrize("kind_name", list(record_kind_registry))
def test_each_kind_has_page_and_withdraw_url(kind_name):
    kind, at = record_kind_registry[kind_name], ["ours", 1]

    assert kind.name == kind_name
    assert [bool(reverse(each, args=at)) for each in (kind.url_name, kind.withdraw_url_name)] == [True, True]
