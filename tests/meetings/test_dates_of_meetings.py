"""A meeting, and what was said there, is dated by its day, not by the day on which it was added to the record."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from jukwaa.meetings.actions import change_meeting
from jukwaa.meetings.models import Entry, Meeting
from jukwaa.records import index
from jukwaa.records.models import Record
from jukwaa.records.models.record import Precision
from tests.factories import EntryFactory, ItemFactory, MeetingFactory
from tests.migrations import run_data_migration

TIME_OF_IMPORT = datetime(2026, 11, 29, 12, tzinfo=UTC)
FEBRUARY_DAY = date(2025, 2, 5)


@pytest.fixture
def february_call(coalition):
    """A call of February that was imported in November, with a decision."""
    imported = {"coalition": coalition, "state": "published", "published_at": TIME_OF_IMPORT}
    meeting = MeetingFactory(title="Garden call", starts_on=FEBRUARY_DAY, **imported)
    entry = EntryFactory(
        title="Garden groups", text="It was agreed to begin garden groups.", meeting=meeting, **imported
    )
    item = ItemFactory(title="Garden practice", **imported)
    for record in (meeting, entry, item):
        index.reindex_record(record)
    return meeting


def search_gardens(client, **query):
    return client.get(reverse("search:search", args=["ours"]), {"q": "garden", **query})


def list_titles(page):
    return [shown.hit.record.title for shown in page.context["hits"]]


def test_search_shows_sorts_and_filters_by_day_of_meeting(client, february_call):
    page = search_gardens(client, order="newest")

    assert list_titles(page)[0] == "Garden practice"
    assert set(list_titles(page)[1:]) == {"Garden call", "Garden groups"}
    assert page.text.count('<time class="when" datetime="2025-02-05">5 February 2025</time>') == 2
    assert set(list_titles(search_gardens(client, year="2025"))) == {"Garden call", "Garden groups"}
    assert list_titles(search_gardens(client, year="2026")) == ["Garden practice"]
    (facet,) = [each for each in page.context["facets"] if str(each.heading) == "Year"]
    assert [(str(value.label), value.number) for value in facet.values] == [
        ("All years", None),
        ("2026", 1),
        ("2025", 2),
    ]


def test_meeting_of_known_month_shows_only_the_month(client, february_call):
    february_call.precision, february_call.starts_on = Meeting.Precision.MONTH, date(2025, 3, 1)
    february_call.save()

    assert search_gardens(client).text.count('<time class="when" datetime="2025-03">March 2025</time>') == 2


def test_changed_meeting_day_updates_its_entries_only(client, coalition, coordinator, february_call):
    other = EntryFactory(coalition=coalition, meeting__starts_on=date(2024, 1, 1))
    changed = change_meeting(
        actor=coordinator, meeting=february_call, changes={"starts_on": date(2025, 2, 6)}, from_version=1
    )

    entry = Entry.objects.get(title="Garden groups")
    assert (changed.happened_on, entry.happened_on) == (date(2025, 2, 6), date(2025, 2, 6))
    other.refresh_from_db()
    assert other.happened_on == date(2024, 1, 1)


def test_saving_with_unchanged_day_adds_no_query(february_call, django_assert_num_queries):
    meeting = Meeting.objects.get(pk=february_call.pk)
    with django_assert_num_queries(2):  # the record and what a meeting adds
        meeting.save()


def test_meeting_without_a_day_is_dated_by_its_publication(client, february_call):
    february_call.starts_on, february_call.precision = None, Meeting.Precision.UNDECIDED
    february_call.save()

    assert Record.objects.filter(happened_on__isnull=False).count() == 0
    assert len(list_titles(search_gardens(client, year="2026"))) == 3


def test_migration_sets_dates_of_earlier_meetings_and_entries(february_call):
    Record.objects.update(happened_on=None)
    Meeting.objects.filter(pk=february_call.pk).update(precision=Meeting.Precision.MONTH)
    run_data_migration(("meetings", "0027_days_of_meetings"))

    dated = Record.objects.filter(happened_on=FEBRUARY_DAY, happened_precision=Precision.MONTH)
    assert set(dated.values_list("kind", flat=True)) == {"meeting", "decision"}
    assert Record.objects.get(kind="good-practice").happened_on is None
