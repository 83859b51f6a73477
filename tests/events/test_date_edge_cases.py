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
from jukwaa.events.times import get_local_moment, get_local_time
from tests.factories import EventFactory, OccurrenceFactory

pytestmark = pytest.mark.django_db
LEAP_DAY = date(2028, 2, 29)
EVENT_FORM_DATA = {
    "title": "A workshop",
    "again": "once",
    "reach": "place",
    "label": "TLP:CLEAR",
    "language": "en",
    "time_zone": "UTC",
}


@pytest.fixture(autouse=True)
def frozen_in_november():
    with time_machine.travel("2026-11-26 12:00Z", tick=False):
        yield


@pytest.fixture
def post_event_form(client, coalition, rapporteur):
    client.force_login(rapporteur)

    def post_one_event(**fields):
        return client.post(reverse("events:event_new", args=[coalition.slug]), EVENT_FORM_DATA | fields)

    return post_one_event


def get_calendar_feed(client, coalition):
    answer = client.get(reverse("exchange:calendar", args=[coalition.slug]))
    return icalendar.Calendar.from_ical(answer.content).walk("VEVENT")


class TestLeapDay:
    def test_event_on_leap_day_ends_on_first_of_march(self, client, coalition, post_event_form):
        assert post_event_form(starts_on="2028-02-29").status_code == 302
        Event.objects.update(published_at=datetime(2026, 11, 1, tzinfo=UTC))
        month = client.get(reverse("events:calendar", args=[coalition.slug]) + "?month=2028-02").text
        (found,) = get_calendar_feed(client, coalition)

        assert "A workshop" in month
        assert (found["DTSTART"].dt, found["DTEND"].dt) == (LEAP_DAY, date(2028, 3, 1))

    def test_yearly_event_from_leap_day_has_dates_in_all_years(self, post_event_form):
        post_event_form(starts_on="2028-02-29", again="yearly")
        with time_machine.travel("2028-03-05 12:00Z", tick=False):
            actions.create_upcoming_occurrences(timezone.now())
        with time_machine.travel("2029-03-05 12:00Z", tick=False):
            actions.create_upcoming_occurrences(timezone.now())
        days = Event.objects.get().occurrences.order_by("starts_on").values_list("starts_on", flat=True)

        assert list(days) == [LEAP_DAY, date(2029, 2, 28), date(2030, 2, 28)]

    def test_leap_day_in_common_year_is_refused_and_input_kept(self, post_event_form):
        answer = post_event_form(starts_on="2029-02-29", summary="What I wrote.")

        assert (answer.status_code, Event.objects.count()) == (422, 0)
        assert "Enter a real date as year, month and day" in answer.text
        assert 'value="2029-02-29"' in answer.text
        assert "What I wrote." in answer.text


class TestDaylightSavingChange:
    def test_weekly_event_is_created_over_skipped_hour(self, coalition):
        """It began at 02:30 and ended at 03:15; on that night there is no half past two."""
        zone, first = "Europe/Brussels", date(2027, 3, 21)
        event = EventFactory(coalition=coalition, published=True, rule="FREQ=WEEKLY;BYDAY=SU", on=first)
        hours = {
            "starts_at": get_local_moment(first, time(2, 30), zone),
            "ends_at": get_local_moment(first, time(3, 15), zone),
        }
        event.occurrences.update(**hours, time_zone=zone, ruled_on=first)
        with time_machine.travel("2027-03-22 12:00Z", tick=False):
            assert actions.create_upcoming_occurrences(timezone.now()) > 0
        that_night, after = event.occurrences.filter(starts_on__in=["2027-03-28", "2027-04-04"]).order_by("starts_on")

        assert [get_local_time(at, zone) for at in (that_night.starts_at, that_night.ends_at)] == [
            time(3, 30),
            time(4, 15),
        ]
        assert [get_local_time(at, zone) for at in (after.starts_at, after.ends_at)] == [time(2, 30), time(3, 15)]

    def test_repeated_hour_uses_first_on_page_and_in_feed(self, client, coalition, post_event_form):
        told = {"from_hour": "02:30", "until_hour": "04:00", "time_zone": "Europe/Brussels"}
        assert post_event_form(starts_on="2027-10-31", **told).status_code == 302
        Event.objects.update(published_at=datetime(2026, 11, 1, tzinfo=UTC))
        (found,) = get_calendar_feed(client, coalition)

        assert (found["DTSTART"].dt, found["DTEND"].dt) == (
            datetime(2027, 10, 31, 0, 30, tzinfo=UTC),
            datetime(2027, 10, 31, 3, tzinfo=UTC),
        )


class TestInternationalDateLine:
    SAME = datetime(2027, 2, 9, 20, tzinfo=UTC)  # 09:00 on the tenth in Apia, 10:00 on the ninth in Honolulu

    @pytest.fixture
    def client_in_apia(self, coalition):
        ends = datetime(2027, 2, 9, 22, tzinfo=UTC)
        return OccurrenceFactory(
            event=EventFactory(coalition=coalition, published=True, title="A day in Apia"),
            starts_on=date(2027, 2, 10),
            starts_at=self.SAME,
            ends_at=ends,
            time_zone="Pacific/Apia",
        )

    def test_event_appears_on_local_day_across_date_line(self, client, coalition, post_event_form, client_in_apia):
        told = {"from_hour": "10:00", "time_zone": "Pacific/Honolulu", "starts_on": "2027-02-09"}
        clashing = post_event_form(**told)
        post_event_form(**told, clashes_seen=clashing.context["form"].data["clashes_seen"])
        found = list_calendar_items(CalendarWindow(coalition, AnonymousUser(), date(2027, 2, 9), date(2027, 2, 10)))

        assert [(row.title, row.first.day, row.starts_at) for row in found if row.starts_at] == [
            ("A workshop", 9, self.SAME),
            ("A day in Apia", 10, self.SAME),
        ]
        Event.objects.update(published_at=datetime(2026, 11, 1, tzinfo=UTC))
        assert {
            each["DTSTART"].dt for each in get_calendar_feed(client, coalition) if "workshop" in each["SUMMARY"]
        } == {self.SAME}

    def test_same_moment_on_other_local_day_clashes(self, post_event_form, client_in_apia):
        told = {"time_zone": "Pacific/Honolulu", "starts_on": "2027-02-09"}
        assert "A day in Apia" in post_event_form(**told, from_hour="10:00").text
        assert "A day in Apia" in post_event_form(**told, from_hour="09:00", until_hour="11:00").text

    def test_different_moment_on_other_day_does_not_clash(self, post_event_form, client_in_apia):
        told = {"time_zone": "Pacific/Honolulu", "starts_on": "2027-02-09"}
        assert post_event_form(**told, from_hour="14:00").status_code == 302
        assert (
            post_event_form(**told, title="Another").status_code == 200
        )  # all day: it clashes with the workshop alone

    def test_skipped_local_day_is_refused(self, post_event_form):
        """Samoa went from 29 to 31 December 2011."""
        answer = post_event_form(starts_on="2011-12-30", from_hour="09:00", time_zone="Pacific/Apia")

        assert answer.status_code == 422
        assert "This time does not exist on that day in Pacific/Apia" in answer.text
