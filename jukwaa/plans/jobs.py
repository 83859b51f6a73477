"""What the clock does about national plans."""

from jukwaa.plans.actions import count_answers_of_last_month
from jukwaa.updates.clock import DAILY, ClockPhase, register_job

register_job("count what national plans say", ClockPhase.PREPARE, DAILY)(count_answers_of_last_month)
