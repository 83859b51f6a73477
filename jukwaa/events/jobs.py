"""What the clock does about events."""

from jukwaa.events.actions import create_upcoming_occurrences
from jukwaa.updates.clock import DAILY, Phase, job

job("make the next days of events", Phase.PREPARE, DAILY)(create_upcoming_occurrences)
