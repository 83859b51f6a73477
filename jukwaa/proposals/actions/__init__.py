from jukwaa.proposals.actions.autosaving import autosave_answer
from jukwaa.proposals.actions.calls import remove_call, save_call
from jukwaa.proposals.actions.comments import comment_on_field
from jukwaa.proposals.actions.consensus import call_on_proposal
from jukwaa.proposals.actions.meetings import create_meeting
from jukwaa.proposals.actions.proposals import digest, join_proposal, save_answer, save_facts, start_proposal
from jukwaa.proposals.actions.sessions import import_sessions, remove_sessions
from jukwaa.proposals.actions.settings import get_fingerprint, save_settings
from jukwaa.proposals.actions.submissions import record_outcome, submit_proposal
