"""What the pages of events share: what one may see, and what stands above each page."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import Coalition
from jukwaa.events import policies
from jukwaa.events.models import Event, Occurrence
from jukwaa.records.models import Authorship

type AnyRequest = Request | MemberRequest


def get_event_or_404(request: AnyRequest, coalition: Coalition, pk: int) -> Event:
    """Return the event with its author and areas of work. Raises Http404 if the viewer may not read it."""
    events = Event.objects.visible_to(request.user).of(coalition).select_related("organiser")
    event = get_object_or_404(events.annotate_for_page(request.user), pk=pk)
    event.coalition = coalition
    request.standing.wrote[pk] = event.own  # type: ignore[attr-defined]  # annotated
    return event


def get_occurrence_or_404(request: AnyRequest, coalition: Coalition, pk: int, occurrence: int) -> Occurrence:
    """Return the occurrence with its event, in one query. Raises Http404 if the viewer may not read the event."""
    own = Authorship.objects.filter(record=OuterRef("event"), person=request.user.pk)
    readable = Event.objects.visible_to(request.user).of(coalition).filter(pk=pk)
    rows = Occurrence.objects.filter(readable.exists_for("event")).select_related("event__organiser")
    found = get_object_or_404(rows.annotate(own=Exists(own)), pk=occurrence)
    found.event.coalition = coalition
    request.standing.wrote[pk] = found.own  # type: ignore[attr-defined]  # annotated
    return found


def build_event_context(request: AnyRequest, event: Event, **more: Any) -> dict[str, Any]:
    """Return the context that every page of an event needs."""
    return {
        "event": event,
        "may_change": event.is_open_to_change and policies.can_change_event(request.standing, event),
        **more,
    }


def require_can_change_event(request: MemberRequest, event: Event) -> None:
    """Raise PermissionDenied unless the viewer may change the event."""
    if not policies.can_change_event(request.standing, event):
        raise PermissionDenied(
            _(
                "Only people who announced the event or represent its organiser, and rapporteurs, editors and"
                " coordinators, can change the event."
            )
        )
    if not event.is_open_to_change:
        raise PermissionDenied(_("This event has been withdrawn and can no longer be changed."))
