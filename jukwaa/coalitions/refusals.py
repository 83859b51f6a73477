"""What an action answers when it can't be done as it was asked."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.core.refusals import ActionRefused, EditConflict


class Refused(ActionRefused):
    """The message is a whole sentence for the person who asked; `field` names where in the form it belongs."""


def refuse_to_begin_later(starts_on: date | None) -> None:
    """Since when somebody belongs is a thing of the past, or of today. Raises Refused."""
    if starts_on and starts_on > timezone.localdate():
        raise Refused(_("This day is still to come. Choose today or an earlier day."), "starts_on")


class StaleOrganisation(EditConflict):
    """The organisation has moved on, or was merged away, since the writer loaded it. `current` is how it reads now."""


class StaleSettings(EditConflict):
    """The settings have moved on since the writer loaded them. `current` is how the coalition reads now."""
