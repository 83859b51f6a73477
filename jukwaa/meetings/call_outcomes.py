"""The outcome of a call on a decision goes into the register of decisions."""

from jukwaa.drafting.call_outcomes import call_outcomes
from jukwaa.drafting.models import Form
from jukwaa.meetings.actions.silence_procedures import record_call_outcome

call_outcomes.register(Form.DECISION)(record_call_outcome)
