"""Each feature that asks for replies takes them, and each handler has the templates that it names."""

import re
from importlib import import_module

import pytest
from django.conf import settings
from django.template.loader import get_template

from jukwaa.updates.incoming.addresses import address_handler_registry
from jukwaa.updates.incoming.replies import find_question, reply_handler_registry

# Where the subject of a reply address is written: f"call:{call.pk}", or with a constant of the module.
SUBJECT_PATTERN = re.compile(r"\bReplyOption\(\s*f\"(\{?\w+\}?):\{")


def find_reply_address_subjects():
    """Yield the word with which the subject of each reply address begins that features give out."""
    for path in sorted(settings.PACKAGE.rglob("*.py")):
        module = ".".join(path.relative_to(settings.PACKAGE.parent).with_suffix("").parts)
        for word in SUBJECT_PATTERN.findall(path.read_text()):
            yield getattr(import_module(module), word.strip("{}")) if word.startswith("{") else word


def test_every_issued_reply_address_has_handler():
    found = set(find_reply_address_subjects())

    assert {"call", "charter", "pledge"} <= found
    assert found - set(reply_handler_registry) == set()


@pytest.mark.parametrize("handler", reply_handler_registry.values(), ids=reply_handler_registry)
def test_reply_handler_templates_exist(handler):
    names = [f"{handler.held_template}#{part}" for part in ("email", "page", "confirmed")]
    names += [getattr(handler, name, "") for name in ("wrong_length_template", "page_template")]

    assert all(get_template(name) for name in names if name)
    assert bool(handler.max_length) == bool(handler.wrong_length_template)


@pytest.mark.parametrize("handler", address_handler_registry.values(), ids=address_handler_registry)
def test_address_explanation_template_exists(handler):
    assert not handler.explanation or get_template(handler.explanation)


@pytest.mark.parametrize(
    "handler_key", ["", "record", "record:", "record:x", "record:-1", f"record:{'9' * 30}", "other:1"]
)
def test_unknown_handler_key_has_no_handler(db, handler_key):
    assert find_question(handler_key) is None
