"""What the clock does about requests and notices."""

from jukwaa.privacy.actions import forget_unconfirmed, renew_notices
from jukwaa.updates.clock import DAILY, HOURLY, Phase, job

job("forget requests that nobody confirmed", Phase.CLEAN_UP, HOURLY)(forget_unconfirmed)
job("renew notices whose generated part has changed", Phase.PREPARE, DAILY)(renew_notices)
