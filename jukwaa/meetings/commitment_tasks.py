"""Tasks from commitments: to update, to confirm, to find an owner for, and to ask about."""

from collections.abc import Iterator

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jukwaa.coalitions.standing import Standing
from jukwaa.coalitions.task_queries import Task, TaskBuilder, TaskQuery, TaskRow
from jukwaa.meetings.commitment_ownership import build_ownerless_condition
from jukwaa.meetings.models import Commitment
from jukwaa.meetings.owner_withholding import build_commitment_title
from jukwaa.meetings.past_commitments import (
    MIN_GROUPED_COMMITMENTS,
    exclude_grouped_commitments,
    find_past_commitments,
)
from jukwaa.records.models import State


def find_commitment_tasks(viewer_standing: Standing) -> Iterator[TaskQuery]:
    """What this person, or an organisation they may speak for, has promised and not yet done."""
    promised = _find_open_commitments(viewer_standing).filter(_build_own_condition(viewer_standing), needs_owner=False)
    yield _query_single_commitments(viewer_standing, promised, _build_commitment_task)


def _build_own_condition(viewer_standing: Standing) -> Q:
    """Return the condition for commitments of which this person is asked for the status."""
    own = Q(owner__person=viewer_standing.viewer, owner__organisation=None)
    own |= Q(owner__isnull=False, responsible=viewer_standing.viewer)
    own |= Q(owner__organisation__in=[organisation.pk for organisation in viewer_standing.organisations])
    if viewer_standing.is_coordinator:
        # Nobody in the directory answers for these: they wait with the coordinators.
        own |= Q(owner__isnull=False, owner__person__isnull=True, owner__organisation__isnull=True)
    return own


def _build_commitment_task(viewer_standing: Standing, task_row: TaskRow) -> Task:
    explanation = _("Update the status of this commitment.")
    return Task(
        due=task_row.due, title=task_row.title, explanation=explanation, url=_get_entry_url(viewer_standing, task_row)
    )


def find_commitments_to_confirm(viewer_standing: Standing) -> Iterator[TaskQuery]:
    """Commitments that name an organisation they may speak for, or themselves, which have not been confirmed."""
    proposed = _find_open_commitments(viewer_standing).filter(proposed_organisation__in=viewer_standing.speaks_for)
    yield _query_single_commitments(viewer_standing, proposed, _build_confirmation_task)
    if not viewer_standing.is_inside:
        return
    own = _find_open_commitments(viewer_standing).filter(
        owner__isnull=True, proposed_organisation__isnull=True, responsible=viewer_standing.viewer.pk
    )
    yield _query_single_commitments(viewer_standing, own.exclude(proposed_name=""), _build_own_confirmation_task)


def _build_confirmation_task(viewer_standing: Standing, task_row: TaskRow) -> Task:
    explanation = _(
        "Your organisation is named as the owner of this commitment. Confirm "
        "the commitment, or decline it if it is not yours."
    )
    return _build_explained_confirmation_task(viewer_standing, task_row, explanation)


def _build_own_confirmation_task(viewer_standing: Standing, task_row: TaskRow) -> Task:
    explanation = _(
        "You are named as the owner of this commitment. Confirm the commitment, or decline it if it is not yours."
    )
    return _build_explained_confirmation_task(viewer_standing, task_row, explanation)


def _build_explained_confirmation_task(viewer_standing: Standing, task_row: TaskRow, task_explanation: str) -> Task:
    title = _("Confirm the commitment “%(title)s”") % {"title": task_row.isolated_title}
    return Task(
        due=task_row.due, title=title, explanation=task_explanation, url=_get_entry_url(viewer_standing, task_row)
    )


def find_commitments_without_owner(viewer_standing: Standing) -> Iterator[TaskQuery]:
    """For coordinators: the owner declined it or has left, or none was given and nobody has been asked."""
    if not viewer_standing.is_coordinator:
        return
    unowned = Q(owner__isnull=True, entry__part__isnull=True) | Q(owner__isnull=True, entry__part__chatham=False)
    rows = _find_open_commitments(viewer_standing).filter(unowned | build_ownerless_condition(), proposed_name="")
    yield _query_single_commitments(viewer_standing, rows, _build_ownerless_task)


def _build_ownerless_task(viewer_standing: Standing, task_row: TaskRow) -> Task:
    title = _("Find a new owner for “%(title)s”") % {"title": task_row.isolated_title}
    explanation = _("This commitment has no owner, or its owner has declined it or left the coalition.")
    return Task(due=task_row.due, title=title, explanation=explanation, url=_get_entry_url(viewer_standing, task_row))


def find_late_commitments(viewer_standing: Standing) -> Iterator[TaskQuery]:
    """For coordinators: what others have promised, or were asked to confirm, and is past its date.

    A commitment that is another task of theirs already is left out.
    """
    if not viewer_standing.is_coordinator:
        return
    is_asked = Q(owner__isnull=True) & ~Q(proposed_name="")
    to_confirm = Q(proposed_organisation__in=viewer_standing.speaks_for) | Q(
        owner__isnull=True, proposed_organisation__isnull=True, responsible=viewer_standing.viewer.pk
    )
    others = (Q(owner__isnull=False) & ~_build_own_condition(viewer_standing)) | (is_asked & ~to_confirm)
    late = _find_open_commitments(viewer_standing).filter(
        others, ~build_ownerless_condition(), due_on__lt=timezone.localdate()
    )
    yield _query_single_commitments(viewer_standing, late, _build_late_task)


def _build_late_task(viewer_standing: Standing, task_row: TaskRow) -> Task:
    title = _("Ask about the commitment “%(title)s”") % {"title": task_row.isolated_title}
    explanation = _("The due date of this commitment has passed. Its status is “%(status)s”.")
    status = Commitment.Progress(task_row.detail).label
    return Task(
        due=task_row.due,
        title=title,
        explanation=explanation % {"status": status},
        url=_get_entry_url(viewer_standing, task_row),
    )


def find_past_commitment_task(viewer_standing: Standing) -> Iterator[TaskQuery]:
    """All commitments of past meetings that the viewer may update, as one task."""
    yield TaskQuery(find_past_commitments(viewer_standing), _build_past_task, counted_by="entry__coalition")


def _build_past_task(viewer_standing: Standing, task_row: TaskRow) -> Task | None:
    """Up to three of them are tasks of their own, if they are tasks of the viewer at all."""
    if task_row.number < MIN_GROUPED_COMMITMENTS:
        return None
    title = ngettext(
        "%(n)s commitment from past meetings has no outcome yet",
        "%(n)s commitments from past meetings have no outcome yet",
        task_row.number,
    )
    return Task(
        title=title % {"n": task_row.number},
        explanation=_("Update the status of several commitments on one page."),
        url=reverse("meetings:commitment_outcomes", args=[viewer_standing.coalition.slug]),
    )


def _find_open_commitments(viewer_standing: Standing) -> QuerySet[Commitment]:
    """Return those that have no closing day, which an index lists by due date: most commitments are closed."""
    return Commitment.objects.filter(
        entry__coalition=viewer_standing.coalition, entry__state=State.PUBLISHED, closed_on=None
    )


def _query_single_commitments(viewer_standing: Standing, rows: QuerySet[Commitment], build: TaskBuilder) -> TaskQuery:
    """Those that are not part of the one task for all past commitments, by due date."""
    single = exclude_grouped_commitments(rows, viewer_standing).order_by("due_on")
    title = build_commitment_title(viewer_standing)
    return TaskQuery(single, build, parent="entry", title=title, detail="progress", due="due_on")


def _get_entry_url(viewer_standing: Standing, task_row: TaskRow) -> str:
    return reverse("meetings:entry_detail", args=[viewer_standing.coalition.slug, task_row.parent])
