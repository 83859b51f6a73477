"""The joining link of a meeting is for members: nothing that others can open has it."""

import gzip
import io
import zipfile
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from jukwaa.coalitions.standing import ViewerContext
from jukwaa.exchange.actions import create_feed_key
from jukwaa.exchange.feeds import FEED_LISTS as FEEDS
from jukwaa.exchange.lists import EXPORT_LIST_BY_NAME
from jukwaa.mail.models import Message
from jukwaa.meetings.models import Meeting
from jukwaa.meetings.participants import find_people_with_seat
from jukwaa.meetings.policies import can_see_joining_link
from jukwaa.records.models import Label
from jukwaa.updates.activity_notifications import send_pending_activity_notifications
from jukwaa.updates.models import EmailTopic, MailChoice
from tests.deep import IS_DEEP_RUN
from tests.factories import PersonFactory
from tests.meetings.observers import create_observer
from tests.meetings.scheduled_meetings import BEFORE_MEETING, JOINING_LINK, schedule_meeting
from tests.routes import list_routes

pytestmark = pytest.mark.django_db
URL_ARGUMENT_VALUES = {
    "name": [*FEEDS, *EXPORT_LIST_BY_NAME],
    "ending": ["csv", "xlsx", "pdf", "docx", "md"],
    "shape": ["own", "igf-2021"],
}


@pytest.fixture
def meeting(mailing_coalition, rapporteur) -> Meeting:
    """Published long enough ago to be in feeds."""
    with time_machine.travel("2027-01-04", tick=False):
        return schedule_meeting(mailing_coalition, rapporteur, label=Label.CLEAR, title="Monthly call")


@pytest.fixture(autouse=True)
def frozen_in_january():
    with time_machine.travel(BEFORE_MEETING, tick=False):
        yield


def list_meeting_urls(meeting, feed_token):
    """List every address that could show the meeting, for any method."""
    common = {
        "coalition": meeting.coalition.slug,
        "pk": meeting.pk,
        "record": meeting.pk,
        "number": 1,
        "token": feed_token,
    }
    for route in list_routes():
        choices = [{}]
        for argument in route.arguments - common.keys():
            choices = [done | {argument: value} for done in choices for value in URL_ARGUMENT_VALUES.get(argument, [])]
        for chosen in choices:
            given = {name: value for name, value in common.items() if name in route.arguments}
            try:
                yield route.name, reverse(route.name, kwargs=given | chosen)
            except NoReverseMatch:
                continue


def extract_response_text(response) -> str:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if response.headers.get("Content-Encoding") == "gzip":
        body = gzip.decompress(body)
    if not zipfile.is_zipfile(io.BytesIO(body)):  # archives, and documents of offices
        return body.decode(errors="replace")
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return "\n".join(archive.read(name).decode(errors="replace") for name in archive.namelist())


def find_routes_showing_joining_link(client: Client, meeting: Meeting, feed_token: str) -> set[str]:
    """Open each address, and search the page for the meeting where there is one."""
    found = set()
    for name, address in list_meeting_urls(meeting, feed_token):
        for query in ("", "?q=monthly+call"):
            answer = client.get(address + query)
            if answer.status_code != 200:
                break  # what cannot be opened cannot be searched
            if JOINING_LINK in extract_response_text(answer):
                found.add(name)
    return found


@pytest.mark.usefixtures("brief_refusals", "plain_templates")
@pytest.mark.parametrize("invites_observers", [True, False] if IS_DEEP_RUN else [True])
@pytest.mark.parametrize("reader", ["visitor", pytest.param("outsider", marks=pytest.mark.slow)])
def test_link_is_hidden_from_others(client, meeting, request, reader, invites_observers):
    Meeting.objects.update(invites_observers=invites_observers)
    token = "none"
    if reader != "visitor":
        person = request.getfixturevalue(reader)
        token = create_feed_key(person=person).token
        client.force_login(person)

    assert find_routes_showing_joining_link(client, meeting, token) == set()
    those_invited = "members and invited observers" if invites_observers else "members"
    assert f"Only {those_invited} can see the joining link." in client.get(meeting.get_absolute_url()).text


@pytest.mark.usefixtures("brief_refusals", "plain_templates")
@pytest.mark.slow
@pytest.mark.parametrize("is_observer", [False, True])
def test_link_is_shown_to_invited_people_where_they_join(client, meeting, member, is_observer):
    """A member is invited to each meeting, an observer to this one."""
    Meeting.objects.update(invites_observers=is_observer)
    reader = create_observer(meeting.coalition) if is_observer else member
    client.force_login(reader)

    assert find_routes_showing_joining_link(client, meeting, create_feed_key(person=reader).token) == {
        "home:front",
        "meetings:meeting_calendar",
        "meetings:meeting_detail",
    }


def test_public_link_is_shown_to_all(client, meeting):
    Meeting.objects.update(joining_link_is_public=True)

    assert JOINING_LINK in client.get(meeting.get_absolute_url()).text


def test_link_of_past_meeting_is_not_shown(client, meeting, member):
    client.force_login(member)
    with time_machine.travel("2027-02-01", tick=False):
        assert JOINING_LINK not in client.get(meeting.get_absolute_url()).text


def test_link_is_emailed_to_members_only(mailing_coalition, meeting, member):
    """Who follows the coalition without a seat gets neither."""
    follower = PersonFactory(email="follower@example.org")
    MailChoice.objects.create(coalition=mailing_coalition, person=follower, topic=EmailTopic.NEWS, wanted=True)
    mailing_coalition.list_address = "list@example.org"
    mailing_coalition.save()
    send_pending_activity_notifications(timezone.now() + timedelta(hours=1))

    with_link = {mail.to: JOINING_LINK in mail.body + mail.calendar for mail in Message.objects.all()}
    members = {person.email for person in find_people_with_seat(mailing_coalition)}
    assert member.email in members
    assert with_link == dict.fromkeys(members, True) | {"list@example.org": False}


def test_history_omits_link(client, meeting, rapporteur):
    client.force_login(rapporteur)
    for name, args in (("history", []), ("version_detail", [1])):
        answer = client.get(reverse(f"records:{name}", args=["ours", meeting.pk, *args]))
        assert (answer.status_code, JOINING_LINK in answer.text) == (200, False)


@pytest.mark.parametrize(
    ("reader", "is_shown"), [("member", True), ("delegate", True), ("coordinator", True), ("outsider", False)]
)
def test_policy_allows_link_to_members(meeting, request, reader, is_shown):
    assert can_see_joining_link(ViewerContext(request.getfixturevalue(reader)), meeting) == is_shown
