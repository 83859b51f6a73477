"""What happens at once when somebody is marked as under 18: their roles end, and their name is written nowhere."""

from datetime import date, timedelta

from jukwaa.accounts.models import Person
from jukwaa.coalitions.actions.roles import require_other_coordinator
from jukwaa.coalitions.caching import invalidate_name_caches
from jukwaa.coalitions.known_people import find_capacities_mentioning_person
from jukwaa.coalitions.models import Capacity, Role
from jukwaa.core.dates import get_utc_date
from jukwaa.places.text_folding import fold_text


def hide_minor_name(*, person: Person, is_replayed: bool = False, **_signal: object) -> None:
    """Hide the name of somebody who was marked as under 18. Receiver of `minor_status_changed`.

    Raises ActionRefused for the only one who holds a role that somebody must hold, unless a restored backup had undone
    the mark: `jukwaa doctor` says which roles nobody holds.
    """
    if person.is_minor:
        _end_roles_of_minor(person, get_utc_date(), is_forced=is_replayed)
        Capacity.objects.filter(person=person, organisation__isnull=True).update(name="")
        for written in (*_find_capacities_under_own_name(person), *find_capacities_mentioning_person(person)):
            _hide_capacity_name(written, person)
    invalidate_name_caches()


def _find_capacities_under_own_name(person: Person) -> list[Capacity]:
    """For an organisation, and under the name of the person instead of the name of the organisation."""
    rows = Capacity.objects.filter(person=person, organisation__isnull=False).select_related("organisation")
    return [row for row in rows if fold_text(row.name) == fold_text(person.name)]


def _hide_capacity_name(written_capacity: Capacity, person: Person) -> None:
    """Leave the organisation where there is one; else somebody who is named to nobody."""
    rows = Capacity.objects.filter(pk=written_capacity.pk)
    if written_capacity.organisation is not None:
        rows.update(name=written_capacity.organisation.name)
    else:
        rows.update(person=person, name="")


def _end_roles_of_minor(person: Person, today: date, *, is_forced: bool) -> None:
    """A role shows publicly who holds it."""
    yesterday = today - timedelta(days=1)
    for role in Role.objects.in_force(today).filter(person=person):
        if not is_forced:
            require_other_coordinator(role, today)
        role.ends_on = yesterday
        role.starts_on = min(role.starts_on, yesterday) if role.starts_on else None
        role.save(update_fields=["starts_on", "ends_on"])
