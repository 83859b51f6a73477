"""Somebody who is marked as under 18 is named on no page, list, file or feed that visitors and members reach."""

from collections.abc import Iterator, Sequence
from datetime import date

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from jukwaa.accounts import minors
from jukwaa.accounts.models import Person
from jukwaa.coalitions.capacities import create_capacity, create_capacity_from_source
from jukwaa.meetings.models import Attendance, Entry, Meeting
from jukwaa.records.actions import add_comment
from jukwaa.records.models import Document, Label, State
from tests.deep import IS_QUICK_RUN
from tests.factories import PersonFactory
from tests.routes import Route, list_routes
from tests.test_access_walk import build_urls, rolled_back_transaction, sign_in_persona
from tests.test_quarantine import PublicOnlyWorld
from tests.world import World, build_canary_world

MINOR_NAME = "Zuri Namecanary"
PERSONAS_SHOWN = {"meetings:attendance_list", "coalitions:person_list", "records:talk"}  # everybody, until then
# Addresses of a route: its pages differ in what they show, not in how they name people.
MAX_WALKED_PAGES = 1 if IS_QUICK_RUN else 2
ALL_ROUTES = list(list_routes())
TEXT_TYPES = ("text/", "application/json", "application/xml", "application/atom+xml", "application/ld+json")


@pytest.fixture(scope="module")
def module_world_with_minor(django_db_setup, django_db_blocker) -> Iterator[World]:
    """The author has a public name, is written into meetings by it, and comments; then they are marked."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = build_canary_world(PublicOnlyWorld, [Label.CLEAR], [State.PUBLISHED])
        author = world.people["author"]
        Person.objects.filter(pk=author.pk).update(name=MINOR_NAME, name_is_public=True)
        author.refresh_from_db()
        write_records_as_minor(world, author)
        yield world
        transaction.set_rollback(True)


def write_records_as_minor(world: World, author: Person) -> None:
    coalition = world.coalition
    Meeting.objects.filter(coalition=coalition).update(starts_on=date(2020, 1, 1))
    for meeting in Meeting.objects.filter(coalition=coalition):
        typed = create_capacity_from_source(coalition=coalition, person_name=MINOR_NAME)
        Attendance.objects.create(meeting=meeting, came_as="observer", capacity=typed)
    for entry in Entry.objects.filter(coalition=coalition):
        entry.speakers.add(create_capacity(coalition=coalition, person=author, organisation=None))
    for document in Document.objects.filter(coalition=coalition):
        add_comment(actor=author, record=document, body="What I think of it.")


@pytest.fixture
def world_with_minor(module_world_with_minor, db) -> World:
    return module_world_with_minor


def find_pages_naming_minor(world: World, persona: str, routes: Sequence[Route] = ALL_ROUTES) -> set[str]:
    """The routes at which this persona reads the name."""
    client, found = Client(), set()
    sign_in_persona(client, world, persona)
    for route in routes:
        urls = build_urls(route, world)[:MAX_WALKED_PAGES]
        if any(MINOR_NAME in fetch_page_text(client, url) for url in urls):
            found.add(route.name)
        sign_in_persona(client, world, persona)
    found |= {f"search for {words}" for words in MINOR_NAME.split() if is_found_by_search(client, world, words)}
    return found


def fetch_page_text(client: Client, url: str) -> str:
    with rolled_back_transaction():
        response = client.get(url)
        body = b"".join(response.streaming_content) if response.streaming else response.content
    is_text = response.headers.get("Content-Type", "").startswith(TEXT_TYPES)
    return body.decode("utf-8", "ignore") if is_text else ""


def is_found_by_search(client: Client, world: World, search_text: str) -> bool:
    urls = [reverse(name, args=[world.coalition.slug]) for name in ("search:search", "coalitions:directory")]
    return any(MINOR_NAME in fetch_page_text(client, f"{url}?q={search_text}") for url in urls)


@pytest.mark.usefixtures("brief_refusals", "plain_templates")
@pytest.mark.parametrize(
    "persona",
    ["member", *(pytest.param(each, marks=pytest.mark.slow) for each in ("visitor", "member of another coalition"))],
)
def test_name_of_marked_minor_is_hidden_everywhere(world_with_minor, persona):
    before = find_pages_naming_minor(
        world_with_minor, persona, [route for route in ALL_ROUTES if route.name in PERSONAS_SHOWN]
    )
    author = world_with_minor.people["author"]
    guardian = PersonFactory(name="A guardian")
    minors.mark_as_minor(actor=guardian, person=author, adult_contact=guardian, reason="Told us.", means="writing")
    after = find_pages_naming_minor(world_with_minor, persona)

    assert before >= PERSONAS_SHOWN
    assert after == set()
