"""A meeting with many replies names the first attendees, and all of them on request."""

import pytest
import time_machine

from jukwaa.meetings import invitations
from tests.factories import AffiliationFactory, MembershipFactory
from tests.meetings.scheduled_meetings import BEFORE_MEETING
from tests.meetings.test_invitations import add_reply


@pytest.fixture(autouse=True)
def frozen_before_meeting():
    with time_machine.travel(BEFORE_MEETING, tick=False):
        yield


def test_page_shows_first_attendees_until_expanded(client, coalition, member, weekly_calls, monkeypatch):
    monkeypatch.setattr(invitations, "MAX_ATTENDEES_SHOWN", 1)
    for number in range(3):
        person = AffiliationFactory(
            organisation__coalition=coalition, organisation__name=f"Body {number}", may_speak=True
        ).person
        MembershipFactory(coalition=coalition, organisation=person.affiliations.get().organisation)
        add_reply(person, weekly_calls[0], organisation=person.affiliations.get().organisation)
    client.force_login(member)

    page = client.get(weekly_calls[0].get_absolute_url()).text
    assert ("Body 0" in page, "Body 2" in page, "Show 2 more attendees" in page) == (True, False, True)
    page = client.get(f"{weekly_calls[0].get_absolute_url()}?attendees=all").text
    assert ("Body 2" in page, "more attendees" in page) == (True, False)
