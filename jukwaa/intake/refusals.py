"""What the desk answers when something can't be done as it was asked."""

from django.utils.translation import gettext as _

from jukwaa.intake.models import Reading


def describe_closed(reading: Reading) -> str:
    """Return why a reading takes no decisions, as a sentence."""
    if reading.state == Reading.State.GIVEN_UP:
        return _("This reading was given up. Take it up again to go on with it.")
    if reading.state in {Reading.State.READING, Reading.State.FAILED}:
        return _("This document is not read yet.")
    return _("This document was withdrawn. What was decided is kept, but nothing more can be.")
