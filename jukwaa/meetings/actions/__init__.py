"""What one can do with a meeting, and with what was said, agreed and promised there."""

from jukwaa.meetings.actions.approval import approve_minutes, approve_without_objection, circulate_minutes
from jukwaa.meetings.actions.attendance import record_attendance, remove_attendance
from jukwaa.meetings.actions.commitment_owners import confirm_owner, decline_owner, propose_owner, take_over
from jukwaa.meetings.actions.commitments import (
    assign_person,
    attach_evidence,
    carry_forward,
    change_due_date,
    find_assignable_affiliations,
    plan_commitment,
    set_progress,
)
from jukwaa.meetings.actions.corrections import (
    add_erratum,
    decide_correction,
    submit_correction,
    submit_corrections_by_email,
)
from jukwaa.meetings.actions.decisions import record_dissent, remove_dissent, update_decision
from jukwaa.meetings.actions.entries import NewEntry, change_entry, record_entries, record_entry, withdraw_entry
from jukwaa.meetings.actions.group_messages import write_to_groups
from jukwaa.meetings.actions.invitations import reply_to_invitation
from jukwaa.meetings.actions.live_minutes import (
    apply_chatham_house_rule,
    choose_item,
    edit_line,
    record_line,
    start_minutes,
)
from jukwaa.meetings.actions.meetings import (
    MeetingDetails,
    add_part,
    change_meeting,
    create_meeting_record,
    publish_meeting,
    withdraw_meeting,
)
from jukwaa.meetings.actions.polls import OfferedTime, answer_poll, choose_time, close_poll, open_poll
from jukwaa.meetings.actions.raised_entries import raise_entry
from jukwaa.meetings.actions.responses import respond_to_entry
from jukwaa.meetings.actions.schedule import cancel_meeting
from jukwaa.meetings.actions.series import create_series, publish_series
from jukwaa.meetings.actions.series_changes import cancel_series, change_series
from jukwaa.meetings.actions.sources import Span, add_sources, restrict_source_document
