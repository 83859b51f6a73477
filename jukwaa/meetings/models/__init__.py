from jukwaa.meetings.models.agenda import (
    AGENDA_LEAD_TIME,
    MAX_UPDATE_LENGTH,
    Agenda,
    AgendaQuerySet,
    MeetingReminder,
    MemberUpdate,
    Paper,
)
from jukwaa.meetings.models.attendance import FIRST_TIME_ATTENDANCE_ROLES, Attendance, AttendanceQuerySet
from jukwaa.meetings.models.commitments import PUBLIC_COMMITMENT_EVENTS, CommitmentChange
from jukwaa.meetings.models.corrections import CORRECTION_DISPOSITIONS, Correction, CorrectionQuerySet, Erratum
from jukwaa.meetings.models.decisions import Decision, Dissent
from jukwaa.meetings.models.entries import (
    ANSWERABLE_ENTRY_KINDS,
    BINDING_ENTRY_KINDS,
    COMMITMENT_PROMISE_FIELDS,
    OPEN_COMMITMENT_PROGRESS,
    Commitment,
    Entry,
    EntryKind,
    EntryQuerySet,
)
from jukwaa.meetings.models.findings import KEY_FINDING_RECORD_KIND, FindingSource, KeyFinding, KeyFindingQuerySet
from jukwaa.meetings.models.group_messages import GroupMessage
from jukwaa.meetings.models.ideas import (
    IDEA_RECORD_KIND,
    Idea,
    IdeaQuerySet,
    MergeRequest,
    MergeRequestQuerySet,
    Support,
)
from jukwaa.meetings.models.imports import ImportedCalendar, ImportedEvent
from jukwaa.meetings.models.invitations import Invitee, Rsvp
from jukwaa.meetings.models.live import (
    Approval,
    Line,
    Minutes,
    MinutesQuerySet,
    are_minutes_approved,
    find_draft_minutes,
    get_entry_label,
    is_draft,
    mark_entries_changed,
)
from jukwaa.meetings.models.meetings import (
    ASSUMED_MEETING_DURATION,
    Meeting,
    MeetingQuerySet,
    Part,
    Report,
    Series,
)
from jukwaa.meetings.models.polls import (
    MAX_OPTIONS,
    MIN_OPTIONS,
    TimeOption,
    TimePoll,
    TimePollQuerySet,
    TimeVote,
)
from jukwaa.meetings.models.quorum import QuorumRule
from jukwaa.meetings.models.silence import SilenceProcedure
from jukwaa.meetings.models.summaries import Summary
