"""A meeting with more than a hundred entries is shown in pages; every entry can be reached on exactly one of them."""

import pytest
from django.urls import reverse

from jukwaa.meetings import minutes_outline
from jukwaa.meetings.models import EntryKind
from tests.factories import (
    AttendanceFactory,
    CapacityFactory,
    CommitmentFactory,
    EntryFactory,
    MeetingFactory,
    PartFactory,
)
from tests.url_reversals import MAX_REVERSALS, record_url_reversals

PART_SIZE = 5
MAX_QUERIES = 16


def build_meeting_url(meeting, **query):
    return reverse("meetings:meeting_detail", args=[meeting.coalition.slug, meeting.pk], query=query or None)


def list_shown_entries(page):
    return [entry.pk for entry in page.context["shown"].entries]


@pytest.fixture
def long_meeting(coalition, monkeypatch):
    """Two parts with four entries each, two outside of any, two decisions, two commitments; one is for members."""
    monkeypatch.setattr(minutes_outline, "OUTLINE_ENTRIES_PER_PAGE", PART_SIZE)
    monkeypatch.setattr("jukwaa.meetings.meeting_page.OUTLINE_ENTRIES_PER_PAGE", PART_SIZE)
    meeting = MeetingFactory(coalition=coalition, published=True)
    parts = [PartFactory(meeting=meeting, title=f"Part {name}", position=place) for place, name in enumerate("AB")]
    kinds = [EntryKind.TOPIC] * 10 + [EntryKind.DECISION] * 2 + [EntryKind.COMMITMENT] * 2
    for position, kind in enumerate(kinds):
        part = [None, *parts][position % 3] if kind == EntryKind.TOPIC else parts[0]
        label = "TLP:GREEN" if position == 4 else "TLP:CLEAR"
        entry = EntryFactory(
            meeting=meeting, part=part, kind=kind, position=position, label=label, published=True, coalition=coalition
        )
        if kind == EntryKind.COMMITMENT:
            CommitmentFactory(entry=entry)
        entry.speakers.add(CapacityFactory(coalition=coalition, name=f"Speaker {position}"))
    return meeting


def test_each_readable_entry_is_on_one_page(client, long_meeting, member):
    readable = set(long_meeting.entries.exclude(label="TLP:GREEN").values_list("pk", flat=True))

    pages = [list_shown_entries(client.get(build_meeting_url(long_meeting, page=number))) for number in (1, 2, 3)]

    assert [len(page) for page in pages] == [5, 5, 3]
    assert {pk for page in pages for pk in page} == readable
    client.force_login(member)
    assert len(list_shown_entries(client.get(build_meeting_url(long_meeting, page=3)))) == 4


def test_long_meeting_links_to_start_of_each_part(client, long_meeting):
    first = client.get(build_meeting_url(long_meeting))
    headings = first.context["shown"].outline.headings

    assert [str(heading.name) for heading in headings] == [
        "Entries without an agenda item",
        "Part A",
        "Part B",
        "Decisions and recommendations",
        "Commitments",
    ]
    for heading in headings:
        assert f'id="{heading.anchor}"' in client.get(build_meeting_url(long_meeting, page=heading.page)).text
        link = f"#{heading.anchor}" if heading.page == 1 else f"?page={heading.page}#{heading.anchor}"
        assert f'href="{link}"' in first.text


def test_link_from_entry_leads_to_the_page_with_the_entry(client, long_meeting):
    for entry in long_meeting.entries.exclude(label="TLP:GREEN"):
        link = f"{build_meeting_url(long_meeting, entry=entry.pk)}#entry-{entry.pk}"

        assert f'href="{link}"' in client.get(entry.get_absolute_url()).text
        assert f'id="entry-{entry.pk}"' in client.get(link).text


@pytest.mark.parametrize(
    "query_parameters", [{"page": "x"}, {"entry": "x"}, {"entry": "9" * 30}, {"page": ""}, {"entry": "0"}]
)
def test_invalid_page_number_shows_first_page(client, long_meeting, query_parameters):
    assert client.get(build_meeting_url(long_meeting, **query_parameters)).context["shown"].page.number == 1


def test_restricted_entry_does_not_shift_pages(client, long_meeting):
    hidden = long_meeting.entries.get(label="TLP:GREEN")

    assert client.get(build_meeting_url(long_meeting, entry=hidden.pk)).context["shown"].page.number == 1


def test_speakers_of_all_pages_are_counted(client, long_meeting):
    heard = client.get(build_meeting_url(long_meeting)).context["shown"].voice_counts

    assert sum(group.number for group in heard) == 13


def test_short_meeting_is_not_paginated(client, coalition):
    meeting = MeetingFactory(coalition=coalition, published=True)
    EntryFactory(meeting=meeting, coalition=coalition, published=True)

    page = client.get(build_meeting_url(meeting))

    assert page.context["shown"].outline is None
    assert "meetings/entry.js" not in page.text


@pytest.mark.parametrize("attendee_count", [50, 51])
def test_attendees_beyond_fifty_are_on_separate_page(client, coalition, attendee_count):
    meeting = MeetingFactory(coalition=coalition, published=True)
    for number in range(attendee_count):
        AttendanceFactory(meeting=meeting, capacity__name=f"Attendee {number:02}.")
    url = reverse("meetings:attendance_list", args=[coalition.slug, meeting.pk])

    page, all_of_them = client.get(build_meeting_url(meeting)).text, client.get(url).text

    assert page.count("a participant") == min(attendee_count, 50)
    assert (f'href="{url}"' in page) == (attendee_count > 50)
    assert all_of_them.count("a participant") == attendee_count


def test_long_meeting_query_and_url_count_is_limited(client, coalition, django_assert_max_num_queries):
    meeting = MeetingFactory(coalition=coalition, published=True)
    for position in range(101):
        EntryFactory(meeting=meeting, position=position, coalition=coalition, published=True)
    url = build_meeting_url(meeting)

    client.get(coalition.get_absolute_url())  # draws the foot, which is kept for a day
    client.get(build_meeting_url(MeetingFactory(coalition=coalition, published=True)))  # and the menu of this section

    with django_assert_max_num_queries(MAX_QUERIES), record_url_reversals() as reversals:
        page = client.get(url)

    assert len(list_shown_entries(page)) == 100
    assert len(reversals) <= MAX_REVERSALS
