"""What the clock does about email and tasks, and for the apps below this one.

Activities are sealed before they are told. What is told one by one is told before digests, which leave it out; and all
of it is written before waiting mail is sent, so that it leaves at the same tick.
"""

from django.db import transaction

from jukwaa.accounts.account_merge import move_late_rows
from jukwaa.accounts.actions import delete_expired_limits as forget_tries
from jukwaa.accounts.deletions import process_due_deletions
from jukwaa.accounts.erased_identities import complete_ledger
from jukwaa.accounts.inactive_accounts import remind_inactive_owners
from jukwaa.accounts.kept_files import forget_expired_files
from jukwaa.coalitions.departures import sync_all_departures
from jukwaa.coalitions.seals import seal_all_activities
from jukwaa.core.planner import analyze_database_tables, refresh_database_statistics
from jukwaa.core.retention import remove_overdue_rows
from jukwaa.mail.actions import delete_expired_mail_data, send_waiting_emails
from jukwaa.updates.activity_notifications import (
    delete_old_told,
    notify_untold_activities,
    rewrite_held_emails,
)
from jukwaa.updates.clock import DAILY, HOURLY, Phase, delete_old_runs, job
from jukwaa.updates.digests import send_due_digests
from jukwaa.updates.email_erasure import erase_late_emails
from jukwaa.updates.leases import delete_old_results
from jukwaa.updates.reminders import send_due_reminders
from jukwaa.updates.welcome_emails import send_welcome_emails

job("note departures", Phase.PREPARE, DAILY)(lambda _now: sync_all_departures())
# Without a period: each erasure is a transaction of its own, so that one that fails keeps none of the others back.
job("delete accounts", Phase.PREPARE)(process_due_deletions)
job("move what was written while accounts were merged", Phase.PREPARE)(move_late_rows)
job("forget email to people who were erased", Phase.PREPARE)(lambda _now: erase_late_emails())
job("seal", Phase.PREPARE)(lambda _now: seal_all_activities())
job("welcome", Phase.NOTIFY)(lambda _now: send_welcome_emails())
job("tell", Phase.NOTIFY)(notify_untold_activities)
job("write held email in the language of its reader", Phase.NOTIFY)(lambda _now: rewrite_held_emails())
job("send digests", Phase.NOTIFY)(send_due_digests)
job("remind", Phase.NOTIFY, DAILY, in_parts=True)(send_due_reminders)
job("send waiting mail", Phase.SEND)(lambda _now: send_waiting_emails())
job("refresh statistics", Phase.CLEAN_UP)(lambda _now: refresh_database_statistics())
job("analyse tables", Phase.CLEAN_UP, DAILY)(lambda _now: transaction.on_commit(analyze_database_tables))
job("complete the ledger of erasures", Phase.CLEAN_UP, DAILY)(lambda _now: complete_ledger())
job("forget old mail", Phase.CLEAN_UP, HOURLY)(lambda _now: delete_expired_mail_data())
job("ask owners of idle accounts", Phase.NOTIFY, DAILY)(remind_inactive_owners)
job("remove what is kept no longer", Phase.CLEAN_UP, DAILY)(remove_overdue_rows)
job("forget files that were chosen in a form", Phase.CLEAN_UP)(lambda _now: forget_expired_files())
job("forget tries to sign in", Phase.CLEAN_UP, HOURLY)(lambda _now: forget_tries())
job("forget what was told", Phase.CLEAN_UP, DAILY)(delete_old_told)
job("forget finished tasks", Phase.CLEAN_UP, DAILY)(lambda _now: delete_old_results())
job("forget runs", Phase.CLEAN_UP, DAILY)(delete_old_runs)
