"""What the clock does, in order."""

from django.db import transaction

from jukwaa.accounts.actions import forget_old as forget_tries
from jukwaa.coalitions.seals import seal_all
from jukwaa.core.planner import analyze_tables, refresh_statistics
from jukwaa.drafting.actions import forget_returned
from jukwaa.events.actions import make_dates
from jukwaa.intake.tasks import say_what_broke_off
from jukwaa.mail.actions import empty_old, forget_old, send_waiting
from jukwaa.plans.actions import count_month
from jukwaa.regions.notifications.outreach import follow_letters
from jukwaa.updates.clock import DAILY, HOURLY, Job, forget_runs
from jukwaa.updates.digests import send_digests
from jukwaa.updates.incoming import forget_pending
from jukwaa.updates.leases import forget_finished
from jukwaa.updates.reminders import remind
from jukwaa.updates.telling import forget_told, tell
from jukwaa.updates.welcoming import welcome

JOBS = [
    Job("seal", lambda _now: seal_all()),
    Job("welcome", lambda _now: welcome()),
    Job("say what broke off", lambda _now: say_what_broke_off()),
    Job("tell", tell),
    Job("send digests", send_digests),
    Job("make the next days of events", make_dates, DAILY),
    Job("remind", remind, DAILY),
    Job("follow letters to those who are invited", follow_letters, DAILY),
    Job("send waiting mail", lambda _now: send_waiting()),
    Job("count what national plans say", count_month, DAILY),
    Job("refresh statistics", lambda _now: refresh_statistics()),
    Job("analyse tables", lambda _now: transaction.on_commit(analyze_tables), DAILY),
    Job("forget old mail", lambda _now: forget_old(), HOURLY),
    Job("empty mail that left long ago", lambda _now: empty_old(), DAILY),
    Job("forget tries to sign in", lambda _now: forget_tries(), HOURLY),
    Job("forget mail that nobody confirmed", lambda _now: forget_pending(), HOURLY),
    Job("forget what was told", forget_told, DAILY),
    Job("forget finished tasks", lambda _now: forget_finished(), DAILY),
    Job("forget Word files that nobody entered", forget_returned, DAILY),
    Job("forget runs", forget_runs, DAILY),
]
