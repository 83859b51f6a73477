"""What the clock does about email and tasks, and for the apps below this one.

Activities are sealed before they are told. What is told one by one is told before digests, which leave it out; and all
of it is written before waiting mail is sent, so that it leaves at the same tick.
"""

from django.db import transaction

from jukwaa.accounts.account_merge import move_rows_written_during_merge
from jukwaa.accounts.actions import delete_expired_rate_limits as forget_tries
from jukwaa.accounts.deletions import process_due_deletions
from jukwaa.accounts.erased_identities import append_missing_ledger_lines
from jukwaa.accounts.inactive_accounts import remind_inactive_owners
from jukwaa.accounts.kept_files import delete_expired_kept_files
from jukwaa.coalitions.departures import sync_all_departures
from jukwaa.coalitions.seals import seal_all_activities
from jukwaa.core.planner import analyze_database_tables, refresh_database_statistics
from jukwaa.core.retention import remove_overdue_rows
from jukwaa.mail.actions import delete_expired_mail_data, send_waiting_emails
from jukwaa.updates.activity_notifications import (
    delete_expired_notification_records,
    rewrite_held_emails,
    send_pending_activity_notifications,
)
from jukwaa.updates.clock import DAILY, HOURLY, ClockPhase, delete_old_job_runs, register_job
from jukwaa.updates.digests import send_due_digests
from jukwaa.updates.email_erasure import erase_emails_queued_during_erasure
from jukwaa.updates.held_emails import drop_outdated_held_emails
from jukwaa.updates.leases import delete_old_task_results
from jukwaa.updates.reminders import send_due_reminders
from jukwaa.updates.welcome_emails import send_welcome_emails

register_job("note departures", ClockPhase.PREPARE, DAILY)(lambda _now: sync_all_departures())
# Without a period: each erasure is a transaction of its own, so that one that fails keeps none of the others back.
register_job("delete accounts", ClockPhase.PREPARE)(process_due_deletions)
register_job("move what was written while accounts were merged", ClockPhase.PREPARE)(move_rows_written_during_merge)
register_job("forget email to people who were erased", ClockPhase.PREPARE)(
    lambda _now: erase_emails_queued_during_erasure()
)
register_job("seal", ClockPhase.PREPARE)(lambda _now: seal_all_activities())
register_job("welcome", ClockPhase.NOTIFY)(lambda _now: send_welcome_emails())
register_job("tell", ClockPhase.NOTIFY)(send_pending_activity_notifications)
register_job("write held email in the language of its reader", ClockPhase.NOTIFY)(lambda _now: rewrite_held_emails())
# Not at once: the page of waiting emails says for a while why they are not sent.
register_job("drop held email that is outdated", ClockPhase.CLEAN_UP, HOURLY)(lambda _now: drop_outdated_held_emails())
register_job("send digests", ClockPhase.NOTIFY)(send_due_digests)
register_job("remind", ClockPhase.NOTIFY, DAILY, in_parts=True)(send_due_reminders)
register_job("send waiting mail", ClockPhase.SEND)(lambda _now: send_waiting_emails())
register_job("refresh statistics", ClockPhase.CLEAN_UP)(lambda _now: refresh_database_statistics())
register_job("analyse tables", ClockPhase.CLEAN_UP, DAILY)(lambda _now: transaction.on_commit(analyze_database_tables))
register_job("complete the ledger of erasures", ClockPhase.CLEAN_UP, DAILY)(lambda _now: append_missing_ledger_lines())
register_job("forget old mail", ClockPhase.CLEAN_UP, HOURLY)(lambda _now: delete_expired_mail_data())
register_job("ask owners of idle accounts", ClockPhase.NOTIFY, DAILY)(remind_inactive_owners)
register_job("remove what is kept no longer", ClockPhase.CLEAN_UP, DAILY)(remove_overdue_rows)
register_job("forget files that were chosen in a form", ClockPhase.CLEAN_UP)(lambda _now: delete_expired_kept_files())
register_job("forget tries to sign in", ClockPhase.CLEAN_UP, HOURLY)(lambda _now: forget_tries())
register_job("forget what was told", ClockPhase.CLEAN_UP, DAILY)(delete_expired_notification_records)
register_job("forget finished tasks", ClockPhase.CLEAN_UP, DAILY)(lambda _now: delete_old_task_results())
register_job("forget runs", ClockPhase.CLEAN_UP, DAILY)(delete_old_job_runs)
