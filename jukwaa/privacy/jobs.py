"""What the clock does about requests and notices."""

from jukwaa.privacy.actions import delete_unconfirmed_requests, refresh_all_notices
from jukwaa.updates.clock import DAILY, HOURLY, ClockPhase, register_job

register_job("forget requests that nobody confirmed", ClockPhase.CLEAN_UP, HOURLY)(delete_unconfirmed_requests)
register_job("renew notices whose generated part has changed", ClockPhase.PREPARE, DAILY)(refresh_all_notices)
