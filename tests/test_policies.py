"""Every policy is `can_verb(viewer, thing)`: who asks, then what it is about."""

import inspect
import re
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType, UnionType
from typing import get_args, get_type_hints

from django.apps import apps
from django.db.models import Model

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models.people import Viewer
from jukwaa.coalitions.standing import ViewerContext

CODE_FOLDER = Path(__file__).parent.parent / "jukwaa"
POLICY_MODULES = [
    import_module(f"{app.name}.policies") for app in apps.get_app_configs() if (Path(app.path) / "policies.py").exists()
]


def list_module_functions(policy_module: ModuleType) -> Iterator[Callable[..., object]]:
    for _name, value in inspect.getmembers(policy_module, inspect.isfunction):
        if value.__module__ == policy_module.__name__:
            yield value


def is_model_annotation(type_hint: object) -> bool:
    kinds = get_args(type_hint) if isinstance(type_hint, UnionType) else (type_hint,)
    return all(isinstance(kind, type) and issubclass(kind, Model) for kind in kinds)


def has_policy_signature(policy: Callable[..., object]) -> bool:
    parameters, hints = list(inspect.signature(policy).parameters.values()), get_type_hints(policy)
    if [each.default for each in parameters] != [inspect.Parameter.empty] * 2 or parameters[0].name != "viewer":
        return False
    return (
        hints["viewer"] is ViewerContext and is_model_annotation(hints[parameters[1].name]) and hints["return"] is bool
    )


POLICY_FUNCTIONS = [
    each for module in POLICY_MODULES for each in list_module_functions(module) if each.__name__.startswith("can_")
]
POLICY_HELPERS = [
    each for module in POLICY_MODULES for each in list_module_functions(module) if not each.__name__.startswith("can_")
]


def test_policy_parameters_are_viewer_context_and_one_object():
    assert len(POLICY_FUNCTIONS) > 90
    assert [f"{each.__module__}.{each.__name__}" for each in POLICY_FUNCTIONS if not has_policy_signature(each)] == []


def test_policy_helpers_take_viewer_context():
    for helper in POLICY_HELPERS:
        hints = get_type_hints(helper)
        assert not {Person, Viewer} & set(hints.values()), helper
        assert hints.get("viewer", ViewerContext) is ViewerContext, helper


def test_policies_are_in_modules_named_policies():
    found = {
        name
        for path in CODE_FOLDER.rglob("*.py")
        if path.name != "policies.py"
        for name in re.findall(r"\bdef (can_\w+)", path.read_text())
    }

    assert found == set()
