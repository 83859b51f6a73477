"""Tasks from meetings: commitments, and reports to edit."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.coalitions.standing import Standing
from jukwaa.coalitions.task_queries import Row, Task, TaskQuery, task_sources
from jukwaa.meetings.models import OPEN, Commitment, Entry, Meeting, Report
from jukwaa.meetings.ownership import without_owner
from jukwaa.records.models import State


@task_sources.register(110)
def find_commitments(standing: Standing) -> Iterator[TaskQuery]:
    """What this person, or an organisation they may speak for, has promised and not yet done."""
    own = Q(owner__person=standing.viewer, owner__organisation=None) | Q(responsible=standing.viewer)
    own |= Q(owner__organisation__in=[organisation.pk for organisation in standing.organisations])
    if standing.is_coordinator:
        # Nobody in the directory answers for these: they wait with whoever runs the coalition.
        own |= Q(owner__isnull=False, owner__person__isnull=True, owner__organisation__isnull=True)
    promised = _open_commitments(standing).filter(own, needs_owner=False)
    yield TaskQuery(promised.order_by("due_on"), _build_commitments, parent="entry", title="entry__title", due="due_on")


def _build_commitments(standing: Standing, row: Row) -> Task:
    explanation = _("Update the status of this commitment.")
    return Task(due=row.due, title=row.title, explanation=explanation, url=_url(standing, row))


@task_sources.register(111)
def find_commitments_to_confirm(standing: Standing) -> Iterator[TaskQuery]:
    """Commitments that name an organisation they may speak for, which has not confirmed them."""
    proposed = _open_commitments(standing).filter(proposed_organisation__in=standing.speaks_for)
    yield TaskQuery(
        proposed.order_by("pk"), _build_commitments_to_confirm, parent="entry", title="entry__title", due="due_on"
    )


def _build_commitments_to_confirm(standing: Standing, row: Row) -> Task:
    title = _("Confirm the commitment “%(title)s”") % {"title": row.title}
    explanation = _("Your organisation is named as its owner. Confirm it, or decline it if it is not yours.")
    return Task(due=row.due, title=title, explanation=explanation, url=_url(standing, row))


@task_sources.register(112)
def find_commitments_without_owner(standing: Standing) -> Iterator[TaskQuery]:
    """For coordinators: the owner declined it or has left, or none was given and nobody has been asked."""
    if not standing.is_coordinator:
        return
    unowned = Q(owner__isnull=True, entry__part__isnull=True) | Q(owner__isnull=True, entry__part__chatham=False)
    rows = _open_commitments(standing).filter(unowned | without_owner(), proposed_name="")
    yield TaskQuery(
        rows.order_by("due_on"), _build_commitments_without_owner, parent="entry", title="entry__title", due="due_on"
    )


def _build_commitments_without_owner(standing: Standing, row: Row) -> Task:
    title = _("Find a new owner for “%(title)s”") % {"title": row.title}
    explanation = _("This commitment has no owner, or its owner has declined it or left the coalition.")
    return Task(due=row.due, title=title, explanation=explanation, url=_url(standing, row))


@task_sources.register(113)
def find_late_commitments(standing: Standing) -> Iterator[TaskQuery]:
    """For coordinators: what others have promised and is past its date."""
    if not standing.is_coordinator:
        return
    late = _open_commitments(standing).filter(owner__isnull=False, due_on__lt=timezone.localdate())
    yield TaskQuery(
        late.order_by("due_on"), _build_late_commitments, parent="entry", title="entry__title", due="due_on"
    )


def _build_late_commitments(standing: Standing, row: Row) -> Task:
    title = _("Ask about the commitment “%(title)s”") % {"title": row.title}
    explanation = _("Its due date has passed, and its status is still open.")
    return Task(due=row.due, title=title, explanation=explanation, url=_url(standing, row))


def _open_commitments(standing: Standing) -> QuerySet[Commitment]:
    return Commitment.objects.filter(
        entry__coalition=standing.coalition, entry__state=State.PUBLISHED, progress__in=OPEN
    )


def _url(standing: Standing, row: Row) -> str:
    return reverse("meetings:entry_detail", args=[standing.coalition.slug, row.parent])


@task_sources.register(130)
def find_reports_to_edit(standing: Standing) -> Iterator[TaskQuery]:
    """Meetings with a record, whose report nobody has published yet."""
    if not standing.is_rapporteur:
        return
    published = Report.objects.filter(meeting=OuterRef("pk"), published_at__isnull=False)
    minutes = Entry.objects.filter(meeting=OuterRef("pk"))
    visible = Meeting.objects.visible_to(standing.viewer).of(standing.coalition)
    waiting = visible.filter(~Exists(published), Exists(minutes))
    yield TaskQuery(waiting.order_by("order_day", "pk"), _build_reports, title="title")


def _build_reports(standing: Standing, row: Row) -> Task:
    return Task(
        title=_("Edit the report of %(meeting)s") % {"meeting": row.title},
        explanation=_("It is written from the record; read it, mend it, publish it."),
        url=reverse("meetings:report_detail", args=[standing.coalition.slug, row.pk]),
    )
