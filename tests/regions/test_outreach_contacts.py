"""Contacts in the region of a gap, in alphabetical order, limited to what the reader can see."""

import re

import pytest
from django.urls import reverse

from jukwaa.coalitions.models import Membership, Role
from jukwaa.records.models import Authorship
from tests.conftest import create_seated_person
from tests.factories import (
    AttendanceFactory,
    CapacityFactory,
    ItemFactory,
    MeetingFactory,
    MembershipFactory,
    OrganisationFactory,
    PartFactory,
)
from tests.regions.outreach_steps import get_area


@pytest.fixture
def area(coalition):
    """An area on which a member from another region works."""
    area = get_area(coalition)
    MembershipFactory(coalition=coalition, organisation__regional_group="weog").organisation.areas.add(area)
    return area


def build_gap_url(coalition, area_of_work, region="african", query_string=""):
    return reverse("regions:gap_detail", args=[coalition.slug, area_of_work.pk, region]) + query_string


def create_known_organisation(coalition, organisation_name, country="KE", region="african", **more):
    return OrganisationFactory(
        coalition=coalition, name=organisation_name, country=country, regional_group=region, **more
    )


def create_capacity_with_region(organisation, **more):
    """What it was that day."""
    region = more.pop("region", organisation.regional_group)
    return CapacityFactory(
        coalition=organisation.coalition, organisation=organisation, name=organisation.name, regional_group=region
    )


def list_candidate_names(page) -> list[str]:
    return re.findall(r"<h3><a [^>]*><bdi>([^<]*)</bdi></a></h3>", page.text)


def test_coverage_page_links_members_to_contacts(client, coalition, area, member):
    page = reverse("regions:coverage", args=[coalition.slug])
    assert build_gap_url(coalition, area) not in client.get(page).text
    client.force_login(member)

    assert build_gap_url(coalition, area) in client.get(page).text
    representation = client.get(reverse("coalitions:representation", args=[coalition.slug])).text
    assert f'href="{page}#gaps"' in representation


def test_contacts_are_alphabetical_with_connection(client, coalition, area, member):
    zebra, author, guest = (create_known_organisation(coalition, name) for name in ("Zebra", "An author", "élan"))
    create_known_organisation(coalition, "Elsewhere", "DK", "weog")
    joined = create_known_organisation(coalition, "Member of ours")
    MembershipFactory(coalition=coalition, organisation=joined)
    works = create_known_organisation(coalition, "Works on it")
    works.areas.add(area)
    MembershipFactory(coalition=coalition, organisation=works)
    item = ItemFactory(coalition=coalition, title="What we do", published=True)
    Authorship.objects.create(record=item, person=member, capacity=create_capacity_with_region(author))
    for number in range(3):
        meeting = MeetingFactory(coalition=coalition, title=f"Meeting {number}", published=True)
        AttendanceFactory(meeting=meeting, capacity=create_capacity_with_region(guest))
    client.force_login(member)
    page = client.get(build_gap_url(coalition, area))

    assert list_candidate_names(page) == ["An author", "élan", "Member of ours", "Zebra"]
    for words in ("Author of:", "What we do", "Attended:", "Meeting 2", "member, not listed for this area"):
        assert words in page.text
    assert f"organisation={zebra.pk}" in page.text
    assert f"organisation={joined.pk}" not in page.text


def test_former_region_makes_organisation_a_contact(client, coalition, area, member):
    moved = create_known_organisation(coalition, "Moved since", "DK", "weog")
    AttendanceFactory(
        meeting=MeetingFactory(coalition=coalition, published=True),
        capacity=create_capacity_with_region(moved, region="african"),
    )
    client.force_login(member)

    assert list_candidate_names(client.get(build_gap_url(coalition, area))) == ["Moved since"]


def test_only_readable_records_make_contacts(client, coalition, area, member, coordinator):
    chatham, draft = (
        create_known_organisation(coalition, "Chatham", region="weog"),
        create_known_organisation(coalition, "Draft", region="weog"),
    )
    meeting = MeetingFactory(coalition=coalition, published=True)
    part = PartFactory(meeting=meeting, chatham=True)
    AttendanceFactory(meeting=meeting, part=part, capacity=create_capacity_with_region(chatham, region="african"))
    AttendanceFactory(
        meeting=MeetingFactory(coalition=coalition), capacity=create_capacity_with_region(draft, region="african")
    )
    applied = create_known_organisation(coalition, "Only applied")
    Membership.objects.create(coalition=coalition, organisation=applied, standing="applied")
    client.force_login(member)
    assert list_candidate_names(client.get(build_gap_url(coalition, area))) == []
    client.force_login(coordinator)
    assert list_candidate_names(client.get(build_gap_url(coalition, area))) == ["Only applied"]


def test_contacts_are_filtered_by_country(client, coalition, area, member):
    create_known_organisation(coalition, "Kenyan")
    create_known_organisation(coalition, "Ghanaian", "GH")
    client.force_login(member)

    assert list_candidate_names(client.get(build_gap_url(coalition, area, query_string="?country=GH"))) == ["Ghanaian"]
    assert list_candidate_names(client.get(build_gap_url(coalition, area, query_string="?country=XX"))) == [
        "Ghanaian",
        "Kenyan",
    ]


def test_visitors_and_others_cannot_see_contacts(client, coalition, area, outsider):
    assert client.get(build_gap_url(coalition, area)).status_code == 302
    client.force_login(outsider)
    assert client.get(build_gap_url(coalition, area)).status_code == 403


@pytest.mark.parametrize("region", ["igo", "unknown", "global", "world"])
def test_unknown_region_is_not_found(client, coalition, area, member, region):
    client.force_login(member)

    assert client.get(build_gap_url(coalition, area, region)).status_code == 404


def test_area_of_other_coalition_is_not_found(client, coalition, other_coalition, member):
    client.force_login(member)

    assert client.get(build_gap_url(coalition, get_area(other_coalition))).status_code == 404


@pytest.mark.parametrize("row_count", [1, 3])
def test_contacts_query_count_is_constant(client, coalition, area, member, django_assert_num_queries, row_count):
    for at in range(row_count):
        near = create_known_organisation(coalition, f"Near {at}")
        AttendanceFactory(
            meeting=MeetingFactory(coalition=coalition, published=True), capacity=create_capacity_with_region(near)
        )
        item = ItemFactory(coalition=coalition, published=True)
        Authorship.objects.create(
            record=item, person=create_seated_person(coalition, f"P {at}"), capacity=create_capacity_with_region(near)
        )
    client.force_login(member)
    client.get(build_gap_url(coalition, area))
    with django_assert_num_queries(7):
        client.get(build_gap_url(coalition, area))
    assert Role.objects.count() == 0
