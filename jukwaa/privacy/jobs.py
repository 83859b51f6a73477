"""What the clock does about requests and notices."""

from jukwaa.privacy.actions import delete_unconfirmed_requests, refresh_all_notices
from jukwaa.updates.clock import DAILY, HOURLY, Phase, job

job("forget requests that nobody confirmed", Phase.CLEAN_UP, HOURLY)(delete_unconfirmed_requests)
job("renew notices whose generated part has changed", Phase.PREPARE, DAILY)(refresh_all_notices)
