"""What the desk answers when something can't be done as it was asked."""

from django.utils.translation import gettext as _

from jukwaa.core.refusals import ActionRefused, EditConflict
from jukwaa.intake.models import Reading


class Refused(ActionRefused):
    """The message is a whole sentence for the person who asked; `field` names where in a form it belongs."""


class StaleDecision(EditConflict):
    """Somebody else decided this meanwhile. `current` is how it stands now."""


class Closed(ActionRefused):
    """The reading takes no decisions: it was given up, its document was withdrawn, or it is not read yet."""

    def __init__(self, reading: Reading) -> None:
        super().__init__(describe_closed(reading))


def describe_closed(reading: Reading) -> str:
    """Return why a reading takes no decisions, as a sentence."""
    if reading.state == Reading.State.GIVEN_UP:
        return _("This reading was given up. Take it up again to go on with it.")
    if reading.state in {Reading.State.READING, Reading.State.FAILED}:
        return _("This document is not read yet.")
    return _("This document was withdrawn. What was decided is kept, but nothing more can be.")
