"""What the clock does about meetings."""

from jukwaa.meetings.actions.schedule import update_moments
from jukwaa.updates.clock import DAILY, Phase, job

job("apply changes of time zones to meetings", Phase.PREPARE, DAILY)(update_moments)
