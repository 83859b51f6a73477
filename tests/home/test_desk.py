"""The desk: what waits for one person, soonest first, and only as long as it waits."""

from datetime import date

import pytest
from django.core.cache import caches
from django.urls import reverse

from jukwaa.coalitions.actions import decline_application
from jukwaa.coalitions.standing import Standing
from jukwaa.home.desk import waiting_for
from tests.factories import (
    CapacityFactory,
    CommitmentFactory,
    EntryFactory,
    MeetingFactory,
    MembershipFactory,
)


@pytest.fixture
def desk(coalition):
    def deeds(person):
        return [item.deed for item in waiting_for(Standing(person, coalition))]

    return deeds


def promised(coalition, person, title, due):
    return CommitmentFactory(
        entry__coalition=coalition,
        entry__published=True,
        entry__title=title,
        owner=CapacityFactory(coalition=coalition, person=person, organisation=None),
        due_on=due,
    )


def test_what_is_due_stands_first_and_what_has_no_day_last(coalition, rapporteur, desk):
    meeting = MeetingFactory(coalition=coalition, published=True, title="Nairobi")
    EntryFactory(coalition=coalition, meeting=meeting, published=True)
    for title, due in (("Second", date(2030, 2, 1)), ("First", date(2030, 1, 1))):
        promised(coalition, rapporteur, title, due)

    assert desk(rapporteur)[:2] == ["First", "Second"]
    assert "Edit the report of Nairobi" in desk(rapporteur)[2:]


def test_what_others_have_to_do_stands_on_their_desks_alone(coalition, rapporteur, member, desk):
    promised(coalition, rapporteur, "Mine to do", None)

    assert (desk(rapporteur)[0], desk(member)) == ("Mine to do", [])


def test_what_was_done_is_gone_at_once_though_the_desk_is_kept(coalition, coordinator, desk):
    waiting = MembershipFactory(coalition=coalition, standing="applied", starts_on=None, applied_on=date(2026, 1, 1))
    before, again = desk(coordinator), desk(coordinator)
    decline_application(actor=coordinator, membership=waiting, reason="Twice.")
    coalition.refresh_from_db()

    assert before == again
    assert len(desk(coordinator)) == len(before) - 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_desk_costs_the_same_however_much_waits(client, coalition, rapporteur, count, django_assert_num_queries):
    for number in range(count):
        promised(coalition, rapporteur, f"Thing {number}", None)
        meeting = MeetingFactory(coalition=coalition, published=True)
        EntryFactory(coalition=coalition, meeting=meeting, published=True)
    client.force_login(rapporteur)
    url = reverse("home:desk", args=[coalition.slug])

    with django_assert_num_queries(8):
        first = client.get(url)
    with django_assert_num_queries(3):  # kept, until something is written
        client.get(url)
    caches["pages"].clear()

    assert first.text.count("Promised. Say how it stands.") == count
