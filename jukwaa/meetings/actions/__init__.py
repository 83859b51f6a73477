"""What one can do with a meeting, and with what was said, agreed and promised there."""

from jukwaa.meetings.actions.approval import approve_minutes, approve_without_objection, circulate_draft_minutes
from jukwaa.meetings.actions.attendance import (
    change_attendance_role,
    record_attendance,
    remove_attendance_row,
)
from jukwaa.meetings.actions.commitment_outcomes import set_commitment_outcomes
from jukwaa.meetings.actions.commitment_owners import (
    confirm_commitment_owner,
    decline_commitment_ownership,
    propose_commitment_owner,
    take_over_commitment,
)
from jukwaa.meetings.actions.commitments import (
    assign_commitment_to_person,
    attach_evidence_to_commitment,
    carry_commitment_forward,
    change_commitment_due_date,
    find_assignable_affiliations,
    set_commitment_progress,
    set_due_date_and_person,
)
from jukwaa.meetings.actions.corrections import (
    add_erratum_to_minutes,
    decide_correction,
    submit_correction,
    submit_corrections_by_email,
)
from jukwaa.meetings.actions.decisions import record_decision_dissent, remove_decision_dissent, update_decision_status
from jukwaa.meetings.actions.entries import NewEntry, change_entry, record_entries, record_entry, withdraw_entry
from jukwaa.meetings.actions.group_messages import send_group_message
from jukwaa.meetings.actions.invitations import (
    reply_to_invitation,
    reply_to_series_invitation,
    send_meeting_invitations,
)
from jukwaa.meetings.actions.live_minutes import (
    apply_chatham_house_rule,
    edit_minutes_line,
    record_minutes_line,
    set_current_agenda_item,
    start_live_minutes,
)
from jukwaa.meetings.actions.meetings import (
    MeetingDetails,
    add_meeting_agenda_item,
    change_meeting,
    create_meeting_record,
    publish_meeting,
    withdraw_meeting,
)
from jukwaa.meetings.actions.polls import (
    OfferedTime,
    answer_time_poll,
    choose_meeting_time,
    close_time_poll,
    open_time_poll,
)
from jukwaa.meetings.actions.raised_entries import raise_entry_at_meeting
from jukwaa.meetings.actions.reported_commitments import ReportedCommitment, continue_commitments
from jukwaa.meetings.actions.responses import respond_to_entry
from jukwaa.meetings.actions.schedule import cancel_meeting, end_meeting
from jukwaa.meetings.actions.series import create_meeting_series, publish_meeting_series
from jukwaa.meetings.actions.series_changes import cancel_meeting_series, change_meeting_series
from jukwaa.meetings.actions.sources import Span, add_meeting_sources, restrict_source_document
