"""Which meetings belong together by their titles, and which titles of one day name the same meeting."""

from datetime import date

import pytest
from django.urls import reverse

from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.standing import Standing
from jukwaa.meetings.agenda_suggestions import find_previous_meeting
from jukwaa.meetings.meeting_page import MeetingPage
from jukwaa.meetings.meeting_titles import (
    concerns_part_of_coalition,
    get_group_name,
    have_different_numbers,
    have_same_group_name,
)
from jukwaa.meetings.models import Series
from jukwaa.meetings.summaries import find_next_meeting
from tests.factories import MeetingFactory

COALITION = Coalition(name="Green Lagoon Coalition", slug="glc")


def create_meeting(coalition, title, day, **more):
    return MeetingFactory(coalition=coalition, title=title, starts_on=day, published=True, **more)


def get_neighbour_titles(viewer, meeting):
    found = MeetingPage(meeting, Standing(viewer, meeting.coalition)).series_neighbours
    return [each.title if each else None for each in (found.previous, found.next)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("9th General Meeting", "GLC General Meeting #10"),
        ("MINUTES \u2013 9TH GENERAL MEETING", "Tenth general meeting (online)"),
        ("GLC Guidelines WG \u2013 agenda & running notes", "Guidelines Working Group (moved one week)"),
        ("Steering Committee (Suva + Teams)", "Steering Committee minutes 17/06/26"),
        ("Relevé de décisions \u2013 sous-groupe francophone, 23 sept. 2026", "Sous-groupe francophone"),
        ("Working group: Reporting", "WG Reporting"),
        ("Comité directivo \u2013 acta n.º 4", "Reunión del comité directivo, 3 de mayo de 2026"),
        ("4.ª reunião do Conselho", "Conselho \u2013 5 de maio"),
        ("اجتماع لجنة التوعية 3", "لجنة التوعية (عبر الإنترنت)"),
        ("Working Group 2: Reporting", "WG2, 14 January"),
        ("Working Group II", "2026-01-14 Working Group 2"),
        ("Working group, 3 May", "Working group of 4 June, 10:00"),
        ("Guidelines WG 3", "Guidelines WG 4"),
        ("WG #3", "WG #4"),
        ("Working group meeting 3", "Working group meeting 4"),
        ("Groupe de travail à 10h", "Groupe de travail"),
        ("Grupo de trabajo a las 10h", "Grupo de trabajo"),
        ("Grupo de trabalho às 10h", "Grupo de trabalho, 9 am"),
        ("Working Group 14 January", "Working Group (90 min)"),
    ],
)
def test_titles_name_same_group(first, second):
    assert get_group_name(first, COALITION) == get_group_name(second, COALITION) != set()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("General Meeting", "Guidelines WG"),
        ("Working group: Reporting", "Working group: Guidelines"),
        ("Comité de Direcção", "Comité de Finanças"),
        ("Industry call", "Youth call"),
        ("Sous-groupe francophone", "Groupe de travail"),
        ("لجنة التوعية", "لجنة التمويل"),
        ("Working Group 1", "Working Group 2"),
        ("Groupe de travail I", "Groupe de travail II"),
        ("Group A", "Group B"),
        ("WG1 call, 13 January", "WG2 call, 14 January"),
        ("WG1 January call", "WG2 January call"),
        ("Working Group 1 \u2013 January call", "Working Group 2 \u2013 January call"),
        ("Groupe de travail 1, janvier", "Groupe de travail 2, janvier"),
        ("Group A, 10h", "Group B, 10h"),
    ],
)
def test_titles_name_different_groups(first, second):
    assert get_group_name(first, COALITION) != get_group_name(second, COALITION)


def test_name_of_coalition_may_contain_working_group():
    coalition = Coalition(name="Green Lagoon Working Group", slug="lagoon")

    assert get_group_name("Green Lagoon Working Group meeting", coalition) == set()
    assert get_group_name("Green Lagoon Working Group \u2013 Reporting WG", coalition) == {"reporting", "wg"}


@pytest.mark.parametrize(
    ("title", "is_part"),
    [
        ("Green Lagoon Working Group meeting", False),
        ("All-members call with the UN Secretariat", False),
        ("Whole group call", False),
        ("Coalition group call", False),
        ("Réunion de tous les membres avec le Conseil de l\u2019Europe", False),
        ("General meeting", False),
        ("Board members", True),
        ("Call for all members of the board", True),
        ("All-hands of the secretariat", True),
        ("Full coalition call", False),
        ("Reunión de todos los miembros con la Secretaría", False),
        ("Plenary \u2013 all members \u2013 report of the board", False),
        ("Reporting WG: survey of all members", True),
        ("Steering Committee \u2013 letter to all members", True),
        ("Membership committee: full membership applications", True),
        ("Board: admission to full membership", True),
        ("Bureau : préparation de la réunion de tous les membres", True),
        ("Board (all members present)", True),
        ("Board with all members", True),
        ("Green Lagoon Working Group \u2013 Reporting WG", True),
        ("WG1 call", True),
    ],
)
def test_title_is_about_part_of_coalition(title, is_part):
    coalition = Coalition(name="Green Lagoon Working Group", slug="lagoon")

    assert concerns_part_of_coalition(title, coalition) is is_part


@pytest.mark.parametrize("title", ["Call of 3 May", "GLC meeting, September 2026", "Réunion du 4 juin", "3rd session"])
def test_title_without_name_names_no_group(title):
    assert get_group_name(title, COALITION) == set()


@pytest.mark.parametrize(
    ("first", "second", "is_same"),
    [
        ("GLC Guidelines WG (moved one week)", "GLC Guidelines WG \u2013 agenda & running notes", True),
        ("Sous-groupe francophone (reporté)", "Sous-groupe francophone \u2013 ordre du jour", True),
        ("Board (Teams)", "Board \u2013 budget", True),
        ("Regional call \u2013 Pacific", "Regional call \u2013 Caribbean", False),
        ("Guidelines WG", "Reporting WG", False),
        ("Call", "Call", False),
    ],
)
def test_titles_of_one_day_are_compared_without_remarks(first, second, is_same):
    assert have_same_group_name(first, second) is is_same


@pytest.mark.parametrize(
    ("first", "second", "are_different"),
    [
        ("WG1 January call", "WG2 January call", True),
        ("Working Group 1 \u2013 January call", "Working Group 2 \u2013 January call", True),
        ("Groupe de travail 1, janvier", "Groupe de travail 2, janvier", True),
        ("4th Board meeting", "5th Board meeting", True),
        ("Board meeting 2pm", "4th Board meeting", False),
        ("Comité, 9.30 am", "Comité n° 4", False),
        ("Comité (90 min)", "Comité n° 4", False),
        ("Comité (UTC+2)", "Comité n° 4", False),
        ("Working group, 3 May", "Working group 2", False),
        ("Working group 14 January", "Working group 1", False),
    ],
)
def test_numbers_of_titles_are_compared_without_dates_and_hours(first, second, are_different):
    assert have_different_numbers(first, second) is are_different


@pytest.fixture
def meetings(coalition):
    titles = [
        ("9th General Meeting", date(2020, 3, 12)),
        ("Guidelines WG \u2013 running notes", date(2020, 4, 9)),
        ("Industry & Tech call", date(2020, 4, 12)),
        ("Industry & Tech call", date(2020, 4, 26)),
        ("Sous-groupe francophone", date(2020, 4, 27)),
        ("Guidelines WG", date(2020, 5, 7)),
        ("General Meeting #10", date(2020, 5, 8)),
        ("Retreat", date(2020, 5, 9)),
    ]
    return [create_meeting(coalition, title, day) for title, day in titles]


@pytest.mark.parametrize(
    ("number", "neighbours"),
    [
        (0, [None, "General Meeting #10"]),
        (1, [None, "Guidelines WG"]),
        (2, [None, "Industry & Tech call"]),
        (4, [None, None]),
        (6, ["9th General Meeting", None]),
        (7, ["General Meeting #10", None]),
    ],
)
def test_neighbours_are_of_same_group(meetings, member, number, neighbours):
    assert get_neighbour_titles(member, meetings[number]) == neighbours
    previous = find_previous_meeting(meetings[number], member)
    assert (previous.title if previous else None) == neighbours[0]


def test_outcomes_list_no_meetings_of_other_groups(meetings, member):
    steps = MeetingPage(meetings[0], Standing(member, meetings[0].coalition)).follow_ups

    assert [step.meeting.title for step in steps] == ["General Meeting #10"]


def test_agenda_of_same_group_is_offered_to_copy(client, coalition, coordinator, meetings):
    client.force_login(coordinator)
    page = client.get(reverse("meetings:agenda_detail", args=["ours", meetings[6].pk])).text

    assert "Copy the agenda of 9th General Meeting" in page


def test_series_continues_meetings_of_its_name(coalition, member):
    create_meeting(coalition, "9th General Meeting", date(2020, 3, 12))
    create_meeting(coalition, "Youth panel", date(2020, 4, 12))
    series = Series.objects.create(coalition=coalition, title="General meetings")
    meeting = create_meeting(coalition, "General Meeting", date(2020, 5, 12), series=series)

    assert get_neighbour_titles(member, meeting) == ["9th General Meeting", None]


def test_summary_of_group_names_its_next_meeting_else_general_one(coalition):
    held = create_meeting(coalition, "Guidelines WG", date(2020, 3, 12))
    create_meeting(coalition, "Sous-groupe francophone", date(2199, 3, 1))
    assert find_next_meeting(held) is None
    general = create_meeting(coalition, "General Meeting", date(2199, 4, 1))
    assert find_next_meeting(held) == general
    own = create_meeting(coalition, "Guidelines Working Group", date(2199, 5, 1))
    assert find_next_meeting(held) == own
