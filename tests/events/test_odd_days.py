"""Days that are odd, in the product: 29 February, a change of clocks, and both sides of the date line."""

from datetime import UTC, date, datetime, time

import icalendar
import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone

from jukwaa.events import actions
from jukwaa.events.calendar_sources import CalendarWindow, list_calendar_items
from jukwaa.events.models import Event
from jukwaa.events.times import get_local_time, get_moment
from tests.factories import EventFactory, OccurrenceFactory

pytestmark = pytest.mark.django_db
LEAP = date(2028, 2, 29)
FIELDS = {
    "title": "A workshop",
    "again": "once",
    "reach": "place",
    "label": "TLP:CLEAR",
    "language": "en",
    "time_zone": "UTC",
}


@pytest.fixture(autouse=True)
def in_november():
    with time_machine.travel("2026-11-26 12:00Z", tick=False):
        yield


@pytest.fixture
def post(client, coalition, rapporteur):
    client.force_login(rapporteur)

    def one(**fields):
        return client.post(reverse("events:event_new", args=[coalition.slug]), FIELDS | fields)

    return one


def feed(client, coalition):
    answer = client.get(reverse("exchange:calendar", args=[coalition.slug]))
    return icalendar.Calendar.from_ical(answer.content).walk("VEVENT")


class TestLeapDay:
    def test_it_is_announced_stands_in_its_month_and_ends_on_the_first_of_march(self, client, coalition, post):
        assert post(starts_on="2028-02-29").status_code == 302
        Event.objects.update(published_at=datetime(2026, 11, 1, tzinfo=UTC))
        month = client.get(reverse("events:calendar", args=[coalition.slug]) + "?month=2028-02").text
        (found,) = feed(client, coalition)

        assert "A workshop" in month
        assert (found["DTSTART"].dt, found["DTEND"].dt) == (LEAP, date(2028, 3, 1))

    def test_what_comes_each_year_from_it_on_comes_in_the_years_between_too(self, post):
        post(starts_on="2028-02-29", again="yearly")
        with time_machine.travel("2028-03-05 12:00Z", tick=False):
            actions.create_upcoming_occurrences(timezone.now())
        with time_machine.travel("2029-03-05 12:00Z", tick=False):
            actions.create_upcoming_occurrences(timezone.now())
        days = Event.objects.get().occurrences.order_by("starts_on").values_list("starts_on", flat=True)

        assert list(days) == [LEAP, date(2029, 2, 28), date(2030, 2, 28)]

    def test_in_a_year_that_has_none_it_is_no_day_and_what_was_typed_stays(self, post):
        answer = post(starts_on="2029-02-29", summary="What I wrote.")

        assert (answer.status_code, Event.objects.count()) == (422, 0)
        assert "Enter a real date as year, month and day" in answer.text
        assert 'value="2029-02-29"' in answer.text
        assert "What I wrote." in answer.text


class TestChangeOfClocks:
    def test_what_comes_each_week_over_the_hour_that_is_left_out_is_made_all_the_same(self, coalition):
        """It began at 02:30 and ended at 03:15; on that night there is no half past two."""
        zone, first = "Europe/Brussels", date(2027, 3, 21)
        event = EventFactory(coalition=coalition, published=True, rule="FREQ=WEEKLY;BYDAY=SU", on=first)
        hours = {"starts_at": get_moment(first, time(2, 30), zone), "ends_at": get_moment(first, time(3, 15), zone)}
        event.occurrences.update(**hours, time_zone=zone, ruled_on=first)
        with time_machine.travel("2027-03-22 12:00Z", tick=False):
            assert actions.create_upcoming_occurrences(timezone.now()) > 0
        that_night, after = event.occurrences.filter(starts_on__in=["2027-03-28", "2027-04-04"]).order_by("starts_on")

        assert [get_local_time(at, zone) for at in (that_night.starts_at, that_night.ends_at)] == [
            time(3, 30),
            time(4, 15),
        ]
        assert [get_local_time(at, zone) for at in (after.starts_at, after.ends_at)] == [time(2, 30), time(3, 15)]

    def test_an_hour_that_comes_twice_is_the_first_and_stands_so_on_the_page_and_in_the_feed(
        self, client, coalition, post
    ):
        told = {"from_hour": "02:30", "until_hour": "04:00", "time_zone": "Europe/Brussels"}
        assert post(starts_on="2027-10-31", **told).status_code == 302
        Event.objects.update(published_at=datetime(2026, 11, 1, tzinfo=UTC))
        (found,) = feed(client, coalition)

        assert (found["DTSTART"].dt, found["DTEND"].dt) == (
            datetime(2027, 10, 31, 0, 30, tzinfo=UTC),
            datetime(2027, 10, 31, 3, tzinfo=UTC),
        )


class TestDateLine:
    SAME = datetime(2027, 2, 9, 20, tzinfo=UTC)  # 09:00 on the tenth in Apia, 10:00 on the ninth in Honolulu

    @pytest.fixture
    def in_apia(self, coalition):
        ends = datetime(2027, 2, 9, 22, tzinfo=UTC)
        return OccurrenceFactory(
            event=EventFactory(coalition=coalition, published=True, title="A day in Apia"),
            starts_on=date(2027, 2, 10),
            starts_at=self.SAME,
            ends_at=ends,
            time_zone="Pacific/Apia",
        )

    def test_each_stands_on_the_day_of_its_place(self, client, coalition, post, in_apia):
        told = {"from_hour": "10:00", "time_zone": "Pacific/Honolulu", "starts_on": "2027-02-09"}
        clashing = post(**told)
        post(**told, clashes_seen=clashing.context["form"].data["clashes_seen"])
        found = list_calendar_items(CalendarWindow(coalition, AnonymousUser(), date(2027, 2, 9), date(2027, 2, 10)))

        assert [(row.title, row.first.day, row.starts_at) for row in found if row.starts_at] == [
            ("A workshop", 9, self.SAME),
            ("A day in Apia", 10, self.SAME),
        ]
        Event.objects.update(published_at=datetime(2026, 11, 1, tzinfo=UTC))
        assert {each["DTSTART"].dt for each in feed(client, coalition) if "workshop" in each["SUMMARY"]} == {self.SAME}

    def test_what_takes_place_at_the_same_moment_on_another_day_clashes(self, post, in_apia):
        told = {"time_zone": "Pacific/Honolulu", "starts_on": "2027-02-09"}
        assert "A day in Apia" in post(**told, from_hour="10:00").text
        assert "A day in Apia" in post(**told, from_hour="09:00", until_hour="11:00").text

    def test_what_takes_place_on_another_day_at_another_moment_does_not(self, post, in_apia):
        told = {"time_zone": "Pacific/Honolulu", "starts_on": "2027-02-09"}
        assert post(**told, from_hour="14:00").status_code == 302
        assert post(**told, title="Another").status_code == 200  # all day: it clashes with the workshop alone

    def test_a_day_that_a_place_never_had_has_no_hour(self, post):
        """Samoa went from 29 to 31 December 2011."""
        answer = post(starts_on="2011-12-30", from_hour="09:00", time_zone="Pacific/Apia")

        assert answer.status_code == 422
        assert "This time does not exist on that day in Pacific/Apia" in answer.text
