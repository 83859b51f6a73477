"""Whose voice is missing: by regional group, and by subregion where a group is there."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from jukwaa.coalitions.models import AreaOfWork
from jukwaa.places.regions import UN_REGIONAL_GROUPS
from jukwaa.regions.gaps import find_coverage_gaps
from tests.factories import MembershipFactory


@pytest.fixture
def add_member_in_area(coalition):
    """A member from there works on law enforcement."""
    area = AreaOfWork.objects.create(coalition=coalition, name="Law enforcement")

    def add_one_member(country, group):
        member = MembershipFactory(
            coalition=coalition,
            organisation__coalition=coalition,
            organisation__country=country,
            organisation__regional_group=group,
        )
        member.organisation.areas.add(area)
        return area

    return add_one_member


def find_subregion_gaps(coalition, area_of_work):
    coalition.revision += 1  # as the action would that let somebody in
    return {
        part.group.value: part.names for gap in find_coverage_gaps(coalition, [area_of_work]) for part in gap.within
    }


def test_covered_region_lists_missing_subregions(coalition, add_member_in_area):
    area = add_member_in_area("KE", "african")
    assert find_subregion_gaps(coalition, area) == {
        "african": "Western Africa, Northern Africa, Middle Africa, Southern Africa"
    }
    add_member_in_area("CM", "african")

    assert find_subregion_gaps(coalition, area) == {"african": "Western Africa, Northern Africa, Southern Africa"}
    with override("ar"):
        assert find_subregion_gaps(coalition, area) == {"african": "غرب أفريقيا، شمال أفريقيا، أفريقيا الجنوبية"}


def test_member_of_whole_region_covers_all_subregions(coalition, add_member_in_area):
    add_member_in_area("KE", "african")

    assert find_subregion_gaps(coalition, add_member_in_area("", "african")) == {}


def test_fully_covered_area_lists_missing_subregions(coalition, add_member_in_area):
    for country, group in (("KE", "african"), ("IN", "asia-pacific"), ("AL", "eastern-european"), ("BR", "grulac")):
        add_member_in_area(country, group)
    [gap] = find_coverage_gaps(coalition, [add_member_in_area("FR", "weog")])

    assert gap.missing == []
    assert [part.group for part in gap.within] == list(UN_REGIONAL_GROUPS)


def test_visitors_see_gaps_and_members_see_links_to_contacts(client, coalition, add_member_in_area, member):
    area, page = add_member_in_area("KE", "african"), reverse("regions:coverage", args=[coalition.slug])
    near = f'href="{reverse("regions:gap_detail", args=[coalition.slug, area.pk, "african"])}"'
    sentence = "African Group: no members yet from Western Africa, Northern Africa, Middle Africa"
    texts = [client.get(page).text]
    client.force_login(member)
    texts.append(client.get(page).text)

    assert [(sentence in text, near in text) for text in texts] == [(True, False), (True, True)]
