"""What the clock does about proposals."""

from jukwaa.proposals.actions.forgetting import forget_participants
from jukwaa.updates.clock import DAILY, Phase, job

job("forget people who did not take part in a session", Phase.CLEAN_UP, DAILY, in_parts=True)(forget_participants)
