"""Tasks from imported reports, and from documents that came by email."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from jukwaa.coalitions.standing import Standing
from jukwaa.coalitions.task_queries import Task, TaskQuery, TaskRow, task_sources
from jukwaa.intake.models import Reading
from jukwaa.records.models import Document, State


@task_sources.register(40)
def find_readings(standing: Standing) -> Iterator[TaskQuery]:
    visible = Reading.objects.visible_to(standing.viewer).of(standing.coalition)
    theirs = visible.filter(started_by=standing.viewer.pk)
    if standing.is_rapporteur:
        theirs |= visible.without_active_starter()
    failed = theirs.filter(state=Reading.State.FAILED).order_by("started_at")
    yield TaskQuery(theirs.unfinished().order_by("started_at"), _build_reading_task, title="title")
    yield TaskQuery(failed, _build_reading_task, title="title", detail="problem")


def _build_reading_task(standing: Standing, row: TaskRow) -> Task:
    title = _("Review suggestions from “%(title)s”")
    if row.detail:
        title = _("Find out why “%(title)s” could not be imported")
    return Task(
        title=title % {"title": row.title},
        explanation=row.detail or _("Nothing is added to the record until you confirm it. Your decisions are saved."),
        url=reverse("intake:reading_detail", args=[standing.coalition.slug, row.pk]),
    )


@task_sources.register(70)
def find_documents_from_email(standing: Standing) -> Iterator[TaskQuery]:
    """What came in by mail lies on no reading desk: somebody who keeps the record publishes it, or withdraws it."""
    if not standing.is_rapporteur:
        return
    documents = Document.objects.visible_to(standing.viewer).of(standing.coalition)
    waiting = documents.filter(state=State.SUBMITTED, readings__isnull=True)
    yield TaskQuery(waiting.order_by("created_at"), _build_email_document_task, title="title")


def _build_email_document_task(standing: Standing, row: TaskRow) -> Task:
    return Task(
        title=_("Check the document “%(title)s”") % {"title": row.title},
        explanation=_("This document came by email, with attached files. Publish it or withdraw it."),
        url=reverse("records:document_detail", args=[standing.coalition.slug, row.pk]),
    )
