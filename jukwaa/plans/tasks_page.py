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
from jukwaa.coalitions.task_queries import Task, TaskQuery, TaskRow, task_source_registry
from jukwaa.library.schema import get_framework_or_placeholder
from jukwaa.plans.models import Assessment, Claim, Plan, TeamMember

DUE_SOON_PERIOD = timedelta(days=14)


@task_source_registry.register(230)
def find_plan_tasks(standing: Standing) -> Iterator[TaskQuery]:
    if standing.affiliations:
        yield from _find_due_steps(standing)
    if standing.is_coordinator:
        yield from _find_open_claims(standing)


def _find_due_steps(viewer_standing: Standing) -> Iterator[TaskQuery]:
    """Due within two weeks, in plans that this person writes in or leads."""
    seats = TeamMember.objects.with_access().filter(plan=OuterRef("plan"), person=viewer_standing.viewer.pk)
    due = Assessment.objects.standing().filter(
        Exists(seats.exclude(role=TeamMember.Role.READS)),
        plan__in=Plan.objects.of(viewer_standing.coalition).not_closed(),
        due_on__lte=timezone.localdate() + DUE_SOON_PERIOD,
        next_step__gt="",
    )
    stands = Concat("plan__framework", Value(" "), "state")
    yield TaskQuery(
        due.order_by("due_on"), _build_step_task, parent="plan", title="capability", detail=stands, due="due_on"
    )


def _build_step_task(standing: Standing, task_row: TaskRow) -> Task | None:
    framework, state = task_row.detail.split()
    over = get_framework_or_placeholder(framework)
    capability = next((part for part in over.capabilities if part.value == task_row.title), None)
    if capability is None or over.state(state).meaning == "done":
        return None
    number = task_row.title.rpartition("/")[2]
    return Task(
        due=task_row.due,
        title=_("Update the next step in a national plan: %(capability)s") % {"capability": capability.label},
        explanation=_("Your team set this date for the next step. Update the status of the capability."),
        url=reverse("plans:capability_detail", args=[standing.coalition.slug, task_row.parent, number]),
    )


def _find_open_claims(viewer_standing: Standing) -> Iterator[TaskQuery]:
    waiting = Claim.objects.filter(plan__coalition=viewer_standing.coalition, answered_at=None)
    yield TaskQuery(waiting.exclude(person=viewer_standing.viewer.pk), _build_claims_task, counted_by="plan__coalition")


def _build_claims_task(standing: Standing, task_row: TaskRow) -> Task:
    title = ngettext(
        "Answer %(n)s request to lead a national plan",
        "Answer %(n)s requests to lead a national plan",
        task_row.number,
    )
    return Task(
        title=title % {"n": task_row.number},
        explanation=_("The plan has no lead. You can see who asked to lead it, but you cannot read the plan."),
        url=reverse("plans:claim_list", args=[standing.coalition.slug]),
    )
