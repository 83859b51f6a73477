"""The calendar as a file: read by a library that did not write it, for each reader what is theirs, 304, and ended."""

import re
from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest
import recurring_ical_events
import time_machine
import vobject
from django.core.cache import caches
from django.urls import reverse
from django.utils import timezone

from jukwaa.events import actions
from jukwaa.events.actions import OccurrenceDetails
from jukwaa.events.calendar_sources import date_source_registry
from jukwaa.exchange.actions import create_feed_key, delete_feed_key
from jukwaa.mail.headers import LABELS_READABLE_BY_EMAIL
from jukwaa.records.models import Label, State
from tests.factories import EventFactory, MeetingFactory, OccurrenceFactory
from tests.persona_access import PERSONAS
from tests.world import build_canary_world

pytestmark = pytest.mark.django_db
EVENT_DAY = date(2027, 2, 9)
AN_HOUR_AGO = datetime(2026, 11, 26, 11, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock_in_november():
    with time_machine.travel("2026-11-26 12:00Z", tick=False):
        yield


@pytest.fixture
def calendar_day(coalition):
    return announce_event_titled(coalition, "Safer Internet Day, “by all”; with, commas")


def announce_event_titled(coalition, event_title, tlp_label=Label.CLEAR, **when):
    event = EventFactory(
        coalition=coalition, title=event_title, label=tlp_label, state="published", published_at=AN_HOUR_AGO
    )
    return OccurrenceFactory(event=event, **{"starts_on": EVENT_DAY, **when})


def get_public_calendar(coalition, query_string=""):
    return reverse("exchange:calendar", args=[coalition.slug]) + query_string


def get_own_calendar(coalition, feed_token):
    return reverse("exchange:own_calendar", args=[coalition.slug, feed_token])


def parse_calendar_events(response):
    """As vobject reads it: (summary, start, end), by start."""
    assert (response.status_code, response.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    events = vobject.readOne(response.text).contents.get("vevent", [])
    rows = [(each.summary.value, each.dtstart.value, each.dtend.value) for each in events]
    return sorted(rows, key=lambda row: str(row[1]))


def test_all_day_event_ends_on_next_day(client, coalition, calendar_day):
    assert parse_calendar_events(client.get(get_public_calendar(coalition))) == [
        (calendar_day.event.title, EVENT_DAY, EVENT_DAY + timedelta(days=1))
    ]


def test_calendar_is_parsed_by_second_library(client, coalition, calendar_day):
    """And finds nothing that recurs: each year is an event of its own, since each can be moved."""
    calendar = icalendar.Calendar.from_ical(client.get(get_public_calendar(coalition)).content)
    found = recurring_ical_events.of(calendar).between((2026, 1, 1), (2028, 12, 31))

    assert [(str(each["SUMMARY"]), each["DTSTART"].dt) for each in found] == [(calendar_day.event.title, EVENT_DAY)]


def test_timed_event_has_start_and_end(client, coalition):
    starts = datetime(2027, 2, 8, 19, tzinfo=UTC)  # 9 February on Kiritimati
    announce_event_titled(
        coalition, "A talk", starts_at=starts, ends_at=starts + timedelta(hours=1), time_zone="Pacific/Kiritimati"
    )

    assert parse_calendar_events(client.get(get_public_calendar(coalition))) == [
        ("A talk", starts, starts + timedelta(hours=1))
    ]


def test_calendar_lines_are_folded_by_standard(client, coalition, calendar_day):
    type(calendar_day.event).objects.filter(pk=calendar_day.event_id).update(title="Ünïcödé " * 25)
    body = client.get(get_public_calendar(coalition)).content

    assert body.endswith(b"END:VCALENDAR\r\n")
    assert max(len(line) for line in body.split(b"\r\n")) <= 75
    assert b"\n" not in body.replace(b"\r\n", b"")
    assert parse_calendar_events(client.get(get_public_calendar(coalition)))[0][0] == "Ünïcödé " * 25


def test_calendar_events_have_required_properties(client, coalition, calendar_day, rapporteur):
    event = icalendar.Calendar.from_ical(client.get(get_public_calendar(coalition)).content).walk("VEVENT")[0]

    assert set(event) >= {"UID", "DTSTAMP", "SEQUENCE", "SUMMARY", "DTSTART", "URL", "STATUS", "TRANSP"}
    assert (str(event["STATUS"]), event["SEQUENCE"], str(event["UID"]).partition("@")[0]) == (
        *("CONFIRMED", 0),
        f"occurrence-{calendar_day.pk}",
    )
    moved = OccurrenceDetails(EVENT_DAY + timedelta(days=1), EVENT_DAY + timedelta(days=1))
    actions.move_event_occurrence(actor=rapporteur, occurrence=calendar_day, occurrence_details=moved, from_version=1)
    again = icalendar.Calendar.from_ical(client.get(get_public_calendar(coalition)).content).walk("VEVENT")[0]
    assert (again["UID"], again["SEQUENCE"]) == (event["UID"], 1)


def test_cancelled_event_has_cancelled_status(client, coalition, calendar_day, rapporteur):
    actions.cancel_event_occurrence(actor=rapporteur, occurrence=calendar_day, reason="No hall.")
    event = icalendar.Calendar.from_ical(client.get(get_public_calendar(coalition)).content).walk("VEVENT")[0]

    assert str(event["STATUS"]) == "CANCELLED"


def test_unchanged_calendar_is_304(client, coalition, calendar_day):
    first = client.get(get_public_calendar(coalition))
    again = client.get(get_public_calendar(coalition), headers={"If-None-Match": first.headers["ETag"]})
    caches["pages"].clear()
    cold = client.get(get_public_calendar(coalition), headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.content, cold.status_code) == (304, b"", 304)


def test_unchanged_personal_calendar_is_304(client, coalition, calendar_day, member):
    key = create_feed_key(person=member)
    first = client.get(get_own_calendar(coalition, key.token))
    again = client.get(get_own_calendar(coalition, key.token), headers={"If-None-Match": first.headers["ETag"]})

    assert (first.status_code, again.status_code) == (200, 304)


def test_public_calendar_is_same_for_everyone(client, coalition, member, calendar_day):
    announce_event_titled(coalition, "For members", Label.GREEN)
    client.force_login(member)

    assert [row[0] for row in parse_calendar_events(client.get(get_public_calendar(coalition)))] == [
        calendar_day.event.title
    ]


def test_personal_calendar_shows_type_only_above_green(client, coalition, member, calendar_day):
    announce_event_titled(coalition, "For members", Label.GREEN)
    secret = announce_event_titled(coalition, "A secret", Label.RED, place="A secret place")
    secret.event.audience.create(person=member)
    body = client.get(get_own_calendar(coalition, create_feed_key(person=member).token))

    assert sorted(row[0] for row in parse_calendar_events(body)) == ["Events", "For members", calendar_day.event.title]
    assert b"secret" not in body.content.lower()


def test_calendar_omits_events_in_waiting_period(client, coalition):
    event = EventFactory(coalition=coalition, title="Just now", state="published", published_at=timezone.now())
    OccurrenceFactory(event=event, starts_on=EVENT_DAY)

    assert parse_calendar_events(client.get(get_public_calendar(coalition))) == []


def test_ended_calendar_address_is_explained(client, coalition, member, calendar_day):
    token = create_feed_key(person=member).token
    delete_feed_key(person=member)
    for asked in (token, "nonsense"):
        answer = client.get(get_own_calendar(coalition, asked))

        assert (answer.status_code, answer.headers["Content-Type"]) == (410, "text/plain; charset=utf-8")
        assert "This calendar address is not valid." in answer.text


def test_calendar_file_applies_filters(client, coalition, calendar_day):
    meeting = MeetingFactory(
        coalition=coalition, title="A meeting", starts_on=EVENT_DAY, state="published", published_at=AN_HOUR_AGO
    )

    assert [row[0] for row in parse_calendar_events(client.get(get_public_calendar(coalition, "?kind=meeting")))] == [
        meeting.title
    ]
    assert len(parse_calendar_events(client.get(get_public_calendar(coalition, "?kind=nonsense")))) == 2


def test_calendar_page_shows_both_addresses(client, coalition, member):
    client.force_login(member)
    token = create_feed_key(person=member).token
    shown = client.get(reverse("exchange:feed_list", args=[coalition.slug])).text

    assert get_public_calendar(coalition) in shown
    assert get_own_calendar(coalition, token) in shown


def test_personal_calendar_contains_readable_events_up_to_green(client):
    with time_machine.travel("2026-11-26 09:00Z", tick=False):
        world = build_canary_world()
    open_ones = {word for word, (label, _state) in world.canaries.items() if label in LABELS_READABLE_BY_EMAIL}
    for persona in PERSONAS[1:]:
        key = create_feed_key(person=world.people[persona])
        body = client.get(get_own_calendar(world.coalition, key.token)).content.replace(b"\r\n ", b"").decode()
        found = set(re.findall(r"canaryevent[a-z]+", body))

        assert found == {
            word
            for word in world.get_allowed_words(persona) & open_ones
            if word.startswith("canaryevent") and world.canaries[word][1] == State.PUBLISHED
        }, persona


@pytest.mark.parametrize("count", [1, 3])
def test_calendar_query_count_is_constant(client, coalition, django_assert_num_queries, count):
    for number in range(count):
        announce_event_titled(coalition, f"Day {number}", starts_on=EVENT_DAY + timedelta(days=number))
    finds = {source.find for source in date_source_registry.values()}
    with django_assert_num_queries(1 + len(finds) - 1):  # coordination meetings are not looked for without a role
        assert len(parse_calendar_events(client.get(get_public_calendar(coalition)))) == count
