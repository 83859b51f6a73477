"""A name that somebody chose for themselves takes nothing away from whoever is named so in words of others."""

from datetime import timedelta

import pytest
from django.utils import timezone

from jukwaa.accounts.actions import update_settings
from jukwaa.accounts.erasure import erase_person
from jukwaa.accounts.models import Person
from jukwaa.coalitions.actions import add_to_mailing_list, apply_as_individual, remove_person
from jukwaa.coalitions.capacities import create_capacity_from_source
from jukwaa.coalitions.departures import count_contributions
from jukwaa.coalitions.models import Membership
from jukwaa.updates.models import ListPost
from tests.conftest import seated
from tests.factories import PersonFactory

NAME = "Zephyrina Quillfeather"


@pytest.fixture
def typed(coalition):
    """A speaker whom nobody here knows otherwise."""
    return create_capacity_from_source(coalition=coalition, name=NAME)


@pytest.fixture
def renamed(coalition):
    """A member who took the name of the speaker."""
    person = seated(coalition, "Another Name")
    person.last_login = timezone.now()
    person.save()
    update_settings(person=person, changes={"name": NAME})
    return person


def test_member_who_takes_the_name_of_a_speaker_and_leaves_hides_nothing(coalition, typed, renamed):
    post = ListPost.objects.create(
        coalition=coalition, message_id="1", thread="1", sender=NAME, body="Hello.", posted_at=timezone.now()
    )
    counted = count_contributions(coalition, renamed)
    remove_person(actor=renamed, coalition=coalition, person=renamed)
    for row in (typed, post):
        row.refresh_from_db()

    assert (counted, typed.name, post.sender) == ([], NAME, NAME)


def test_account_that_took_the_name_of_a_speaker_is_erased_without_the_speaker(typed, renamed):
    erase_person(renamed)
    typed.refresh_from_db()

    assert (typed.name, Person.objects.get(pk=renamed.pk).renamed_at) == (NAME, None)


def test_whoever_was_on_the_list_and_names_themselves_so_hides_nothing(coalition, coordinator, typed):
    person = PersonFactory(name="", email="quill@example.org", last_login=timezone.now())
    add_to_mailing_list(actor=coordinator, coalition=coalition, email=person.email)
    apply_as_individual(actor=person, coalition=coalition, motivation="To help", name=NAME)
    remove_person(actor=person, coalition=coalition, person=person)
    typed.refresh_from_db()

    assert typed.name == NAME


def test_whoever_was_accepted_with_the_name_takes_it_along(coalition, typed, renamed):
    Person.objects.filter(pk=renamed.pk).update(renamed_at=timezone.now() - timedelta(days=9))
    Membership.objects.filter(person=renamed).update(starts_on=timezone.localdate() - timedelta(days=3))
    renamed.refresh_from_db()
    remove_person(actor=renamed, coalition=coalition, person=renamed)
    typed.refresh_from_db()

    assert typed.name == "a former member"
