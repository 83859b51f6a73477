"""What the clock does about national plans."""

from jukwaa.plans.actions import count_last_month
from jukwaa.updates.clock import DAILY, Phase, job

job("count what national plans say", Phase.PREPARE, DAILY)(count_last_month)
