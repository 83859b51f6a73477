"""Ask the owners of inactive accounts whether they still need them."""

from datetime import datetime, timedelta

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.core.dates import format_long_date
from jukwaa.core.personal_data import RetentionPeriod, personal_data_registry
from jukwaa.core.retention import find_overdue_rows
from jukwaa.mail import actions as mail

INACTIVITY_REMINDER_INTERVAL = timedelta(days=365)


def remind_inactive_owners(now: datetime) -> int:
    """Ask the owner of each account that was unused for as long as declared, once a year; return how many there are."""
    kept = personal_data_registry[Person].retention
    assert isinstance(kept, RetentionPeriod)  # noqa: S101 - for the type alone
    idle = find_overdue_rows(Person, kept, now).filter(is_active=True, email__isnull=False)
    for person in idle.iterator():
        _send_inactivity_email(person, inactive_years=(now - person.last_login) // INACTIVITY_REMINDER_INTERVAL)
    return len(idle)


def _send_inactivity_email(person: Person, *, inactive_years: int) -> None:
    with translation.override(person.language):
        context = {
            "day": format_long_date(person.last_login.date()) if person.last_login else "",
            "settings": f"{settings.SITE_URL}{reverse('accounts:settings')}",
        }
        mail.queue_email(
            to=person.email or "",
            subject=_("Do you still need your Jukwaa account?"),
            body=render_to_string("accounts/email/idle.txt", context),
            key=f"idle:{person.pk}:{inactive_years}",
        )
