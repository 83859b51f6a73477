"""What the front page of a coalition shows: what is new, what was agreed, who is in it."""

from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.models.people import Viewer
from jukwaa.coalitions.representation import Count, Representation
from jukwaa.meetings.models import EntryKind
from jukwaa.records.models import Record, RecordQuerySet

NEW = 8


def new_records(coalition: Coalition, viewer: Viewer) -> RecordQuerySet[Record]:
    """Minutes stand on the page of their meeting: what is new names the meeting alone."""
    visible = Record.objects.visible_to(viewer).of(coalition)
    return visible.published().exclude(kind__in=EntryKind.values)[:NEW]


def by_region(shown: Representation) -> list[Count]:
    """Largest first, those without a member last."""
    return sorted(shown.by_region, key=lambda row: -row.number)
