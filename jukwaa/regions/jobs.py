"""What the clock does about letters to those who are invited."""

from datetime import date, datetime

from jukwaa.coalitions.activities import action
from jukwaa.regions.actions import letter_follow_up
from jukwaa.regions.models import Prospect
from jukwaa.regions.notifications.outreach import build_prospect_email_key_prefix, build_prospect_reminder
from jukwaa.updates.clock import DAILY, ClockPhase, register_job
from jukwaa.updates.notification_emails import send_notification


@register_job("follow letters to those who are invited", ClockPhase.NOTIFY, DAILY)
def follow_up_letters(now: datetime) -> int:
    """What nobody needs is erased, what is over is closed; then whoever wrote three weeks ago gets the short letter."""
    today = now.date()
    letter_follow_up.delete_expired_prospect_data(today=today)
    letter_follow_up.close_expired_prospects(today=today)
    due = letter_follow_up.find_prospects_to_remind(today)
    for prospect in due:
        _remind_prospect_of_letter(prospect, today)
    return len(due)


@action
def _remind_prospect_of_letter(prospect: Prospect, today: date) -> None:
    letter_follow_up.mark_prospect_reminded(prospect=prospect, today=today)
    send_notification(build_prospect_reminder(prospect), key=f"{build_prospect_email_key_prefix(prospect.pk)}reminder")
