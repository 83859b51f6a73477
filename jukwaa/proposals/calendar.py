"""Deadlines of proposals in the calendar."""

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.models.people import Viewer
from jukwaa.events.calendar_sources import CalendarItem, CalendarWindow, Source, date_sources
from jukwaa.proposals.models import SESSION_PROPOSAL, Proposal


def find_proposal_deadlines(window: CalendarWindow) -> Iterator[CalendarItem]:
    for proposal in window.read(_find_proposals_due):
        proposal.coalition = window.coalition
        if proposal.due_on is not None:
            yield CalendarItem(
                uid=f"proposal-{proposal.pk}",
                kind=SESSION_PROPOSAL,
                title=proposal.title,
                first=proposal.due_on,
                last=proposal.due_on,
                address=proposal.get_absolute_url,
                record=proposal,
                takes_time=False,
                change=proposal.version - 1,
            )


def _find_proposals_due(
    viewer: Viewer, coalition: Coalition, first: date, last: date, most: int | None
) -> QuerySet[Proposal]:
    """By kind, since SQLite would read every record of the coalition where there are no proposals."""
    readable = Proposal.objects.visible_to(viewer).of(coalition).in_progress().filter(kind=SESSION_PROPOSAL)
    return readable.filter(due_on__gte=first, due_on__lte=last).order_by("due_on", "pk")[:most]


date_sources.register(SESSION_PROPOSAL)(
    Source(_("Deadlines of proposals"), find_proposal_deadlines, deadline=_("Deadline of a proposal"))
)
