"""What the desk answers when something can't be done as it was asked."""

from django.utils.translation import gettext as _

from jukwaa.intake.models import Reading


def describe_closed_reading(reading: Reading) -> str:
    """Return why a reading takes no decisions, as a sentence."""
    if reading.state == Reading.State.GIVEN_UP:
        return _("This import was stopped. Resume it to continue.")
    if reading.state in {Reading.State.READING, Reading.State.FAILED}:
        return _("You cannot review this document, because it has not been processed.")
    return _("This document has been withdrawn. Your decisions are saved, but you cannot make new ones.")
