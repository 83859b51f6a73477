"""What the clock does about proposals."""

from jukwaa.proposals.actions.participant_deletion import delete_expired_participants
from jukwaa.updates.clock import DAILY, ClockPhase, register_job

register_job("forget people who did not take part in a session", ClockPhase.CLEAN_UP, DAILY, in_parts=True)(
    delete_expired_participants
)
