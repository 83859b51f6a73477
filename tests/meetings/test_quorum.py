"""The quorum of a coalition: set as data, shown as met or not, and never in the way."""

import pytest
from django.urls import reverse

from jukwaa.meetings.actions.quorum import set_quorum_rule
from jukwaa.meetings.models import QuorumRule
from tests.factories import AttendanceFactory, CapacityFactory, MembershipFactory, OrganisationFactory, PartFactory
from tests.meetings.planned_meetings import create_planned_meeting


@pytest.fixture
def meeting(coalition):
    return create_planned_meeting(coalition, days=-1)


@pytest.fixture
def add_attendee(coalition, meeting):
    def add_attendee_of(name, *, is_member=True, region="african", group="civil-society", part=None):
        organisation = OrganisationFactory(coalition=coalition, name=name)
        if is_member:
            MembershipFactory(coalition=coalition, organisation=organisation)
        capacity = CapacityFactory(
            coalition=coalition, organisation=organisation, name=name, regional_group=region, stakeholder_group=group
        )
        return AttendanceFactory(meeting=meeting, capacity=capacity, part=part)

    return add_attendee_of


def create_quorum_rule(coalition, **numbers):
    return QuorumRule.objects.create(coalition=coalition, **numbers)


def get_quorum_text(client, meeting, person=None):
    if person:
        client.force_login(person)
    page = client.get(meeting.get_absolute_url()).text
    _before, found, after = page.partition("<b>Quorum:</b>")
    return " ".join(after.partition("</ul>")[0].split())[:200] if found else ""


def test_quorum_counts_members_organisations_regions_and_groups(client, coalition, meeting, add_attendee, rapporteur):
    create_quorum_rule(coalition, members=2, organisations=2, regions=2, stakeholder_groups=2)
    add_attendee("One")
    add_attendee("Two", region="asia-pacific")
    add_attendee("A guest", is_member=False, group="government")
    text = get_quorum_text(client, meeting, rapporteur)

    assert text.startswith("not met")
    for line in ("Members: 2 of 2", "Member organisations: 2 of 2", "Regions: 2 of 2", "Stakeholder groups: 1 of 2"):
        assert line in text
    add_attendee("Three", group="government")
    assert get_quorum_text(client, meeting).startswith("met")


def test_quorum_is_hidden_before_attendance_is_recorded(client, coalition, meeting):
    create_quorum_rule(coalition, members=1)
    assert get_quorum_text(client, meeting) == ""


def test_coalition_without_rule_shows_no_quorum(client, coalition, meeting, add_attendee):
    add_attendee("One")
    assert get_quorum_text(client, meeting) == ""
    create_quorum_rule(coalition)
    assert get_quorum_text(client, meeting) == ""


def test_chatham_house_item_hides_quorum_numbers(client, coalition, meeting, add_attendee, rapporteur, member):
    create_quorum_rule(coalition, members=1)
    add_attendee("One", part=PartFactory(meeting=meeting, chatham=True))

    assert get_quorum_text(client, meeting) == ""
    text = get_quorum_text(client, meeting, member)
    assert text.startswith("met")
    assert "1 of 1" not in text
    assert "Members: 1 of 1" in get_quorum_text(client, meeting, rapporteur)


def test_coordinator_sets_the_quorum(client, coalition, coordinator, member):
    url = reverse("meetings:quorum_edit", args=["ours"])
    client.force_login(coordinator)
    seen = client.get(url).context["form"].initial["seen"]
    answer = client.post(url, {"members": 5, "regions": 3, "seen": seen}, follow=True)
    assert "The quorum has been saved." in answer.text
    saved = QuorumRule.objects.get()
    assert (saved.members, saved.organisations, saved.regions, saved.stakeholder_groups) == (5, 0, 3, 0)
    assert client.post(url, {"members": -1, "seen": seen}).status_code == 422
    client.force_login(member)
    assert client.get(url).status_code == 403


def test_unchanged_quorum_writes_no_activity(coalition, coordinator, django_assert_num_queries):
    first = set_quorum_rule(actor=coordinator, coalition=coalition, minimum_numbers={"members": 5})
    second = set_quorum_rule(actor=coordinator, coalition=coalition, minimum_numbers={"members": 5})

    assert first == second
    assert coalition.activities.filter(verb="set-quorum").count() == 1
