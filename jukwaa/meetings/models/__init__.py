from jukwaa.meetings.models.entries import (
    BINDING,
    PROMISED,
    Commitment,
    Entry,
    EntryKind,
    EntryQuerySet,
)
from jukwaa.meetings.models.invitations import Rsvp
from jukwaa.meetings.models.meetings import (
    ASSUMED_DURATION,
    Attendance,
    AttendanceQuerySet,
    Meeting,
    MeetingQuerySet,
    Part,
    Report,
    Series,
)
