"""Whose voice is missing: by regional group, and by subregion where a group is there."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from jukwaa.coalitions.models import AreaOfWork
from jukwaa.places.regions import UN_GROUPS
from jukwaa.regions.gaps import gaps
from tests.factories import MembershipFactory


@pytest.fixture
def works(coalition):
    """A member from there works on law enforcement."""
    area = AreaOfWork.objects.create(coalition=coalition, name="Law enforcement")

    def one(country, group):
        member = MembershipFactory(
            coalition=coalition,
            organisation__coalition=coalition,
            organisation__country=country,
            organisation__regional_group=group,
        )
        member.organisation.areas.add(area)
        return area

    return one


def within(coalition, area):
    coalition.revision += 1  # as the action would that let somebody in
    return {part.group.value: part.names for gap in gaps(coalition, [area]) for part in gap.within}


def test_where_somebody_of_a_region_works_on_it_the_subregions_are_named_from_which_nobody_does(coalition, works):
    area = works("KE", "african")
    assert within(coalition, area) == {"african": "Western Africa, Northern Africa, Middle Africa, Southern Africa"}
    works("CM", "african")

    assert within(coalition, area) == {"african": "Western Africa, Northern Africa, Southern Africa"}
    with override("ar"):
        assert within(coalition, area) == {"african": "غرب أفريقيا، شمال أفريقيا، أفريقيا الجنوبية"}


def test_whoever_works_in_the_whole_of_a_region_leaves_no_subregion_of_it_out(coalition, works):
    works("KE", "african")

    assert within(coalition, works("", "african")) == {}


def test_an_area_with_every_region_still_says_which_subregions_are_missing(coalition, works):
    for country, group in (("KE", "african"), ("IN", "asia-pacific"), ("AL", "eastern-european"), ("BR", "grulac")):
        works(country, group)
    [gap] = gaps(coalition, [works("FR", "weog")])

    assert gap.missing == []
    assert [part.group for part in gap.within] == list(UN_GROUPS)


def test_everybody_reads_it_and_members_find_who_is_near(client, coalition, works, member):
    area, page = works("KE", "african"), reverse("regions:coverage", args=[coalition.slug])
    near = f'href="{reverse("regions:gap_detail", args=[coalition.slug, area.pk, "african"])}"'
    sentence = "African Group: no members yet from Western Africa, Northern Africa, Middle Africa"
    texts = [client.get(page).text]
    client.force_login(member)
    texts.append(client.get(page).text)

    assert [(sentence in text, near in text) for text in texts] == [(True, False), (True, True)]
