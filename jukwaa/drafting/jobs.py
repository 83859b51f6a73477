"""What the clock does about texts."""

from jukwaa.drafting.actions import forget_returned
from jukwaa.updates.clock import DAILY, Phase, job

job("forget Word files that nobody entered", Phase.CLEAN_UP, DAILY)(forget_returned)
