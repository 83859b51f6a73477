from jukwaa.meetings.models.agenda import (
    SENT_BEFORE,
    UPDATE_LENGTH,
    Agenda,
    AgendaQuerySet,
    MeetingReminder,
    MemberUpdate,
    Paper,
)
from jukwaa.meetings.models.decisions import Decision, Dissent
from jukwaa.meetings.models.entries import (
    BINDING,
    PROMISED,
    Commitment,
    Entry,
    EntryKind,
    EntryQuerySet,
)
from jukwaa.meetings.models.ideas import IDEA, Idea, IdeaQuerySet, MergeRequest, MergeRequestQuerySet, Support
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
