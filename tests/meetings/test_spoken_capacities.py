"""An organisation's page dates what it said by the meeting in which it was said."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from jukwaa.coalitions.capacities import create_capacity
from jukwaa.coalitions.models import Capacity
from jukwaa.coalitions.standing import Standing
from jukwaa.core.dates import format_month
from jukwaa.meetings.actions import add_meeting_agenda_item, record_attendance, record_entry
from jukwaa.meetings.models import Entry, Meeting
from jukwaa.meetings.spoken_capacities import list_spoken_capacities
from jukwaa.records.models import Comment, Label, Record
from tests.meetings.public_sources import create_public_entry_source


@pytest.fixture
def organisation(organisation):
    organisation.acronym = "ECPAT"
    organisation.save()
    return organisation


def list_spoken_capacity_dates(organisation, viewer=None):
    standing = Standing(viewer or AnonymousUser(), organisation.coalition)
    return [(one.name, one.span, one.times) for one in list_spoken_capacities(organisation, standing)]


def record_organisation_attendance(meeting, rapporteur, organisation, **more):
    return record_attendance(
        actor=rapporteur, meeting=meeting, name="ECPAT", organisation=organisation, came_as="member", **more
    )


def record_organisation_offer(meeting, rapporteur, organisation):
    return record_entry(
        actor=rapporteur, meeting=meeting, kind="offer", text="It offered help.", speakers=[("ITU", organisation)]
    )


def record_organisation_commitment(meeting, rapporteur, organisation):
    return record_entry(
        actor=rapporteur,
        meeting=meeting,
        kind="commitment",
        text="It will come.",
        owner=("ITU", organisation),
        sources=create_public_entry_source(meeting.coalition),
    )


@pytest.mark.parametrize(
    "record_action", [record_organisation_attendance, record_organisation_offer, record_organisation_commitment]
)
def test_date_of_spoken_capacity_is_day_of_meeting(client, coalition, meeting, rapporteur, organisation, record_action):
    record_action(meeting, rapporteur, organisation)

    assert [span for _name, span, _times in list_spoken_capacity_dates(organisation)] == ["November 2009"]
    page = client.get(reverse("coalitions:organisation_detail", args=[coalition.slug, organisation.pk])).text
    assert '<time datetime="2009-11">November 2009</time>' in page


def test_partial_meeting_date_is_shown_partially(meeting, rapporteur, organisation):
    record_organisation_attendance(meeting, rapporteur, organisation)
    Meeting.objects.update(precision="year")
    assert list_spoken_capacity_dates(organisation) == [("ECPAT", "2009", 1)]

    Meeting.objects.update(starts_on=None)
    assert list_spoken_capacity_dates(organisation) == [("ECPAT", "", 1)]


@pytest.mark.parametrize(
    "record_action", [record_organisation_attendance, record_organisation_offer, record_organisation_commitment]
)
def test_unreadable_meeting_is_not_counted(meeting, rapporteur, organisation, member, record_action):
    record_action(meeting, rapporteur, organisation)
    Record.objects.update(label=Label.GREEN)

    assert list_spoken_capacity_dates(organisation) == []
    [(_name, span, times)] = list_spoken_capacity_dates(organisation, member)
    assert (span, times) == ("November 2009", 1)


def test_unreadable_entry_of_public_meeting_is_not_counted(meeting, rapporteur, organisation):
    record_organisation_offer(meeting, rapporteur, organisation)
    Entry.objects.update(label=Label.GREEN)

    assert list_spoken_capacity_dates(organisation) == []


def test_visitor_sees_no_count_on_page_of_organisation_named_in_members_meeting(
    client, coalition, meeting, rapporteur, organisation
):
    record_organisation_attendance(meeting, rapporteur, organisation)
    Meeting.objects.update(label=Label.GREEN)
    page = client.get(reverse("coalitions:organisation_detail", args=[coalition.slug, organisation.pk])).text

    assert "1 contribution" not in page
    assert "No contributions to a meeting or a record yet." in page


@pytest.mark.parametrize(("label", "expected_count"), [(Label.CLEAR, 1), (Label.GREEN, 0)])
def test_comment_is_counted_for_readers_of_its_record(coalition, meeting, member, organisation, label, expected_count):
    Meeting.objects.update(label=label)
    capacity = create_capacity(coalition=coalition, person=member, organisation=organisation)
    Comment.objects.create(record=meeting, author=member, capacity=capacity, body="We agree.")

    assert len(list_spoken_capacity_dates(organisation)) == expected_count
    assert len(list_spoken_capacity_dates(organisation, member)) == 1


def test_chatham_house_attendance_is_shown_to_members_without_day(meeting, rapporteur, organisation, member):
    part = add_meeting_agenda_item(actor=rapporteur, meeting=meeting, title="Closed", is_under_chatham_house_rule=True)
    record_organisation_attendance(meeting, rapporteur, organisation, part=part)

    assert list_spoken_capacity_dates(organisation) == []
    assert list_spoken_capacity_dates(organisation, member) == [("ECPAT", "", 1)]


@pytest.mark.parametrize("count", [1, 3])
def test_spoken_capacities_query_count_is_constant(meeting, rapporteur, organisation, count, django_assert_num_queries):
    record_organisation_attendance(meeting, rapporteur, organisation)
    for _number in range(count):
        record_organisation_offer(meeting, rapporteur, organisation)

    with django_assert_num_queries(4):  # two of them for the names that the sources write
        list_spoken_capacities(organisation, Standing(AnonymousUser(), organisation.coalition))


def test_comment_capacity_has_own_date_and_names_are_listed_once(coalition, meeting, rapporteur, organisation, member):
    for _time in range(2):
        capacity = create_capacity(coalition=coalition, person=member, organisation=organisation)
        Comment.objects.create(record=meeting, author=member, capacity=capacity, body="We agree.")
    Capacity.objects.filter(name=organisation.name).update(country="")
    organisation.name = "ECPAT"
    record_organisation_attendance(meeting, rapporteur, organisation)
    [(_name, first, _times), (_other, second, times)] = list_spoken_capacity_dates(organisation)

    assert (first, second, times) == ("November 2009", format_month(date.today()), 2)  # noqa: DTZ011 - as the page
