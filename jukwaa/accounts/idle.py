"""Accounts that nobody uses: their owners are asked whether they still need them."""

from datetime import datetime, timedelta

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.core.dates import written
from jukwaa.core.personal_data import KeptFor, personal_data
from jukwaa.core.retention import overdue
from jukwaa.mail import actions as mail

ASKED_AGAIN = timedelta(days=365)


def ask_idle(now: datetime) -> int:
    """Ask the owner of each account that was unused for as long as declared, once a year; return how many there are."""
    kept = personal_data[Person].retention
    assert isinstance(kept, KeptFor)  # noqa: S101 - for the type alone
    idle = overdue(Person, kept, now).filter(is_active=True, email__isnull=False)
    for person in idle.iterator():
        _ask(person, years=(now - person.last_login) // ASKED_AGAIN)
    return len(idle)


def _ask(person: Person, *, years: int) -> None:
    with translation.override(person.language):
        context = {
            "day": written(person.last_login.date()) if person.last_login else "",
            "settings": f"{settings.SITE_URL}{reverse('accounts:settings')}",
        }
        mail.queue(
            to=person.email or "",
            subject=_("Do you still need your Jukwaa account?"),
            body=render_to_string("accounts/email/idle.txt", context),
            key=f"idle:{person.pk}:{years}",
        )
