"""One date for one's own calendar; deadlines that say what they are; and when new content appears."""

import re
from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest
import time_machine
from django.urls import reverse

from jukwaa.records.models import Label
from tests.factories import (
    CommitmentFactory,
    ConsultationFactory,
    EntryFactory,
    EventFactory,
    ItemFactory,
    OccurrenceFactory,
    TextFactory,
)

pytestmark = pytest.mark.django_db
CURRENT_TIME = datetime(2026, 11, 26, 12, tzinfo=UTC)
EVENT_DAY = date(2027, 2, 9)


@pytest.fixture(autouse=True)
def clock_in_november():
    with time_machine.travel(CURRENT_TIME, tick=False):
        yield


@pytest.fixture
def occurrence(coalition):
    event = EventFactory(coalition=coalition, title="Safer Internet Day", published=True)
    return OccurrenceFactory(event=event, starts_on=EVENT_DAY)


@pytest.fixture
def consultation(coalition):
    text = TextFactory(coalition=coalition, title="Guideline", saying=["One."], published=True)
    return ConsultationFactory(text=text, closes_at=datetime(2026, 12, 12, tzinfo=UTC))


def find_calendar_file_link(client, url_path, link_text):
    found = re.search(rf'<a href="([^"]+\.ics)">{link_text}', client.get(url_path).text)
    return found and found[1]


def list_calendar_entries(response):
    assert (response.status_code, response.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    found = icalendar.Calendar.from_ical(response.content).walk("VEVENT")
    return [(str(each["SUMMARY"]), each["DTSTART"].dt) for each in found]


def test_date_of_an_event_is_added_to_a_calendar(client, occurrence):
    path = find_calendar_file_link(client, occurrence.get_absolute_url(), "Add to calendar")

    assert path == f"/ours/feeds/dates/2027-02-09/occurrence/{occurrence.pk}.ics"
    assert list_calendar_entries(client.get(path)) == [("Safer Internet Day", EVENT_DAY)]


def test_calendar_names_consultation_deadline(client, coalition, consultation):
    page = reverse("drafting:consultation_detail", args=["ours", consultation.pk])
    path = find_calendar_file_link(client, page, "Add the deadline to your calendar")

    assert list_calendar_entries(client.get(path)) == [("Last day for inputs: Guideline", date(2026, 12, 11))]
    with time_machine.travel(CURRENT_TIME + timedelta(hours=1)):
        subscribed = client.get(reverse("exchange:calendar", args=["ours"]))
        assert list_calendar_entries(subscribed) == [("Last day for inputs: Guideline", date(2026, 12, 11))]


def test_calendar_marks_commitment_as_due(client, coalition):
    entry = EntryFactory(coalition=coalition, kind="commitment", title="Share the slides", published=True)
    CommitmentFactory(entry=entry, due_on=EVENT_DAY)
    path = reverse("exchange:date_file", args=["ours", EVENT_DAY.isoformat(), "commitment", entry.pk])

    assert list_calendar_entries(client.get(path)) == [("Commitment due: Share the slides", EVENT_DAY)]


def test_each_row_of_the_calendar_can_be_added(client, coalition, occurrence, consultation):
    page = client.get(reverse("events:calendar_list", args=["ours"])).text
    paths = re.findall(r'<a href="([^"]+\.ics)">Add to calendar', page)

    assert [list_calendar_entries(client.get(path))[0][0] for path in paths] == [
        "Last day for inputs: Guideline",
        "Safer Internet Day",
    ]


@pytest.mark.parametrize(
    ("day_in_url", "tlp_label"), [("2027-02-10", Label.CLEAR), ("soon", Label.CLEAR), ("2027-02-09", Label.GREEN)]
)
def test_unknown_calendar_date_is_not_found(client, occurrence, day_in_url, tlp_label):
    type(occurrence.event).objects.filter(pk=occurrence.event_id).update(label=tlp_label)

    assert client.get(f"/ours/feeds/dates/{day_in_url}/occurrence/{occurrence.pk}.ics").status_code == 404


def test_title_above_green_is_not_given_to_calendar_programs(client, coalition, rapporteur, occurrence):
    event = type(occurrence.event).objects.get(pk=occurrence.event_id)
    event.label = Label.RED
    event.save()
    event.audience.create(person=rapporteur)
    client.force_login(rapporteur)

    assert list_calendar_entries(client.get(f"/ours/feeds/dates/2027-02-09/occurrence/{occurrence.pk}.ics")) == [
        ("Events", EVENT_DAY)
    ]


def test_past_event_has_no_calendar_link(client, coalition):
    event = EventFactory(coalition=coalition, published=True)
    past = OccurrenceFactory(event=event, starts_on=date(2020, 2, 9))

    assert find_calendar_file_link(client, past.get_absolute_url(), "Add to calendar") is None


def test_past_dates_of_a_recurring_event_fold_into_years(client, coalition):
    event = EventFactory(coalition=coalition, rule="FREQ=WEEKLY", published=True)
    days = [date(2024, 1, 8), date(2025, 1, 6), date(2025, 1, 13), date(2025, 1, 20)]
    for day in days:
        OccurrenceFactory(event=event, starts_on=day)
    page = client.get(event.get_absolute_url()).text
    folded = re.findall(r'<details><summary>(\d+) <span class="soft">([^<]+)</span>(.*?)</details>', page, re.DOTALL)

    assert [(year, number, len(re.findall("<li", rows))) for year, number, rows in folded] == [("2025", "3 dates", 3)]
    assert page.count("<time datetime=") == len(days)


def test_feeds_say_when_new_content_will_appear(client, coalition):
    ItemFactory(coalition=coalition, published=True, published_at=CURRENT_TIME - timedelta(hours=2))
    page = reverse("exchange:feed_list", args=["ours"])
    assert "will appear by" not in client.get(page).text
    ItemFactory(coalition=coalition, published=True, published_at=CURRENT_TIME - timedelta(minutes=10))
    ItemFactory(coalition=coalition, label=Label.GREEN, published=True, published_at=CURRENT_TIME)
    feed = client.get(reverse("exchange:feed", args=["ours", "library"])).text

    assert "1 new record will appear by 26 November 2026, 12:20 (UTC)." in client.get(page).text
    assert feed.count("<entry") == 1
    assert "<subtitle>New records appear in this feed 30 minutes after they are published.</subtitle>" in feed


def test_calendar_says_when_new_dates_appear(client, coalition):
    text = client.get(reverse("exchange:calendar", args=["ours"])).text

    assert "X-WR-CALDESC:New dates appear in this calendar 30 minutes after" in text
