"""What coordinators are told when somebody removes themselves: which organisation has nobody left, and no name."""

import pytest

from jukwaa.accounts.models import Person
from jukwaa.coalitions.actions import PersonFacts, add_person, remove_person
from jukwaa.mail.models import Message
from tests.factories import AffiliationFactory
from tests.updates.mails import send_notifications_after_delay


@pytest.fixture
def mere(coalition, coordinator, organisation):
    return add_person(
        actor=coordinator,
        coalition=coalition,
        facts=PersonFacts(name="Mere V.", email="mere@example.org"),
        organisation=organisation,
    )


def list_emails(coordinator):
    send_notifications_after_delay()
    return [(message.subject, message.body) for message in Message.objects.filter(to=coordinator.email)]


def test_coordinators_learn_which_organisation_has_no_contact(coalition, coordinator, organisation, mere):
    remove_person(actor=mere, coalition=coalition, person=mere)
    ((subject, body),) = list_emails(coordinator)

    assert subject == f"[{coalition.name}] A person has left the directory"
    assert f"{organisation.name} has no contact person any more." in " ".join(body.split())
    assert "Mere" not in body
    assert Person.objects.get(pk=mere.pk).name == ""


def test_organisation_with_another_contact_is_not_named(coalition, coordinator, organisation, mere):
    AffiliationFactory(organisation=organisation)
    remove_person(actor=mere, coalition=coalition, person=mere)
    ((_subject, body),) = list_emails(coordinator)

    assert "has no contact person any more" not in body


def test_coordinator_who_removes_somebody_is_told_nothing(coalition, coordinator, mere):
    remove_person(actor=coordinator, coalition=coalition, person=mere)

    assert list_emails(coordinator) == []
