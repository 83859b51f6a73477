"""An organisation's page dates what it said by the meeting in which it was said."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from jukwaa.coalitions.capacities import create_capacity
from jukwaa.coalitions.models import Capacity
from jukwaa.core.dates import format_month
from jukwaa.meetings.actions import add_part, record_attendance, record_entry
from jukwaa.meetings.models import Meeting
from jukwaa.meetings.spoken_capacities import list_spoken_capacities
from jukwaa.records.models import Label
from tests.meetings.public import public_source


def spans(organisation, viewer=None):
    return [(one.name, one.span, one.times) for one in list_spoken_capacities(organisation, viewer or AnonymousUser())]


def came(meeting, rapporteur, organisation, **more):
    return record_attendance(
        actor=rapporteur, meeting=meeting, name="ECPAT", organisation=organisation, came_as="member", **more
    )


def said(meeting, rapporteur, organisation):
    return record_entry(
        actor=rapporteur, meeting=meeting, kind="offer", text="It offered help.", speakers=[("ITU", organisation)]
    )


def promised(meeting, rapporteur, organisation):
    return record_entry(
        actor=rapporteur,
        meeting=meeting,
        kind="commitment",
        text="It will come.",
        owner=("ITU", organisation),
        sources=public_source(meeting.coalition),
    )


@pytest.mark.parametrize("deed", [came, said, promised])
def test_what_was_said_in_a_meeting_has_the_day_of_the_meeting(
    client, coalition, meeting, rapporteur, organisation, deed
):
    deed(meeting, rapporteur, organisation)

    assert [span for _name, span, _times in spans(organisation)] == ["November 2009"]
    page = client.get(reverse("coalitions:organisation_detail", args=[coalition.slug, organisation.pk])).text
    assert '<time datetime="2009-11">November 2009</time>' in page


def test_a_meeting_says_no_more_of_its_day_than_is_known(meeting, rapporteur, organisation):
    came(meeting, rapporteur, organisation)
    Meeting.objects.update(precision="year")
    assert spans(organisation) == [("ECPAT", "2009", 1)]

    Meeting.objects.update(starts_on=None)
    assert spans(organisation) == [("ECPAT", "", 1)]


def test_the_day_of_a_meeting_that_the_viewer_may_not_read_is_not_told(meeting, rapporteur, organisation, member):
    came(meeting, rapporteur, organisation)
    Meeting.objects.update(label=Label.GREEN)

    assert spans(organisation) == [("ECPAT", "", 1)]
    assert spans(organisation, member) == [("ECPAT", "November 2009", 1)]


def test_who_came_to_a_part_under_the_chatham_house_rule_is_not_told_by_its_day(meeting, rapporteur, organisation):
    part = add_part(actor=rapporteur, meeting=meeting, title="Closed", chatham=True)
    came(meeting, rapporteur, organisation, part=part)

    assert spans(organisation) == [("ECPAT", "", 1)]


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_two_queries_however_often_it_spoke(
    meeting, rapporteur, organisation, count, django_assert_num_queries
):
    came(meeting, rapporteur, organisation)
    for _number in range(count):
        said(meeting, rapporteur, organisation)

    with django_assert_num_queries(2):
        list_spoken_capacities(organisation, AnonymousUser())


def test_a_comment_has_the_day_on_which_it_was_made_and_each_reading_stands_once(
    coalition, meeting, rapporteur, organisation, member
):
    for _time in range(2):
        create_capacity(coalition=coalition, person=member, organisation=organisation)
    Capacity.objects.filter(name=organisation.name).update(country="")
    organisation.name = "ECPAT"
    came(meeting, rapporteur, organisation)
    [(_name, first, _times), (_other, second, times)] = spans(organisation)

    assert (first, second, times) == ("November 2009", format_month(date.today()), 2)  # noqa: DTZ011 - as the page
