"""What the pages of events share: what one may see, and what stands above each page."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import Coalition
from jukwaa.events import policies
from jukwaa.events.models import Event, Occurrence

type AnyRequest = Request | MemberRequest


def visible_event(request: AnyRequest, coalition: Coalition, pk: int) -> Event:
    """404 for what one may not see."""
    event = get_object_or_404(Event.objects.visible_to(request.user).of(coalition).select_related("organiser"), pk=pk)
    event.coalition = coalition
    return event


def visible_occurrence(request: AnyRequest, coalition: Coalition, pk: int, occurrence: int) -> Occurrence:
    """404 for one of an event that one may not see."""
    event = visible_event(request, coalition, pk)
    found = get_object_or_404(Occurrence, event=event.pk, pk=occurrence)
    found.event = event
    return found


def around(request: AnyRequest, event: Event, **more: Any) -> dict[str, Any]:
    """The context of every page of an event."""
    return {
        "here": "together",
        "tab": "events",
        "event": event,
        "may_change": event.is_open_to_change and policies.changes(request.standing, event),
        **more,
    }


def refuse_others(request: MemberRequest, event: Event) -> None:
    """Raises PermissionDenied."""
    if not policies.changes(request.standing, event):
        raise PermissionDenied(_("Those who announced an event change it, and those who keep the record."))
    if not event.is_open_to_change:
        raise PermissionDenied(_("This event was taken out of the record; nothing in it is changed any more."))
