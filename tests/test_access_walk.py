"""Each persona walks each route, against records in every label and state, and finds no word that is not theirs.

Personas who read the same records share a walk. It takes the pages of all records, and of any other route with three or
more addresses every other one; the rest is left to the next route and to the walks of others. What is posted is dealt
out among all personas. In `make test-deep` each persona walks everything. On PostgreSQL each route is asked for once,
and posted to once, by those of `ONCE`.
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
from tests.deep import DEEP
from tests.readers import PERSONAS, may_read, readers_alike
from tests.routes import ENDS_A_WALK, Route, routes
from tests.rows import QUERIES, ROWS, WITHOUT_RECORDS
from tests.world import World

ALL = list(routes())
NOT_ALLOWED = 405
WALL_FOR_POSTS = "accounts/session_ended.html"
type Places = dict[str, list[str]]
type Found = tuple[str, str, set[str]]

MENU = re.compile(r'<nav class="menu wrap".*?(?=</header>)', re.DOTALL)
CANARY = re.compile(r"canary[a-z]+")
REFUSING = {
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
BRIEF = connection.vendor == "postgresql" and not DEEP
ONCE = {"get": "member", "post": "author"}
WALKERS = [(each,) for each in PERSONAS] if DEEP else readers_alike()
ENDS = (*tuple(state.name.lower() for state in State), "back")


@pytest.fixture
def world(built, db) -> World:
    return built


@pytest.fixture(scope="module")
def places(built, django_db_blocker) -> Places:
    """The addresses of each route: who walks asks for all of them twice."""
    with django_db_blocker.unblock():
        return {route.name: addresses(route, built) for route in ALL}


def test_every_route_has_a_row():
    """A route with arguments that no row fills would go unwalked."""
    unwalked = {
        route.name
        for route in ALL
        if route.arguments - {"coalition"} and route.name not in ROWS and route.name not in WITHOUT_RECORDS
    }

    assert unwalked == set()
    assert {*ROWS, *WITHOUT_RECORDS} - {route.name for route in ALL} == set()


@pytest.mark.parametrize("turn", [0, 1])
@pytest.mark.parametrize("persona", [each for each in PERSONAS if each != "author"])
def test_each_share_of_a_route_has_records_that_are_closed_to_its_reader(world, persona, turn):
    """Of what is left out at one route, all is asked for at the next. To its author only what is held is closed."""
    (route,) = (route for route in ALL if route.name == "records:history")
    asked = share(route, world.spread("item"), turn)

    assert [record for record in asked if not may_read(persona, record.label, record.state)]
    assert {*asked} | {*share(route, world.spread("item"), turn + 1)} == {*world.spread("item")}


@pytest.mark.parametrize("alike", readers_alike(), ids=" + ".join)
def test_personas_who_share_a_walk_read_the_same_records(world, alike):
    """By the product's own rule, for each kind: what one of them finds at an address, the others would."""
    kinds = [model for model in apps.get_models() if issubclass(model, Record)]
    readable = [
        [set(kind.objects.visible_to(world.people[persona]).values_list("pk", flat=True)) for kind in kinds]
        for persona in alike
    ]

    assert readable == [readable[0]] * len(alike)
    assert {*readable[0][kinds.index(Record)]} & {record.pk for record in world.records.values()} == {
        record.pk for record in world.records.values() if may_read(alike[0], record.label, record.state)
    }


@pytest.mark.usefixtures("brief_refusals", "plain_templates")
@pytest.mark.parametrize("alike", [(each,) for each in ONCE.values()] if BRIEF else WALKERS, ids=" + ".join)
def test_no_page_and_no_answer_shows_a_word_that_is_not_for_its_reader(world, places, alike):
    """And every word that is for its reader is found: the walk would prove nothing if its pages showed nothing."""
    allowed = world.allowed(alike[0])
    leaks, read = {}, set()
    for persona in alike:
        for method, url, found in walk(world, places, persona, alike):
            if method == "get":
                read |= found
            if unexpected := found - allowed - own_words(world, persona, url):
                leaks[persona, method, url] = unexpected

    assert leaks == {}
    assert BRIEF or read >= allowed & world.opened()


def own_words(world: World, persona: str, url: str) -> set[str]:
    """What people wrote is theirs to download, also beside a record that they may not read any more."""
    person = world.people.get(persona)
    if url != reverse("accounts:export") or not isinstance(person, Person):
        return set()
    words = Voice.objects.filter(author=person).values_list("words", flat=True)
    return set(CANARY.findall(" ".join(words)))


def walk(world: World, places: Places, persona: str, alike: Sequence[str]) -> Iterator[Found]:
    """The words in each answer to what this persona asks and posts."""
    client = Client()
    enter(client, world, persona)
    client.get(reverse("records:document_detail", args=[world.coalition.slug, 0]))  # the whole page of a refusal
    for number, route in enumerate(ALL):
        urls = places[route.name]
        asked = dealt(share(route, urls, number + PERSONAS.index(alike[0])), persona, alike)
        turns = {"get": asked, "post": dealt(urls, persona, PERSONAS) if takes_posts(route) else []}
        if BRIEF:
            turns = {method: urls[:1] if persona == ONCE[method] else [] for method, urls in turns.items()}
        for method, urls in turns.items():
            for url in urls:
                with undone():
                    response = getattr(client, method)(url)
                    found = words_in(response)
                enter(client, world, persona)
                yield method, url, found
                if stops_before_the_view(response):
                    break  # whatever the address names, no view would run


def share[T](route: Route, urls: Sequence[T], turn: int) -> Sequence[T]:
    """The addresses for a walk. `spread` gives each label and then each state, so every other one has some of both."""
    return urls if DEEP or len(urls) <= 2 or route.name.endswith("_detail") else urls[turn % 2 :: 2]


def dealt(urls: Sequence[str], persona: str, among: Sequence[str]) -> Sequence[str]:
    """The persona's share of the addresses of a route: one at least."""
    place = among.index(persona)
    return urls if DEEP or not urls else urls[place :: len(among)] or [urls[place % len(urls)]]


@pytest.mark.parametrize("persona", ["applicant", "member", "author"])
def test_a_refusal_is_the_same_page_whatever_is_refused(client, world, persona):
    """Each walk reads it once, and then only what fills it: see `brief_refusals`."""
    enter(client, world, persona)
    pages = defaultdict(set)
    for route in (route for route in ALL if route.name in REFUSING):
        for method, url in product(("get", "post"), addresses(route, world)):
            with undone():
                response = getattr(client, method)(url)
                if response.status_code in {403, 404, NOT_ALLOWED}:
                    has_reason = bool(response.context.get("reason"))
                    pages[method, response.status_code, has_reason].add(unfilled(response, url))

    assert {status for _method, status, _has_reason in pages} == {403, 404, NOT_ALLOWED}
    assert {which: len(texts) for which, texts in pages.items()} == dict.fromkeys(pages, 1)


def unfilled(response, url: str) -> str:
    """The page of a refusal without what fills it: its own address, the reason, and the page to go to instead.

    The menu is left out too: it shows the section of the address, whatever records there are.
    """
    reason = escape(response.context.get("reason") or url)
    above = f'class="button" href="{response.context.get("above")}"'
    page = MENU.sub("", response.text)
    return page.replace(reason, "").replace(above, "").replace(url, "")


def addresses(route: Route, world: World) -> list[str]:
    has_row = route.name in ROWS or not route.arguments - {"coalition"}
    if route.name in WITHOUT_RECORDS or not has_row:
        return []  # without a row it fails `test_every_route_has_a_row`
    base = {"coalition": world.coalition.slug} if "coalition" in route.arguments else {}
    rows = ROWS[route.name](world) if route.name in ROWS else [{}]
    asked = QUERIES.get(route.name, [""])
    asked = asked(world) if callable(asked) else asked
    return [reverse(route.name, kwargs=base | row) + query for row in rows for query in asked]


def enter(client: Client, world: World, persona: str) -> None:
    stay(client, world.people[persona])


def stay(client: Client, person: Person | AnonymousUser) -> None:
    """Sign this person in, if signing out was among what was just walked."""
    if person.is_authenticated and settings.SESSION_COOKIE_NAME not in client.cookies:
        client.force_login(person)


def stops_before_the_view(response) -> bool:
    """A method that the route doesn't take, or the wall before which visitors are asked to sign in."""
    wall = response.headers.get("Location", "").startswith(reverse("account_login"))
    gives_back = getattr(response, "template_name", "") == WALL_FOR_POSTS
    return response.status_code == NOT_ALLOWED or wall or gives_back


def takes_posts(route: Route) -> bool:
    """All do but those that would end the walk: signing in and out."""
    return route.name not in ENDS_A_WALK


class undone:  # noqa: N801 - reads as a word
    """What the request writes is taken back."""

    def __enter__(self) -> None:
        self.atomic = transaction.atomic()
        self.atomic.__enter__()

    def __exit__(self, *exc: object) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)


def words_in(response) -> set[str]:
    """The canaries in what was answered, with files opened."""
    location = response.headers.get("Location", "")
    found = set(CANARY.findall(text_in(response).lower())) | set(CANARY.findall(location.lower()))
    return {word for word in found if word.endswith(ENDS)}  # a word that was asked for and cut short is nobody's


def text_in(response) -> str:
    """The text of what was answered, with files opened."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if "pdf" in response.headers.get("Content-Type", ""):
        document = pypdfium2.PdfDocument(body)
        return " ".join(page.get_textpage().get_text_range() for page in document)
    return text_of_archive(body) if body[:2] == b"PK" else body.decode("utf-8", "ignore")


def text_of_archive(body: bytes) -> str:
    """The names in it, and what is in the files; a document of Word or Excel is an archive too."""
    archive = zipfile.ZipFile(io.BytesIO(body))
    contents = [archive.read(name) for name in archive.namelist()]
    texts = [text_of_archive(each) if each[:2] == b"PK" else each.decode("utf-8", "ignore") for each in contents]
    return " ".join([*archive.namelist(), *texts])
