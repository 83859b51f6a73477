"""Events and their dates for machines, in the vocabulary of schema.org."""

from collections.abc import Iterable
from itertools import islice
from typing import Any

from jukwaa.coalitions.linked_data import build_linked_coalition_reference, build_linked_place
from jukwaa.core.linked_data import SCHEMA_ORG_CONTEXT, build_linked_thing, drop_empty_values, format_linked_date
from jukwaa.events.models import Event, EventReach, Occurrence
from jukwaa.records.linked_data import build_record_linked_data

MAX_LINKED_OCCURRENCES = 12
SCHEMA_URL_BY_REACH = {
    EventReach.PLACE: "https://schema.org/OfflineEventAttendanceMode",
    EventReach.COUNTRIES: "https://schema.org/OfflineEventAttendanceMode",
    EventReach.ONLINE: "https://schema.org/OnlineEventAttendanceMode",
    EventReach.ANYWHERE: "https://schema.org/MixedEventAttendanceMode",
}


def build_linked_event(event: Event, occurrences: Iterable[Occurrence]) -> dict[str, Any] | None:
    """Return an event with some of its dates; as a series if it repeats. None if not everyone may read it."""
    dates = list(islice(occurrences, MAX_LINKED_OCCURRENCES))
    return build_record_linked_data(
        "EventSeries" if event.rule else "Event",
        event,
        startDate=format_linked_date(min((each.starts_on for each in dates), default=None)),
        endDate="" if event.rule else format_linked_date(max((each.ends_on for each in dates), default=None)),
        organizer=_build_linked_organizer(event),
        sameAs=event.website,
        subEvent=[_build_linked_date(event, each) for each in dates] if event.rule else [],
    )


def build_linked_occurrence(event: Event, occurrence: Occurrence) -> dict[str, Any] | None:
    """Return one date of an event. None if not everyone may read it."""
    whole = build_record_linked_data("EventSeries" if event.rule else "Event", event)
    if whole is None:
        return None
    series = {name: whole[name] for name in ("@type", "@id", "name", "url")}
    return {"@context": SCHEMA_ORG_CONTEXT, **_build_linked_date(event, occurrence), "superEvent": series}


def _build_linked_date(event: Event, occurrence: Occurrence) -> dict[str, Any]:
    status = "EventCancelled" if occurrence.cancelled_at else "EventScheduled"
    occurrence.event = event
    thing = build_linked_thing(
        "Event",
        occurrence.get_absolute_url(),
        name=event.title,
        description=event.summary,
        inLanguage=event.language,
        startDate=format_linked_date(occurrence.starts_at or occurrence.starts_on),
        endDate=format_linked_date(occurrence.ends_at or occurrence.ends_on),
        eventStatus=f"https://schema.org/{status}",
        eventAttendanceMode=SCHEMA_URL_BY_REACH[EventReach(event.reach)],
        location=build_linked_place(occurrence.place, occurrence.country),
        organizer=_build_linked_organizer(event),
    )
    return {name: value for name, value in thing.items() if name != "@context"}


def _build_linked_organizer(event: Event) -> dict[str, Any]:
    """Return who holds it. Of an event of others whose organiser is not known, nobody."""
    name = event.organiser.name if event.organiser else event.organiser_name
    if name:
        return drop_empty_values({"@type": "Organization", "name": name})
    return {} if event.is_around else build_linked_coalition_reference(event.coalition)
