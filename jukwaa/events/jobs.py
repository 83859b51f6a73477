"""What the clock does about events."""

from jukwaa.events.actions import make_dates
from jukwaa.updates.clock import DAILY, Phase, job

job("make the next days of events", Phase.PREPARE, DAILY)(make_dates)
