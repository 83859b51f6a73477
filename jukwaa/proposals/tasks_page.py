"""Tasks from proposals: deadlines, people to deal with, invitations to answer, and correspondence."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jukwaa.coalitions.standing import Standing
from jukwaa.coalitions.task_queries import Task, TaskQuery, TaskRow, task_source_registry
from jukwaa.core.row_urls import reverse_row_url
from jukwaa.mail.headers import LABELS_READABLE_BY_EMAIL
from jukwaa.proposals.correspondence_models import CorrespondenceDeadline, CorrespondenceDraft, CorrespondenceMessage
from jukwaa.proposals.models import Participant, Proposal
from jukwaa.proposals.policies import can_handle_correspondence, can_start_proposal

PROPOSAL_DUE_SOON_PERIOD = timedelta(days=30)


@task_source_registry.register(116)
def find_proposal_tasks(viewer_standing: Standing) -> Iterator[TaskQuery]:
    """For the team, and for those who start proposals."""
    if not viewer_standing.viewer.is_authenticated:
        return
    rows = (
        Proposal.objects.visible_to(viewer_standing.viewer)
        .of(viewer_standing.coalition)
        .in_progress()
        .filter(_build_own_proposals_q(viewer_standing))
    )
    today = timezone.localdate()
    rows = rows.filter(due_on__gte=today, due_on__lte=today + PROPOSAL_DUE_SOON_PERIOD)
    yield TaskQuery(rows.order_by("due_on"), _build_proposal_task, title="title", due="due_on")


def _build_own_proposals_q(viewer_standing: Standing) -> Q:
    """Those on which the viewer works."""
    return (
        Q()
        if can_start_proposal(viewer_standing, viewer_standing.coalition)
        else Q(authorships__person=viewer_standing.viewer.pk)
    )


@task_source_registry.register(117)
def find_people_tasks(viewer_standing: Standing) -> Iterator[TaskQuery]:
    """For the team: people who have declined, withdrawn or clash, and invitations that were not answered in time."""
    if not viewer_standing.viewer.is_authenticated:
        return
    if not (viewer_standing.has_seat or can_start_proposal(viewer_standing, viewer_standing.coalition)):
        return  # of a team whose members have left
    readable = (
        Proposal.objects.visible_to(viewer_standing.viewer)
        .of(viewer_standing.coalition)
        .filter(_build_own_proposals_q(viewer_standing))
    )
    rows = Participant.objects.filter(proposal__in=readable.values("pk"))
    today = timezone.localdate()
    problems = rows.with_open_problems()
    about = {"parent": "proposal", "title": "proposal__title"}
    yield TaskQuery(problems.order_by("problem_at"), _build_problem_task, detail="problem", **about)
    silent = rows.of_open_proposals().filter(status=Participant.Status.INVITED, answer_by__lt=today)
    yield TaskQuery(silent.order_by("answer_by"), _build_unanswered_task, due="answer_by", **about)


def _build_problem_task(viewer_standing: Standing, task_row: TaskRow) -> Task:
    problem = Participant.Problem(task_row.detail).label
    return Task(
        title=_("%(problem)s: “%(title)s”") % {"problem": problem, "title": task_row.isolated_title},
        explanation=_("Invite another person or agree on a change, then mark the problem as resolved."),
        url=reverse_row_url(
            "proposals:participant_detail", viewer_standing.coalition.slug, task_row.parent, task_row.pk
        ),
        is_urgent=True,
    )


def _build_unanswered_task(viewer_standing: Standing, task_row: TaskRow) -> Task:
    return Task(
        due=task_row.due,
        title=_("An invitation has not been answered: “%(title)s”") % {"title": task_row.isolated_title},
        explanation=_("Contact this person, record their answer, or invite another person."),
        url=reverse_row_url(
            "proposals:participant_detail", viewer_standing.coalition.slug, task_row.parent, task_row.pk
        ),
    )


@task_source_registry.register(118)
def find_invitation_tasks(viewer_standing: Standing) -> Iterator[TaskQuery]:
    """For whoever was invited and has an account. People under 18 are invited by way of their adult contact."""
    if not viewer_standing.viewer.is_authenticated:
        return
    rows = Participant.objects.of_open_proposals().filter(
        person=viewer_standing.viewer.pk,
        person__is_minor=False,
        status=Participant.Status.INVITED,
        proposal__coalition=viewer_standing.coalition,
        proposal__label__in=LABELS_READABLE_BY_EMAIL,  # it may have been narrowed after the invitation
    )
    yield TaskQuery(rows.order_by("answer_by"), _build_invitation_task, title="proposal__title", due="answer_by")


def _build_invitation_task(viewer_standing: Standing, task_row: TaskRow) -> Task:
    return Task(
        due=task_row.due,
        title=_("Answer the invitation to take part in “%(title)s”") % {"title": task_row.isolated_title},
        explanation=_("Open the invitation to see what the proposal says about you."),
        url=reverse_row_url("proposals:participant_answer", viewer_standing.coalition.slug, task_row.pk),
    )


def _build_proposal_task(viewer_standing: Standing, task_row: TaskRow) -> Task:
    return Task(
        due=task_row.due,
        title=_("Complete the proposal “%(title)s”") % {"title": task_row.isolated_title},
        explanation=_("Open the proposal to see what is missing and which rules of the call for proposals are met."),
        url=reverse_row_url("proposals:proposal_detail", viewer_standing.coalition.slug, task_row.pk),
    )


@task_source_registry.register(119)
def find_message_tasks(viewer_standing: Standing) -> Iterator[TaskQuery]:
    """Replies that are due, deadlines to confirm, drafts to review, and held messages."""
    if not viewer_standing.viewer.is_authenticated:
        return
    in_charge = can_handle_correspondence(viewer_standing, viewer_standing.coalition)
    messages = CorrespondenceMessage.objects.visible_to(viewer_standing.viewer).of(viewer_standing.coalition)
    mine = Q() if in_charge else Q(message__proposal__authorships__person=viewer_standing.viewer.pk)
    deadlines = CorrespondenceDeadline.objects.filter(mine, message__in=messages.filed().values("pk"))
    subject = {"parent": "message", "title": "message__subject", "detail": "task", "due": "day"}
    yield TaskQuery(deadlines.due().order_by("day", "pk"), _build_reply_task, **subject)
    suggested = deadlines.suggested().filter(day__gte=timezone.localdate())
    yield TaskQuery(suggested.order_by("day", "pk"), _build_deadline_task, **subject)
    drafts = CorrespondenceDraft.objects.visible_to(viewer_standing.viewer).of(viewer_standing.coalition).unsent()
    asked = drafts.filter(reviewer=viewer_standing.viewer.pk, state=CorrespondenceDraft.State.REVIEW)
    yield TaskQuery(asked.order_by("pk"), _build_review_task, title="subject")
    if in_charge:
        yield TaskQuery(messages.held(), _build_held_messages_task, counted_by="coalition")


def _build_reply_task(viewer_standing: Standing, task_row: TaskRow) -> Task:
    return Task(
        due=task_row.due,
        title=task_row.detail or _("Reply to “%(subject)s”") % {"subject": task_row.isolated_title},
        explanation=_("The secretariat has set a deadline. Write a reply, or mark the deadline as done."),
        url=reverse_row_url("proposals:message_detail", viewer_standing.coalition.slug, task_row.parent),
    )


def _build_deadline_task(viewer_standing: Standing, task_row: TaskRow) -> Task:
    return Task(
        due=task_row.due,
        title=_("Confirm the deadline in “%(subject)s”") % {"subject": task_row.isolated_title},
        explanation=_("We found a date in this message. Confirm it as a deadline, or dismiss the suggestion."),
        url=reverse_row_url("proposals:message_detail", viewer_standing.coalition.slug, task_row.parent),
    )


def _build_review_task(viewer_standing: Standing, task_row: TaskRow) -> Task:
    return Task(
        title=_("Review the message “%(subject)s”") % {"subject": task_row.isolated_title},
        explanation=_("You have been asked to review this message before it is sent."),
        url=reverse_row_url("proposals:draft_review", viewer_standing.coalition.slug, task_row.pk),
    )


def _build_held_messages_task(viewer_standing: Standing, task_row: TaskRow) -> Task:
    sentence = ngettext("Approve or delete %(n)d message", "Approve or delete %(n)d messages", task_row.number)
    return Task(
        title=sentence % {"n": task_row.number},
        explanation=_(
            "We could not confirm who sent these messages to the secretariat address. Approve or delete them."
        ),
        url=reverse("proposals:correspondence", args=[viewer_standing.coalition.slug]),
    )
