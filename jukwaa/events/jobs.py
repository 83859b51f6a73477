"""What the clock does about events."""

from jukwaa.events.actions import create_upcoming_occurrences
from jukwaa.updates.clock import DAILY, ClockPhase, register_job

register_job("make the next days of events", ClockPhase.PREPARE, DAILY)(create_upcoming_occurrences)
