"""What the pages of events share: what one may see, and what stands above each page."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.models.people import Viewer
from jukwaa.core.prepared import Open, prepared
from jukwaa.events import policies
from jukwaa.events.models import Event, Occurrence
from jukwaa.records.models import Authorship

type AnyRequest = Request | MemberRequest


def visible_event(request: AnyRequest, coalition: Coalition, pk: int) -> Event:
    """404 for what one may not see. With what its page asks next: who wrote it, and the names of its areas of work."""
    found = prepared(_event, request.user, coalition, Open(pk))
    if not found:
        raise Http404
    event = found[0]
    event.coalition = coalition
    request.standing.wrote[pk] = event.own  # type: ignore[attr-defined]  # annotated
    return event


def _event(viewer: Viewer, coalition: Coalition, pk: int) -> QuerySet[Event]:
    events = Event.objects.visible_to(viewer).of(coalition).filter(pk=pk)
    return events.select_related("organiser").as_its_page_asks(viewer)


def visible_occurrence(request: AnyRequest, coalition: Coalition, pk: int, occurrence: int) -> Occurrence:
    """With its event, in one query; 404 for one of an event that one may not see."""
    found = prepared(_occurrence, request.user, coalition, Open(pk), Open(occurrence))
    if not found:
        raise Http404
    found[0].event.coalition = coalition
    request.standing.wrote[pk] = found[0].own  # type: ignore[attr-defined]  # annotated
    return found[0]


def _occurrence(viewer: Viewer, coalition: Coalition, pk: int, occurrence: int) -> QuerySet[Occurrence]:
    own = Authorship.objects.filter(record=OuterRef("event"), person=viewer.pk)
    readable = Event.objects.visible_to(viewer).of(coalition).filter(pk=pk)
    found = Occurrence.objects.filter(readable.exists_for("event"), pk=occurrence)
    return found.select_related("event__organiser").annotate(own=Exists(own))


def around(request: AnyRequest, event: Event, **more: Any) -> dict[str, Any]:
    """The context of every page of an event."""
    return {
        "event": event,
        "may_change": event.is_open_to_change and policies.can_change(request.standing, event),
        **more,
    }


def refuse_others(request: MemberRequest, event: Event) -> None:
    """Raises PermissionDenied."""
    if not policies.can_change(request.standing, event):
        raise PermissionDenied(
            _(
                "Only people who announced the event or represent its organiser, and rapporteurs, editors "
                "and coordinators, can change it."
            )
        )
    if not event.is_open_to_change:
        raise PermissionDenied(_("This event has been withdrawn and can no longer be changed."))
