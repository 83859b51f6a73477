"""Each persona walks each route, against records in every label and state, and finds no word that is not theirs.

Personas who read the same records share a walk. It takes the pages of all records, and of any other route with three or
more addresses every other one; the rest is left to the next route and to the walks of others. In `make test` those who
may read most take one in five of all addresses and every other list, and post to one route in three. What is posted is
dealt out among all personas.
In `make test-deep` each persona walks everything. On PostgreSQL each route is asked for once, and posted to once, by
`ROUTES_VISITED_ONCE`.
"""

import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import product

import pypdfium2
import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from jukwaa.accounts.models import Person
from jukwaa.records.models import Record, State
from jukwaa.regions.models import Voice
from tests.deep import IS_DEEP_RUN, IS_QUICK_RUN
from tests.persona_access import PERSONAS, find_personas_with_same_access, get_access_label, may_persona_read
from tests.routes import ROUTES_ENDING_WALK, Route, list_routes
from tests.rows import QUERY_BY_ROUTE, ROUTES_WITHOUT_RECORDS, ROWS_BY_ROUTE
from tests.world import World

ALL_ROUTES = list(list_routes())
METHOD_NOT_ALLOWED = 405
SESSION_ENDED_TEMPLATE = "accounts/session_ended.html"
type Places = dict[str, list[str]]
type Found = tuple[str, str, set[str]]

MENU_PATTERN = re.compile(r'<nav class="menu wrap".*?(?=</header>)', re.DOTALL)
UNIQUE_WORD_PATTERN = re.compile(r"canary[a-z]+")
REFUSING_STATUSES = {
    "records:document_detail",
    "records:withdraw",
    "records:hold",
    "records:comment_add",
    "meetings:entry_detail",
    "meetings:meeting_publish",
    "library:item_edit",
    "library:review_decide",
    "intake:reading_enter",
    "coalitions:application_accept",
}
HAS_SHORT_ROUTES = connection.vendor == "postgresql" and not IS_DEEP_RUN
ROUTES_VISITED_ONCE = {"get": "member", "post": "author"}
WALKING_PERSONAS = [(each,) for each in PERSONAS] if IS_DEEP_RUN else find_personas_with_same_access()
READERS_OF_HALF = {"visitor", "member"}  # who may read least: most of what is hidden is hidden from them
WALK_ENDING_PATHS = (*tuple(state.name.lower() for state in State), "back")


@pytest.fixture
def walked_world(shared_world, db) -> World:
    return shared_world


@pytest.fixture(scope="module")
def urls_by_route(shared_world, django_db_blocker) -> Places:
    """The addresses of each route: who walks asks for all of them twice."""
    with django_db_blocker.unblock():
        return {route.name: build_urls(route, shared_world) for route in ALL_ROUTES}


def test_every_route_is_visited_with_row():
    """A route with arguments that no row fills would go unwalked."""
    unwalked = {
        route.name
        for route in ALL_ROUTES
        if route.arguments - {"coalition"}
        and route.name not in ROWS_BY_ROUTE
        and route.name not in ROUTES_WITHOUT_RECORDS
    }

    assert unwalked == set()
    assert {*ROWS_BY_ROUTE, *ROUTES_WITHOUT_RECORDS} - {route.name for route in ALL_ROUTES} == set()


@pytest.mark.parametrize("persona", [each for each in PERSONAS if each != "author"])
def test_most_url_shares_include_records_hidden_from_reader(walked_world, persona):
    """What is left out at one route is asked for at the next ones. To its author only what is held is closed."""
    (route,) = (route for route in ALL_ROUTES if route.name == "records:history")
    records = walked_world.list_varied_records("item")
    shares = [
        select_urls_for_walk(route, records, turn, persona) for turn in range(count_walks_for_full_coverage(persona))
    ]
    hidden = [
        [record for record in share if not may_persona_read(persona, get_access_label(record), record.state)]
        for share in shares
    ]

    assert {record for share in shares for record in share} == {*records}
    assert sum(map(bool, hidden)) >= min(len(shares), 4)


@pytest.mark.parametrize("personas", find_personas_with_same_access(), ids=" + ".join)
def test_personas_sharing_walk_read_same_records(walked_world, personas):
    """By the product's own rule, for each kind: what one of them finds at an address, the others would."""
    kinds = [model for model in apps.get_models() if issubclass(model, Record)]
    readable = [
        [set(kind.objects.visible_to(walked_world.people[persona]).values_list("pk", flat=True)) for kind in kinds]
        for persona in personas
    ]

    assert readable == [readable[0]] * len(personas)
    assert {*readable[0][kinds.index(Record)]} & {record.pk for record in walked_world.records.values()} == {
        record.pk
        for record in walked_world.records.values()
        if may_persona_read(personas[0], get_access_label(record), record.state)
    }


@pytest.mark.usefixtures("brief_refusals", "plain_templates")
@pytest.mark.parametrize(
    "personas",
    [(each,) for each in ROUTES_VISITED_ONCE.values()]
    if HAS_SHORT_ROUTES
    else [
        pytest.param(personas, marks=[] if {"visitor", "member"} & {*personas} else pytest.mark.slow)
        for personas in WALKING_PERSONAS
    ],
    ids=" + ".join,
)
def test_no_response_shows_text_hidden_from_reader(walked_world, urls_by_route, personas):
    """And every word that is for its reader is found: the walk would prove nothing if its pages showed nothing."""
    allowed = walked_world.get_allowed_words(personas[0])
    leaks, read = {}, set()
    for persona in personas:
        for method, url, found in walk_pages_as(walked_world, urls_by_route, persona, personas):
            if method == "get":
                read |= found
            if unexpected := found - allowed - list_own_exported_words(walked_world, persona, url):
                leaks[persona, method, url] = unexpected

    assert leaks == {}
    if not HAS_SHORT_ROUTES and is_visiting_every_page(personas[0]):
        assert read >= allowed & walked_world.get_words_opened_singly()
    elif not HAS_SHORT_ROUTES:
        assert find_labels_and_states(walked_world, read) >= find_labels_and_states(
            walked_world, allowed & walked_world.get_words_opened_singly()
        )


def find_labels_and_states(world: World, canary_words: set[str]) -> set[tuple[str, str]]:
    """The labels and states of the records with these words."""
    return {world.canaries[word] for word in canary_words if word in world.canaries}


def list_own_exported_words(world: World, persona: str, url: str) -> set[str]:
    """What people wrote is theirs to download, also beside a record that they may not read any more."""
    person = world.people.get(persona)
    if url != reverse("accounts:export") or not isinstance(person, Person):
        return set()
    words = Voice.objects.filter(author=person).values_list("words", flat=True)
    return set(UNIQUE_WORD_PATTERN.findall(" ".join(words)))


def walk_pages_as(world: World, walk_places: Places, persona: str, alike: Sequence[str]) -> Iterator[Found]:
    """The words in each answer to what this persona asks and posts."""
    client = Client()
    sign_in_persona(client, world, persona)
    client.get(reverse("records:document_detail", args=[world.coalition.slug, 0]))  # the whole page of a refusal
    for number, route in enumerate(ALL_ROUTES):
        urls = walk_places[route.name]
        turn = number + PERSONAS.index(alike[0])
        asked = select_urls_of_persona(select_urls_for_walk(route, urls, turn, alike[0]), persona, alike)
        posted = select_urls_of_persona(urls, persona, PERSONAS) if does_route_accept_posts(route) else []
        if not is_visiting_every_page(persona) and not HAS_SHORT_ROUTES:
            own_turn = number + PERSONAS.index(persona)
            asked = asked if len(urls) > 2 or own_turn % 2 == 0 else []
            posted = posted if own_turn % 3 == 0 else []
        turns = {"get": asked, "post": posted}
        if HAS_SHORT_ROUTES:
            turns = {
                method: urls[:1] if persona == ROUTES_VISITED_ONCE[method] else [] for method, urls in turns.items()
            }
        for method, urls in turns.items():
            for url in urls:
                with rolled_back_transaction():
                    response = getattr(client, method)(url)
                    found = find_canary_words(response)
                sign_in_persona(client, world, persona)
                yield method, url, found
                if is_stopped_before_view(response):
                    break  # whatever the address names, no view would run


def select_urls_for_walk[T](route: Route, urls: Sequence[T], walk_number: int, persona: str) -> Sequence[T]:
    """The addresses for a walk: `list_varied_records` gives each label, then each state, so any share has both."""
    is_whole = is_visiting_every_page(persona) and route.name.endswith("_detail")
    if IS_DEEP_RUN or len(urls) <= 2 or is_whole:
        return urls
    step = min(count_walks_for_full_coverage(persona), len(urls))
    return urls[walk_number % step :: step]


def is_visiting_every_page(persona: str) -> bool:
    """Whether this persona opens every record and every list: in `make test`, only who may read least."""
    return not IS_QUICK_RUN or persona in READERS_OF_HALF


def count_walks_for_full_coverage(persona: str) -> int:
    """Return in how many turns this persona would see all addresses of a route."""
    return 2 if is_visiting_every_page(persona) else 5


def select_urls_of_persona(page_urls: Sequence[str], persona: str, personas: Sequence[str]) -> Sequence[str]:
    """The persona's share of the addresses of a route: one at least."""
    place = personas.index(persona)
    return (
        page_urls
        if IS_DEEP_RUN or not page_urls
        else page_urls[place :: len(personas)] or [page_urls[place % len(page_urls)]]
    )


@pytest.mark.parametrize("persona", ["applicant", "member", "author"])
def test_refusal_page_does_not_depend_on_refused_object(client, walked_world, persona):
    """Each walk reads it once, and then only what fills it: see `brief_refusals`."""
    sign_in_persona(client, walked_world, persona)
    pages = defaultdict(set)
    for route in (route for route in ALL_ROUTES if route.name in REFUSING_STATUSES):
        for method, url in product(("get", "post"), build_urls(route, walked_world)):
            with rolled_back_transaction():
                response = getattr(client, method)(url)
                if response.status_code in {403, 404, METHOD_NOT_ALLOWED}:
                    has_reason = bool(response.context.get("reason"))
                    pages[method, response.status_code, has_reason].add(remove_request_details(response, url))

    assert {status for _method, status, _has_reason in pages} == {403, 404, METHOD_NOT_ALLOWED}
    assert {which: len(texts) for which, texts in pages.items()} == dict.fromkeys(pages, 1)


def remove_request_details(response, url: str) -> str:
    """The page of a refusal without what fills it: its own address, the reason, and the page to go to instead.

    The menu is left out too: it shows the section of the address, whatever records there are.
    """
    reason = escape(response.context.get("reason") or url)
    above = f'class="button" href="{response.context.get("above")}"'
    page = MENU_PATTERN.sub("", response.text)
    return page.replace(reason, "").replace(above, "").replace(url, "")


def build_urls(route: Route, world: World) -> list[str]:
    has_row = route.name in ROWS_BY_ROUTE or not route.arguments - {"coalition"}
    if route.name in ROUTES_WITHOUT_RECORDS or not has_row:
        return []  # without a row it fails `test_every_route_is_visited_with_row`
    base = {"coalition": world.coalition.slug} if "coalition" in route.arguments else {}
    rows = ROWS_BY_ROUTE[route.name](world) if route.name in ROWS_BY_ROUTE else [{}]
    asked = QUERY_BY_ROUTE.get(route.name, [""])
    asked = asked(world) if callable(asked) else asked
    return [reverse(route.name, kwargs=base | row) + query for row in rows for query in asked]


def sign_in_persona(client: Client, world: World, persona: str) -> None:
    sign_in_again_if_signed_out(client, world.people[persona])


def sign_in_again_if_signed_out(client: Client, person: Person | AnonymousUser) -> None:
    """Sign this person in, if signing out was among what was just walked."""
    if person.is_authenticated and settings.SESSION_COOKIE_NAME not in client.cookies:
        client.force_login(person)


def is_stopped_before_view(response) -> bool:
    """A method that the route doesn't take, or the wall before which visitors are asked to sign in."""
    wall = response.headers.get("Location", "").startswith(reverse("account_login"))
    gives_back = getattr(response, "template_name", "") == SESSION_ENDED_TEMPLATE
    return response.status_code == METHOD_NOT_ALLOWED or wall or gives_back


def does_route_accept_posts(route: Route) -> bool:
    """All do but those that would end the walk: signing in and out."""
    return route.name not in ROUTES_ENDING_WALK


class rolled_back_transaction:  # noqa: N801 - reads as a word
    """What the request writes is taken back."""

    def __enter__(self) -> None:
        self.atomic = transaction.atomic()
        self.atomic.__enter__()

    def __exit__(self, *exc: object) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)


def find_canary_words(response) -> set[str]:
    """The canaries in what was answered, with files opened."""
    location = response.headers.get("Location", "")
    found = set(UNIQUE_WORD_PATTERN.findall(extract_response_text(response).lower())) | set(
        UNIQUE_WORD_PATTERN.findall(location.lower())
    )
    return {
        word for word in found if word.endswith(WALK_ENDING_PATHS)
    }  # a word that was asked for and cut short is nobody's


def extract_response_text(response) -> str:
    """The text of what was answered, with files opened."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if "pdf" in response.headers.get("Content-Type", ""):
        document = pypdfium2.PdfDocument(body)
        return " ".join(page.get_textpage().get_text_range() for page in document)
    return extract_archive_text(body) if body[:2] == b"PK" else body.decode("utf-8", "ignore")


def extract_archive_text(archive_content: bytes) -> str:
    """The names in it, and what is in the files; a document of Word or Excel is an archive too."""
    archive = zipfile.ZipFile(io.BytesIO(archive_content))
    contents = [archive.read(name) for name in archive.namelist()]
    texts = [extract_archive_text(each) if each[:2] == b"PK" else each.decode("utf-8", "ignore") for each in contents]
    return " ".join([*archive.namelist(), *texts])
