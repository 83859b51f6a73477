from jukwaa.proposals.actions.calls import remove_call, save_call
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
from jukwaa.proposals.actions.proposals import digest, join_proposal, save_answer, save_facts, start_proposal
from jukwaa.proposals.actions.submissions import record_outcome, submit_proposal
