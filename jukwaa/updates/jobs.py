"""What the clock does, in order."""

from jukwaa.coalitions.seals import seal_all
from jukwaa.mail.actions import forget_old, send_waiting
from jukwaa.updates.clock import DAILY, HOURLY, Job, forget_runs
from jukwaa.updates.leases import forget_finished

JOBS = [
    Job("seal", lambda _now: seal_all()),
    Job("send waiting mail", lambda _now: send_waiting()),
    Job("forget old mail", lambda _now: forget_old(), HOURLY),
    Job("forget finished tasks", lambda _now: forget_finished(), DAILY),
    Job("forget runs", forget_runs, DAILY),
]
