from jukwaa.meetings.models.commitments import PUBLIC, CommitmentChange
from jukwaa.meetings.models.decisions import Decision, Dissent
from jukwaa.meetings.models.entries import (
    ANSWERABLE,
    BINDING,
    OPEN,
    PROMISED,
    Commitment,
    Entry,
    EntryKind,
    EntryQuerySet,
)
from jukwaa.meetings.models.meetings import (
    Attendance,
    AttendanceQuerySet,
    Meeting,
    MeetingQuerySet,
    Part,
    Report,
)
