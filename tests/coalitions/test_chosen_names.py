"""A name that a person chose for themselves does not affect others with that name in the record."""

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
from tests.conftest import create_seated_person
from tests.factories import PersonFactory

SPEAKER_NAME = "Zephyrina Quillfeather"


@pytest.fixture
def capacity_of_speaker(coalition):
    """A speaker who is known only by name."""
    return create_capacity_from_source(coalition=coalition, person_name=SPEAKER_NAME)


@pytest.fixture
def member_with_speaker_name(coalition):
    """A member who took the name of the speaker."""
    person = create_seated_person(coalition, "Another Name")
    person.last_login = timezone.now()
    person.save()
    update_settings(person=person, changes={"name": SPEAKER_NAME})
    return person


def test_leaving_member_with_name_of_speaker_hides_nothing(coalition, capacity_of_speaker, member_with_speaker_name):
    post = ListPost.objects.create(
        coalition=coalition, message_id="1", thread="1", sender=SPEAKER_NAME, body="Hello.", posted_at=timezone.now()
    )
    counted = count_contributions(coalition, member_with_speaker_name)
    remove_person(actor=member_with_speaker_name, coalition=coalition, person=member_with_speaker_name)
    for row in (capacity_of_speaker, post):
        row.refresh_from_db()

    assert (counted, capacity_of_speaker.name, post.sender) == ([], SPEAKER_NAME, SPEAKER_NAME)


def test_erasing_account_with_name_of_speaker_keeps_speaker(capacity_of_speaker, member_with_speaker_name):
    erase_person(member_with_speaker_name)
    capacity_of_speaker.refresh_from_db()

    assert (capacity_of_speaker.name, Person.objects.get(pk=member_with_speaker_name.pk).renamed_at) == (
        SPEAKER_NAME,
        None,
    )


def test_mailing_list_person_with_name_of_speaker_hides_nothing(coalition, coordinator, capacity_of_speaker):
    person = PersonFactory(name="", email="quill@example.org", last_login=timezone.now())
    add_to_mailing_list(actor=coordinator, coalition=coalition, email=person.email)
    apply_as_individual(actor=person, coalition=coalition, application_text="To help", person_name=SPEAKER_NAME)
    remove_person(actor=person, coalition=coalition, person=person)
    capacity_of_speaker.refresh_from_db()

    assert capacity_of_speaker.name == SPEAKER_NAME


def test_member_accepted_under_name_has_it_removed_on_leaving(coalition, capacity_of_speaker, member_with_speaker_name):
    Person.objects.filter(pk=member_with_speaker_name.pk).update(renamed_at=timezone.now() - timedelta(days=9))
    Membership.objects.filter(person=member_with_speaker_name).update(
        starts_on=timezone.localdate() - timedelta(days=3)
    )
    member_with_speaker_name.refresh_from_db()
    remove_person(actor=member_with_speaker_name, coalition=coalition, person=member_with_speaker_name)
    capacity_of_speaker.refresh_from_db()

    assert capacity_of_speaker.name == "a former member"
