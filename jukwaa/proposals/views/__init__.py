from jukwaa.proposals.views.balance import candidate_list, proposal_balance
from jukwaa.proposals.views.call_editing import call_form, call_new, call_text, call_upload
from jukwaa.proposals.views.calls import call_detail, call_file, call_list, call_remove
from jukwaa.proposals.views.correspondence import (
    correspondence,
    message_approve,
    message_detail,
    message_file,
    message_filing,
    message_remove,
    message_share,
    message_unshare,
    proposal_correspondence,
    secretariat_edit,
)
from jukwaa.proposals.views.correspondence_deadlines import (
    deadline_confirm,
    deadline_dismiss,
    deadline_done,
    deadline_new,
)
from jukwaa.proposals.views.correspondence_drafts import (
    draft_cancel_review,
    draft_detail,
    draft_discard,
    draft_edit,
    draft_new,
    draft_request_review,
    draft_review,
    draft_send,
)
from jukwaa.proposals.views.fields import field_comments, field_save, proposal_field
from jukwaa.proposals.views.files import proposal_copy, proposal_json, proposal_paper, proposal_text
from jukwaa.proposals.views.invitations import invitation_detail, participant_answer
from jukwaa.proposals.views.participants import (
    participant_detail,
    participant_edit,
    participant_invite,
    participant_list,
    participant_names_copy,
    participant_new,
    participant_record,
    participant_remind,
    participant_remove,
    participant_settle,
)
from jukwaa.proposals.views.proposals import (
    proposal_checks,
    proposal_detail,
    proposal_facts,
    proposal_join,
    proposal_list,
    proposal_new,
)
from jukwaa.proposals.views.sessions import session_import, session_letter, session_list, session_remove
from jukwaa.proposals.views.settings import settings_edit
from jukwaa.proposals.views.submissions import (
    proposal_consensus,
    proposal_meeting,
    proposal_outcome,
    proposal_submit,
)
