"""The days on which an event takes place: made by its rule, moved, called off."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, note
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.dates import written
from jukwaa.core.refusals import ActionRefused, EditConflict
from jukwaa.core.transactions import lock_row
from jukwaa.events import policies
from jukwaa.events.models import Event, Occurrence
from jukwaa.events.rules import days_of
from jukwaa.events.times import hours_again
from jukwaa.records import index
from jukwaa.records.models import State

AHEAD = timedelta(days=400)  # so that next year's day is always there


@dataclass(frozen=True)
class When:
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
def add_date(*, actor: Person, event: Event, when: When, token: UUID | None = None) -> Occurrence:
    """One more time, beside those that the rule gives. The same form sent twice adds one.

    Raises PermissionDenied and ActionRefused.
    """
    current = changeable(actor, event)
    if token is not None and (there := Occurrence.objects.filter(token=token, event=current).first()):
        return there
    _refuse_taken(current, when.starts_on)
    occurrence = Occurrence.objects.create(event=current, token=token, **vars(when))
    note(actor=actor, verb="added", subject=occurrence, coalition=current.coalition)
    return occurrence


@action
def move_date(*, actor: Person, occurrence: Occurrence, when: When, from_version: int) -> Occurrence:
    """Another day, hour or place for this one time; the rule stays, and does not make the day anew.

    Raises PermissionDenied, ActionRefused, and EditConflict where somebody else was faster.
    """
    event = changeable(actor, occurrence.event)
    current = locked(occurrence, event)
    if current.version != from_version:
        raise EditConflict(current)
    if current.cancelled_at is not None:
        raise ActionRefused(_("This date has been cancelled. Add a new date instead."))
    if all(getattr(current, name) == value for name, value in vars(when).items()):
        return current
    if when.starts_on != current.starts_on:
        _refuse_taken(event, when.starts_on)
        index.take_out(event, current.anchor)
    for name, value in vars(when).items():
        setattr(current, name, value)
    current.version += 1
    current.save()
    set_passage(event, current)
    note(actor=actor, verb="moved", subject=current, coalition=event.coalition)
    return current


@action
def cancel_date(*, actor: Person, occurrence: Occurrence, reason: str) -> Occurrence:
    """It does not take place. It stays in lists and calendars, marked, so that nobody travels. Twice changes nothing.

    Raises PermissionDenied and ActionRefused.
    """
    event = changeable(actor, occurrence.event)
    current = locked(occurrence, event)
    if current.cancelled_at is not None:
        return current
    if not reason.strip():
        raise ActionRefused(_("Give the reason in a sentence, for people who wanted to come."), "reason")
    current.cancelled_at, current.note = timezone.now(), reason.strip()
    current.version += 1
    current.save(update_fields=["cancelled_at", "note", "version"])
    note(actor=actor, verb="called-off", subject=current, coalition=event.coalition)
    return current


def make_dates(now: datetime) -> int:
    """What the clock does: the next days of every event that comes again. Repeating it makes none twice."""
    recurring = Event.objects.filter(state=State.PUBLISHED).exclude(rule="").select_related("coalition")
    return sum(len(set_dates(event=event, today=now.date())) for event in recurring if missing(event, now.date()))


@action
def set_dates(*, event: Event, today: date) -> list[Occurrence]:
    """The days that the rule gives from its last one on, as far ahead as one plans. The clock is nobody."""
    current = lock_row(event)
    latest = current.occurrences.first()
    made = [Occurrence.objects.create(event=current, **_like(latest, day)) for day in missing(current, today)]
    if made:
        note(actor=None, verb="set-dates", subject=current, coalition=event.coalition)
    return made


def missing(event: Event, today: date) -> list[date]:
    """Days of the rule that are not there yet. What was moved or called off is there, and a day taken by hand too."""
    there = list(event.occurrences.values_list("starts_on", "ruled_on"))
    taken = {day for pair in there for day in pair if day is not None}
    ruled = [ruled for _starts, ruled in there if ruled is not None]
    begin = max(ruled) + timedelta(days=1) if ruled else today
    return [day for day in days_of(event.rule, begin, today + AHEAD) if day not in taken]


def _like(latest: Occurrence | None, day: date) -> dict[str, object]:
    """A day made by the rule is as long as the latest one, at the same hours of the same place."""
    if latest is None:
        return {"starts_on": day, "ends_on": day, "ruled_on": day}
    made: dict[str, object] = {
        "starts_on": day,
        "ends_on": day + (latest.ends_on - latest.starts_on),
        "ruled_on": day,
        "time_zone": latest.time_zone,
        "place": latest.place,
        "country": latest.country,
    }
    if latest.starts_at is not None:
        last = day + (latest.ends_on - latest.starts_on)
        hours = hours_again(latest.starts_at, latest.ends_at, latest.time_zone, day, last)
        made |= dict(zip(("starts_at", "ends_at"), hours, strict=False))
    return made


def set_passage(event: Event, occurrence: Occurrence) -> None:
    """What the index holds of a call, without writing all pledges of all years anew."""
    index.take_out(event, occurrence.anchor)
    if occurrence.asks:
        index.add(event, occurrence.anchor, occurrence.call_text)


def locked(occurrence: Occurrence, event: Event) -> Occurrence:
    """The row as it is now, held until the transaction ends."""
    current = lock_row(occurrence)
    current.event = event
    return current


def changeable(actor: Person, event: Event) -> Event:
    """The event as it is now, held, if this person may change it."""
    if not policies.can_change(ViewerContext(actor), event):
        raise PermissionDenied(
            _(
                "Only people who announced the event or represent its organiser, and rapporteurs, editors "
                "and coordinators, can change it."
            )
        )
    current = lock_row(event)
    current.coalition = event.coalition
    if not current.is_open_to_change:
        raise PermissionDenied(_("This event has been withdrawn and can no longer be changed."))
    return current


def _refuse_taken(event: Event, day: date) -> None:
    if event.occurrences.filter(starts_on=day).exists():
        raise ActionRefused(
            _("There is already a date on %(day)s. Choose another day.") % {"day": written(day)}, "starts_on"
        )
