"""The page of a series, and the links between the meetings of a series or of a coalition."""

from datetime import date

import pytest
from django.urls import reverse

from jukwaa.coalitions.standing import Standing
from jukwaa.meetings.meeting_page import MeetingPage
from jukwaa.meetings.models import Series
from jukwaa.meetings.series import MAX_MEETINGS_AROUND
from tests.factories import CommitmentFactory, EntryFactory, MeetingFactory


@pytest.fixture
def series(coalition):
    return Series.objects.create(coalition=coalition, title="Monthly calls")


def create_past_meeting(coalition, meeting_month, **more):
    given = {"title": f"Call {meeting_month}", "starts_on": date(2020, meeting_month, 1), "published": True}
    return MeetingFactory(coalition=coalition, **(given | more))


def get_neighbour_titles(viewer, meeting):
    found = MeetingPage(meeting, Standing(viewer, meeting.coalition)).series_neighbours
    return [each.title if each else None for each in (found.previous, found.next)]


def get_series_url(series):
    return reverse("meetings:series_detail", args=["ours", series.pk])


def test_neighbours_of_meeting_without_series_are_of_coalition(coalition, member):
    first, second, third = (create_past_meeting(coalition, month) for month in (1, 2, 3))
    undated = create_past_meeting(coalition, 4, starts_on=None)

    assert get_neighbour_titles(member, first) == [None, "Call 2"]
    assert get_neighbour_titles(member, second) == ["Call 1", "Call 3"]
    assert get_neighbour_titles(member, third) == ["Call 2", None]
    assert get_neighbour_titles(member, undated) == [None, None]


def test_meetings_on_same_day_are_linked_as_neighbours(coalition, member):
    first, second = (create_past_meeting(coalition, 1, title=title) for title in ("Morning", "Afternoon"))

    assert get_neighbour_titles(member, first) == [None, "Afternoon"]
    assert get_neighbour_titles(member, second) == ["Morning", None]


def test_meeting_of_round_table_is_no_neighbour_of_general_calls(coalition, member):
    table, call, second = (
        create_past_meeting(coalition, month, title=title)
        for month, title in ((1, "Mesa del Valle"), (2, "Llamada sobre el mapa"), (3, "Mesa del Valle, 2.ª sesión"))
    )

    assert get_neighbour_titles(member, call) == [None, None]
    assert get_neighbour_titles(member, table) == [None, second.title]


def test_neighbours_in_series_are_of_series(coalition, series, member):
    first, _other, third = (
        create_past_meeting(coalition, 1, series=series),
        create_past_meeting(coalition, 2),
        create_past_meeting(coalition, 3, series=series),
    )

    assert get_neighbour_titles(member, first) == [None, "Call 3"]
    assert get_neighbour_titles(member, third) == ["Call 1", None]


def test_unreadable_neighbours_are_skipped(coalition, member):
    first = create_past_meeting(coalition, 1)
    create_past_meeting(coalition, 2, label="TLP:RED")
    create_past_meeting(coalition, 3, published=False)
    create_past_meeting(coalition, 4)

    assert get_neighbour_titles(member, first) == [None, "Call 4"]


def test_meeting_page_links_neighbours_and_series(client, coalition, series):
    first, second, third = (create_past_meeting(coalition, month, series=series) for month in (1, 2, 3))
    text = client.get(second.get_absolute_url()).text

    assert "Previous minutes" in text
    assert f'href="{first.get_absolute_url()}" rel="prev"' in text
    assert f'href="{third.get_absolute_url()}" rel="next"' in text
    assert f'href="{get_series_url(series)}"' in text


def test_series_page_lists_meetings_with_agreements(client, coalition, series):
    first, second = (create_past_meeting(coalition, month, series=series) for month in (1, 2))
    create_past_meeting(coalition, 3, series=series, label="TLP:RED", title="A closed call")
    create_past_meeting(coalition, 4, title="A call of no series")
    EntryFactory(coalition=coalition, meeting=first, text="The charter is adopted.", published=True)
    EntryFactory(coalition=coalition, meeting=second, text="A closed decision.", label="TLP:RED", published=True)
    text = client.get(get_series_url(series)).text

    assert text.index(second.title) < text.index(first.title) < text.index("The charter is adopted.")
    for closed in ("A closed call", "A call of no series", "A closed decision."):
        assert closed not in text


def test_series_page_links_to_change_form(client, coalition, series, rapporteur, member):
    past = create_past_meeting(coalition, 1, series=series)
    to_come = MeetingFactory(coalition=coalition, starts_on=date(2199, 1, 1), published=True, series=series)
    client.force_login(member)
    assert "Change this and later meetings" not in client.get(get_series_url(series)).text
    client.force_login(rapporteur)
    text = client.get(get_series_url(series)).text

    assert reverse("meetings:series_edit", args=["ours", to_come.pk]) in text
    assert reverse("meetings:series_edit", args=["ours", past.pk]) not in text


def test_series_without_readable_meetings_is_not_found(client, coalition, series):
    create_past_meeting(coalition, 1, series=series, label="TLP:RED")

    assert client.get(get_series_url(series)).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_series_page_query_count_is_constant(client, coalition, series, django_assert_num_queries, count):
    for month in range(1, count + 1):
        meeting = create_past_meeting(coalition, month, series=series)
        entry = EntryFactory(coalition=coalition, meeting=meeting, kind="commitment", published=True)
        CommitmentFactory(entry=entry)
    with django_assert_num_queries(4):
        client.get(get_series_url(series))


def test_neighbours_of_series_are_found_beyond_many_other_meetings(coalition, member, series):
    first, second = (
        MeetingFactory(
            coalition=coalition, series=series, title=f"Session {year}", starts_on=date(year, 6, 1), published=True
        )
        for year in (2024, 2025)
    )
    for number in range(MAX_MEETINGS_AROUND + 1):
        MeetingFactory(coalition=coalition, title="Weekly call", starts_on=date(2025, 1, 1 + number), published=True)

    assert get_neighbour_titles(member, first) == [None, "Session 2025"]
    assert get_neighbour_titles(member, second) == ["Session 2024", None]
