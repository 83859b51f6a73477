"""Every page that takes words or files quarantines a disclosure, and what resembles abuse material, first of all.

The pages are found in the URL configuration, and their fields in the forms that they bind: nobody lists them. Pages
that are there only in a certain state have scenes in `tests/quarantine_scenes.py`.
"""

import inspect
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from allauth.account.internal.flows.login import record_authentication
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Role
from jukwaa.core import form_view
from jukwaa.core.forms import Form
from jukwaa.records.models import Held, Label, State
from tests.app_parts import collect_from_apps
from tests.deep import IS_QUICK_RUN
from tests.factories import RoleFactory
from tests.persona_access import PERSONAS
from tests.quarantine_scenes import SCENE_BY_ROUTE, PostTarget
from tests.routes import Route, list_routes
from tests.test_access_walk import build_urls, rolled_back_transaction
from tests.world import World, build_canary_world

collect_from_apps("scenes", "SCENE_BY_ROUTE")  # those of apps: importing them registers them

# Routes whose POST does not pass the safeguarding check, each with its reason.
EXEMPT_ROUTES = {
    "account_login": "an email address, before anybody is known",
    "account_reauthenticate": "a button that sends a code",
    "accounts:code": "the code from an email",
    "accounts:link": "a button behind a signed link",
    "accounts:deletion_confirm": "a button behind a signed link",
    "accounts:deletion_keep": "a button behind a signed link",
    "accounts:guardian_agree": "a button behind a signed link",
    "accounts:guardian_decline": "a button behind a signed link",
    "accounts:sign_out": "a button",
    "accounts:language": "one of our languages",
    "accounts:session_end": "a button",
    "accounts:sign_out_everywhere": "a button",
    "accounts:passkey_begin_sign_in": "a button",
    "accounts:passkey_sign_in": "the answer of a device, which is verified and not stored",
    "accounts:passkey_begin_adding": "a button",
    "updates:mail_settings": "boxes to tick",
    "updates:unsubscribe": "a button behind a signed link, which mail programs press too",
    "updates:unsubscribe_all": "a button behind a signed link",
    "updates:confirm": "choices about an email that was checked when it arrived",
    "updates:take_out": "a button behind a signed link",
}
# The forms of these routes that have fields for words.
FORMS_OF_EXEMPT_ROUTES = {
    "account_login": {"AddressForm"},
    "accounts:code": {"SignInCodeForm"},
    "accounts:passkey_sign_in": {"LoginWebAuthnForm"},
}
# Forms that no POST binds, each with its reason.
EXEMPT_FORMS = {
    "DocumentOpenForm": "sends a version and a digest again, which the view reads and nobody stores",
    "DirectoryFilterForm": "narrows a list by its address, and is not stored",
    "RecordFilterForm": "narrows a list by its address, and is not stored",
}
# Fields that are not checked though they hold text, each with its reason. What people type into them is not stored.
UNCHECKED_FIELDS = {
    "SignedField": "what our own page has signed, after it was checked",
    "PasskeyResponseField": "what a device has signed, which is verified",
}
VALUES_OF_PROJECT = {"token", "version", "from_digest", "screened", "next"}
# A second list beside that of the check: fields that can hold no text.
ROUTES_WITHOUT_TEXT = (
    forms.BooleanField,
    forms.ChoiceField,
    forms.DateField,
    forms.DateTimeField,
    forms.IntegerField,
    forms.ModelChoiceField,
    forms.TimeField,
    forms.UUIDField,
)


class FormReachedError(Exception):
    def __init__(self, bound_form: Form | None) -> None:
        self.form = bound_form


@dataclass
class PostedFormPage:
    """A place whose POST gets as far as the check, and what its form takes."""

    place: PostTarget
    form: type[Form] | None = None
    words: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    unchecked: list[str] = field(default_factory=list)


class PublicOnlyWorld(World):
    """Of what everybody may read, in each state: who reads what is no question here."""

    def list_example_records(self, record_kind: str):
        return self.list_all_records(record_kind)

    def list_varied_records(self, record_kind: str):
        return self.list_all_records(record_kind)


def does_route_accept_posts(route: Route) -> bool:
    view: Any = route.pattern.callback
    while view is not None:
        if methods := inspect.getclosurevars(view).nonlocals.get("request_method_list"):
            return "POST" in methods
        view = getattr(view, "__wrapped__", None)
    return True


POSTING_ROUTES = [route for route in list_routes() if does_route_accept_posts(route)]
SCENES_BY_APP: dict[str, list[Route]] = defaultdict(list)
for each in POSTING_ROUTES:
    if each.name not in EXEMPT_ROUTES:
        SCENES_BY_APP[each.name.partition(":")[0]].append(each)


@pytest.fixture(scope="module")
def small_posting_world(django_db_setup, django_db_blocker) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        world = build_canary_world(PublicOnlyWorld, [Label.CLEAR], State)
        for kind in Role.Kind:
            RoleFactory(coalition=world.coalition, person=world.people["author"], kind=kind)
        yield world
        transaction.set_rollback(True)


@pytest.fixture
def posting_world(small_posting_world, db) -> World:
    return small_posting_world


@pytest.fixture(scope="module")
def bound_forms_by_app() -> dict[str, set[type[Form]]]:
    """The forms that the pages of each app bound, as far as they have been tried."""
    return {}


class ClientsByPerson(dict[Person | AnonymousUser, Client]):
    """A browser for each person, in which they have just signed in."""

    def __missing__(self, person: Person | AnonymousUser) -> Client:
        client = self[person] = Client()
        if person.is_authenticated:
            client.force_login(person)
            request = HttpRequest()
            request.session = client.session
            record_authentication(request, person, method="code")
            request.session.save()
        return client


def iter_form_post_targets(route: Route, world: World) -> Iterator[PostTarget]:
    if route.name in SCENE_BY_ROUTE:
        yield from (scene(world) for scene in SCENE_BY_ROUTE[route.name])
        return
    found = build_urls(route, world)
    for persona in ("author", *PERSONAS):
        yield from (PostTarget(world.people[persona], url) for url in found)


def list_form_pages(
    route: Route, world: World, clients_by_person: ClientsByPerson, monkeypatch: pytest.MonkeyPatch
) -> list[PostedFormPage]:
    """The pages of the route that take what no other before it has taken, by the first who gets as far as the check."""
    found: list[PostedFormPage] = []
    seen: set[tuple[type[Form] | None, str]] = set()
    for place in iter_form_post_targets(route, world):
        if found and route.name not in SCENE_BY_ROUTE and place.person != found[0].place.person:
            break
        page = load_form_page(place, clients_by_person[place.person], monkeypatch)
        taken = {(page.form, name) for name in ("", *page.words, *page.files)} if page else set()
        if page is not None and (route.name in SCENE_BY_ROUTE or not taken <= seen):
            seen |= taken
            found.append(page)
    return found


def load_form_page(posting_place: PostTarget, client: Client, monkeypatch: pytest.MonkeyPatch) -> PostedFormPage | None:
    """The page, if a POST to this place gets as far as the check."""

    def raise_with_bound_form(_request, bound_form=None):
        raise FormReachedError(bound_form)

    with monkeypatch.context() as patched, rolled_back_transaction():
        patched.setattr(form_view, "check_submission", raise_with_bound_form)
        try:
            client.post(posting_place.url, posting_place.data)
        except FormReachedError as reached:
            return build_form_page(posting_place, reached.form)
    return None


def build_form_page(posting_place: PostTarget, bound_form: Form | None) -> PostedFormPage:
    page = PostedFormPage(posting_place, type(bound_form) if bound_form else None)
    for name, taken in bound_form.fields.items() if bound_form else ():
        if isinstance(taken, forms.FileField):
            page.files.append(bound_form.add_prefix(name))
        elif is_text_field(name, taken):
            (page.unchecked if is_unchecked_field(name, taken) else page.words).append(bound_form.add_prefix(name))
    return page


def is_text_field(field_name: str, form_field: forms.Field) -> bool:
    return field_name != "csrfmiddlewaretoken" and not isinstance(form_field, ROUTES_WITHOUT_TEXT)


def is_unchecked_field(field_name: str, form_field: forms.Field) -> bool:
    return field_name in VALUES_OF_PROJECT or type(form_field).__name__ in UNCHECKED_FIELDS


@pytest.fixture
def stored_words(monkeypatch) -> list[str]:
    """The names of the files that are stored from now on."""
    names = []

    def save_and_record_name(storage, name, file_content, original_save=FileSystemStorage._save):
        names.append(name)
        return original_save(storage, name, file_content)

    monkeypatch.setattr(FileSystemStorage, "_save", save_and_record_name)
    return names


@contextmanager
def record_writes_of_word(stored_word: str) -> Iterator[list[str]]:
    """The statements that write this word, but for those of the quarantine."""
    found: list[str] = []

    def record_sql_if_it_writes_word(execute, sql, parameters, many, context):
        if sql.startswith(("INSERT", "UPDATE")) and stored_word in str(parameters) and '"records_held"' not in sql:
            found.append(sql)
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(record_sql_if_it_writes_word):
        yield found


def remove_fields_tried_on_earlier_pages(form_pages: Iterable[PostedFormPage]) -> None:
    """Of a form that several pages bind, each field is tried at one; the others are tried with fields of no form."""
    tried: set[tuple[type[Form] | None, str]] = set()
    for page in form_pages:
        fields = {(page.form, name) for name in (*page.words, *page.files, *page.unchecked)}
        for names in (page.words, page.files, page.unchecked):
            names[:] = [name for name in names if (page.form, name) not in tried]
        tried |= fields


def list_submissions(page: PostedFormPage) -> Iterator[tuple[str, str, dict[str, Any], bool]]:
    """Field by field, with a word of its own: the name, the word, what is posted, and whether that is quarantined."""
    for name in (*page.words, "a_field_of_no_form", *page.unchecked):
        word = f"xyz{name.replace('-', '').replace('_', '')}"
        yield name, word, {name: f"My uncle touches me. {word}"}, name not in page.unchecked
    for name in (*page.files, "a_file_of_no_form"):
        word = f"xyz{name.replace('-', '').replace('_', '')}"
        yield name, word, {name: SimpleUploadedFile(f"cp_links {word}.txt", word.encode())}, True


def find_quarantine_failures(page: PostedFormPage, client: Client, stored_texts: list[str]) -> Iterator[str]:
    """What was stored though it should not have been, or not quarantined."""
    for name, word, data, is_checked in list_submissions(page):
        with rolled_back_transaction(), record_writes_of_word(word) as written:
            before = Held.objects.count()
            stored_texts.clear()
            response = client.post(page.place.url, {**page.place.data, **data})
            quarantined = Held.objects.count() - before
            target = response.headers.get("Location", "")
            is_told = target.endswith("/records/not-accepted/") or not is_checked
            is_file = isinstance(data[name], SimpleUploadedFile)
            if written or quarantined != is_checked or len(stored_texts) > is_file or not is_told:
                outcome = f"{quarantined} quarantined, {response.status_code}, {written}, {stored_texts}"
                yield f"{page.place.url} {name}: {outcome}"


@pytest.mark.usefixtures("brief_refusals", "plain_templates")
@pytest.mark.parametrize("app_label", sorted(SCENES_BY_APP))
def test_every_page_quarantines_disclosure_and_abuse_material(
    app_label, posting_world, bound_forms_by_app, stored_words, monkeypatch
):
    people = ClientsByPerson()
    pages = {
        route.name: list_form_pages(route, posting_world, people, monkeypatch) for route in SCENES_BY_APP[app_label]
    }
    bound_forms_by_app[app_label] = {page.form for found in pages.values() for page in found if page.form is not None}
    if IS_QUICK_RUN:
        remove_fields_tried_on_earlier_pages(page for found in pages.values() for page in found)
    faults = [
        fault
        for found in pages.values()
        for page in found
        for fault in find_quarantine_failures(page, people[page.place.person], stored_words)
    ]

    assert [name for name, found in pages.items() if len(found) < len(SCENE_BY_ROUTE.get(name, [name]))] == []
    assert faults == []


def test_every_form_is_bound_by_tested_page(bound_forms_by_app):
    """Or forms that are built on it were."""
    if {*bound_forms_by_app} != {*SCENES_BY_APP}:
        pytest.skip("only where the pages of all apps are tried before: run the whole module")
    forms_bound = {form for forms_of_app in bound_forms_by_app.values() for form in forms_of_app}
    unbound = {form for form in list_project_forms(Form) if not any(issubclass(each, form) for each in forms_bound)}
    exempt = {*EXEMPT_FORMS, *(name for names in FORMS_OF_EXEMPT_ROUTES.values() for name in names)}

    assert {form.__name__ for form in unbound} - exempt == set()
    assert {*EXEMPT_FORMS} <= {form.__name__ for form in unbound}


def test_every_form_extends_project_form():
    """So that `list_project_forms(Form)` is all of them."""
    kinds = (forms.BaseForm, forms.Form, forms.ModelForm)
    named = {each for kind in kinds for each in kind.__subclasses__()}

    assert {each for each in named if each.__module__.startswith("jukwaa.")} == {Form}


def list_project_forms(form_class: type[Form]) -> set[type[Form]]:
    """All forms of the product that take words or files."""
    below = {each for child in form_class.__subclasses__() for each in {child, *list_project_forms(child)}}
    return {
        each
        for each in below
        if each.__module__.startswith("jukwaa.") and any(is_text_field(*field) for field in each.base_fields.items())
    }


def test_exempt_routes_exist():
    assert {*EXEMPT_ROUTES, *SCENE_BY_ROUTE} - {route.name for route in POSTING_ROUTES} == set()
    assert {*FORMS_OF_EXEMPT_ROUTES} <= {*EXEMPT_ROUTES}


@pytest.mark.parametrize("route_name", sorted(EXEMPT_ROUTES))
def test_exempt_route_stores_no_text(route_name, posting_world, stored_words, monkeypatch):
    """And it binds no form for words but those that are named here."""
    forms_with_words = defaultdict(set)
    real = forms.BaseForm.__init__

    def record_bound_form(bound_form, *args, **kwargs):
        real(bound_form, *args, **kwargs)
        if bound_form.is_bound:
            names = {key for key, field in bound_form.fields.items() if is_text_field(key, field)}
            forms_with_words.update({type(bound_form).__name__: names} if names else {})

    monkeypatch.setattr(forms.BaseForm, "__init__", record_bound_form)
    place = (
        SCENE_BY_ROUTE[route_name][0](posting_world)
        if route_name in SCENE_BY_ROUTE
        else PostTarget(posting_world.people["author"], reverse(route_name))
    )
    client = ClientsByPerson()[place.person]
    for _time in range(2):  # first to learn the fields
        word = "xyzexempt"
        fields = {"a_field_of_no_form", *(key for names in forms_with_words.values() for key in names)}
        with rolled_back_transaction(), record_writes_of_word(word) as written:
            response = client.post(place.url, dict.fromkeys(fields, f"My uncle touches me. {word}"))
        assert (written, stored_words) == ([], [])

    assert response.status_code < 500
    assert {*forms_with_words} == FORMS_OF_EXEMPT_ROUTES.get(route_name, set())
