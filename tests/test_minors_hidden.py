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
from tests.factories import PersonFactory
from tests.routes import Route, routes
from tests.test_access_walk import addresses, enter, undone
from tests.test_quarantine import SmallWorld
from tests.world import World, build_world

NAME = "Zuri Namecanary"
SHOWING = {"meetings:attendance_list", "coalitions:person_list", "records:talk"}  # everybody, until then
AT_MOST = 2  # addresses of a route: its pages differ in what they show, not in how they name people
ALL = list(routes())
TEXT = ("text/", "application/json", "application/xml", "application/atom+xml", "application/ld+json")


@pytest.fixture(scope="module")
def small(django_db_setup, django_db_blocker) -> Iterator[World]:
    """The author has a public name, is written into meetings by it, and comments; then they are marked."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = build_world(SmallWorld, [Label.CLEAR], [State.PUBLISHED])
        author = world.people["author"]
        Person.objects.filter(pk=author.pk).update(name=NAME, name_is_public=True)
        author.refresh_from_db()
        _write_down(world, author)
        yield world
        transaction.set_rollback(True)


def _write_down(world: World, author: Person) -> None:
    coalition = world.coalition
    Meeting.objects.filter(coalition=coalition).update(starts_on=date(2020, 1, 1))
    for meeting in Meeting.objects.filter(coalition=coalition):
        typed = create_capacity_from_source(coalition=coalition, name=NAME)
        Attendance.objects.create(meeting=meeting, came_as="observer", capacity=typed)
    for entry in Entry.objects.filter(coalition=coalition):
        entry.speakers.add(create_capacity(coalition=coalition, person=author, organisation=None))
    for document in Document.objects.filter(coalition=coalition):
        add_comment(actor=author, record=document, body="What I think of it.")


@pytest.fixture
def world(small, db) -> World:
    return small


def naming(world: World, persona: str, among: Sequence[Route] = ALL) -> set[str]:
    """The routes at which this persona reads the name."""
    client, found = Client(), set()
    enter(client, world, persona)
    for route in among:
        urls = addresses(route, world)[:AT_MOST]
        if any(NAME in text_at(client, url) for url in urls):
            found.add(route.name)
        enter(client, world, persona)
    found |= {f"search for {words}" for words in NAME.split() if _is_found(client, world, words)}
    return found


def text_at(client: Client, url: str) -> str:
    with undone():
        response = client.get(url)
        body = b"".join(response.streaming_content) if response.streaming else response.content
    is_text = response.headers.get("Content-Type", "").startswith(TEXT)
    return body.decode("utf-8", "ignore") if is_text else ""


def _is_found(client: Client, world: World, words: str) -> bool:
    urls = [reverse(name, args=[world.coalition.slug]) for name in ("search:search", "coalitions:directory")]
    return any(NAME in text_at(client, f"{url}?q={words}") for url in urls)


@pytest.mark.usefixtures("brief_refusals", "plain_templates")
@pytest.mark.parametrize("persona", ["visitor", "member", "member of another coalition"])
def test_nobody_reads_the_name_of_somebody_who_was_marked(world, persona):
    before = naming(world, persona, [route for route in ALL if route.name in SHOWING])
    author = world.people["author"]
    guardian = PersonFactory(name="A guardian")
    minors.mark_as_minor(actor=guardian, person=author, adult_contact=guardian, reason="Told us.", means="writing")
    after = naming(world, persona)

    assert before >= SHOWING
    assert after == set()
