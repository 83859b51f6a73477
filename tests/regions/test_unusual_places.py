"""Where a country is none of today, a territory, or none at all, and where an organisation belongs to two regions."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from jukwaa.coalitions.forms.fields import CountryField
from jukwaa.coalitions.models import Coalition, Organisation
from jukwaa.library.forms.item_details import DetailsForm
from jukwaa.library.models import Item
from jukwaa.meetings.forms_schedule import MeetingForm
from jukwaa.regions.coverage import load_coverage
from jukwaa.regions.participation_counts import CoverageFilter
from tests.factories import AttendanceFactory, ItemFactory, MeetingFactory
from tests.regions.test_coverage import (
    VISITOR,
    build_viewer_standing,
    count_by_country,
    create_capacity_of,
    create_meeting,
)
from tests.regions.test_region import read_region_page


def count_by_region(coalition, ranking_measure="members") -> dict[str, int]:
    return dict(load_coverage(build_viewer_standing(VISITOR, coalition), CoverageFilter()).of[ranking_measure].regions)


@pytest.fixture
def dissolved_organisation(create_member_in):
    return create_member_in("YU", "eastern-european", name="A ministry of then")


PAGES_WITH_REGIONS = [
    "regions:coverage",
    "coalitions:representation",
    "coalitions:directory",
    "home:front",
    "regions:coverage_csv",
]


@pytest.mark.parametrize("route_name", PAGES_WITH_REGIONS)
def test_page_with_former_country_is_shown(client, coalition, dissolved_organisation, route_name):
    assert client.get(reverse(route_name, args=[coalition.slug])).status_code == 200


def test_records_of_former_country_keep_old_name(client, coalition, dissolved_organisation):
    AttendanceFactory(meeting=create_meeting(coalition, 1990), capacity=create_capacity_of(dissolved_organisation))
    page = client.get(reverse("regions:measure_detail", args=[coalition.slug, "attendees"])).text

    assert '<tr><th scope="row">Yugoslavia (–1992)</th><td class="num">1</td></tr>' in page
    assert count_by_country(VISITOR, coalition)["attendees"] == {"YU": 1}
    assert "Yugoslavia (–1992)" in read_region_page(client, coalition, "eastern-european")
    assert "under its former name" in client.get(reverse("regions:coverage", args=[coalition.slug])).text


def test_territory_counts_with_responsible_state(client, coalition, create_member_in):
    create_member_in("RE", "weog", name="A school of the island")
    item = ItemFactory(coalition=coalition, published=True, title="On the island")
    Item.objects.filter(pk=item.pk).update(countries=["RE"])
    page = read_region_page(client, coalition, "weog")

    assert count_by_region(coalition) == {"weog": 1}
    assert all(words in page for words in ("A school of the island", "Réunion", "On the island"))
    assert "A territory belongs to the group of the state that represents it." in page
    assert "On the island" not in read_region_page(client, coalition, "african")


def test_global_organisation_has_no_country_or_region(client, coalition, create_member_in):
    create_member_in("", "unknown", name="A network of networks")
    page = client.get(reverse("regions:measure_detail", args=[coalition.slug, "members"])).text

    assert count_by_region(coalition) == {"unknown": 1}
    assert '<tr><th scope="row">No country given</th><td class="num">1</td></tr>' in page
    assert "A network of networks" not in read_region_page(client, coalition, "african")
    overview = client.get(reverse("regions:coverage", args=[coalition.slug])).text
    assert "An organisation that works worldwide" in overview
    assert (
        overview.count("1 organisation does not name a country") == 1
    )  # below the map of members, which shows no bead for it


def test_organisation_of_two_regions_counts_in_stated_one(client, coalition, create_member_in):
    organisation = create_member_in("KE", "weog", name="A house in two places")
    weog, african = read_region_page(client, coalition, "weog"), read_region_page(client, coalition, "african")

    assert count_by_region(coalition) == {"weog": 1}
    assert count_by_country(VISITOR, coalition)["members"] == {"KE": 1}
    assert ("A house in two places" in weog, "A house in two places" in african) == (True, False)
    assert "Each organisation chooses its own region" in weog
    Organisation.objects.filter(pk=organisation.pk).update(country="FR")
    Coalition.objects.increment_revision([coalition.pk])
    assert "Each organisation chooses its own region" not in read_region_page(client, coalition, "weog")


@pytest.mark.parametrize("place_code", ["YU", "Global", "XX"])
def test_former_or_unknown_country_is_refused_with_explanation(place_code):
    with pytest.raises(ValidationError) as refused:
        CountryField().clean(place_code)

    assert refused.value.messages == [
        "Choose a country or territory from the list. For work in many countries or worldwide, choose “not stated”."
    ]


def test_territories_are_offered_and_country_is_optional():
    assert [CountryField().clean(code) for code in ("RE", "PR", "GL", "")] == ["RE", "PR", "GL", ""]


def test_edit_form_keeps_former_country(coalition, member):
    """The former country is listed, so that an edit does not lose it."""
    item = ItemFactory(coalition=coalition, countries=["YU"])
    meeting = MeetingFactory(coalition=coalition, country="YU")
    offered = [
        DetailsForm(item=item, viewer=member).fields["countries"].choices,
        MeetingForm(meeting=meeting).fields["country"].choices,
    ]

    assert all(("YU", "Yugoslavia (–1992), no longer a country") in choices for choices in offered)
