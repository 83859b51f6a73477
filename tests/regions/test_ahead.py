"""What the worker counts ahead, for whom, and that nothing of it outlives what it was counted from."""

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
from jukwaa.regions.ahead import count_ahead
from jukwaa.regions.circles import Circle
from jukwaa.regions.counting import Asked
from jukwaa.regions.coverage import coverage, measured
from jukwaa.regions.measures import MEASURES
from jukwaa.regions.models import Figures
from tests.factories import AttendanceFactory, CoalitionFactory, RoleFactory
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
    *(Asked(), Asked(year=2009), Asked(year=2012), Asked(year=1900)),
    *(Asked(stakeholder=GOVERNMENT), Asked(year=2012, stakeholder=GOVERNMENT)),
]


def forget():
    Coalition.objects.bump(list(Coalition.objects.values_list("pk", flat=True)))


@pytest.mark.parametrize("asked", ASKED)
def test_what_was_counted_ahead_is_what_would_be_counted_now(coalition, meeting, member, asked):
    now = [
        (coverage(seen_by(viewer, coalition), asked), measured(seen_by(viewer, coalition), asked))
        for viewer in (VISITOR, member)
    ]
    forget()
    count_ahead()
    with CaptureQueriesContext(connection) as queries:
        for viewer, (found, years) in zip((VISITOR, member), now, strict=True):
            assert coverage(seen_by(viewer, coalition), asked) == found
            assert measured(seen_by(viewer, coalition), asked) == years
    assert not [query for query in queries if "meetings_attendance" in query["sql"]]


@pytest.mark.parametrize("measure", MEASURES)
def test_a_page_that_reads_for_one_measure_alone_counts_it_as_all_pages_do(coalition, meeting, member, measure):
    standing = seen_by(member, coalition)
    for asked in (Asked(), Asked(year=2012)):
        alone = measured(standing, asked, [measure])
        assert alone == {measure: measured(standing, asked)[measure]}
        assert alone[measure].covered == coverage(standing, asked).of[measure]


def test_a_year_in_which_there_was_nothing_has_no_members_either(coalition, member_in):
    member_in("KE", "african", starts_on=date(2011, 3, 1))
    member_in("UG", "african", starts_on=None)

    assert [counted(VISITOR, coalition, year=year) for year in (1900, 2010)] == [{}, {}]
    assert counted(VISITOR, coalition, year=2011) == {"members": {"KE": 1, "UG": 1}}


def test_what_was_withdrawn_is_gone_at_once_though_it_was_counted_ahead(client, coalition, meeting, member):
    RoleFactory(coalition=coalition, person=member, kind="coordinator")
    count_ahead()
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


def test_a_coalition_is_counted_once_for_each_circle_until_something_is_written(coalition, meeting):
    other = CoalitionFactory()
    count_ahead()
    before = dict(Figures.objects.values_list("pk", "revision"))
    count_ahead()
    assert dict(Figures.objects.values_list("pk", "revision")) == before
    Coalition.objects.bump([other.pk])
    count_ahead()

    assert Figures.objects.count() == len(before)
    assert {row.coalition_id for row in Figures.objects.all() if row.revision != before[row.pk]} == {other.pk}


def test_counting_ends_in_time_and_goes_on_at_the_next_tick(coalition, monkeypatch):
    CoalitionFactory.create_batch(2)
    monkeypatch.setattr("jukwaa.regions.ahead.SECONDS", -1)
    number = []
    for _tick in range(4):
        count_ahead()
        number.append(Figures.objects.values("coalition").distinct().count())

    assert number == [1, 2, 3, 3]


def test_a_day_that_begins_counts_anew(coalition, member_in, monkeypatch):
    tomorrow = timezone.localdate() + timedelta(days=1)
    member_in("KE", "african", starts_on=tomorrow)
    count_ahead()
    assert "members" not in counted(VISITOR, coalition)
    monkeypatch.setattr(timezone, "localdate", lambda: tomorrow)

    assert counted(VISITOR, coalition)["members"] == {"KE": 1}
