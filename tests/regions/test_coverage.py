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
from jukwaa.regions.coverage import coverage, measured
from jukwaa.regions.gaps import gaps
from jukwaa.regions.measures import MEASURES
from jukwaa.regions.participation_counts import CoverageFilter
from tests.drafting.agreeing import drafted
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


def capacity(organisation: Organisation | None, coalition: Coalition | None = None):
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


def meeting_of(coalition, year=2009, **fields):
    return MeetingFactory(coalition=coalition, published=True, starts_on=date(year, 11, 17), **fields)


def seen_by(viewer, coalition) -> Standing:
    return Standing(viewer, Coalition.objects.get(pk=coalition.pk))


def counted(viewer, coalition, **asked) -> dict[str, dict[str, int]]:
    """Organisations by country, of each measure that has any."""
    found = coverage(seen_by(viewer, coalition), CoverageFilter(**asked))
    return {name: dict(covered.countries) for name, covered in found.of.items() if covered.organisations}


def test_each_kind_of_deed_is_counted_by_the_country_of_whoever_did_it(coalition, kenyan, member):
    meeting, at = meeting_of(coalition), capacity(kenyan)
    AttendanceFactory(meeting=meeting, capacity=at)
    EntryFactory(coalition=coalition, published=True, meeting=meeting, position=1).speakers.add(capacity(kenyan))
    item = ItemFactory(coalition=coalition, published=True)
    Authorship.objects.create(record=item, person=member, capacity=capacity(kenyan))
    text = drafted(coalition, member)
    InputFactory(consultation=ConsultationFactory(text=text), capacity=capacity(kenyan))
    OfferFactory(coalition=coalition, published=True, organisation=kenyan)
    NeedFactory(coalition=coalition, published=True, organisation=kenyan)
    occurrence = OccurrenceFactory(event=EventFactory(coalition=coalition, published=True))
    PledgeFactory(occurrence=occurrence, organisation=kenyan, capacity=capacity(kenyan))

    assert counted(VISITOR, coalition) == {name: {"KE": 1} for name in MEASURES}


def test_an_item_counts_for_its_authors_and_the_library_and_a_document_for_its_authors_alone(
    coalition, kenyan, member_in, member
):
    ugandan = member_in("UG", "african")
    for made, organisation in ((ItemFactory, kenyan), (DocumentFactory, kenyan), (DocumentFactory, ugandan)):
        record = made(coalition=coalition, published=True)
        Authorship.objects.create(record=record, person=member, capacity=capacity(organisation))
    for measures in (["authors"], ["practices"], MEASURES):
        found = measured(seen_by(VISITOR, coalition), CoverageFilter(), measures)
        of = {name: (each.covered.by_country, each.covered.deeds) for name, each in found.items()}
        expected = {"authors": ({"KE": 1, "UG": 1}, 3), "practices": ({"KE": 1}, 1)}
        assert {name: of[name] for name in expected if name in of} == {
            name: numbers for name, numbers in expected.items() if name in measures
        }


def test_what_somebody_was_on_the_day_counts_whatever_the_directory_says_later(coalition, kenyan):
    AttendanceFactory(meeting=meeting_of(coalition), capacity=capacity(kenyan))
    Organisation.objects.filter(pk=kenyan.pk).update(country="UG")

    assert counted(VISITOR, coalition) == {"members": {"UG": 1}, "active": {"UG": 1}, "attendees": {"KE": 1}}


def test_an_organisation_counts_once_however_often_it_comes(coalition, kenyan):
    for _number in range(3):
        AttendanceFactory(meeting=meeting_of(coalition), capacity=capacity(kenyan))
    covered = coverage(seen_by(VISITOR, coalition), CoverageFilter()).of["attendees"]

    assert (covered.organisations, covered.deeds) == (1, 3)


def test_people_in_no_organisation_are_one_folded_number_and_have_no_country(client, coalition):
    for _number in range(3):
        AttendanceFactory(meeting=meeting_of(coalition), capacity=capacity(None, coalition))
    covered = coverage(seen_by(VISITOR, coalition), CoverageFilter()).of["attendees"]
    page = client.get(reverse("regions:measure_detail", args=[coalition.slug, "attendees"])).text

    assert (covered.in_none, dict(covered.countries), dict(covered.regions)) == (3, {}, {})
    assert "Not on behalf of an organisation: fewer than five." in page
    assert "Malta" not in page


def test_nobody_is_counted_who_spoke_or_came_under_the_chatham_house_rule(coalition, kenyan):
    meeting = meeting_of(coalition)
    part = PartFactory(meeting=meeting, chatham=True)
    AttendanceFactory(meeting=meeting, part=part, capacity=capacity(kenyan))

    assert "attendees" not in counted(VISITOR, coalition)


def test_only_what_the_reader_may_read_is_counted(coalition, kenyan, member, outsider):
    AttendanceFactory(meeting=meeting_of(coalition, label="TLP:GREEN"), capacity=capacity(kenyan))
    AttendanceFactory(
        meeting=MeetingFactory(coalition=coalition, starts_on=date(2009, 11, 17)), capacity=capacity(kenyan)
    )

    assert "attendees" not in counted(VISITOR, coalition)
    assert "attendees" not in counted(outsider, coalition)
    assert counted(member, coalition)["attendees"] == {"KE": 1}
    assert coverage(seen_by(member, coalition), CoverageFilter()).of["attendees"].deeds == 1


def test_a_year_a_group_and_an_area_narrow_what_is_counted(coalition, kenyan, member_in):
    danish = member_in("DK", "weog", starts_on=date(2011, 3, 1))
    policy = AreaOfWork.objects.create(coalition=coalition, name="Policy")
    first, second = meeting_of(coalition), meeting_of(coalition, 2011)
    first.areas.add(policy)
    kenyan.areas.add(policy)
    for meeting in (first, second):
        for organisation in (kenyan, danish):
            AttendanceFactory(meeting=meeting, capacity=capacity(organisation))
    AttendanceFactory(meeting=second, capacity=capacity(kenyan))
    both = {"KE": 1, "DK": 1}

    assert counted(VISITOR, coalition) == dict.fromkeys(("members", "active", "attendees"), both)
    assert counted(VISITOR, coalition, year=2009) == {"members": {"KE": 1}, "active": {"KE": 1}, "attendees": both}
    assert counted(VISITOR, coalition, year=2010) == {"members": {"KE": 1}}
    assert counted(VISITOR, coalition, stakeholder=StakeholderGroup.GOVERNMENT)["attendees"] == {"KE": 1}
    assert counted(VISITOR, coalition, area=policy) == {
        "members": {"KE": 1},
        "active": {"KE": 1},
        "attendees": both,
    }
    found = measured(seen_by(VISITOR, coalition), CoverageFilter())
    years = {year: covered.by_country for year, covered in found["attendees"].by_year.items()}
    assert years == {2009: both, 2011: both}
    assert found["members"].by_year[2010].by_country == {"KE": 1}


def test_meetings_without_a_date_count_in_no_year(client, coalition, kenyan):
    for who in (kenyan, None):
        undated = MeetingFactory(coalition=coalition, starts_on=None, published=True)
        AttendanceFactory(meeting=undated, capacity=capacity(who, coalition))

    assert client.get(reverse("regions:coverage", args=[coalition.slug])).status_code == 200
    assert set(map(str, counted(VISITOR, coalition).values())) == {"{'KE': 1}"}
    assert set(counted(VISITOR, coalition, year=2009)) == {"members"}


def test_the_pages_name_countries_by_their_names_and_never_by_their_numbers(client, coalition, member_in):
    """No page sorts countries by what they do: that would be a ranking."""
    for country, region, number in (("ZW", "african", 3), ("AL", "eastern-european", 1), ("CI", "african", 2)):
        for _number in range(number):
            member_in(country, region)
    for url in (
        reverse("regions:measure_detail", args=[coalition.slug, "members"]),
        reverse("coalitions:representation", args=[coalition.slug]),
    ):
        rows = re.findall(r'<tr><th scope="row">([^<]*)</th><td class="num">(\d)</td></tr>', client.get(url).text)
        assert rows[:3] == [("Albania", "1"), ("Côte d’Ivoire", "2"), ("Zimbabwe", "3")]


def test_the_file_has_the_numbers_of_the_pages(client, coalition, kenyan):
    AttendanceFactory(meeting=meeting_of(coalition), capacity=capacity(kenyan))
    text = client.get(reverse("regions:coverage_csv", args=[coalition.slug])).text
    rows = list(csv.reader(text.splitlines()))

    assert rows[0] == ["measure", "counted by", "value", "organisations", "year"]
    assert ["attendees", "country", "KE", "1", ""] in rows
    assert ["members", "regional group", "african", "1", ""] in rows
    assert ["attendees", "year", "2009", "1", "2009"] in rows
    one = client.get(reverse("regions:measure_csv", args=[coalition.slug, "members"]) + "?year=2008").text
    assert "attendees" not in one
    assert "KE" not in one


def test_an_area_in_which_somebody_works_says_from_where_nobody_does(client, coalition, kenyan):
    worked, empty = (AreaOfWork.objects.create(coalition=coalition, name=name) for name in ("Policy", "Research"))
    kenyan.areas.add(worked)

    assert [gap.area for gap in gaps(coalition, [worked, empty])] == [worked]
    page = client.get(reverse("regions:coverage", args=[coalition.slug])).text
    assert "No members yet from: Asia-Pacific Group, Eastern European Group" in page
    assert "African Group, Asia" not in page


@pytest.mark.parametrize(
    "asked", ["year=x", "year=99999", "year=-1", "stakeholder=x", "area=x", "area=9999999999999999999"]
)
def test_what_is_no_year_no_group_and_no_area_narrows_nothing(client, coalition, kenyan, asked):
    url = reverse("regions:coverage", args=[coalition.slug])

    assert "<span>1</span>" in client.get(f"{url}?{asked}").text


def test_a_measure_that_is_not_counted_is_not_there(client, coalition):
    assert client.get(reverse("regions:measure_detail", args=[coalition.slug, "rank"])).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_pages_cost_the_same_however_much_there_is(
    client, coalition, member_in, member, django_assert_num_queries, number
):
    for _number in range(number):
        AttendanceFactory(meeting=meeting_of(coalition), capacity=capacity(member_in("KE", "african")))
    client.force_login(member)
    client.get(reverse("regions:coverage", args=[coalition.slug]))
    Coalition.objects.increment_revision([coalition.pk])
    for expected, name, measure in ((6, "coverage", []), (4, "coverage", []), (5, "measure_detail", ["attendees"])):
        with django_assert_num_queries(expected):
            client.get(reverse(f"regions:{name}", args=[coalition.slug, *measure]))
    with django_assert_num_queries(5):
        client.get(reverse("regions:coverage_csv", args=[coalition.slug]))


def test_an_input_that_was_hidden_counts_for_nobody(coalition, kenyan, member):
    text = drafted(coalition, member)
    asked = ConsultationFactory(text=text)
    InputFactory(consultation=asked, capacity=capacity(kenyan), hidden_at=timezone.now(), hidden_because="Off topic")

    assert "inputs" not in counted(member, coalition)
