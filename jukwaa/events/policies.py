"""Who may do what with an event. When it may be done is the action's affair."""

from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.events.models import Event, Pledge
from jukwaa.records.policies import can_read, is_author


def can_announce_event(viewer: ViewerContext, coalition: Coalition) -> bool:
    """Return whether the viewer represents an organisation here, or keeps the record."""
    standing = viewer.standing(coalition)
    return standing.is_rapporteur or bool(standing.speaks_for)


def can_change_event(viewer: ViewerContext, event: Event) -> bool:
    """Return whether the viewer announced the event, keeps the record, or represents its organiser."""
    standing = viewer.standing(event)
    return (
        is_author(viewer, event)
        or standing.is_rapporteur
        or (event.organiser_id is not None and event.organiser_id in standing.speaks_for)
    )


def can_change_pledge(viewer: ViewerContext, pledge: Pledge) -> bool:
    """Nobody pledges for another: only who was confirmed as speaking for the organisation today.

    Whoever speaks for it changes what was pledged, too, whoever wrote it before.
    """
    event = pledge.occurrence.event
    return pledge.organisation_id in viewer.standing(event).speaks_for and can_read(viewer, event)
