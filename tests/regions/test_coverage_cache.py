"""How long counted figures are kept, for whom, and that none outlives what it was counted from."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from jukwaa.coalitions.models import Coalition
from jukwaa.places.former_countries import EXAMPLE_COUNTRY_CODE
from jukwaa.places.regions import StakeholderGroup
from jukwaa.places.templatetags.places import country_name
from jukwaa.records.actions import withdraw_record
from jukwaa.records.models import Label, Record
from jukwaa.regions.circles import CoverageAudience
from jukwaa.regions.coverage import load_coverage, load_coverage_by_measure
from jukwaa.regions.measures import MEASURE_BY_NAME
from jukwaa.regions.participation_counts import CoverageFilter
from tests.factories import AttendanceFactory, RoleFactory
from tests.regions.test_coverage import (
    VISITOR,
    build_viewer_standing,
    count_by_country,
    create_capacity_of,
    create_meeting,
)


@pytest.fixture
def meeting(coalition, kenyan_member, create_member_in):
    danish = create_member_in("DK", "weog", "government", starts_on=date(2011, 3, 1))
    first, second = create_meeting(coalition), create_meeting(coalition, 2012, label="TLP:GREEN")
    AttendanceFactory(meeting=first, capacity=create_capacity_of(kenyan_member))
    AttendanceFactory(meeting=second, capacity=create_capacity_of(danish))
    return first


GOVERNMENT_GROUP = StakeholderGroup.GOVERNMENT
COVERAGE_FILTERS = [
    *(CoverageFilter(), CoverageFilter(year=2009), CoverageFilter(year=2012), CoverageFilter(year=1900)),
    *(CoverageFilter(stakeholder=GOVERNMENT_GROUP), CoverageFilter(year=2012, stakeholder=GOVERNMENT_GROUP)),
]


@pytest.mark.parametrize("coverage_filter", COVERAGE_FILTERS)
def test_coverage_is_cached_for_all_readers_until_changes(coalition, meeting, member, coverage_filter):
    first = [load_coverage(build_viewer_standing(viewer, coalition), coverage_filter) for viewer in (VISITOR, member)]

    with CaptureQueriesContext(connection) as queries:
        again = [
            load_coverage(build_viewer_standing(viewer, coalition), coverage_filter) for viewer in (VISITOR, member)
        ]
    assert again == first
    assert not [query for query in queries if "meetings_attendance" in query["sql"]]
    Coalition.objects.increment_revision([coalition.pk])
    with CaptureQueriesContext(connection) as queries:
        assert load_coverage(build_viewer_standing(VISITOR, coalition), coverage_filter) == first[0]
    assert len([query for query in queries if "meetings_attendance" in query["sql"]]) == 1


@pytest.mark.parametrize("ranking_measure", MEASURE_BY_NAME)
def test_coverage_of_single_measure_equals_that_of_all_measures(coalition, meeting, member, ranking_measure):
    standing = build_viewer_standing(member, coalition)
    for asked in (CoverageFilter(), CoverageFilter(year=2012)):
        alone = load_coverage_by_measure(standing, asked, [ranking_measure])
        assert alone == {ranking_measure: load_coverage_by_measure(standing, asked)[ranking_measure]}
        assert alone[ranking_measure].covered == load_coverage(standing, asked).of[ranking_measure]


def test_year_without_records_has_no_members(coalition, create_member_in):
    create_member_in("KE", "african", starts_on=date(2011, 3, 1))
    create_member_in("UG", "african", starts_on=None)

    assert [count_by_country(VISITOR, coalition, year=year) for year in (1900, 2010)] == [{}, {}]
    assert count_by_country(VISITOR, coalition, year=2011) == {"members": {"KE": 1, "UG": 1}}


def test_withdrawn_meeting_is_not_counted(client, coalition, meeting, member):
    RoleFactory(coalition=coalition, person=member, kind="coordinator")
    assert count_by_country(VISITOR, coalition)["attendees"] == {"KE": 1}
    withdraw_record(actor=member, record=meeting, reason="It was a mistake.")

    assert "attendees" not in count_by_country(VISITOR, coalition)
    assert "Kenya" not in client.get(reverse("regions:measure_detail", args=[coalition.slug, "attendees"])).text


@pytest.mark.parametrize("tlp_label", Label)
def test_visitors_and_members_count_only_records_with_readable_labels(coalition, kenyan_member, member, tlp_label):
    record = create_meeting(coalition, label=tlp_label)
    record.audience.create(person=member)
    record.audience.create(organisation=kenyan_member)
    AttendanceFactory(meeting=record, capacity=create_capacity_of(kenyan_member))

    for viewer, circle in ((VISITOR, CoverageAudience.WORLD), (member, CoverageAudience.MEMBERS)):
        counts = "attendees" in count_by_country(viewer, coalition)
        assert counts == (tlp_label in circle.labels)
        assert not counts or Record.objects.visible_to(viewer).filter(pk=record.pk).exists()


def test_coverage_is_recounted_on_new_day(coalition, create_member_in, monkeypatch):
    tomorrow = timezone.localdate() + timedelta(days=1)
    create_member_in("KE", "african", starts_on=tomorrow)
    assert "members" not in count_by_country(VISITOR, coalition)
    monkeypatch.setattr(timezone, "localdate", lambda: tomorrow)

    assert count_by_country(VISITOR, coalition)["members"] == {"KE": 1}


def test_made_up_country_has_no_code_and_is_not_counted(coalition, create_member_in):
    create_member_in("KE", "african")
    create_member_in(EXAMPLE_COUNTRY_CODE, "african")
    covered = load_coverage(build_viewer_standing(VISITOR, coalition), CoverageFilter()).of["members"]

    assert (covered.by_country, covered.without_country) == ({"KE": 1}, 1)
    with override("en"):
        assert country_name(EXAMPLE_COUNTRY_CODE) == "an example country"
