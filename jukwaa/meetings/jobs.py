"""What the clock does for meetings."""

from datetime import datetime

from django.db.models import Exists, OuterRef

from jukwaa.meetings.models import Entry, EntryKind
from jukwaa.records import index
from jukwaa.records.models import Passage, State
from jukwaa.updates.clock import HOURLY, Phase, job

BATCH = 500


@job("add commitments to the index", Phase.PREPARE, HOURLY)
def index_commitments(_now: datetime) -> int:
    """Add those that an upgrade has taken out, since the names of their owners stood in it; return how many."""
    missing = Entry.objects.filter(kind=EntryKind.COMMITMENT, state__in=(State.DRAFT, State.SUBMITTED, State.PUBLISHED))
    missing = missing.filter(~Exists(Passage.objects.filter(record=OuterRef("pk")))).exclude(text="")
    rows = list(missing.order_by("pk")[:BATCH])
    for entry in rows:
        index.refresh(entry)
    return len(rows)
