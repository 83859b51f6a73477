"""What the clock does about letters to those who are invited."""

from datetime import date, datetime

from jukwaa.coalitions.activities import action
from jukwaa.regions.actions import waiting
from jukwaa.regions.models import Prospect
from jukwaa.regions.notifications.outreach import key_of, reminder_of
from jukwaa.updates.clock import DAILY, Phase, job
from jukwaa.updates.letters import send_news


@job("follow letters to those who are invited", Phase.NOTIFY, DAILY)
def follow_letters(now: datetime) -> int:
    """What nobody needs is erased, what is over is closed; then whoever wrote three weeks ago gets the short letter."""
    today = now.date()
    waiting.forget(today=today)
    waiting.close_what_is_over(today=today)
    due = waiting.to_remind(today)
    for prospect in due:
        _remind(prospect, today)
    return len(due)


@action
def _remind(prospect: Prospect, today: date) -> None:
    waiting.remind(prospect=prospect, today=today)
    send_news(reminder_of(prospect), key=f"{key_of(prospect.pk)}reminder")
