"""What an action answers when it can't be done as it was asked."""

from datetime import date

from django.utils.translation import gettext as _

from jukwaa.accounts.erased_identities import is_blocked_address
from jukwaa.coalitions.models import Coalition
from jukwaa.core.dates import get_utc_date
from jukwaa.core.refusals import ActionRefused


def refuse_future_start(starts_on: date | None) -> None:
    """Since when somebody belongs is a thing of the past, or of today. Raises ActionRefused."""
    if starts_on and starts_on > get_utc_date():
        raise ActionRefused(_("Enter today's date or an earlier one."), "starts_on")


def refuse_invalid_dates(starts_on: date | None, ends_on: date | None) -> None:
    """Refuse a first day in the future, and a last day before the first. Raises ActionRefused."""
    refuse_future_start(starts_on)
    if starts_on and ends_on and ends_on < starts_on:
        raise ActionRefused(_("Enter a last day on or after the first day."), "ends_on")


def refuse_removed_person(address: str | None, coalition: Coalition) -> None:
    """Whoever was taken out comes back by themselves alone. Raises ActionRefused."""
    if address and is_blocked_address(address, coalition.pk):
        raise ActionRefused(build_removed_person_message(), "email")


def build_removed_person_message() -> str:
    return _(
        "Ask this person to sign in and apply to join. You can't add them, because they left this"
        " coalition or were removed from it."
    )
