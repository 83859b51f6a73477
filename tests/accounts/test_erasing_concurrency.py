"""A person is erased while they comment, are emailed or are invited."""

import pytest
from django.db import transaction

from jukwaa.accounts.erasure import erase_person
from jukwaa.accounts.models import Person
from jukwaa.coalitions.actions import PersonFacts, add_person
from jukwaa.coalitions.capacities import create_capacity
from jukwaa.coalitions.models import Activity, Affiliation
from jukwaa.core.refusals import ActionRefused
from jukwaa.records.actions import add_comment
from jukwaa.records.models import Comment
from jukwaa.updates.email_erasure import erase_emails_queued_during_erasure
from jukwaa.updates.models import Letter
from jukwaa.updates.notification_emails import queue_notification_letter
from tests.accounts.person_traces import EMAIL, PERSON_NAME, find_traces_in_tables
from tests.concurrency import run_concurrently
from tests.factories import DocumentFactory, OrganisationFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def person_to_erase(member) -> Person:
    member.name, member.email = PERSON_NAME, EMAIL
    member.save()
    return member


@pytest.fixture
def document(coalition, coordinator):
    return DocumentFactory(coalition=coalition, author=coordinator, title="Ours", text="Words.", published=True)


def test_comment_during_erasure_leaves_no_name(person_to_erase, document):
    answers = run_concurrently(
        lambda: erase_person(Person.objects.get(pk=person_to_erase.pk)),
        lambda: add_comment(actor=person_to_erase, record=document, body="At the last moment."),
    )

    refused = [each for each in answers if isinstance(each, Exception)]
    assert Comment.objects.count() == 2 - len(answers) + 1 - len(refused)
    assert find_traces_in_tables() == set()


def test_email_queued_during_erasure_is_not_kept(mailing_coalition, person_to_erase):
    letter = {
        "coalition": mailing_coalition,
        "person": person_to_erase,
        "to": EMAIL,
        "subject": PERSON_NAME,
        "body": PERSON_NAME,
    }
    run_concurrently(
        lambda: erase_person(Person.objects.get(pk=person_to_erase.pk)),
        lambda: queue_notification_letter(key="1", held=True, **letter),
    )
    erase_emails_queued_during_erasure()

    assert find_traces_in_tables() == set()
    assert not Letter.objects.exists()


def test_invitation_during_erasure_leaves_no_person(coalition, coordinator, person_to_erase):
    organisation = OrganisationFactory(coalition=coalition)
    facts = PersonFacts(name="As typed", email=EMAIL)
    _erased, added = run_concurrently(
        lambda: erase_person(Person.objects.get(pk=person_to_erase.pk)),
        lambda: add_person(actor=coordinator, coalition=coalition, facts=facts, organisation=organisation),
    )

    assert Person.objects.get(pk=person_to_erase.pk).name == ""
    assert not Affiliation.objects.in_force().filter(person=person_to_erase).exists()
    assert isinstance(added, ActionRefused) or Person.objects.get(pk=added.pk).email is None
    assert not Person.objects.filter(email=EMAIL).exists()


def test_concurrent_erasures_erase_once(person_to_erase):
    first, second = run_concurrently(*[lambda: erase_person(Person.objects.get(pk=person_to_erase.pk))] * 2)

    assert first.erased_at == second.erased_at
    assert Activity.objects.count() == 1


def test_capacity_of_erased_person_is_refused(coalition, person_to_erase):
    stale = Person.objects.get(pk=person_to_erase.pk)
    erase_person(person_to_erase)

    with pytest.raises(ActionRefused, match="deleted"), transaction.atomic():
        create_capacity(coalition=coalition, person=stale, organisation=None)
