"""What an action answers when it can't be done as it was asked."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.accounts.erased import was_taken_out
from jukwaa.coalitions.models import Coalition
from jukwaa.core.refusals import ActionRefused


def refuse_to_begin_later(starts_on: date | None) -> None:
    """Since when somebody belongs is a thing of the past, or of today. Raises ActionRefused."""
    if starts_on and starts_on > timezone.localdate():
        raise ActionRefused(_("Enter today's date or an earlier one."), "starts_on")


def refuse_taken_out(address: str | None, coalition: Coalition) -> None:
    """Whoever was taken out comes back by themselves alone. Raises ActionRefused."""
    if address and was_taken_out(address, coalition.pk):
        raise ActionRefused(describe_taken_out(), "email")


def describe_taken_out() -> str:
    return _(
        "Ask this person to sign in and apply to join. You can't add them, because they left this"
        " coalition or were removed from it."
    )
