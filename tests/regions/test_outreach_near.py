"""Who is near a gap: known organisations of the region, in alphabetical order, as far as their reader may see them."""

import re

import pytest
from django.urls import reverse

from jukwaa.coalitions.models import Membership, Role
from jukwaa.records.models import Authorship
from tests.conftest import seated
from tests.factories import (
    AttendanceFactory,
    CapacityFactory,
    ItemFactory,
    MeetingFactory,
    MembershipFactory,
    OrganisationFactory,
    PartFactory,
)
from tests.regions.reaching import area_of


@pytest.fixture
def area(coalition):
    """Somebody works on it, from elsewhere."""
    area = area_of(coalition)
    MembershipFactory(coalition=coalition, organisation__regional_group="weog").organisation.areas.add(area)
    return area


def gap(coalition, area, region="african", query=""):
    return reverse("regions:gap_detail", args=[coalition.slug, area.pk, region]) + query


def known(coalition, name, country="KE", region="african", **more):
    return OrganisationFactory(coalition=coalition, name=name, country=country, regional_group=region, **more)


def spoke(organisation, **more):
    """What it was that day."""
    region = more.pop("region", organisation.regional_group)
    return CapacityFactory(
        coalition=organisation.coalition, organisation=organisation, name=organisation.name, regional_group=region
    )


def names_on(page) -> list[str]:
    return re.findall(r"<h3><a [^>]*><bdi>([^<]*)</bdi></a></h3>", page.text)


def test_the_coverage_page_leads_members_to_who_is_near(client, coalition, area, member):
    page = reverse("regions:coverage", args=[coalition.slug])
    assert gap(coalition, area) not in client.get(page).text
    client.force_login(member)

    assert gap(coalition, area) in client.get(page).text
    representation = client.get(reverse("coalitions:representation", args=[coalition.slug])).text
    assert f'href="{page}#gaps"' in representation


def test_they_stand_in_alphabetical_order_each_with_how_it_is_known(client, coalition, area, member):
    zebra, author, guest = (known(coalition, name) for name in ("Zebra", "An author", "élan"))
    known(coalition, "Elsewhere", "DK", "weog")
    joined = known(coalition, "Member of ours")
    MembershipFactory(coalition=coalition, organisation=joined)
    works = known(coalition, "Works on it")
    works.areas.add(area)
    MembershipFactory(coalition=coalition, organisation=works)
    item = ItemFactory(coalition=coalition, title="What we do", published=True)
    Authorship.objects.create(record=item, person=member, capacity=spoke(author))
    for number in range(3):
        meeting = MeetingFactory(coalition=coalition, title=f"Meeting {number}", published=True)
        AttendanceFactory(meeting=meeting, capacity=spoke(guest))
    client.force_login(member)
    page = client.get(gap(coalition, area))

    assert names_on(page) == ["An author", "élan", "Member of ours", "Zebra"]
    for words in ("Author of:", "What we do", "Attended:", "Meeting 2", "member, not listed for this area"):
        assert words in page.text
    assert f"organisation={zebra.pk}" in page.text
    assert f"organisation={joined.pk}" not in page.text


def test_whoever_spoke_from_there_is_near_wherever_it_is_today(client, coalition, area, member):
    moved = known(coalition, "Moved since", "DK", "weog")
    AttendanceFactory(
        meeting=MeetingFactory(coalition=coalition, published=True), capacity=spoke(moved, region="african")
    )
    client.force_login(member)

    assert names_on(client.get(gap(coalition, area))) == ["Moved since"]


def test_only_what_its_reader_may_see_makes_somebody_near(client, coalition, area, member, coordinator):
    chatham, draft = known(coalition, "Chatham", region="weog"), known(coalition, "Draft", region="weog")
    meeting = MeetingFactory(coalition=coalition, published=True)
    part = PartFactory(meeting=meeting, chatham=True)
    AttendanceFactory(meeting=meeting, part=part, capacity=spoke(chatham, region="african"))
    AttendanceFactory(meeting=MeetingFactory(coalition=coalition), capacity=spoke(draft, region="african"))
    applied = known(coalition, "Only applied")
    Membership.objects.create(coalition=coalition, organisation=applied, standing="applied")
    client.force_login(member)
    assert names_on(client.get(gap(coalition, area))) == []
    client.force_login(coordinator)
    assert names_on(client.get(gap(coalition, area))) == ["Only applied"]


def test_it_narrows_to_a_country(client, coalition, area, member):
    known(coalition, "Kenyan")
    known(coalition, "Ghanaian", "GH")
    client.force_login(member)

    assert names_on(client.get(gap(coalition, area, query="?country=GH"))) == ["Ghanaian"]
    assert names_on(client.get(gap(coalition, area, query="?country=XX"))) == ["Ghanaian", "Kenyan"]


def test_visitors_and_others_look_elsewhere(client, coalition, area, outsider):
    assert client.get(gap(coalition, area)).status_code == 302
    client.force_login(outsider)
    assert client.get(gap(coalition, area)).status_code == 403


@pytest.mark.parametrize("region", ["igo", "unknown", "global", "world"])
def test_what_is_no_region_has_no_gap(client, coalition, area, member, region):
    client.force_login(member)

    assert client.get(gap(coalition, area, region)).status_code == 404


def test_an_area_of_another_coalition_is_not_there(client, coalition, other_coalition, member):
    client.force_login(member)

    assert client.get(gap(coalition, area_of(other_coalition))).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_however_many_are_near(
    client, coalition, area, member, django_assert_num_queries, number
):
    for at in range(number):
        near = known(coalition, f"Near {at}")
        AttendanceFactory(meeting=MeetingFactory(coalition=coalition, published=True), capacity=spoke(near))
        item = ItemFactory(coalition=coalition, published=True)
        Authorship.objects.create(record=item, person=seated(coalition, f"P {at}"), capacity=spoke(near))
    client.force_login(member)
    client.get(gap(coalition, area))
    with django_assert_num_queries(7):
        client.get(gap(coalition, area))
    assert Role.objects.count() == 0
