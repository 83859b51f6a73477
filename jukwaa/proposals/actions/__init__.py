from jukwaa.proposals.actions.autosave import autosave_answer
from jukwaa.proposals.actions.calls import remove_call_file, save_call_file
from jukwaa.proposals.actions.comments import comment_on_field
from jukwaa.proposals.actions.consensus import start_consensus_call
from jukwaa.proposals.actions.correspondence import (
    approve_held_message,
    close_message_deadline,
    confirm_message_deadline,
    delete_correspondence_message,
    file_correspondence_message,
    file_message_with_proposal,
    save_secretariat_addresses,
    set_message_deadline,
    share_message_with_members,
    stop_sharing_message,
)
from jukwaa.proposals.actions.correspondence_drafts import (
    cancel_draft_review,
    change_correspondence_draft,
    discard_correspondence_draft,
    request_draft_review,
    review_correspondence_draft,
    send_correspondence_draft,
    write_correspondence_draft,
)
from jukwaa.proposals.actions.form_names import copy_names_to_form
from jukwaa.proposals.actions.invitation_answers import ParticipantStatements, answer_invitation
from jukwaa.proposals.actions.meetings import create_meeting_from_proposal
from jukwaa.proposals.actions.participants import (
    ParticipantFacts,
    add_participant,
    change_participant,
    get_recorded_answer,
    hash_participant_answer,
    hash_participant_facts,
    hash_participant_problem,
    invite_participant,
    mark_problem_handled,
    record_participant_answer,
    remind_participant,
    remove_participant,
    send_invitation,
)
from jukwaa.proposals.actions.proposals import (
    hash_json_value,
    join_proposal_team,
    save_proposal_answer,
    save_proposal_facts,
    start_proposal,
)
from jukwaa.proposals.actions.sessions import import_session_list, remove_session_list
from jukwaa.proposals.actions.settings import hash_proposal_settings, save_proposal_settings
from jukwaa.proposals.actions.submissions import record_proposal_outcome, submit_proposal
