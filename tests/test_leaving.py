"""Who has left is named on no page, feed or file: in the world of the access walk its author leaves."""

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


@pytest.fixture
def world(built, db):
    """Its author has made her name public, and contributed with and without an organisation."""
    author = built.people["author"]
    author.name, author.name_is_public, author.last_login = NAME, True, timezone.now()
    author.save()
    Capacity.objects.filter(person=author, organisation__isnull=True).update(name=NAME)
    return built


def pages_with_the_name(world, reader):
    client = Client()
    enter(client, world, reader)
    found = set()
    for route in ALL:
        urls = addresses(route, world)
        for url in urls if DEEP else dealt(urls, reader, READERS):
            with undone():
                response = client.get(url)
                if NAME in text_in(response):
                    found.add(route.name)
            enter(client, world, reader)
            if stops_before_the_view(response):
                break
    return found


@pytest.mark.usefixtures("brief_refusals", "plain_templates")
@pytest.mark.parametrize("reader", READERS)
def test_who_has_left_is_named_nowhere(world, reader):
    before = pages_with_the_name(world, reader)
    author = Person.objects.get(pk=world.people["author"].pk)
    remove_person(actor=author, coalition=world.coalition, person=author, keeps_name=False)

    assert len(before) > 5
    assert pages_with_the_name(world, reader) == set()
