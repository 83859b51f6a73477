"""The day of each meeting in a list of records of every kind."""

from django.db.models import Case, When

from jukwaa.records.models import Record, RecordQuerySet
from jukwaa.records.models.record import Precision


def annotate_meeting_day(records: RecordQuerySet[Record]) -> RecordQuerySet[Record]:
    """Add `meeting_day`, when a meeting is held: all meetings of a series have one title."""
    day = Case(When(as_meeting__precision=Precision.DAY, then="as_meeting__starts_on"))
    return records.annotate(meeting_day=day)  # type: ignore[return-value]  # with one more column
