"""What the desk answers when something can't be done as it was asked."""

from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.core.dates import format_long_date
from jukwaa.intake.models import Reading


def describe_closed_reading(reading: Reading) -> str:
    """Return why a reading takes no decisions, as a sentence."""
    if reading.state == Reading.State.GIVEN_UP:
        return _("This import was stopped. Resume it to continue.")
    if reading.state in {Reading.State.READING, Reading.State.FAILED}:
        return _("You cannot review this document, because it has not been processed.")
    return _("This document has been withdrawn. Your decisions are saved, but you cannot make new ones.")


def describe_existing_reading(reading: Reading) -> str:
    """When the same text was imported before, and what has become of it."""
    day = format_long_date(timezone.localdate(reading.started_at))
    if reading.state == Reading.State.ENTERED:
        return _("This report was already imported on %(day)s, and has been added to the record.") % {"day": day}
    if reading.state == Reading.State.GIVEN_UP:
        sentence = _("This report was already imported on %(day)s, and the import was stopped. You can resume it.")
        return sentence % {"day": day}
    return _("This report was already imported on %(day)s. Nothing has been changed.") % {"day": day}
