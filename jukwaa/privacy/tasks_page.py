"""Tasks from requests about personal data, for coordinators and the safeguarding lead."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _

from jukwaa.coalitions.standing import Standing
from jukwaa.coalitions.task_queries import Task, TaskQuery, TaskRow, task_source_registry
from jukwaa.core.row_urls import reverse_row_url
from jukwaa.privacy.models import DataRequest
from jukwaa.records.policies import SAFEGUARDED_RECORD_STATES


@task_source_registry.register(15)
def find_request_tasks(standing: Standing) -> Iterator[TaskQuery]:
    if not (standing.is_coordinator or standing.is_safeguarding_lead):
        return
    rows = DataRequest.objects.of(standing.coalition).exclude(Q(requester=standing.viewer.pk))
    yield TaskQuery(rows.waiting().order_by("due_on"), _build_answer_task, detail="kind", due="due_on")
    to_carry_out = rows.pending_redactions()
    if not standing.is_safeguarding_lead:
        to_carry_out = to_carry_out.exclude(record__state__in=SAFEGUARDED_RECORD_STATES)
    yield TaskQuery(to_carry_out.order_by("due_on"), _build_removal_task, due="due_on")


def _build_answer_task(standing: Standing, task_row: TaskRow) -> Task:
    is_redaction = task_row.detail == DataRequest.Kind.REDACTION
    return Task(
        due=task_row.due,
        title=_("Answer a request to remove a name") if is_redaction else _("Answer a request for a correction"),
        explanation=_(
            "The law gives you 1 month to answer. Give a reason for your decision. We will email it to the person."
        ),
        url=reverse_row_url("privacy:request_detail", standing.coalition.slug, task_row.pk),
    )


def _build_removal_task(standing: Standing, task_row: TaskRow) -> Task:
    return Task(
        due=task_row.due,
        title=_("Remove a name from a record"),
        explanation=_("The request has been granted. Check where the name appears, then remove it."),
        url=reverse_row_url("privacy:remove_name", standing.coalition.slug, task_row.pk),
    )
