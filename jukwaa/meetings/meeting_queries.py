"""The queries of the page of a meeting; `meeting_page` runs them prepared."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet, Value

from jukwaa.coalitions.display_names import VOICE_CAPACITY_FIELDS
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.models.people import Viewer
from jukwaa.meetings import source_references
from jukwaa.meetings.models import Entry, EntryQuerySet, Meeting
from jukwaa.meetings.series import find_meetings_around
from jukwaa.records.models import Link, Record, Source, State

SHOWN_ENTRY_STATES = (State.PUBLISHED, State.SUBMITTED, State.DRAFT)


def find_visible_entries(viewer: Viewer, meeting: Meeting) -> EntryQuerySet:
    entries = Entry.objects.visible_to(viewer).filter(meeting=meeting, state__in=SHOWN_ENTRY_STATES)
    return entries.select_related("commitment__owner__organisation", "commitment__owner__person")


def select_speaker_fields(speaker_rows: QuerySet[Any]) -> QuerySet[Any]:
    """Return who spoke in entries, rows of `Entry.speakers.through`, with what pages show of each."""
    fields = [f"capacity__{name}" for name in VOICE_CAPACITY_FIELDS]
    return (
        speaker_rows.select_related("capacity__person", "capacity__organisation")
        .only("entry", *fields)
        .order_by("capacity")
    )


def find_visible_sources(viewer: Viewer, meeting: Meeting) -> QuerySet[Source]:
    entries = Entry.objects.filter(meeting=meeting)
    return source_references.find_sources_of_records(viewer, Q(record=meeting.pk) | Q(record__in=entries.values("pk")))


def find_linked_records(
    viewer: Viewer, meeting: Meeting, coalition: Coalition, meeting_day: date | None
) -> QuerySet[Record]:
    """Return what was created from the meeting, and the meetings around it, which have `is_around`."""
    made = _find_records_from_meeting(viewer, meeting).annotate(is_around=Value(False))
    if meeting_day is None:
        return made.order_by("published_at")
    around = find_meetings_around(viewer, coalition, meeting, meeting_day).values("pk")
    beside = Record.objects.filter(pk__in=around).annotate(is_around=Value(True))
    return made.union(beside.select_related("as_meeting"), all=True).order_by("published_at")


def _find_records_from_meeting(viewer: Viewer, meeting: Meeting) -> QuerySet[Record]:
    here = Q(pk=meeting.pk) | Q(pk__in=find_visible_entries(viewer, meeting).values("pk"))
    here_too = Record.objects.filter(here).values("pk")
    links = Link.objects.filter(to_record__in=here_too).exclude(from_record__in=here_too)
    made = Record.objects.visible_to(viewer).filter(pk__in=links.values("from_record"))
    return made.exclude(state=State.WITHDRAWN).select_related("as_meeting")
