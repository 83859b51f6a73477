"""Asking others to take part in one time that an event takes place."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.core.refusals import ActionRefused, EditConflict
from jukwaa.events.actions.dates import lock_changeable_event, lock_occurrence_of_event, update_call_search_index
from jukwaa.events.models import Occurrence
from jukwaa.events.models.events import get_earliest_date_on_earth
from jukwaa.records.models import Record


@dataclass(frozen=True)
class CallDetails:
    """What is asked, of whom, and until when: its end is that of the last day, or of the event where none is named."""

    asks: str
    of_whom: str = ""
    until: date | None = None


@action
def call_to_take_part(
    *,
    actor: Person,
    occurrence: Occurrence,
    call_details: CallDetails,
    from_version: int,
    materials: Iterable[Record] | None = None,
    called_on: date | None = None,
) -> Occurrence:
    """Ask, or say anew what is asked. It is announced by mail once, and only if there is still time to answer.

    `called_on` is for a call of the past that is written down from its source. Raises PermissionDenied, ActionRefused,
    and EditConflict.
    """
    event = lock_changeable_event(actor, occurrence.event)
    current = lock_occurrence_of_event(occurrence, event)
    if current.version != from_version:
        raise EditConflict(current)
    _check_call_details(current, call_details)
    is_first = current.called_at is None
    if is_first:
        current.called_at = _get_noon_of_day(called_on) if called_on else timezone.now()
    elif materials is None and all(getattr(current, name) == value for name, value in vars(call_details).items()):
        return current
    for name, value in vars(call_details).items():
        setattr(current, name, value)
    current.version += 1
    current.save()
    if materials is not None:
        current.materials.set([material.pk for material in materials])
    update_call_search_index(event, current)
    record_activity(actor=actor, verb="called" if is_first else "changed", subject=current, coalition=event.coalition)
    return current


def _check_call_details(current_occurrence: Occurrence, call_details: CallDetails) -> None:
    if not call_details.asks.strip():
        raise ActionRefused(_("Enter what you are asking organisations to do."), "asks")
    if current_occurrence.cancelled_at is not None:
        raise ActionRefused(_("This date has been cancelled, so no one can take part."))
    if call_details.until is None or call_details.until == current_occurrence.until:
        return
    if not current_occurrence.is_over and call_details.until < get_earliest_date_on_earth():
        raise ActionRefused(_("This date has passed. Choose a later date."), "until")
    if call_details.until > current_occurrence.ends_on:
        raise ActionRefused(_("Choose the last day of the event or an earlier date."), "until")


def _get_noon_of_day(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=timezone.get_default_timezone())
