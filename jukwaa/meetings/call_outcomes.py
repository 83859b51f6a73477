"""The outcome of a call on a decision goes into the register of decisions."""

from jukwaa.drafting.call_outcomes import call_outcome_registry
from jukwaa.drafting.models import Form
from jukwaa.meetings.actions.silence_procedures import record_silence_procedure_outcome

call_outcome_registry.register(Form.DECISION)(record_silence_procedure_outcome)
