from jukwaa.meetings.models.agenda import (
    SENT_BEFORE,
    UPDATE_LENGTH,
    Agenda,
    AgendaQuerySet,
    MeetingReminder,
    MemberUpdate,
    Paper,
)
from jukwaa.meetings.models.commitments import PUBLIC, CommitmentChange
from jukwaa.meetings.models.corrections import DISPOSITIONS, Correction, CorrectionQuerySet, Erratum
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
from jukwaa.meetings.models.findings import KEY_FINDING, FindingSource, KeyFinding, KeyFindingQuerySet
from jukwaa.meetings.models.group_messages import GroupMessage
from jukwaa.meetings.models.ideas import IDEA, Idea, IdeaQuerySet, MergeRequest, MergeRequestQuerySet, Support
from jukwaa.meetings.models.imports import ImportedCalendar, ImportedEvent
from jukwaa.meetings.models.invitations import Rsvp
from jukwaa.meetings.models.live import (
    Approval,
    Line,
    Minutes,
    MinutesQuerySet,
    are_approved,
    find_draft,
    is_draft,
    label_of_entries,
    mark_changed,
)
from jukwaa.meetings.models.meetings import (
    ASSUMED_DURATION,
    FIRST_TIME,
    Attendance,
    AttendanceQuerySet,
    Meeting,
    MeetingQuerySet,
    Part,
    Report,
    Series,
)
from jukwaa.meetings.models.polls import (
    FEWEST_OPTIONS,
    MOST_OPTIONS,
    TimeOption,
    TimePoll,
    TimePollQuerySet,
    TimeVote,
)
from jukwaa.meetings.models.quorum import QuorumRule
from jukwaa.meetings.models.silence import SilenceProcedure
from jukwaa.meetings.models.summaries import Summary
