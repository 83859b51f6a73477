from jukwaa.proposals.views.balance import candidate_list, proposal_balance
from jukwaa.proposals.views.calls import call_detail, call_file, call_list, call_remove
from jukwaa.proposals.views.invitations import invitation, participant_answer
from jukwaa.proposals.views.new_calls import call_form, call_new, call_text, call_upload
from jukwaa.proposals.views.participants import (
    names_copy,
    participant_detail,
    participant_edit,
    participant_invite,
    participant_list,
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
    proposal_field,
    proposal_join,
    proposal_list,
    proposal_new,
)
from jukwaa.proposals.views.submissions import proposal_json, proposal_outcome, proposal_submit, proposal_text
