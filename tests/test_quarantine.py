"""Every page that takes words or files quarantines a disclosure, and what resembles abuse material, before anything else.

The pages are found in the URL configuration, and their fields in the forms that they bind: nobody lists them.
"""

import inspect
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from jukwaa.coalitions.models import Role
from jukwaa.core import form_view
from jukwaa.core.forms import Form
from jukwaa.core.submissions import MACHINE_FIELDS, WORDLESS_FIELDS
from jukwaa.records.models import Held
from tests.factories import RoleFactory
from tests.routes import Route, routes
from tests.test_access_walk import addresses, stay, undone
from tests.world import PERSONAS, World, build_world

# Routes that take a POST without the safeguarding check, each with its reason.
EXEMPT = {
    "account_login": "an address to sign in with",
}
# Forms that no POST binds, each with its reason.
EXEMPT_FORMS: dict[str, str] = {}


class Reached(Exception):  # noqa: N818 - it ends a request that got as far as the check
    def __init__(self, form: Form | None) -> None:
        self.form = form


@dataclass(frozen=True)
class Page:
    """An address at which this persona gets as far as the check, and what its form takes."""

    route: str
    url: str
    persona: str
    form: type[Form] | None
    words: tuple[str, ...]
    files: tuple[str, ...]


def takes_posts(route: Route) -> bool:
    view: Any = route.pattern.callback
    while view is not None:
        if methods := inspect.getclosurevars(view).nonlocals.get("request_method_list"):
            return "POST" in methods
        view = getattr(view, "__wrapped__", None)
    return True


CHECKED = [route for route in routes() if takes_posts(route) and route.name not in EXEMPT]


@pytest.fixture
def world(db: None) -> World:
    world = build_world()
    for kind in Role.Kind:
        RoleFactory(coalition=world.coalition, person=world.people["author"], kind=kind)
    return world


def pages_of(route: Route, world: World, client: Client, monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    """One page of the route for each form that it binds."""
    found: set[type[Form] | None] = set()
    for persona in ("author", *PERSONAS):
        for url in addresses(route, world):
            client.logout()
            stay(client, world.people[persona])
            form = reach(client, url, monkeypatch)
            if form is not NOWHERE and type(form) not in found:
                found.add(type(form))
                yield page_of(route.name, url, persona, form)
        if found:
            return


NOWHERE = Form()


def reach(client: Client, url: str, monkeypatch: pytest.MonkeyPatch) -> Form | None:
    """The form that a POST to this address binds; NOWHERE if it does not get as far as the check."""

    def stop(_request, form=None):
        raise Reached(form)

    with monkeypatch.context() as patched, undone():
        patched.setattr(form_view, "check_submission", stop)
        try:
            client.post(url)
        except Reached as reached:
            return reached.form
    return NOWHERE


def page_of(route: str, url: str, persona: str, form: Form | None) -> Page:
    fields = {form.add_prefix(name): field for name, field in form.fields.items()} if form else {}
    files = tuple(name for name, field in fields.items() if isinstance(field, forms.FileField))
    words = tuple(name for name, field in fields.items() if name not in files and takes_words(name, field))
    return Page(route, url, persona, type(form) if form else None, words, files)


def takes_words(name: str, field: forms.Field) -> bool:
    """A signed field holds what the server has signed itself, after it was checked."""
    is_wordless = isinstance(field, WORDLESS_FIELDS) or getattr(field, "is_signed", False)
    return not is_wordless and name.rpartition("-")[2] not in MACHINE_FIELDS


@contextmanager
def writes_of(word: str) -> Iterator[list[str]]:
    """The statements that write this word, but for those of the quarantine."""
    found: list[str] = []

    def note(execute, sql, parameters, many, context):
        if sql.startswith(("INSERT", "UPDATE")) and word in str(parameters) and '"records_held"' not in sql:
            found.append(sql)
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(note):
        yield found


def faults_of(page: Page, world: World, client: Client) -> Iterator[str]:
    """What was stored though it should not have been, or not quarantined, field by field."""
    client.logout()
    stay(client, world.people[page.persona])
    for number, name in enumerate((*page.words, "a_field_of_no_form")):
        word = f"xyz{abs(hash((page.url, name))) % 10**9}q{number}"
        data = {name: f"My uncle touches me. {word}"}
        yield from fault(client, page, name, data, word)
    for name in page.files:
        word = f"xyz{abs(hash((page.url, name))) % 10**9}f"
        data = {name: SimpleUploadedFile(f"cp_links {word}.txt", word.encode())}
        yield from fault(client, page, name, data, word)


def fault(client: Client, page: Page, name: str, data: dict[str, Any], word: str) -> Iterator[str]:
    with undone(), writes_of(word) as written:
        before = Held.objects.count()
        response = client.post(page.url, data)
        quarantined = Held.objects.count() - before
        if quarantined != 1 or written or "not-taken" not in response.headers.get("Location", response.get("HX-Redirect", "")):
            yield f"{page.route} {page.url} {name}: {quarantined} quarantined, {response.status_code}, wrote {written}"


@pytest.mark.usefixtures("plain_templates")
def test_every_page_that_takes_words_or_files_quarantines_a_disclosure(client, world, monkeypatch):
    pages = {route.name: list(pages_of(route, world, client, monkeypatch)) for route in CHECKED}
    import json
    from pathlib import Path
    bound0 = {page.form for found in pages.values() for page in found}
    Path("/tmp/pages.json").write_text(json.dumps({"pages": {k: [str(x) for x in v] for k, v in pages.items()}, "unbound": sorted(map(str, forms_of(Form) - bound0))}, indent=1))
    Path("/tmp/faults.txt").write_text("\n".join(fault for found in pages.values() for page in found for fault in faults_of(page, world, client)))
    bound = {page.form for found in pages.values() for page in found}

    assert [name for name, found in pages.items() if not found] == []
    assert forms_of(Form) - bound == set()
    assert [fault for found in pages.values() for page in found for fault in faults_of(page, world, client)] == []


def forms_of(form: type[Form]) -> set[type[Form]]:
    """All forms of the product that take words or files."""
    below = {each for child in form.__subclasses__() for each in {child, *forms_of(child)}}
    return {
        each
        for each in below
        if each.__module__.startswith("jukwaa.") and any(takes_words(name, field) for name, field in each.base_fields.items())
    }
