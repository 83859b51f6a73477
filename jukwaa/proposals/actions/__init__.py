from jukwaa.proposals.actions.autosave import autosave_answer
from jukwaa.proposals.actions.calls import remove_call, save_call
from jukwaa.proposals.actions.comments import comment_on_field
from jukwaa.proposals.actions.consensus import start_consensus_call
from jukwaa.proposals.actions.correspondence import (
    approve_message,
    close_deadline,
    confirm_deadline,
    file_message,
    file_message_with_proposal,
    remove_message,
    save_secretariat,
    set_deadline,
    share_message,
    stop_sharing_message,
)
from jukwaa.proposals.actions.correspondence_drafts import (
    cancel_review,
    change_draft,
    discard_draft,
    request_draft_review,
    review_draft,
    send_draft,
    write_draft,
)
from jukwaa.proposals.actions.form_names import copy_names_to_form
from jukwaa.proposals.actions.invitation_answers import ParticipantStatements, answer_invitation
from jukwaa.proposals.actions.meetings import create_meeting_from_proposal
from jukwaa.proposals.actions.participants import (
    ParticipantFacts,
    add_participant,
    change_participant,
    get_recorded_answer,
    hash_answer,
    hash_participant,
    hash_problem,
    invite_participant,
    mark_problem_handled,
    record_answer,
    remind_participant,
    remove_participant,
    send_invitation,
)
from jukwaa.proposals.actions.proposals import hash_value, join_proposal, save_answer, save_facts, start_proposal
from jukwaa.proposals.actions.sessions import import_sessions, remove_sessions
from jukwaa.proposals.actions.settings import hash_settings, save_proposal_settings
from jukwaa.proposals.actions.submissions import record_outcome, submit_proposal
