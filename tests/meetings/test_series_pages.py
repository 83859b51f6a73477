"""The page of a series, and the links between the meetings of a series or of a coalition."""

from datetime import date

import pytest
from django.urls import reverse

from jukwaa.coalitions.standing import Standing
from jukwaa.meetings.meeting_page import MeetingPage
from jukwaa.meetings.models import Series
from tests.factories import CommitmentFactory, EntryFactory, MeetingFactory


@pytest.fixture
def series(coalition):
    return Series.objects.create(coalition=coalition, title="Monthly calls")


def held(coalition, month, **more):
    given = {"title": f"Call {month}", "starts_on": date(2020, month, 1), "published": True}
    return MeetingFactory(coalition=coalition, **(given | more))


def neighbours(viewer, meeting):
    found = MeetingPage(meeting, Standing(viewer, meeting.coalition)).neighbours
    return [each.title if each else None for each in (found.previous, found.next)]


def address(series):
    return reverse("meetings:series_detail", args=["ours", series.pk])


def test_meetings_without_a_series_follow_those_of_the_coalition(coalition, member):
    first, second, third = (held(coalition, month) for month in (1, 2, 3))
    undated = held(coalition, 4, starts_on=None)

    assert neighbours(member, first) == [None, "Call 2"]
    assert neighbours(member, second) == ["Call 1", "Call 3"]
    assert neighbours(member, third) == ["Call 2", None]
    assert neighbours(member, undated) == [None, None]


def test_meetings_of_one_day_follow_each_other(coalition, member):
    first, second = (held(coalition, 1, title=title) for title in ("Morning", "Afternoon"))

    assert neighbours(member, first) == [None, "Afternoon"]
    assert neighbours(member, second) == ["Morning", None]


def test_meetings_of_a_series_follow_those_of_the_series(coalition, series, member):
    first, _other, third = held(coalition, 1, series=series), held(coalition, 2), held(coalition, 3, series=series)

    assert neighbours(member, first) == [None, "Call 3"]
    assert neighbours(member, third) == ["Call 1", None]


def test_meetings_that_the_reader_may_not_read_are_passed_over(coalition, member):
    first = held(coalition, 1)
    held(coalition, 2, label="TLP:RED")
    held(coalition, 3, published=False)
    held(coalition, 4)

    assert neighbours(member, first) == [None, "Call 4"]


def test_page_of_a_meeting_links_its_neighbours_and_its_series(client, coalition, series):
    first, second, third = (held(coalition, month, series=series) for month in (1, 2, 3))
    text = client.get(second.get_absolute_url()).text

    assert "Previous minutes" in text
    assert f'href="{first.get_absolute_url()}" rel="prev"' in text
    assert f'href="{third.get_absolute_url()}" rel="next"' in text
    assert f'href="{address(series)}"' in text


def test_page_of_a_series_lists_its_meetings_with_what_was_agreed(client, coalition, series):
    first, second = (held(coalition, month, series=series) for month in (1, 2))
    held(coalition, 3, series=series, label="TLP:RED", title="A closed call")
    held(coalition, 4, title="A call of no series")
    EntryFactory(coalition=coalition, meeting=first, text="The charter is adopted.", published=True)
    EntryFactory(coalition=coalition, meeting=second, text="A closed decision.", label="TLP:RED", published=True)
    text = client.get(address(series)).text

    assert text.index(second.title) < text.index(first.title) < text.index("The charter is adopted.")
    for closed in ("A closed call", "A call of no series", "A closed decision."):
        assert closed not in text


def test_page_of_a_series_leads_to_changing_its_meetings_to_come(client, coalition, series, rapporteur, member):
    past = held(coalition, 1, series=series)
    to_come = MeetingFactory(coalition=coalition, starts_on=date(2199, 1, 1), published=True, series=series)
    client.force_login(member)
    assert "Change this and later meetings" not in client.get(address(series)).text
    client.force_login(rapporteur)
    text = client.get(address(series)).text

    assert reverse("meetings:series_edit", args=["ours", to_come.pk]) in text
    assert reverse("meetings:series_edit", args=["ours", past.pk]) not in text


def test_series_of_closed_meetings_is_not_found(client, coalition, series):
    held(coalition, 1, series=series, label="TLP:RED")

    assert client.get(address(series)).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_page_of_a_series_costs_four_queries(client, coalition, series, django_assert_num_queries, count):
    for month in range(1, count + 1):
        meeting = held(coalition, month, series=series)
        entry = EntryFactory(coalition=coalition, meeting=meeting, kind="commitment", published=True)
        CommitmentFactory(entry=entry)
    with django_assert_num_queries(4):
        client.get(address(series))
