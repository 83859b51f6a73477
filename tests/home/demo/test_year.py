"""What a year of meetings leaves is in the demo: each state of minutes, newcomers, consent, an import, key findings."""

from django.utils import timezone

from jukwaa.meetings.models import (
    FIRST_TIME_ATTENDANCE_ROLES,
    Attendance,
    Entry,
    ImportedEvent,
    KeyFinding,
    Meeting,
    Minutes,
    Rsvp,
)
from jukwaa.records.models import State


def test_key_finding_is_published_with_its_source(demo_coalition, db):
    finding = KeyFinding.objects.get(coalition=demo_coalition)

    assert finding.state == State.PUBLISHED
    assert [each.record.kind for each in finding.finding_sources.all()] == ["decision"]


def test_adult_contact_has_agreed_to_next_meeting(demo_coalition, db):
    meeting = Meeting.objects.of(demo_coalition).get(starts_at__gt=timezone.now())
    reply = Rsvp.objects.get(meeting=meeting, person__is_minor=True)

    assert reply.consent_by == reply.person.adult_contact


def test_meeting_in_progress_has_newcomers(demo_coalition, db):
    meeting = Meeting.objects.of(demo_coalition).get(starts_at__lte=timezone.now(), ends_at__gt=timezone.now())

    assert Attendance.objects.filter(meeting=meeting, came_as__in=FIRST_TIME_ATTENDANCE_ROLES).count() == 2


def test_chatham_house_item_is_grouped_by_topic(demo_coalition, db):
    entries = Entry.objects.filter(coalition=demo_coalition, part__chatham=True).exclude(topic="").order_by("position")

    assert [entry.topic for entry in entries] == ["Contacts", "Contacts", "Time", "Time"]
    assert not any(entry.speakers.exists() for entry in entries)


def test_minutes_are_approved_at_meeting_and_without_objection(demo_coalition, db):
    minutes = Minutes.objects.filter(meeting__coalition=demo_coalition, approved_at__isnull=False)

    assert set(minutes.values_list("approved_how", flat=True)) == {"meeting", "silence"}


def test_meeting_from_calendar_is_imported(demo_coalition, db):
    assert ImportedEvent.objects.get(coalition=demo_coalition).meeting.is_held
