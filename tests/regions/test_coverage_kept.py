"""How long counted figures are kept, for whom, and that none outlives what it was counted from."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from jukwaa.coalitions.models import Coalition
from jukwaa.places.regions import StakeholderGroup
from jukwaa.records.actions import withdraw_record
from jukwaa.records.models import Label, Record
from jukwaa.regions.circles import Circle
from jukwaa.regions.coverage import coverage, measured
from jukwaa.regions.measures import MEASURES
from jukwaa.regions.participation_counts import CoverageFilter
from tests.factories import AttendanceFactory, RoleFactory
from tests.regions.test_coverage import VISITOR, capacity, counted, meeting_of, seen_by


@pytest.fixture
def meeting(coalition, kenyan, member_in):
    danish = member_in("DK", "weog", "government", starts_on=date(2011, 3, 1))
    first, second = meeting_of(coalition), meeting_of(coalition, 2012, label="TLP:GREEN")
    AttendanceFactory(meeting=first, capacity=capacity(kenyan))
    AttendanceFactory(meeting=second, capacity=capacity(danish))
    return first


GOVERNMENT = StakeholderGroup.GOVERNMENT
ASKED = [
    *(CoverageFilter(), CoverageFilter(year=2009), CoverageFilter(year=2012), CoverageFilter(year=1900)),
    *(CoverageFilter(stakeholder=GOVERNMENT), CoverageFilter(year=2012, stakeholder=GOVERNMENT)),
]


@pytest.mark.parametrize("asked", ASKED)
def test_coverage_is_counted_once_for_all_readers_until_something_is_written(coalition, meeting, member, asked):
    first = [coverage(seen_by(viewer, coalition), asked) for viewer in (VISITOR, member)]

    with CaptureQueriesContext(connection) as queries:
        again = [coverage(seen_by(viewer, coalition), asked) for viewer in (VISITOR, member)]
    assert again == first
    assert not [query for query in queries if "meetings_attendance" in query["sql"]]
    Coalition.objects.increment_revision([coalition.pk])
    with CaptureQueriesContext(connection) as queries:
        assert coverage(seen_by(VISITOR, coalition), asked) == first[0]
    assert len([query for query in queries if "meetings_attendance" in query["sql"]]) == 1


@pytest.mark.parametrize("measure", MEASURES)
def test_a_page_that_reads_for_one_measure_alone_counts_it_as_all_pages_do(coalition, meeting, member, measure):
    standing = seen_by(member, coalition)
    for asked in (CoverageFilter(), CoverageFilter(year=2012)):
        alone = measured(standing, asked, [measure])
        assert alone == {measure: measured(standing, asked)[measure]}
        assert alone[measure].covered == coverage(standing, asked).of[measure]


def test_a_year_in_which_there_was_nothing_has_no_members_either(coalition, member_in):
    member_in("KE", "african", starts_on=date(2011, 3, 1))
    member_in("UG", "african", starts_on=None)

    assert [counted(VISITOR, coalition, year=year) for year in (1900, 2010)] == [{}, {}]
    assert counted(VISITOR, coalition, year=2011) == {"members": {"KE": 1, "UG": 1}}


def test_withdrawn_meeting_is_counted_no_longer(client, coalition, meeting, member):
    RoleFactory(coalition=coalition, person=member, kind="coordinator")
    assert counted(VISITOR, coalition)["attendees"] == {"KE": 1}
    withdraw_record(actor=member, record=meeting, reason="It was a mistake.")

    assert "attendees" not in counted(VISITOR, coalition)
    assert "Kenya" not in client.get(reverse("regions:measure_detail", args=[coalition.slug, "attendees"])).text


@pytest.mark.parametrize("label", Label)
def test_what_only_some_may_read_counts_for_nobody_and_what_counts_may_be_read(coalition, kenyan, member, label):
    record = meeting_of(coalition, label=label)
    record.audience.create(person=member)
    record.audience.create(organisation=kenyan)
    AttendanceFactory(meeting=record, capacity=capacity(kenyan))

    for viewer, circle in ((VISITOR, Circle.WORLD), (member, Circle.MEMBERS)):
        counts = "attendees" in counted(viewer, coalition)
        assert counts == (label in circle.labels)
        assert not counts or Record.objects.visible_to(viewer).filter(pk=record.pk).exists()


def test_a_day_that_begins_counts_anew(coalition, member_in, monkeypatch):
    tomorrow = timezone.localdate() + timedelta(days=1)
    member_in("KE", "african", starts_on=tomorrow)
    assert "members" not in counted(VISITOR, coalition)
    monkeypatch.setattr(timezone, "localdate", lambda: tomorrow)

    assert counted(VISITOR, coalition)["members"] == {"KE": 1}
