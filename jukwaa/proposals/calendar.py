"""Deadlines of proposals in the calendar."""

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.models.people import Viewer
from jukwaa.events.calendar_sources import CalendarItem, CalendarWindow, DateSource, date_source_registry
from jukwaa.proposals.models import SESSION_PROPOSAL, Proposal


def find_proposal_deadlines(calendar_window: CalendarWindow) -> Iterator[CalendarItem]:
    for proposal in calendar_window.read(_find_proposals_due):
        proposal.coalition = calendar_window.coalition
        if proposal.due_on is not None:
            yield CalendarItem(
                uid=f"proposal-{proposal.pk}",
                kind=SESSION_PROPOSAL,
                title=proposal.title,
                first=proposal.due_on,
                last=proposal.due_on,
                address=proposal.get_absolute_url,
                record=proposal,
                change=proposal.version - 1,
            )


def _find_proposals_due(
    viewer: Viewer, coalition: Coalition, first_day: date, last_day: date, max_count: int | None
) -> QuerySet[Proposal]:
    """By kind, since SQLite would read every record of the coalition where there are no proposals."""
    readable = Proposal.objects.visible_to(viewer).of(coalition).in_progress().filter(kind=SESSION_PROPOSAL)
    return readable.filter(due_on__gte=first_day, due_on__lte=last_day).order_by("due_on", "pk")[:max_count]


date_source_registry.register(SESSION_PROPOSAL)(
    DateSource(_("Proposal deadlines"), find_proposal_deadlines, deadline=_("Proposal deadline"))
)
