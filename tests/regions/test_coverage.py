"""Who takes part, counted in the capacity of the day, for what the reader may read, and never as a ranking."""

import csv
import re
from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone

from jukwaa.coalitions.models import AreaOfWork, Coalition, Organisation
from jukwaa.coalitions.standing import Standing
from jukwaa.places.regions import StakeholderGroup
from jukwaa.records.models import Authorship
from jukwaa.regions.coverage import load_coverage, load_coverage_by_measure
from jukwaa.regions.gaps import find_coverage_gaps
from jukwaa.regions.measures import MEASURE_BY_NAME
from jukwaa.regions.participation_counts import CoverageFilter
from tests.drafting.consensus import create_open_text
from tests.factories import (
    AttendanceFactory,
    CapacityFactory,
    ConsultationFactory,
    DocumentFactory,
    EntryFactory,
    EventFactory,
    InputFactory,
    ItemFactory,
    MeetingFactory,
    NeedFactory,
    OccurrenceFactory,
    OfferFactory,
    PartFactory,
    PledgeFactory,
)

VISITOR = AnonymousUser()


def create_capacity_of(organisation: Organisation | None, coalition: Coalition | None = None):
    if organisation is None:
        return CapacityFactory(coalition=coalition, name="Somebody", country="MT", regional_group="weog")
    return CapacityFactory(
        coalition=organisation.coalition,
        organisation=organisation,
        name=organisation.name,
        country=organisation.country,
        regional_group=organisation.regional_group,
        stakeholder_group=organisation.stakeholder_group,
    )


def create_meeting(coalition, year=2009, **fields):
    return MeetingFactory(coalition=coalition, published=True, starts_on=date(year, 11, 17), **fields)


def build_viewer_standing(viewer, coalition) -> Standing:
    return Standing(viewer, Coalition.objects.get(pk=coalition.pk))


def count_by_country(viewer, coalition, **asked) -> dict[str, dict[str, int]]:
    """Organisations by country, of each measure that has any."""
    found = load_coverage(build_viewer_standing(viewer, coalition), CoverageFilter(**asked))
    return {name: dict(covered.countries) for name, covered in found.of.items() if covered.organisations}


def test_each_measure_counts_country_of_capacity(coalition, kenyan_member, member):
    meeting, at = create_meeting(coalition), create_capacity_of(kenyan_member)
    AttendanceFactory(meeting=meeting, capacity=at)
    EntryFactory(coalition=coalition, published=True, meeting=meeting, position=1).speakers.add(
        create_capacity_of(kenyan_member)
    )
    item = ItemFactory(coalition=coalition, published=True)
    Authorship.objects.create(record=item, person=member, capacity=create_capacity_of(kenyan_member))
    text = create_open_text(coalition, member)
    InputFactory(consultation=ConsultationFactory(text=text), capacity=create_capacity_of(kenyan_member))
    OfferFactory(coalition=coalition, published=True, organisation=kenyan_member)
    NeedFactory(coalition=coalition, published=True, organisation=kenyan_member)
    occurrence = OccurrenceFactory(event=EventFactory(coalition=coalition, published=True))
    PledgeFactory(occurrence=occurrence, organisation=kenyan_member, capacity=create_capacity_of(kenyan_member))

    assert count_by_country(VISITOR, coalition) == {name: {"KE": 1} for name in MEASURE_BY_NAME}


def test_items_and_documents_are_counted_for_their_authors(coalition, kenyan_member, create_member_in, member):
    ugandan = create_member_in("UG", "african")
    for made, organisation in (
        (ItemFactory, kenyan_member),
        (DocumentFactory, kenyan_member),
        (DocumentFactory, ugandan),
    ):
        record = made(coalition=coalition, published=True)
        Authorship.objects.create(record=record, person=member, capacity=create_capacity_of(organisation))
    for measures in (["authors"], ["practices"], MEASURE_BY_NAME):
        found = load_coverage_by_measure(build_viewer_standing(VISITOR, coalition), CoverageFilter(), measures)
        of = {name: (each.covered.by_country, each.covered.deeds) for name, each in found.items()}
        expected = {"authors": ({"KE": 1, "UG": 1}, 3), "practices": ({"KE": 1}, 1)}
        assert {name: of[name] for name in expected if name in of} == {
            name: numbers for name, numbers in expected.items() if name in measures
        }


def test_coverage_uses_country_of_capacity_on_the_day(coalition, kenyan_member):
    AttendanceFactory(meeting=create_meeting(coalition), capacity=create_capacity_of(kenyan_member))
    Organisation.objects.filter(pk=kenyan_member.pk).update(country="UG")

    assert count_by_country(VISITOR, coalition) == {"members": {"UG": 1}, "active": {"UG": 1}, "attendees": {"KE": 1}}


def test_organisation_counts_once(coalition, kenyan_member):
    for _number in range(3):
        AttendanceFactory(meeting=create_meeting(coalition), capacity=create_capacity_of(kenyan_member))
    covered = load_coverage(build_viewer_standing(VISITOR, coalition), CoverageFilter()).of["attendees"]

    assert (covered.organisations, covered.deeds) == (1, 3)


def test_individual_members_are_one_number_without_country(client, coalition):
    for _number in range(3):
        AttendanceFactory(meeting=create_meeting(coalition), capacity=create_capacity_of(None, coalition))
    covered = load_coverage(build_viewer_standing(VISITOR, coalition), CoverageFilter()).of["attendees"]
    page = client.get(reverse("regions:measure_detail", args=[coalition.slug, "attendees"])).text

    assert (covered.in_none, dict(covered.countries), dict(covered.regions)) == (3, {}, {})
    assert "Not on behalf of an organisation: fewer than 5." in page
    assert "Malta" not in page


def test_chatham_house_rule_excludes_speakers_and_attendees(coalition, kenyan_member):
    meeting = create_meeting(coalition)
    part = PartFactory(meeting=meeting, chatham=True)
    AttendanceFactory(meeting=meeting, part=part, capacity=create_capacity_of(kenyan_member))

    assert "attendees" not in count_by_country(VISITOR, coalition)


def test_only_readable_records_are_counted(coalition, kenyan_member, member, outsider):
    AttendanceFactory(meeting=create_meeting(coalition, label="TLP:GREEN"), capacity=create_capacity_of(kenyan_member))
    AttendanceFactory(
        meeting=MeetingFactory(coalition=coalition, starts_on=date(2009, 11, 17)),
        capacity=create_capacity_of(kenyan_member),
    )

    assert "attendees" not in count_by_country(VISITOR, coalition)
    assert "attendees" not in count_by_country(outsider, coalition)
    assert count_by_country(member, coalition)["attendees"] == {"KE": 1}
    assert load_coverage(build_viewer_standing(member, coalition), CoverageFilter()).of["attendees"].deeds == 1


def test_filter_by_year_group_and_area(coalition, kenyan_member, create_member_in):
    danish = create_member_in("DK", "weog", starts_on=date(2011, 3, 1))
    policy = AreaOfWork.objects.create(coalition=coalition, name="Policy")
    first, second = create_meeting(coalition), create_meeting(coalition, 2011)
    first.areas.add(policy)
    kenyan_member.areas.add(policy)
    for meeting in (first, second):
        for organisation in (kenyan_member, danish):
            AttendanceFactory(meeting=meeting, capacity=create_capacity_of(organisation))
    AttendanceFactory(meeting=second, capacity=create_capacity_of(kenyan_member))
    both = {"KE": 1, "DK": 1}

    assert count_by_country(VISITOR, coalition) == dict.fromkeys(("members", "active", "attendees"), both)
    assert count_by_country(VISITOR, coalition, year=2009) == {
        "members": {"KE": 1},
        "active": {"KE": 1},
        "attendees": both,
    }
    assert count_by_country(VISITOR, coalition, year=2010) == {"members": {"KE": 1}}
    assert count_by_country(VISITOR, coalition, stakeholder=StakeholderGroup.GOVERNMENT)["attendees"] == {"KE": 1}
    assert count_by_country(VISITOR, coalition, area=policy) == {
        "members": {"KE": 1},
        "active": {"KE": 1},
        "attendees": both,
    }
    found = load_coverage_by_measure(build_viewer_standing(VISITOR, coalition), CoverageFilter())
    years = {year: covered.by_country for year, covered in found["attendees"].by_year.items()}
    assert years == {2009: both, 2011: both}
    assert found["members"].by_year[2010].by_country == {"KE": 1}


def test_meeting_without_date_counts_in_no_year(client, coalition, kenyan_member):
    for who in (kenyan_member, None):
        undated = MeetingFactory(coalition=coalition, starts_on=None, published=True)
        AttendanceFactory(meeting=undated, capacity=create_capacity_of(who, coalition))

    assert client.get(reverse("regions:coverage", args=[coalition.slug])).status_code == 200
    assert set(map(str, count_by_country(VISITOR, coalition).values())) == {"{'KE': 1}"}
    assert set(count_by_country(VISITOR, coalition, year=2009)) == {"members"}


def test_countries_are_sorted_by_name_and_not_by_number(client, coalition, create_member_in):
    """No page sorts countries by what they do: that would be a ranking."""
    for country, region, number in (("ZW", "african", 3), ("AL", "eastern-european", 1), ("CI", "african", 2)):
        for _number in range(number):
            create_member_in(country, region)
    for url in (
        reverse("regions:measure_detail", args=[coalition.slug, "members"]),
        reverse("coalitions:representation", args=[coalition.slug]),
    ):
        rows = re.findall(r'<tr><th scope="row">([^<]*)</th><td class="num">(\d)</td></tr>', client.get(url).text)
        assert rows[:3] == [("Albania", "1"), ("Côte d’Ivoire", "2"), ("Zimbabwe", "3")]


def test_csv_has_same_numbers_as_pages(client, coalition, kenyan_member):
    AttendanceFactory(meeting=create_meeting(coalition), capacity=create_capacity_of(kenyan_member))
    text = client.get(reverse("regions:coverage_csv", args=[coalition.slug])).text
    rows = list(csv.reader(text.splitlines()))

    assert rows[0] == ["measure", "counted by", "value", "organisations", "year"]
    assert ["attendees", "country", "KE", "1", ""] in rows
    assert ["members", "regional group", "african", "1", ""] in rows
    assert ["attendees", "year", "2009", "1", "2009"] in rows
    one = client.get(reverse("regions:measure_csv", args=[coalition.slug, "members"]) + "?year=2008").text
    assert "attendees" not in one
    assert "KE" not in one


def test_area_lists_regions_without_members(client, coalition, kenyan_member):
    worked, empty = (AreaOfWork.objects.create(coalition=coalition, name=name) for name in ("Policy", "Research"))
    kenyan_member.areas.add(worked)

    assert [gap.area for gap in find_coverage_gaps(coalition, [worked, empty])] == [worked]
    page = client.get(reverse("regions:coverage", args=[coalition.slug])).text
    assert "No members yet from: Asia-Pacific Group, Eastern European Group" in page
    assert "African Group, Asia" not in page


@pytest.mark.parametrize(
    "query", ["year=x", "year=99999", "year=-1", "stakeholder=x", "area=x", "area=9999999999999999999"]
)
def test_invalid_filters_are_ignored(client, coalition, kenyan_member, query):
    url = reverse("regions:coverage", args=[coalition.slug])

    assert "<span>1</span>" in client.get(f"{url}?{query}").text


def test_unknown_measure_is_not_found(client, coalition):
    assert client.get(reverse("regions:measure_detail", args=[coalition.slug, "rank"])).status_code == 404


@pytest.mark.parametrize("row_count", [1, 3])
def test_coverage_query_count_is_constant(
    client, coalition, create_member_in, member, django_assert_num_queries, row_count
):
    for _number in range(row_count):
        AttendanceFactory(
            meeting=create_meeting(coalition), capacity=create_capacity_of(create_member_in("KE", "african"))
        )
    client.force_login(member)
    client.get(reverse("regions:coverage", args=[coalition.slug]))
    Coalition.objects.increment_revision([coalition.pk])
    for expected, name, measure in ((6, "coverage", []), (4, "coverage", []), (5, "measure_detail", ["attendees"])):
        with django_assert_num_queries(expected):
            client.get(reverse(f"regions:{name}", args=[coalition.slug, *measure]))
    with django_assert_num_queries(5):
        client.get(reverse("regions:coverage_csv", args=[coalition.slug]))


def test_hidden_input_is_not_counted(coalition, kenyan_member, member):
    text = create_open_text(coalition, member)
    asked = ConsultationFactory(text=text)
    InputFactory(
        consultation=asked,
        capacity=create_capacity_of(kenyan_member),
        hidden_at=timezone.now(),
        hidden_because="Off topic",
    )

    assert "inputs" not in count_by_country(member, coalition)
