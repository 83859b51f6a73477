"""Who has left is named on no page, feed or file: in the world of the access walk its author leaves."""

from itertools import islice

import pytest
from django.test import Client
from django.utils import timezone

from jukwaa.accounts.models import Person
from jukwaa.coalitions.actions import remove_person
from jukwaa.coalitions.models import Capacity
from tests.deep import DEEP
from tests.test_access_walk import ALL, addresses, dealt, enter, stops_before_the_view, text_in, undone

NAME = "Zephyrina Quillfeather"
READERS = ("visitor", "member", "coordinator")
ENOUGH = 6  # routes with the name, to show that it would be found


@pytest.fixture
def world(built, db):
    """Its author has made her name public, and contributed with and without an organisation."""
    author = built.people["author"]
    author.name, author.name_is_public, author.last_login = NAME, True, timezone.now()
    author.save()
    Capacity.objects.filter(person=author, organisation__isnull=True).update(name=NAME)
    return built


def pages_with_the_name(world, reader):
    """The routes at which this reader meets the name, one after another."""
    client = Client()
    enter(client, world, reader)
    for route in ALL:
        urls = addresses(route, world)
        for url in urls if DEEP else dealt(urls, reader, READERS):
            with undone():
                response = client.get(url)
                has_name = NAME in text_in(response)
            enter(client, world, reader)
            if has_name:
                yield route.name
            if has_name or stops_before_the_view(response):
                break


@pytest.mark.usefixtures("brief_refusals", "plain_templates")
@pytest.mark.parametrize("reader", READERS)
def test_who_has_left_is_named_nowhere(world, reader):
    before = set(islice(pages_with_the_name(world, reader), ENOUGH))
    author = Person.objects.get(pk=world.people["author"].pk)
    remove_person(actor=author, coalition=world.coalition, person=author, keeps_name=False)

    assert len(before) == ENOUGH
    assert set(pages_with_the_name(world, reader)) == set()
