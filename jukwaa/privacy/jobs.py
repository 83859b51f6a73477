"""What the clock does about requests."""

from jukwaa.privacy.actions import forget_unconfirmed
from jukwaa.updates.clock import HOURLY, Phase, job

job("forget requests that nobody confirmed", Phase.CLEAN_UP, HOURLY)(forget_unconfirmed)
