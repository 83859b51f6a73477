"""Each persona walks each route, against records in every label and state, and finds no word that is not theirs."""

import io
import re
import zipfile

import pypdfium2
import pytest
from django.db import transaction
from django.urls import reverse

from tests.routes import Route, routes
from tests.rows import ROWS, WITHOUT_RECORDS
from tests.world import PERSONAS, World, build_world

ALL = list(routes())
CANARY = re.compile(r"canary[a-z]+")


@pytest.fixture
def world(db) -> World:
    return build_world()


def test_every_route_has_a_row():
    """A route with arguments that no row fills would go unwalked."""
    unwalked = {
        route.name
        for route in ALL
        if route.arguments - {"coalition"} and route.name not in ROWS and route.name not in WITHOUT_RECORDS
    }

    assert unwalked == set()
    assert {*ROWS, *WITHOUT_RECORDS} - {route.name for route in ALL} == set()


@pytest.mark.parametrize("persona", PERSONAS)
def test_no_page_shows_a_word_that_is_not_for_its_reader(client, world, persona):
    person = world.people[persona]
    if person.is_authenticated:
        client.force_login(person)
    allowed = world.allowed(persona)
    leaks = {}
    for route in ALL:
        for url in addresses(route, world):
            if leaked := words_in(client.get(url)) - allowed:
                leaks[url] = leaked

    assert leaks == {}


@pytest.mark.parametrize("persona", PERSONAS)
def test_no_answer_to_a_form_shows_a_word_that_is_not_for_its_sender(client, world, persona):
    person = world.people[persona]
    if person.is_authenticated:
        client.force_login(person)
    leaks = {}
    for route in ALL:
        for url in addresses(route, world):
            if person.is_authenticated and "sign" not in url:
                client.force_login(person)
            with undone():
                leaked = words_in(client.post(url, follow=False)) - world.allowed(persona)
            if leaked:
                leaks[url] = leaked

    assert leaks == {}


def test_what_one_may_read_is_really_found(client, world):
    """The walk would prove nothing if its pages showed nothing."""
    client.force_login(world.people["author"])
    seen = set()
    for route in ALL:
        for url in addresses(route, world):
            seen |= words_in(client.get(url))

    assert seen == world.allowed("author")


def addresses(route: Route, world: World) -> list[str]:
    if route.name in WITHOUT_RECORDS or route.pattern.name is None:
        return []
    base = {"coalition": world.coalition.slug} if "coalition" in route.arguments else {}
    rows = ROWS[route.name](world) if route.name in ROWS else [{}]
    return [reverse(route.name, kwargs=base | row) for row in rows]


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
    body = b"".join(response.streaming_content) if response.streaming else response.content
    kind = response.headers.get("Content-Type", "")
    if "pdf" in kind:
        document = pypdfium2.PdfDocument(body)
        text = " ".join(page.get_textpage().get_text_range() for page in document)
    elif body[:2] == b"PK":
        archive = zipfile.ZipFile(io.BytesIO(body))
        text = " ".join(archive.read(name).decode("utf-8", "ignore") for name in archive.namelist())
    else:
        text = body.decode("utf-8", "ignore")
    location = response.headers.get("Location", "")
    return set(CANARY.findall(text.lower())) | set(CANARY.findall(location))
