from jukwaa.proposals.actions.answers import Statements, answer_invitation
from jukwaa.proposals.actions.calls import remove_call, save_call
from jukwaa.proposals.actions.form_names import copy_names
from jukwaa.proposals.actions.participants import (
    ParticipantFacts,
    add_participant,
    change_participant,
    digest_participant,
    invite_participant,
    record_answer,
    remind_participant,
    remove_participant,
    send_invitation,
    settle_problem,
)
from jukwaa.proposals.actions.proposals import digest, join_proposal, save_answer, save_facts, start_proposal
from jukwaa.proposals.actions.submissions import record_outcome, submit_proposal
