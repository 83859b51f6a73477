from jukwaa.proposals.views.calls import call_detail, call_file, call_list, call_remove
from jukwaa.proposals.views.correspondence import (
    correspondence,
    message_approve,
    message_detail,
    message_file,
    message_place,
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
    draft_ask,
    draft_cancel_review,
    draft_detail,
    draft_discard,
    draft_edit,
    draft_new,
    draft_review,
    draft_send,
)
from jukwaa.proposals.views.new_calls import call_form, call_new, call_text, call_upload
from jukwaa.proposals.views.proposals import (
    proposal_checks,
    proposal_detail,
    proposal_facts,
    proposal_field,
    proposal_join,
    proposal_list,
    proposal_new,
)
from jukwaa.proposals.views.submissions import proposal_json, proposal_outcome, proposal_submit, proposal_text
