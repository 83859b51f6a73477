"""Tasks from proposals: their deadline is near."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.coalitions.standing import Standing
from jukwaa.coalitions.task_queries import Row, Task, TaskQuery, task_sources
from jukwaa.core.row_urls import reverse_row
from jukwaa.proposals.models import Proposal
from jukwaa.proposals.policies import can_start_proposal

SOON = timedelta(days=30)


@task_sources.register(116)
def find_due(standing: Standing) -> Iterator[TaskQuery]:
    """For the team, and for those who start proposals."""
    if not standing.viewer.is_authenticated:
        return
    mine = Q() if can_start_proposal(standing, standing.coalition) else Q(authorships__person=standing.viewer.pk)
    rows = Proposal.objects.visible_to(standing.viewer).of(standing.coalition).in_progress().filter(mine)
    today = timezone.localdate()
    rows = rows.filter(due_on__gte=today, due_on__lte=today + SOON)
    yield TaskQuery(rows.order_by("due_on"), _build_due, title="title", due="due_on")


def _build_due(standing: Standing, row: Row) -> Task:
    return Task(
        due=row.due,
        title=_("Complete the proposal “%(title)s”") % {"title": row.title},
        explanation=_("Its page shows what is missing and how the rules of the call are met."),
        url=reverse_row("proposals:proposal_detail", standing.coalition.slug, row.pk),
    )
