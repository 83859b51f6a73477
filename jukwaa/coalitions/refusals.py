"""What an action answers when it can't be done as it was asked."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.core.refusals import ActionRefused


def refuse_to_begin_later(starts_on: date | None) -> None:
    """Since when somebody belongs is a thing of the past, or of today. Raises ActionRefused."""
    if starts_on and starts_on > timezone.localdate():
        raise ActionRefused(_("This day is still to come. Choose today or an earlier day."), "starts_on")
