"""What the clock does about email and tasks, and for the apps below this one.

Activities are sealed before they are told. What is told one by one is told before digests, which leave it out; and all
of it is written before waiting mail is sent, so that it leaves at the same tick.
"""

from django.db import transaction

from jukwaa.accounts.actions import forget_old as forget_tries
from jukwaa.accounts.deletions import do_due
from jukwaa.accounts.erased import complete_ledger
from jukwaa.accounts.idle import ask_idle
from jukwaa.accounts.merging import move_late_rows
from jukwaa.coalitions.departures import note_all_departures
from jukwaa.coalitions.seals import seal_all
from jukwaa.core.planner import analyze_tables, refresh_statistics
from jukwaa.core.retention import remove_overdue
from jukwaa.mail.actions import forget_old, send_waiting
from jukwaa.updates.clock import DAILY, HOURLY, Phase, forget_runs, job
from jukwaa.updates.digests import send_digests
from jukwaa.updates.erasing import forget_late_letters
from jukwaa.updates.leases import forget_finished
from jukwaa.updates.reminders import remind
from jukwaa.updates.telling import forget_told, tell
from jukwaa.updates.welcoming import welcome

job("note departures", Phase.PREPARE, DAILY)(lambda _now: note_all_departures())
# Without a period: each erasure is a transaction of its own, so that one that fails keeps none of the others back.
job("delete accounts", Phase.PREPARE)(do_due)
job("move what was written while accounts were merged", Phase.PREPARE)(move_late_rows)
job("forget email to people who were erased", Phase.PREPARE)(lambda _now: forget_late_letters())
job("seal", Phase.PREPARE)(lambda _now: seal_all())
job("welcome", Phase.NOTIFY)(lambda _now: welcome())
job("tell", Phase.NOTIFY)(tell)
job("send digests", Phase.NOTIFY)(send_digests)
job("remind", Phase.NOTIFY, DAILY, in_parts=True)(remind)
job("send waiting mail", Phase.SEND)(lambda _now: send_waiting())
job("refresh statistics", Phase.CLEAN_UP)(lambda _now: refresh_statistics())
job("analyse tables", Phase.CLEAN_UP, DAILY)(lambda _now: transaction.on_commit(analyze_tables))
job("complete the ledger of erasures", Phase.CLEAN_UP, DAILY)(lambda _now: complete_ledger())
job("forget old mail", Phase.CLEAN_UP, HOURLY)(lambda _now: forget_old())
job("ask owners of idle accounts", Phase.NOTIFY, DAILY)(ask_idle)
job("remove what is kept no longer", Phase.CLEAN_UP, DAILY)(remove_overdue)
job("forget tries to sign in", Phase.CLEAN_UP, HOURLY)(lambda _now: forget_tries())
job("forget what was told", Phase.CLEAN_UP, DAILY)(forget_told)
job("forget finished tasks", Phase.CLEAN_UP, DAILY)(lambda _now: forget_finished())
job("forget runs", Phase.CLEAN_UP, DAILY)(forget_runs)
