"""The calendar: by month and as a list, of all that has a date, narrowed, and for each reader what is theirs."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from jukwaa.coalitions.models import AreaOfWork
from jukwaa.events.calendar_month import CalendarMonth
from jukwaa.events.calendar_sources import CalendarWindow, Source, date_sources, list_calendar_items
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
DAY = date(2027, 2, 9)
ALL = {"A day", "A conference", "A meeting", "A promise", "A text"}


@pytest.fixture(autouse=True)
def in_november():
    with time_machine.travel("2026-11-26 12:00Z", tick=False):
        yield


@pytest.fixture
def full(coalition):
    """Something of each kind in February."""
    OccurrenceFactory(
        event=EventFactory(coalition=coalition, published=True, title="A day"), starts_on=DAY, country="KE"
    )
    around = EventFactory(coalition=coalition, published=True, title="A conference", is_around=True)
    OccurrenceFactory(event=around, starts_on=date(2027, 2, 26), ends_on=date(2027, 3, 2), country="FR")
    MeetingFactory(coalition=coalition, published=True, title="A meeting", starts_on=date(2027, 2, 20))
    entry = EntryFactory(coalition=coalition, kind="commitment", published=True, title="A promise")
    CommitmentFactory(entry=entry, due_on=date(2027, 2, 12))
    text = TextFactory(coalition=coalition, published=True, title="A text", saying=["A clause."])
    ConsultationFactory(text=text, closes_at=datetime(2027, 2, 14, 23, 59, 59, tzinfo=UTC))
    return coalition


def page(coalition, **asked):
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    return reverse("events:calendar", args=[coalition.slug]) + f"?{query}"


def titles(answer):
    return {row.title for day in answer.context["days"] for row in day.rows}


def test_everything_with_a_date_stands_in_its_month(client, full):
    assert titles(client.get(page(full, month="2027-02"))) == ALL
    assert titles(client.get(page(full, month="2027-04"))) == set()


def test_of_a_last_day_its_month_says_of_what(client, full):
    text = client.get(page(full, month="2027-02")).text

    assert text.count("<small>Last day to send inputs</small>") == 1
    assert "<small>Events</small>" not in text  # one goes there: its name says what it is


def test_what_lasts_several_days_stands_on_each_of_them(client, full):
    days = client.get(page(full, month="2027-03")).context["days"]

    assert [day.day.day for day in days if day.rows and day.day.month == 3] == [1, 2]


@pytest.mark.parametrize(
    ("asked", "expected"),
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
def test_it_is_narrowed_by_kind_and_region(client, full, asked, expected):
    assert titles(client.get(page(full, month="2027-02", **asked))) == expected


def test_it_is_narrowed_by_area_of_work(client, full):
    area = AreaOfWork.objects.create(coalition=full, name="Education")
    full.records.get(title="A meeting").areas.add(area)

    assert titles(client.get(page(full, month="2027-02", area=area.pk))) == {"A meeting"}


@pytest.mark.parametrize("month", ["", "2027-13", "12", "0001-01", "9999-12", "'"])
def test_a_month_that_the_calendar_does_not_have_is_that_of_today(month):
    assert CalendarMonth.asked(month).first == date(2026, 11, 1)


def test_a_month_begins_on_a_monday_and_ends_on_a_sunday():
    month = CalendarMonth.asked("2027-02")

    assert (month.shown, month.before, month.after) == ((date(2027, 2, 1), date(2027, 2, 28)), "2027-01", "2027-03")
    assert CalendarMonth.asked("2028-02").last == date(2028, 2, 29)


def test_the_list_tells_half_a_year(client, full):
    answer = client.get(reverse("events:calendar_list", args=[full.slug]))

    assert [row.title for row in answer.context["rows"]] == [
        "A day",
        "A promise",
        "A text",
        "A meeting",
        "A conference",
    ]
    later = client.get(reverse("events:calendar_list", args=[full.slug]) + "?from=2027-02-13")
    assert [row.title for row in later.context["rows"]] == ["A text", "A meeting", "A conference"]
    odd = client.get(reverse("events:calendar_list", args=[full.slug]) + "?from=0001-01-01")
    assert odd.context["first"] == date(2026, 11, 26)


def test_each_reader_finds_what_is_theirs(client, coalition, member):
    for label in (Label.CLEAR, Label.GREEN, Label.RED):
        EventFactory(coalition=coalition, published=True, title=label.name, label=label, on=DAY)
        entry = EntryFactory(
            coalition=coalition, kind="commitment", published=True, title=f"P{label.name}", label=label
        )
        CommitmentFactory(entry=entry, due_on=DAY)
    assert titles(client.get(page(coalition, month="2027-02"))) == {"CLEAR", "PCLEAR"}
    client.force_login(member)
    assert titles(client.get(page(coalition, month="2027-02"))) == {"CLEAR", "PCLEAR", "GREEN", "PGREEN"}


def test_of_another_coalition_nothing_stands_there(client, full, other_coalition):
    assert titles(client.get(page(other_coalition, month="2027-02"))) == set()


def test_a_source_is_registered_once():
    with pytest.raises(ValueError, match="Two of the sources of dates"):
        date_sources.register("meeting")(Source("x", lambda _window: []))


def test_days_are_in_the_order_of_their_hours(full):
    later = OccurrenceFactory(
        event__coalition=full, event__title="Later", starts_on=DAY, starts_at=datetime(2027, 2, 9, 15, tzinfo=UTC)
    )
    OccurrenceFactory(
        event__coalition=full, event__title="Sooner", starts_on=DAY, starts_at=datetime(2027, 2, 9, 9, tzinfo=UTC)
    )
    found = list_calendar_items(CalendarWindow(full, AnonymousUser(), DAY, DAY))

    assert [row.title for row in found] == ["A day", "Sooner", "Later"]
    assert later.event.title == "Later"


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("name", ["calendar", "calendar_list"])
def test_it_costs_the_same_however_much_there_is(client, coalition, django_assert_num_queries, name, count):
    for number in range(count):
        day = date(2026, 11, 27) + timedelta(days=number)
        OccurrenceFactory(event__coalition=coalition, event__title="One", starts_on=day)
        MeetingFactory(coalition=coalition, published=True, title="One", starts_on=day)
        entry = EntryFactory(coalition=coalition, kind="commitment", published=True, title="One")
        CommitmentFactory(entry=entry, due_on=day)
        text = TextFactory(coalition=coalition, published=True, title="One", saying=["A clause."])
        ConsultationFactory(text=text, closes_at=datetime.combine(day, datetime.max.time(), tzinfo=UTC))
    finds = {source.find for source in date_sources.values()}
    with django_assert_num_queries(2 + len(finds) - 1):  # coordination meetings are not looked for without a role
        answer = client.get(reverse(f"events:{name}", args=[coalition.slug]))

    assert answer.text.count("<bdi>One</bdi>") + answer.text.count('<bdi lang="en">One</bdi>') == count * 4
