"""Tasks from national plans: next steps that are due, and, for coordinators, requests to lead a plan.

Nothing of a plan is shown here except the name of a capability from its framework.
"""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Exists, OuterRef, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jukwaa.coalitions.standing import Standing
from jukwaa.coalitions.task_queries import Row, Task, TaskQuery, task_sources
from jukwaa.library.schema import framework_or_gone
from jukwaa.plans.models import Assessment, Claim, Plan, TeamMember

SOON = timedelta(days=14)


@task_sources.register(230)
def find_plan_tasks(standing: Standing) -> Iterator[TaskQuery]:
    if standing.affiliations:
        yield from _steps(standing)
    if standing.is_coordinator:
        yield from _claims(standing)


def _steps(standing: Standing) -> Iterator[TaskQuery]:
    """Due within two weeks, in plans that this person writes in or leads."""
    seats = TeamMember.objects.with_access().filter(plan=OuterRef("plan"), person=standing.viewer.pk)
    due = Assessment.objects.standing().filter(
        Exists(seats.exclude(role=TeamMember.Role.READS)),
        plan__in=Plan.objects.of(standing.coalition).living(),
        due_on__lte=timezone.localdate() + SOON,
        next_step__gt="",
    )
    stands = Concat("plan__framework", Value(" "), "state")
    yield TaskQuery(
        due.order_by("due_on"), _build_steps, parent="plan", title="capability", detail=stands, due="due_on"
    )


def _build_steps(standing: Standing, row: Row) -> Task | None:
    framework, state = row.detail.split()
    over = framework_or_gone(framework)
    capability = next((part for part in over.capabilities if part.value == row.title), None)
    if capability is None or over.state(state).meaning == "done":
        return None
    number = row.title.rpartition("/")[2]
    return Task(
        due=row.due,
        title=_("Update the next step in a national plan: %(capability)s") % {"capability": capability.label},
        explanation=_("Your team set this date for the step. Update the status."),
        url=reverse("plans:capability_detail", args=[standing.coalition.slug, row.parent, number]),
    )


def _claims(standing: Standing) -> Iterator[TaskQuery]:
    waiting = Claim.objects.filter(plan__coalition=standing.coalition, answered_at=None)
    yield TaskQuery(waiting.exclude(person=standing.viewer.pk), _build_claims, counted_by="plan__coalition")


def _build_claims(standing: Standing, row: Row) -> Task:
    title = ngettext(
        "Answer %(n)s request to lead a national plan",
        "Answer %(n)s requests to lead a national plan",
        row.number,
    )
    return Task(
        title=title % {"n": row.number},
        explanation=_("The plan has no lead. You can see who asked, but nothing of the plan."),
        url=reverse("plans:claim_list", args=[standing.coalition.slug]),
    )
