"""Events and outreach plans that belong to a meeting."""

from collections.abc import Collection

from django.db.models import QuerySet

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.models.people import Viewer
from jukwaa.core.transactions import lock_row
from jukwaa.meetings.actions.meetings import require_can_write_minutes
from jukwaa.meetings.models import Meeting
from jukwaa.records.actions.links import get_or_create_link
from jukwaa.records.models import Link, Record, State

RELATED_RECORD_KINDS = ("event", "outreach-plan")


def find_records_to_relate(viewer: Viewer, meeting: Meeting) -> QuerySet[Record]:
    """Return the published events and outreach plans of the coalition that the viewer may read, the newest first."""
    readable = Record.objects.visible_to(viewer).of(meeting.coalition)
    return readable.filter(kind__in=RELATED_RECORD_KINDS, state=State.PUBLISHED).order_by("-published_at", "pk")


def find_records_related_to_meeting(viewer: Viewer, meeting: Meeting) -> QuerySet[Record]:
    links = Link.objects.filter(to_record=meeting.pk, relation=Link.Relation.RELATES_TO)
    return find_records_to_relate(viewer, meeting).filter(pk__in=links.values("from_record"))


@action
def set_records_related_to_meeting(*, actor: Person, meeting: Meeting, records: Collection[Record]) -> int:
    """Relate these records to the meeting, and no others that the actor may read. Return how many links changed.

    Raises PermissionDenied.
    """
    require_can_write_minutes(actor, meeting)
    lock_row(meeting)
    wanted = {record.pk for record in records}
    there = set(find_records_related_to_meeting(actor, meeting).values_list("pk", flat=True))
    removed = Link.objects.filter(
        to_record=meeting.pk, relation=Link.Relation.RELATES_TO, from_record__in=there - wanted
    )
    removed.delete()
    for record in records:
        get_or_create_link(record, meeting, Link.Relation.RELATES_TO)
    if changed := len(wanted ^ there):
        record_activity(actor=actor, verb="related", subject=meeting, coalition=meeting.coalition)
        return changed
    return 0
