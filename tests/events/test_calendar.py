"""The calendar by month and as a list: filters, and only what the reader can read."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from jukwaa.coalitions.models import AreaOfWork
from jukwaa.events.calendar_month import MAX_ITEMS_PER_DAY, CalendarMonth
from jukwaa.events.calendar_sources import CalendarWindow, DateSource, date_source_registry, list_calendar_items
from jukwaa.events.views.calendar import MAX_CALENDAR_ITEMS
from jukwaa.records.models import Label
from tests.factories import (
    CommitmentFactory,
    ConsultationFactory,
    EntryFactory,
    EventFactory,
    MeetingFactory,
    OccurrenceFactory,
    TextFactory,
)

pytestmark = pytest.mark.django_db
EVENT_DAY = date(2027, 2, 9)
ALL_CALENDAR_TITLES = {"A day", "A conference", "A meeting", "A promise", "A text"}


@pytest.fixture(autouse=True)
def frozen_in_november():
    with time_machine.travel("2026-11-26 12:00Z", tick=False):
        yield


@pytest.fixture
def records_in_calendar(coalition):
    """Create one dated record of each type in February."""
    OccurrenceFactory(
        event=EventFactory(coalition=coalition, published=True, title="A day"), starts_on=EVENT_DAY, country="KE"
    )
    around = EventFactory(coalition=coalition, published=True, title="A conference", is_around=True)
    OccurrenceFactory(event=around, starts_on=date(2027, 2, 26), ends_on=date(2027, 3, 2), country="FR")
    MeetingFactory(coalition=coalition, published=True, title="A meeting", starts_on=date(2027, 2, 20))
    entry = EntryFactory(coalition=coalition, kind="commitment", published=True, title="A promise")
    CommitmentFactory(entry=entry, due_on=date(2027, 2, 12))
    text = TextFactory(coalition=coalition, published=True, title="A text", saying=["A clause."])
    ConsultationFactory(text=text, closes_at=datetime(2027, 2, 14, 23, 59, 59, tzinfo=UTC))
    return coalition


def get_calendar_page(coalition, **asked):
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    return reverse("events:calendar", args=[coalition.slug]) + f"?{query}"


def list_calendar_titles(response):
    return {row.title for day in response.context["days"] for row in day.rows}


def test_dated_records_appear_in_their_month(client, records_in_calendar):
    assert (
        list_calendar_titles(client.get(get_calendar_page(records_in_calendar, month="2027-02"))) == ALL_CALENDAR_TITLES
    )
    assert list_calendar_titles(client.get(get_calendar_page(records_in_calendar, month="2027-04"))) == set()


def test_deadline_names_its_record(client, records_in_calendar):
    text = client.get(get_calendar_page(records_in_calendar, month="2027-02")).text

    assert text.count("<small>Last day to send inputs</small>") == 1
    assert "<small>Events</small>" not in text  # one goes there: its name says what it is


def test_multi_day_event_appears_on_each_day(client, records_in_calendar):
    days = client.get(get_calendar_page(records_in_calendar, month="2027-03")).context["days"]

    assert [day.day.day for day in days if day.rows and day.day.month == 3] == [1, 2]


@pytest.mark.parametrize(
    ("calendar_filter", "expected_titles"),
    [
        ({"kind": "event"}, {"A day"}),
        ({"kind": "around"}, {"A conference"}),
        ({"kind": "consultation"}, {"A text"}),
        ({"region": "african"}, {"A day"}),
        (
            {"kind": "nonsense", "region": "moon", "area": "999999"},
            {"A day", "A conference", "A meeting", "A promise", "A text"},
        ),
    ],
)
def test_calendar_is_filtered_by_kind_and_region(client, records_in_calendar, calendar_filter, expected_titles):
    assert (
        list_calendar_titles(client.get(get_calendar_page(records_in_calendar, month="2027-02", **calendar_filter)))
        == expected_titles
    )


def test_calendar_is_filtered_by_area_of_work(client, records_in_calendar):
    area = AreaOfWork.objects.create(coalition=records_in_calendar, name="Education")
    records_in_calendar.records.get(title="A meeting").areas.add(area)

    assert list_calendar_titles(client.get(get_calendar_page(records_in_calendar, month="2027-02", area=area.pk))) == {
        "A meeting"
    }


@pytest.mark.parametrize("month_in_url", ["", "2027-13", "12", "0001-01", "9999-12", "'"])
def test_invalid_month_falls_back_to_current_month(month_in_url):
    assert CalendarMonth.asked(month_in_url).first == date(2026, 11, 1)


def test_month_starts_on_monday_and_ends_on_sunday():
    month = CalendarMonth.asked("2027-02")

    assert (month.displayed_period, month.before, month.after) == (
        (date(2027, 2, 1), date(2027, 2, 28)),
        "2027-01",
        "2027-03",
    )
    assert CalendarMonth.asked("2028-02").last_day == date(2028, 2, 29)


def test_list_covers_half_a_year(client, records_in_calendar):
    answer = client.get(reverse("events:calendar_list", args=[records_in_calendar.slug]))

    assert [row.title for row in answer.context["rows"]] == [
        "A day",
        "A promise",
        "A text",
        "A meeting",
        "A conference",
    ]
    later = client.get(reverse("events:calendar_list", args=[records_in_calendar.slug]) + "?from=2027-02-13")
    assert [row.title for row in later.context["rows"]] == ["A text", "A meeting", "A conference"]
    odd = client.get(reverse("events:calendar_list", args=[records_in_calendar.slug]) + "?from=0001-01-01")
    assert odd.context["first"] == date(2026, 11, 26)


def test_busy_day_links_to_list(client, coalition):
    """A day of the month shows the first dates, and the list all of them, however many are on one day."""
    for number in range(MAX_CALENDAR_ITEMS + 2):
        event = EventFactory(coalition=coalition, published=True, title=f"Event {number:02}")
        OccurrenceFactory(event=event, starts_on=EVENT_DAY)
    page = client.get(get_calendar_page(coalition, month="2027-02")).text
    hidden = MAX_CALENDAR_ITEMS + 2 - MAX_ITEMS_PER_DAY
    assert (page.count("Event "), f"{hidden} more dates" in page) == (MAX_ITEMS_PER_DAY, True)

    url = reverse("events:calendar_list", args=[coalition.slug])
    assert f'href="{url}?from=2027-02-09"' in page
    before = client.get(f"{url}?from=2027-02-01")
    assert (len(before.context["rows"]), before.context["later"]) == (MAX_CALENDAR_ITEMS, "2027-02-09")
    busy = client.get(f"{url}?from=2027-02-09")
    assert (len(busy.context["rows"]) > MAX_CALENDAR_ITEMS, busy.context["later"]) == (True, "2027-02-10")


def test_calendar_shows_only_readable_records(client, coalition, member):
    for label in (Label.CLEAR, Label.GREEN, Label.RED):
        EventFactory(coalition=coalition, published=True, title=label.name, label=label, on=EVENT_DAY)
        entry = EntryFactory(
            coalition=coalition, kind="commitment", published=True, title=f"P{label.name}", label=label
        )
        CommitmentFactory(entry=entry, due_on=EVENT_DAY)
    assert list_calendar_titles(client.get(get_calendar_page(coalition, month="2027-02"))) == {"CLEAR", "PCLEAR"}
    client.force_login(member)
    assert list_calendar_titles(client.get(get_calendar_page(coalition, month="2027-02"))) == {
        "CLEAR",
        "PCLEAR",
        "GREEN",
        "PGREEN",
    }


def test_other_coalition_is_not_shown(client, records_in_calendar, other_coalition):
    assert list_calendar_titles(client.get(get_calendar_page(other_coalition, month="2027-02"))) == set()


def test_source_cannot_be_registered_twice():
    with pytest.raises(ValueError, match="Two of the sources of dates"):
        date_source_registry.register("meeting")(DateSource("x", lambda _window: []))


def test_day_is_sorted_by_hour(records_in_calendar):
    later = OccurrenceFactory(
        event__coalition=records_in_calendar,
        event__title="Later",
        starts_on=EVENT_DAY,
        starts_at=datetime(2027, 2, 9, 15, tzinfo=UTC),
    )
    OccurrenceFactory(
        event__coalition=records_in_calendar,
        event__title="Sooner",
        starts_on=EVENT_DAY,
        starts_at=datetime(2027, 2, 9, 9, tzinfo=UTC),
    )
    found = list_calendar_items(CalendarWindow(records_in_calendar, AnonymousUser(), EVENT_DAY, EVENT_DAY))

    assert [row.title for row in found] == ["A day", "Sooner", "Later"]
    assert later.event.title == "Later"


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("route_name", ["calendar", "calendar_list"])
def test_calendar_query_count_is_constant(client, coalition, django_assert_num_queries, route_name, count):
    for number in range(count):
        day = date(2026, 11, 27) + timedelta(days=number)
        OccurrenceFactory(event__coalition=coalition, event__title="One", starts_on=day)
        MeetingFactory(coalition=coalition, published=True, title="One", starts_on=day)
        entry = EntryFactory(coalition=coalition, kind="commitment", published=True, title="One")
        CommitmentFactory(entry=entry, due_on=day)
        text = TextFactory(coalition=coalition, published=True, title="One", saying=["A clause."])
        ConsultationFactory(text=text, closes_at=datetime.combine(day, datetime.max.time(), tzinfo=UTC))
    finds = {source.find for source in date_source_registry.values()}
    with django_assert_num_queries(2 + len(finds) - 1):  # coordination meetings are not looked for without a role
        answer = client.get(reverse(f"events:{route_name}", args=[coalition.slug]))

    assert answer.text.count("<bdi>One</bdi>") + answer.text.count('<bdi lang="en">One</bdi>') == count * 4


@pytest.mark.parametrize("name", ["calendar", "calendar_list"])
def test_calendar_makes_eleven_queries_for_coordinator(client, coordinator, django_assert_num_queries, name):
    """One for each source, and those of the session, the person and the coalition; the areas of work are cached."""
    client.force_login(coordinator)
    url = reverse(f"events:{name}", args=["ours"])
    client.get(url)
    with django_assert_num_queries(11):
        client.get(url)
