"""Who may do what with an event. When it may be done is the action's affair."""

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition, Organisation
from jukwaa.coalitions.standing import Standing, ViewerContext
from jukwaa.events.models import Event, Pledge
from jukwaa.records.policies import can_read, is_author


def can_announce(person: Person, coalition: Coalition) -> bool:
    return announces(Standing(person, coalition))


def announces(standing: Standing) -> bool:
    """Whoever speaks for an organisation here, and those who keep the record."""
    return standing.is_rapporteur or bool(standing.speaks_for)


def can_change(person: Person, event: Event) -> bool:
    return changes(Standing(person, event.coalition), event)


def changes(standing: Standing, event: Event) -> bool:
    """Those who announced it, those who keep the record, and whoever speaks for the organisation that holds it."""
    return (
        is_author(standing, event)
        or standing.is_rapporteur
        or (event.organiser_id is not None and event.organiser_id in standing.speaks_for)
    )


def can_pledge(person: Person, event: Event, organisation: Organisation) -> bool:
    """Nobody pledges for another: only who was confirmed as speaking for the organisation today."""
    return organisation.pk in Standing(person, event.coalition).speaks_for and can_read(ViewerContext(person), event)


def can_change_pledge(person: Person, pledge: Pledge) -> bool:
    """Whoever speaks for the organisation today, whoever wrote it before."""
    return can_pledge(person, pledge.occurrence.event, pledge.organisation)
