"""Tasks from requests about personal data, for coordinators and the safeguarding lead."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _

from jukwaa.coalitions.standing import Standing
from jukwaa.coalitions.task_queries import Task, TaskQuery, TaskRow, task_sources
from jukwaa.core.row_urls import reverse_row
from jukwaa.privacy.models import DataRequest
from jukwaa.records.policies import SAFEGUARDED_STATES


@task_sources.register(15)
def find_request_tasks(standing: Standing) -> Iterator[TaskQuery]:
    if not (standing.is_coordinator or standing.is_safeguarding_lead):
        return
    rows = DataRequest.objects.of(standing.coalition).exclude(Q(requester=standing.viewer.pk))
    yield TaskQuery(rows.waiting().order_by("due_on"), _build_answer_task, detail="kind", due="due_on")
    to_carry_out = rows.pending_redactions()
    if not standing.is_safeguarding_lead:
        to_carry_out = to_carry_out.exclude(record__state__in=SAFEGUARDED_STATES)
    yield TaskQuery(to_carry_out.order_by("due_on"), _build_removal_task, due="due_on")


def _build_answer_task(standing: Standing, row: TaskRow) -> Task:
    is_redaction = row.detail == DataRequest.Kind.REDACTION
    return Task(
        due=row.due,
        title=_("Answer a request to remove a name") if is_redaction else _("Answer a request for a correction"),
        explanation=_(
            "The law gives you 1 month to answer. Give a reason for your decision. We will email it to the person."
        ),
        url=reverse_row("privacy:request_detail", standing.coalition.slug, row.pk),
    )


def _build_removal_task(standing: Standing, row: TaskRow) -> Task:
    return Task(
        due=row.due,
        title=_("Remove a name from a record"),
        explanation=_("The request has been granted. Check where the name appears, then remove it."),
        url=reverse_row("privacy:remove_name", standing.coalition.slug, row.pk),
    )
