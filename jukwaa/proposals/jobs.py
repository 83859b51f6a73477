"""What the clock does about proposals."""

from jukwaa.proposals.actions.participant_deletion import delete_expired_participants
from jukwaa.updates.clock import DAILY, Phase, job

job("forget people who did not take part in a session", Phase.CLEAN_UP, DAILY, in_parts=True)(
    delete_expired_participants
)
