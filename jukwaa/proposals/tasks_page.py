"""Tasks from proposals: their deadline is near, people to deal with, and invitations to answer."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.coalitions.standing import Standing
from jukwaa.coalitions.task_queries import Row, Task, TaskQuery, task_sources
from jukwaa.core.row_urls import reverse_row
from jukwaa.proposals.models import Participant, Proposal
from jukwaa.proposals.policies import can_start_proposal

SOON = timedelta(days=30)


@task_sources.register(116)
def find_due(standing: Standing) -> Iterator[TaskQuery]:
    """For the team, and for those who start proposals."""
    if not standing.viewer.is_authenticated:
        return
    rows = Proposal.objects.visible_to(standing.viewer).of(standing.coalition).in_progress().filter(_is_mine(standing))
    today = timezone.localdate()
    rows = rows.filter(due_on__gte=today, due_on__lte=today + SOON)
    yield TaskQuery(rows.order_by("due_on"), _build_due, title="title", due="due_on")


def _is_mine(standing: Standing) -> Q:
    """Those on which the viewer works."""
    return Q() if can_start_proposal(standing, standing.coalition) else Q(authorships__person=standing.viewer.pk)


@task_sources.register(117)
def find_people(standing: Standing) -> Iterator[TaskQuery]:
    """For the team: people who have declined, withdrawn or clash, and invitations that were not answered in time."""
    if not standing.viewer.is_authenticated:
        return
    readable = Proposal.objects.visible_to(standing.viewer).of(standing.coalition).filter(_is_mine(standing))
    rows = Participant.objects.filter(proposal__in=readable.values("pk"))
    today = timezone.localdate()
    problems = rows.with_problems()
    about = {"parent": "proposal", "title": "proposal__title"}
    yield TaskQuery(problems.order_by("problem_at"), _build_problem, detail="problem", **about)
    silent = rows.of_open_proposals().filter(status=Participant.Status.INVITED, answer_by__lt=today)
    yield TaskQuery(silent.order_by("answer_by"), _build_silent, due="answer_by", **about)


def _build_problem(standing: Standing, row: Row) -> Task:
    problem = Participant.Problem(row.detail).label
    return Task(
        title=_("%(problem)s: “%(title)s”") % {"problem": problem, "title": row.title},
        explanation=_("Invite somebody else, or agree on a change, then mark it as dealt with."),
        url=reverse_row("proposals:participant_detail", standing.coalition.slug, row.parent, row.pk),
        is_urgent=True,
    )


def _build_silent(standing: Standing, row: Row) -> Task:
    return Task(
        due=row.due,
        title=_("An invitation has not been answered: “%(title)s”") % {"title": row.title},
        explanation=_("Ask this person, record their answer, or invite somebody else."),
        url=reverse_row("proposals:participant_detail", standing.coalition.slug, row.parent, row.pk),
    )


@task_sources.register(118)
def find_invitations(standing: Standing) -> Iterator[TaskQuery]:
    """For whoever was invited and has an account. People under 18 are invited by way of their adult contact."""
    if not standing.viewer.is_authenticated:
        return
    rows = Participant.objects.of_open_proposals().filter(
        person=standing.viewer.pk,
        person__is_minor=False,
        status=Participant.Status.INVITED,
        proposal__coalition=standing.coalition,
    )
    yield TaskQuery(rows.order_by("answer_by"), _build_invitation, title="proposal__title", due="answer_by")


def _build_invitation(standing: Standing, row: Row) -> Task:
    return Task(
        due=row.due,
        title=_("Answer the invitation to take part in “%(title)s”") % {"title": row.title},
        explanation=_("The page shows what the proposal says about you."),
        url=reverse_row("proposals:participant_answer", standing.coalition.slug, row.pk),
    )


def _build_due(standing: Standing, row: Row) -> Task:
    return Task(
        due=row.due,
        title=_("Complete the proposal “%(title)s”") % {"title": row.title},
        explanation=_("Its page shows what is missing and how the rules of the call are met."),
        url=reverse_row("proposals:proposal_detail", standing.coalition.slug, row.pk),
    )
