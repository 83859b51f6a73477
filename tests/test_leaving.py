"""Who has left is named on no page, feed or file: in the world of the access walk its author leaves."""

from itertools import islice

import pytest
from django.test import Client
from django.utils import timezone

from jukwaa.accounts.models import Person
from jukwaa.coalitions.actions import remove_person
from jukwaa.coalitions.models import Capacity
from tests.deep import IS_DEEP_RUN
from tests.test_access_walk import (
    ALL_ROUTES,
    build_urls,
    extract_response_text,
    is_stopped_before_view,
    rolled_back_transaction,
    select_urls_of_persona,
    sign_in_persona,
)

LEAVING_PERSON_NAME = "Zephyrina Quillfeather"
READING_PERSONAS = ("visitor", "member", "coordinator")
MIN_PAGES = 6  # routes with the name, to show that it would be found


@pytest.fixture
def world_with_public_author(shared_world, db):
    """Its author has made her name public, and contributed with and without an organisation."""
    author = shared_world.people["author"]
    author.name, author.name_is_public, author.last_login = LEAVING_PERSON_NAME, True, timezone.now()
    author.save()
    Capacity.objects.filter(person=author, organisation__isnull=True).update(name=LEAVING_PERSON_NAME)
    return shared_world


def find_pages_naming_person(world, reader):
    """The routes at which this reader meets the name, one after another."""
    client = Client()
    sign_in_persona(client, world, reader)
    for route in ALL_ROUTES:
        urls = build_urls(route, world)
        for url in urls if IS_DEEP_RUN else select_urls_of_persona(urls, reader, READING_PERSONAS):
            with rolled_back_transaction():
                response = client.get(url)
                has_name = LEAVING_PERSON_NAME in extract_response_text(response)
            sign_in_persona(client, world, reader)
            if has_name:
                yield route.name
            if has_name or is_stopped_before_view(response):
                break


@pytest.mark.usefixtures("brief_refusals", "plain_templates")
@pytest.mark.parametrize(
    "reader",
    [pytest.param(reader, marks=[] if reader == "member" else pytest.mark.slow) for reader in READING_PERSONAS],
)
def test_person_who_left_is_named_nowhere(world_with_public_author, reader):
    before = set(islice(find_pages_naming_person(world_with_public_author, reader), MIN_PAGES))
    author = Person.objects.get(pk=world_with_public_author.people["author"].pk)
    remove_person(actor=author, coalition=world_with_public_author.coalition, person=author, keeps_name=False)

    assert len(before) == MIN_PAGES
    assert set(find_pages_naming_person(world_with_public_author, reader)) == set()
