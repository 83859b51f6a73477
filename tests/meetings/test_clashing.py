"""Choosing the day of a meeting: what else takes place then is shown once, before anything is written."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from jukwaa.meetings.models import Meeting
from tests.factories import EventFactory, MeetingFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def day():
    return timezone.localdate() + timedelta(days=60)


@pytest.fixture
def post(client, coalition, rapporteur, day):
    """Sends the form of a new meeting, or of one that is there."""
    client.force_login(rapporteur)

    def one(meeting=None, **fields):
        name, more = ("meeting_edit", [meeting.pk]) if meeting else ("meeting_new", [])
        sent = {"title": "Our call", "starts_on": str(day), "precision": "day", "label": "TLP:CLEAR", "version": 1}
        return client.post(reverse(f"meetings:{name}", args=[coalition.slug, *more]), sent | fields)

    return one


def seen(answer) -> str:
    return answer.context["form"].data["clashes_seen"]


def test_what_clashes_is_shown_once_and_pressing_again_is_a_decision(post, coalition, day):
    EventFactory(coalition=coalition, published=True, title="A forum of others", is_around=True, on=day)
    answer = post(place="Online, by invitation")

    assert (answer.status_code, Meeting.objects.count()) == (200, 0)
    assert "This takes place on the same days." in answer.text
    assert "A forum of others" in answer.text
    assert 'value="Online, by invitation"' in answer.text
    assert post(clashes_seen=seen(answer)).status_code == 302
    assert Meeting.objects.get().starts_on == day


def test_another_meeting_clashes_too(post, coalition, day):
    MeetingFactory(coalition=coalition, published=True, title="The yearly meeting", starts_on=day, precision="day")

    assert "The yearly meeting" in post().text


@pytest.mark.parametrize("fields", [{"precision": "month"}, {"starts_on": ""}, {"starts_on": "2010-09-14"}])
def test_a_day_that_nobody_knows_or_that_has_passed_clashes_with_nothing(post, coalition, day, fields):
    for on in (day, day.replace(day=1), "2010-09-14"):
        EventFactory(coalition=coalition, published=True, on=on)

    assert post(**fields).status_code == 302


def test_a_meeting_that_is_moved_clashes_with_others_and_not_with_itself(post, coalition, day, rapporteur):
    meeting = MeetingFactory(
        coalition=coalition, published=True, title="Our call", starts_on=day, precision="day", author=rapporteur
    )
    moved = day + timedelta(days=1)
    EventFactory(coalition=coalition, published=True, title="A forum of others", on=moved)
    EventFactory(coalition=coalition, published=True, title="On the same day before", on=day)

    assert post(meeting, summary="What came of it.").status_code == 302
    answer = post(meeting, starts_on=str(moved), version=2)
    assert (answer.status_code, "A forum of others" in answer.text) == (200, True)
    assert post(meeting, starts_on=str(moved), version=2, clashes_seen=seen(answer)).status_code == 302
    meeting.refresh_from_db()
    assert meeting.starts_on == moved


def test_what_one_may_not_read_does_not_clash(post, coalition, day):
    EventFactory(coalition=coalition, published=True, title="A secret", label="TLP:RED", on=day)

    assert post().status_code == 302
