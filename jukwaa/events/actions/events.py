"""Announcing an event, and telling more of it."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action
from jukwaa.coalitions.capacities import create_capacity
from jukwaa.coalitions.models import AreaOfWork, Coalition, Organisation
from jukwaa.coalitions.standing import Standing, ViewerContext
from jukwaa.events import policies
from jukwaa.events.actions.dates import OccurrenceDetails, create_recurring_occurrences
from jukwaa.events.models import EVENT_KIND, Event, Occurrence
from jukwaa.events.recurrence import list_recurring_dates
from jukwaa.records.actions import begin_record, change_record, link_records
from jukwaa.records.models import Label, Link, Record

CHANGEABLE_EVENT_FIELDS = (
    "title",
    "summary",
    "language",
    "label",
    "countries",
    "organiser_name",
    "reach",
    "rule",
    "is_around",
    "website",
)


@action
def announce_event(
    *,
    actor: Person,
    coalition: Coalition,
    occurrence_details: OccurrenceDetails,
    details: dict[str, Any],
    organiser: Organisation | None = None,
    areas_of_work: Iterable[AreaOfWork] = (),
    origin_record: Record | None = None,
    token: UUID | None = None,
) -> Event:
    """Say what takes place and when; its readers see it at once. The same form sent twice announces one event.

    `details` holds what is said of it, by the names in TOLD. Raises PermissionDenied.
    """
    if not policies.can_announce_event(ViewerContext(actor), coalition):
        raise PermissionDenied(
            _(
                "Only people who represent an organisation, and rapporteurs, editors and coordinators, can "
                "announce events."
            )
        )
    standing = Standing(actor, coalition)
    if organiser is not None and organiser.pk not in standing.speaks_for and not standing.is_rapporteur:
        raise PermissionDenied(
            _("Only confirmed representatives of an organisation can announce events on its behalf.")
        )
    if token is not None and (there := Event.objects.visible_to(actor).filter(token=token).first()):
        return there
    words = {"label": Label.CLEAR, "language": coalition.language, **details}
    event = Event(coalition=coalition, kind=EVENT_KIND, organiser=organiser, token=token, **words)
    spoken = organiser if organiser is not None and organiser.pk in standing.speaks_for else None
    capacity = create_capacity(coalition=coalition, person=actor, organisation=spoken)
    begin_record(actor=actor, record=event, capacity=capacity, is_published=True)
    event.areas.set(areas_of_work)
    ruled = (
        occurrence_details.starts_on
        if occurrence_details.starts_on
        in list_recurring_dates(event.rule, occurrence_details.starts_on, occurrence_details.starts_on)
        else None
    )
    Occurrence.objects.create(event=event, ruled_on=ruled, **vars(occurrence_details))
    if event.rule:
        create_recurring_occurrences(event=event, today=timezone.localdate())
    if origin_record is not None:
        link_records(actor=actor, source_record=event, to_record=origin_record, relation=Link.Relation.BEGAN_AS)
    return event


@action
def change_event(
    *,
    actor: Person,
    event: Event,
    changed_fields: dict[str, Any],
    from_version: int,
    areas_of_work: Iterable[AreaOfWork] | None = None,
) -> Event:
    """Save what is said of it. A new rule holds for days to come. Raises PermissionDenied, and EditConflict."""
    if not policies.can_change_event(ViewerContext(actor), event) or not event.is_open_to_change:
        raise PermissionDenied(
            _(
                "Only people who announced the event or represent its organiser, and rapporteurs, editors and"
                " coordinators, can change the event."
            )
        )
    changed = change_record(
        actor=actor, record=event, changes=changed_fields, from_version=from_version, is_trusted=True
    )
    if areas_of_work is not None:
        changed.areas.set(areas_of_work)
    if changed.rule:
        create_recurring_occurrences(event=changed, today=timezone.localdate())
    return changed
