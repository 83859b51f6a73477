"""What an invitation to sign in says to observers, who can do less than members."""

import pytest

from jukwaa.coalitions.actions import PersonFacts, add_person
from jukwaa.mail.models import Message
from tests.factories import AffiliationFactory, MembershipFactory
from tests.updates.test_invitations import send_invitations_to


@pytest.mark.parametrize(
    ("standings", "is_told"), [(["observer"], True), (["active"], False), (["observer", "active"], False)]
)
def test_observers_are_informed_what_they_can_read(coalition, coordinator, standings, is_told):
    houses = [MembershipFactory(coalition=coalition, standing=standing).organisation for standing in standings]
    facts = PersonFacts(name="Ana", email="ana@example.org")
    person = add_person(actor=coordinator, coalition=coalition, facts=facts, organisation=houses[0])
    for house in houses[1:]:
        AffiliationFactory(person=person, organisation=house)
    send_invitations_to(coordinator, coalition, [person])

    body = Message.objects.get(to="ana@example.org").body
    assert ("Your organisation is an observer. You can read what is public." in body) == is_told
