"""Lists over all meetings of a coalition: the meetings themselves, and what was agreed in them."""

from datetime import date

from django.db.models import Count, DateField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from jukwaa.coalitions.models import Coalition, Organisation
from jukwaa.coalitions.models.people import Viewer
from jukwaa.meetings.keyset import Key, Page, page_after
from jukwaa.meetings.models import BINDING, Entry, EntryKind, Meeting
from jukwaa.records.models import State

# A meeting of no known date stands at the end. SQLite and PostgreSQL order NULL differently, so none is left.
LONG_AGO = Value(date.min, output_field=DateField())
MEETING_KEYS = (Key("order_day", date.fromisoformat, descending=True), Key("pk", int, descending=True))
AGREED_KEYS = (
    Key("order_day", date.fromisoformat, descending=True),
    Key("meeting_id", int, descending=True),
    Key("position", int),
    Key("pk", int),
)


def meetings(viewer: Viewer, coalition: Coalition, after: str) -> Page[Meeting]:
    """The newest first, each with the number of decisions and commitments in it that this viewer may read."""
    binding = Entry.objects.visible_to(viewer).filter(meeting=OuterRef("pk"), kind__in=BINDING, state=State.PUBLISHED)
    counted = binding.order_by().values("meeting").annotate(number=Count("pk")).values("number")
    listed = Meeting.objects.visible_to(viewer).of(coalition).exclude(state=State.WITHDRAWN)
    listed = listed.annotate(order_day=Coalesce("starts_on", LONG_AGO), agreed=Coalesce(Subquery(counted), 0))
    return page_after(listed, MEETING_KEYS, after)


def agreed(viewer: Viewer, coalition: Coalition, filters: dict[str, str], after: str) -> Page[Entry]:
    """Decisions and commitments, those of the newest meeting first, in the order of its minutes."""
    entries = binding(viewer, coalition).filter(_wanted(filters))
    entries = entries.annotate(order_day=Coalesce("meeting__starts_on", LONG_AGO))
    with_owners = entries.select_related(
        "meeting", "commitment", "commitment__owner__organisation", "commitment__owner__person"
    )
    return page_after(with_owners, AGREED_KEYS, after)


def binding(viewer: Viewer, coalition: Coalition) -> QuerySet[Entry]:
    return (
        Entry.objects.visible_to(viewer)
        .of(coalition)
        .filter(kind__in=BINDING, state=State.PUBLISHED, meeting__state=State.PUBLISHED)
    )


def _wanted(filters: dict[str, str]) -> Q:
    wanted = Q()
    if kind := filters.get("kind"):
        wanted &= Q(kind=kind)
    if state := filters.get("state"):
        wanted &= Q(kind=EntryKind.COMMITMENT, commitment__progress=state)
    if owner := filters.get("owner"):
        wanted &= Q(commitment__owner__organisation=owner)
    return wanted


def owners(viewer: Viewer, coalition: Coalition) -> QuerySet[Organisation]:
    """Organisations that have promised something which this viewer may read about."""
    promised = binding(viewer, coalition).filter(commitment__owner__organisation__isnull=False)
    return Organisation.objects.filter(pk__in=promised.values("commitment__owner__organisation"))
