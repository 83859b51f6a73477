"""What the clock does about meetings."""

from datetime import datetime

from django.db.models import Exists, OuterRef

from jukwaa.meetings.actions.schedule import apply_time_zone_changes
from jukwaa.meetings.calendar_updates import update_imported_calendars
from jukwaa.meetings.demo_note_taker import add_next_demo_line
from jukwaa.meetings.due_approvals import approve_due_minutes
from jukwaa.meetings.meeting_reminders import send_due_meeting_agendas, send_meeting_reminders
from jukwaa.meetings.models import Entry, EntryKind
from jukwaa.records import index
from jukwaa.records.models import Passage, State
from jukwaa.updates.clock import DAILY, HOURLY, ClockPhase, register_job

COMMITMENTS_PER_BATCH = 500

register_job("apply changes of time zones to meetings", ClockPhase.PREPARE, DAILY)(apply_time_zone_changes)
# In parts: in one transaction, everybody else would wait for the servers that are asked.
register_job("update meetings from calendars", ClockPhase.PREPARE, HOURLY, in_parts=True)(update_imported_calendars)
register_job("approve minutes without objections", ClockPhase.PREPARE, DAILY)(approve_due_minutes)
# Without a period: an hour before is not a matter of days. What is found to be done is done once.
register_job("send agendas", ClockPhase.NOTIFY)(send_due_meeting_agendas)
register_job("remind of meetings", ClockPhase.NOTIFY)(send_meeting_reminders)
register_job("type into the minutes of the demo", ClockPhase.PREPARE)(add_next_demo_line)


@register_job("add commitments to the index", ClockPhase.PREPARE, HOURLY)
def index_unindexed_commitments(_now: datetime) -> int:
    """Add those that an upgrade has taken out, since the names of their owners stood in it; return how many."""
    missing = Entry.objects.filter(kind=EntryKind.COMMITMENT, state__in=(State.DRAFT, State.SUBMITTED, State.PUBLISHED))
    missing = missing.filter(~Exists(Passage.objects.filter(record=OuterRef("pk")))).exclude(text="")
    rows = list(missing.order_by("pk")[:COMMITMENTS_PER_BATCH])
    for entry in rows:
        index.reindex_record(entry)
    return len(rows)
