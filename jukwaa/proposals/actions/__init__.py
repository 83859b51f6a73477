from jukwaa.proposals.actions.answers import Statements, answer_invitation
from jukwaa.proposals.actions.autosaving import autosave_answer
from jukwaa.proposals.actions.calls import remove_call, save_call
from jukwaa.proposals.actions.comments import comment_on_field
from jukwaa.proposals.actions.consensus import call_on_proposal
from jukwaa.proposals.actions.correspondence import (
    approve_message,
    close_deadline,
    confirm_deadline,
    file_message,
    file_with_proposal,
    remove_message,
    save_secretariat,
    set_deadline,
    share_message,
    stop_sharing_message,
)
from jukwaa.proposals.actions.correspondence_drafts import (
    ask_for_review,
    cancel_review,
    change_draft,
    discard_draft,
    review_draft,
    send_draft,
    write_draft,
)
from jukwaa.proposals.actions.form_names import copy_names
from jukwaa.proposals.actions.meetings import create_meeting
from jukwaa.proposals.actions.participants import (
    ParticipantFacts,
    add_participant,
    change_participant,
    digest_answer,
    digest_participant,
    digest_problem,
    get_answer,
    invite_participant,
    record_answer,
    remind_participant,
    remove_participant,
    send_invitation,
    settle_problem,
)
from jukwaa.proposals.actions.proposals import digest, join_proposal, save_answer, save_facts, start_proposal
from jukwaa.proposals.actions.sessions import import_sessions, remove_sessions
from jukwaa.proposals.actions.settings import get_fingerprint, save_settings
from jukwaa.proposals.actions.submissions import record_outcome, submit_proposal
