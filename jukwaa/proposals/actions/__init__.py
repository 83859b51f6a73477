from jukwaa.proposals.actions.calls import remove_call, save_call
from jukwaa.proposals.actions.proposals import digest, join_proposal, save_answer, save_facts, start_proposal
from jukwaa.proposals.actions.submissions import record_outcome, submit_proposal
