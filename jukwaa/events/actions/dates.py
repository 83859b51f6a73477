"""The days on which an event takes place: made by its rule, moved, called off."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.dates import format_long_date
from jukwaa.core.refusals import ActionRefused, EditConflict
from jukwaa.core.transactions import lock_row
from jukwaa.events import policies
from jukwaa.events.models import Event, Occurrence
from jukwaa.events.recurrence import list_recurring_dates
from jukwaa.events.times import repeat_event_hours
from jukwaa.records import index
from jukwaa.records.models import State

OCCURRENCE_PLANNING_HORIZON = timedelta(days=400)  # so that next year's day is always there


@dataclass(frozen=True)
class OccurrenceDetails:
    """The days of one time, as they are at the place, and where it is."""

    starts_on: date
    ends_on: date
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    time_zone: str = "UTC"
    place: str = ""
    country: str = ""
    note: str = ""

    @property
    def hours(self) -> tuple[datetime, datetime | None] | None:
        """Where they are known."""
        return (self.starts_at, self.ends_at) if self.starts_at is not None else None


@action
def add_event_occurrence(
    *, actor: Person, event: Event, occurrence_details: OccurrenceDetails, token: UUID | None = None
) -> Occurrence:
    """Add a date beside those that the rule of the event gives. The same form sent twice adds one.

    Raises PermissionDenied and ActionRefused.
    """
    current = lock_changeable_event(actor, event)
    if token is not None and (there := Occurrence.objects.filter(token=token, event=current).first()):
        return there
    _require_free_day(current, occurrence_details.starts_on)
    occurrence = Occurrence.objects.create(event=current, token=token, **vars(occurrence_details))
    record_activity(actor=actor, verb="added", subject=occurrence, coalition=current.coalition)
    return occurrence


@action
def move_event_occurrence(
    *, actor: Person, occurrence: Occurrence, occurrence_details: OccurrenceDetails, from_version: int
) -> Occurrence:
    """Give one occurrence another day, hour or place. The rule stays, and does not create the old day again.

    Raises PermissionDenied, ActionRefused, and EditConflict where somebody else was faster.
    """
    event = lock_changeable_event(actor, occurrence.event)
    current = lock_occurrence_of_event(occurrence, event)
    if current.version != from_version:
        raise EditConflict(current)
    if current.cancelled_at is not None:
        raise ActionRefused(_("This date has been cancelled. Add a new date instead."))
    if all(getattr(current, name) == value for name, value in vars(occurrence_details).items()):
        return current
    if occurrence_details.starts_on != current.starts_on:
        _require_free_day(event, occurrence_details.starts_on)
        index.remove_passages_with_anchor(event, current.anchor)
    for name, value in vars(occurrence_details).items():
        setattr(current, name, value)
    current.version += 1
    current.save()
    update_call_search_index(event, current)
    record_activity(actor=actor, verb="moved", subject=current, coalition=event.coalition)
    return current


@action
def cancel_event_occurrence(*, actor: Person, occurrence: Occurrence, reason: str) -> Occurrence:
    """Cancel one occurrence. It stays in lists and calendars, marked as cancelled. A second call changes nothing.

    Raises PermissionDenied and ActionRefused.
    """
    event = lock_changeable_event(actor, occurrence.event)
    current = lock_occurrence_of_event(occurrence, event)
    if current.cancelled_at is not None:
        return current
    if not reason.strip():
        raise ActionRefused(
            _("Enter the reason for the cancellation in a sentence. People who wanted to attend can read it."), "reason"
        )
    current.cancelled_at, current.note = timezone.now(), reason.strip()
    current.version += 1
    current.save(update_fields=["cancelled_at", "note", "version"])
    record_activity(actor=actor, verb="called-off", subject=current, coalition=event.coalition)
    return current


def create_upcoming_occurrences(now: datetime) -> int:
    """Create the next occurrences of all recurring events, for the clock. Repeating it creates none twice."""
    recurring = Event.objects.filter(state=State.PUBLISHED).exclude(rule="").select_related("coalition")
    return sum(
        len(create_recurring_occurrences(event=event, today=now.date()))
        for event in recurring
        if find_missing_dates(event, now.date())
    )


@action
def create_recurring_occurrences(*, event: Event, today: date) -> list[Occurrence]:
    """Create the occurrences that the rule gives after the last one, up to the horizon. The clock calls it."""
    current = lock_row(event)
    latest = current.occurrences.first()
    made = [
        Occurrence.objects.create(event=current, **_build_occurrence_values(latest, day))
        for day in find_missing_dates(current, today)
    ]
    if made:
        record_activity(actor=None, verb="set-dates", subject=current, coalition=event.coalition)
    return made


def find_missing_dates(event: Event, today: date) -> list[date]:
    """Return the days of the rule that have no occurrence yet, moved and cancelled ones included."""
    there = list(event.occurrences.values_list("starts_on", "ruled_on"))
    taken = {day for pair in there for day in pair if day is not None}
    ruled = [ruled for _starts, ruled in there if ruled is not None]
    begin = max(ruled) + timedelta(days=1) if ruled else today
    return [
        day for day in list_recurring_dates(event.rule, begin, today + OCCURRENCE_PLANNING_HORIZON) if day not in taken
    ]


def _build_occurrence_values(latest_occurrence: Occurrence | None, day: date) -> dict[str, object]:
    """Return the values of a new occurrence: as long as the latest one, at the same hours and place."""
    if latest_occurrence is None:
        return {"starts_on": day, "ends_on": day, "ruled_on": day}
    made: dict[str, object] = {
        "starts_on": day,
        "ends_on": day + (latest_occurrence.ends_on - latest_occurrence.starts_on),
        "ruled_on": day,
        "time_zone": latest_occurrence.time_zone,
        "place": latest_occurrence.place,
        "country": latest_occurrence.country,
    }
    if latest_occurrence.starts_at is not None:
        last = day + (latest_occurrence.ends_on - latest_occurrence.starts_on)
        hours = repeat_event_hours(
            latest_occurrence.starts_at, latest_occurrence.ends_at, latest_occurrence.time_zone, day, last
        )
        made |= dict(zip(("starts_at", "ends_at"), hours, strict=False))
    return made


def update_call_search_index(event: Event, occurrence: Occurrence) -> None:
    """Update the search index for one call, without indexing the pledges of all years again."""
    index.remove_passages_with_anchor(event, occurrence.anchor)
    if occurrence.asks:
        index.add_bulk_passage(event, occurrence.anchor, occurrence.call_text)


def lock_occurrence_of_event(occurrence: Occurrence, event: Event) -> Occurrence:
    """Return the occurrence as it is now, locked until the transaction ends."""
    current = lock_row(occurrence)
    current.event = event
    return current


def lock_changeable_event(actor: Person, event: Event) -> Event:
    """Return the event as it is now, locked. Raises PermissionDenied unless this person may change it."""
    if not policies.can_change_event(ViewerContext(actor), event):
        raise PermissionDenied(
            _(
                "Only people who announced the event or represent its organiser, and rapporteurs, editors and"
                " coordinators, can change the event."
            )
        )
    current = lock_row(event)
    current.coalition = event.coalition
    if not current.is_open_to_change:
        raise PermissionDenied(_("This event has been withdrawn and can no longer be changed."))
    return current


def _require_free_day(event: Event, day: date) -> None:
    if event.occurrences.filter(starts_on=day).exists():
        raise ActionRefused(
            _("This event already takes place on %(day)s. Choose another date.") % {"day": format_long_date(day)},
            "starts_on",
        )
