"""What coordinators are told when somebody removes themselves: which organisation has nobody left, and no name."""

import pytest

from jukwaa.accounts.models import Person
from jukwaa.coalitions.actions import PersonFacts, add_person, remove_person
from jukwaa.mail.models import Message
from tests.factories import AffiliationFactory
from tests.updates.emails import send_notifications_after_delay


@pytest.fixture
def entered_person(coalition, coordinator, organisation):
    return add_person(
        actor=coordinator,
        coalition=coalition,
        facts=PersonFacts(name="Mere V.", email="mere@example.org"),
        organisation=organisation,
    )


def list_coordinator_email_texts(coordinator):
    send_notifications_after_delay()
    return [(message.subject, message.body) for message in Message.objects.filter(to=coordinator.email)]


def test_coordinators_are_notified_of_organisation_without_contact(
    coalition, coordinator, organisation, entered_person
):
    remove_person(actor=entered_person, coalition=coalition, person=entered_person)
    ((subject, body),) = list_coordinator_email_texts(coordinator)

    assert subject == f"[{coalition.name}] A person has left the directory"
    assert f"{organisation.name} has no contact person any more." in " ".join(body.split())
    assert "Mere" not in body
    assert Person.objects.get(pk=entered_person.pk).name == ""


def test_organisation_with_another_contact_is_not_named(coalition, coordinator, organisation, entered_person):
    AffiliationFactory(organisation=organisation)
    remove_person(actor=entered_person, coalition=coalition, person=entered_person)
    ((_subject, body),) = list_coordinator_email_texts(coordinator)

    assert "has no contact person any more" not in body


def test_coordinator_who_removes_person_is_not_notified(coalition, coordinator, entered_person):
    remove_person(actor=coordinator, coalition=coalition, person=entered_person)

    assert list_coordinator_email_texts(coordinator) == []
