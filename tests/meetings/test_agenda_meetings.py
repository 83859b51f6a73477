"""A new meeting from its pasted agenda: what the form is filled in with, and what its button does."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from jukwaa.core.dates import format_long_date
from jukwaa.meetings.models import Attendance, Invitee, Meeting
from tests.conftest import create_seated_person
from tests.factories import CapacityFactory, MeetingFactory

PASTE_URL, ANNOUNCE_URL = (reverse(f"meetings:agenda_meeting_{name}", args=["ours"]) for name in ("paste", "announce"))


@pytest.fixture
def day():
    return timezone.localdate() + timedelta(days=40)


@pytest.fixture
def text(day):
    return (
        f"Dear all,\nthe Steering Group meets on {format_long_date(day)}, 13:00-14:30 UTC. Teams, usual link.\n"
        "Regrets so far: Ben.\n1. Welcome\n2. Budget, FOR DECISION (20 min)\n3. AOB\nBest regards\nAna"
    )


@pytest.fixture
def steering_member(coalition, rapporteur):
    """A member who attended the earlier meeting of the group."""
    person = create_seated_person(coalition, "Ana Belo")
    earlier = MeetingFactory(
        coalition=coalition,
        author=rapporteur,
        title="Steering Group call",
        starts_on=timezone.localdate() - timedelta(days=30),
        published=True,
    )
    capacity = CapacityFactory(coalition=coalition, person=person)
    Attendance.objects.create(meeting=earlier, capacity=capacity, came_as="member")
    return person


def get_submitted_values(page):
    """The values of the form as a browser sends them."""
    form = page.context["form"]
    values = {field.html_name: field.value() for field in form if str(field.value()) not in ("None", "", "False")}
    values |= {"text": form.agenda["text"].value(), "previewed": form.agenda["previewed"].value()}
    values |= {"screened": form.agenda["screened"].value() or ""}
    values |= {name: form.audience[name].value() or [] for name in ("invites", "people")}
    return values | {"seen": re.search(r'name="seen" value="(\d*)"', page.text)[1]}


@pytest.fixture
def filled_page(client, rapporteur, steering_member, text):
    client.force_login(rapporteur)
    return client.post(PASTE_URL, {"text": text})


def test_form_is_filled_in_from_agenda_and_earlier_meeting(filled_page, steering_member, day):
    form = filled_page.context["form"]

    assert [form[name].value() for name in ("title", "starts_on", "duration", "time_zone", "place")] == [
        *("Steering Group call", day, 90, "UTC", "Online (Teams)"),
    ]
    assert (form.audience["invites"].value(), form.audience["people"].value()) == ("chosen", [steering_member.pk])
    assert "2. <bdi>Budget</bdi>" in filled_page.text
    assert "<li><bdi>Regrets so far: Ben.</bdi></li>" in filled_page.text
    assert ">Announce the meeting and email 1 person</button>" in filled_page.text
    assert not Meeting.objects.filter(starts_on=day).exists()


def test_button_publishes_meeting_with_agenda_and_invites(client, filled_page, steering_member, day):
    values = get_submitted_values(filled_page)
    answers = [client.post(ANNOUNCE_URL, values) for _ in range(2)]

    meeting = Meeting.objects.get(starts_on=day)
    assert [answer.status_code for answer in answers] == [302, 200]  # then the day has a meeting, and the page says so
    assert (meeting.state, meeting.invites, meeting.duration) == ("published", "chosen", 90)
    assert [*meeting.parts.values_list("title", flat=True)] == ["Welcome", "Budget", "AOB"]
    assert [row.person for row in Invitee.objects.filter(meeting=meeting)] == [steering_member]


@pytest.mark.parametrize("changed", ["people", "text"])
def test_other_number_or_agenda_is_shown_first(client, coalition, filled_page, day, changed):
    other = create_seated_person(coalition, "Dina Osei")
    values = get_submitted_values(filled_page)
    values |= (
        {"people": [*values["people"], other.pk]} if changed == "people" else {"text": values["text"] + "\n4. Fees"}
    )
    shown = client.post(ANNOUNCE_URL, values)

    assert (shown.status_code, Meeting.objects.filter(starts_on=day).count()) == (200, 0)
    assert f"and email {2 if changed == 'people' else 1} p" in shown.text
    again = client.post(ANNOUNCE_URL, get_submitted_values(shown))
    assert (again.status_code, Meeting.objects.filter(starts_on=day).count()) == (302, 1)


def test_selection_of_nobody_is_corrected_first(client, filled_page, day):
    values = get_submitted_values(filled_page) | {"people": []}
    refused = client.post(ANNOUNCE_URL, values)

    assert (refused.status_code, "Select at least 1 group or person" in refused.text) == (422, True)
    assert not Meeting.objects.filter(starts_on=day).exists()


def test_agenda_is_offered_to_the_meeting_of_that_day(client, coalition, rapporteur, steering_member, text, day):
    there = MeetingFactory(
        coalition=coalition,
        author=rapporteur,
        title="Steering Group call",
        starts_on=day,
        place="Online (Teams)",
        published=True,
    )
    client.force_login(rapporteur)
    page = client.post(PASTE_URL, {"text": text})
    assert f'action="{reverse("meetings:agenda_paste", args=["ours", there.pk])}"' in page.text

    shown = client.post(ANNOUNCE_URL, get_submitted_values(page))
    refused = client.post(ANNOUNCE_URL, get_submitted_values(shown))
    assert (refused.status_code, "This meeting is already on the site." in refused.text) == (422, True)
    assert not there.parts.exists()


def test_only_those_who_keep_minutes_may_start_from_an_agenda(client, member, text):
    client.force_login(member)
    answers = [client.get(PASTE_URL), client.post(PASTE_URL, {"text": text}), client.post(ANNOUNCE_URL, {})]

    assert [answer.status_code for answer in answers] == [403, 403, 403]


def test_agenda_without_facts_leaves_the_form_empty(client, rapporteur):
    client.force_login(rapporteur)
    page = client.post(PASTE_URL, {"text": "Welcome\nBudget"})

    form = page.context["form"]
    assert (form["title"].value(), form["starts_on"].value()) == ("", None)
    assert client.post(ANNOUNCE_URL, get_submitted_values(page)).status_code == 422
    assert client.get(ANNOUNCE_URL).url == PASTE_URL
