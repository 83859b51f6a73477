"""Tasks from meetings: agendas to prepare, reports to edit, and commitments (`commitment_tasks.py`)."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jukwaa.accounts.models import Person
from jukwaa.coalitions.standing import Standing
from jukwaa.coalitions.task_queries import Task, TaskQuery, TaskRow, task_source_registry
from jukwaa.meetings import commitment_tasks
from jukwaa.meetings.models import (
    AGENDA_LEAD_TIME,
    Agenda,
    Correction,
    Entry,
    Idea,
    Meeting,
    MergeRequest,
    Report,
    Rsvp,
    Summary,
    TimePoll,
    TimeVote,
)
from jukwaa.meetings.participants import build_invited_condition
from jukwaa.meetings.planned_meetings import find_planned_meetings
from jukwaa.meetings.report import REPORT_DEADLINE_PERIOD
from jukwaa.records.models import State
from jukwaa.records.models.record import LABELS_OPEN_TO_ROLES

ONE_WEEK = timedelta(days=7)
INVITATION_TASK_PERIOD = timedelta(days=60)  # a reply to a later meeting of a series can wait


@task_source_registry.register(125)
def find_agendas_to_prepare(viewer_standing: Standing) -> Iterator[TaskQuery]:
    """From a week before an agenda should go out, until it is ready or sent, or the meeting begins."""
    if not viewer_standing.is_coordinator:
        return
    today = timezone.localdate()
    done = Agenda.objects.filter(Q(ready_at__isnull=False) | Q(sent_at__isnull=False), meeting=OuterRef("pk"))
    waiting = Meeting.objects.of(viewer_standing.coalition).filter(
        ~Exists(done),
        Q(starts_at=None) | Q(starts_at__gt=timezone.now()),
        state=State.PUBLISHED,
        cancelled_at__isnull=True,
        precision=Meeting.Precision.DAY,
        starts_on__gte=today,
        starts_on__lte=today + AGENDA_LEAD_TIME + ONE_WEEK,
        label__in=LABELS_OPEN_TO_ROLES,
    )
    yield TaskQuery(waiting.order_by("order_day", "pk"), _build_agenda_task, title="title", due="starts_on")


def _build_agenda_task(viewer_standing: Standing, task_row: TaskRow) -> Task | None:
    if task_row.due is None:
        return None
    is_near = task_row.due - AGENDA_LEAD_TIME <= timezone.localdate()
    return Task(
        due=task_row.due - AGENDA_LEAD_TIME,
        title=_("Prepare the agenda of %(meeting)s") % {"meeting": task_row.isolated_title},
        explanation=_("Send the agenda to the members.")
        if is_near
        else _("Mark the agenda as ready and we will send it 7 days before the meeting, or send it yourself."),
        url=reverse("meetings:agenda_detail", args=[viewer_standing.coalition.slug, task_row.pk]),
    )


@task_source_registry.register(126)
def find_summaries_to_send(viewer_standing: Standing) -> Iterator[TaskQuery]:
    """For a week after a meeting, until its summary has been sent. Without minutes there is nothing to send."""
    if not viewer_standing.is_coordinator:
        return
    today = timezone.localdate()
    minutes = Entry.objects.filter(meeting=OuterRef("pk"), state=State.PUBLISHED, label__in=LABELS_OPEN_TO_ROLES)
    meetings = Meeting.objects.of(viewer_standing.coalition).alias(closing_day=Meeting.LAST_DAY)
    waiting = meetings.filter(
        Q(ends_at__lte=viewer_standing.moment) | Q(ends_at__isnull=True, closing_day__lt=today),
        Q(order_day__gte=today - ONE_WEEK) | Q(ends_on__gte=today - ONE_WEEK),
        Exists(minutes),
        ~Exists(Summary.objects.filter(meeting=OuterRef("pk"))),
        state=State.PUBLISHED,
        cancelled_at__isnull=True,
        precision=Meeting.Precision.DAY,
        label__in=LABELS_OPEN_TO_ROLES,
    )
    yield TaskQuery(waiting.order_by("order_day", "pk"), _build_summary_task, title="title")


def _build_summary_task(viewer_standing: Standing, task_row: TaskRow) -> Task:
    return Task(
        title=_("Send the summary of %(meeting)s") % {"meeting": task_row.isolated_title},
        explanation=_("We will email members the decisions, the action items and the time of the next meeting."),
        url=reverse("meetings:summary_send", args=[viewer_standing.coalition.slug, task_row.pk]),
    )


@task_source_registry.register(121)
def find_polls_to_answer(viewer_standing: Standing) -> Iterator[TaskQuery]:
    """Open polls for the time of a meeting that this member has not answered."""
    if not viewer_standing.has_seat:
        return
    answered = TimeVote.objects.filter(option__poll=OuterRef("pk"), person=viewer_standing.viewer.pk)
    visible = Meeting.objects.visible_to(viewer_standing.viewer).of(viewer_standing.coalition)
    polls = TimePoll.objects.open(viewer_standing.moment).filter(visible.exists_for("meeting"), ~Exists(answered))
    yield TaskQuery(
        polls.order_by("closes_at"), _build_poll_task, parent="meeting", title="meeting__title", due="closes_at"
    )


def _build_poll_task(viewer_standing: Standing, task_row: TaskRow) -> Task:
    return Task(
        due=task_row.due,
        title=_("Answer the poll about when to hold %(meeting)s") % {"meeting": task_row.isolated_title},
        explanation=_("Choose the times that suit you."),
        url=reverse("meetings:poll_detail", args=[viewer_standing.coalition.slug, task_row.parent]),
    )


@task_source_registry.register(122)
def find_times_to_choose(viewer_standing: Standing) -> Iterator[TaskQuery]:
    """For coordinators: polls that take no more answers, of which no time has been chosen."""
    if not viewer_standing.is_coordinator:
        return
    visible = Meeting.objects.visible_to(viewer_standing.viewer).of(viewer_standing.coalition)
    polls = TimePoll.objects.undecided().filter(visible.exists_for("meeting"), closes_at__lte=viewer_standing.moment)
    yield TaskQuery(polls.order_by("closes_at"), _build_choose_time_task, parent="meeting", title="meeting__title")


def _build_choose_time_task(viewer_standing: Standing, task_row: TaskRow) -> Task:
    return Task(
        title=_("Choose the time of %(meeting)s") % {"meeting": task_row.isolated_title},
        explanation=_("The poll is closed. Choose one of the times, and we will email all members."),
        url=reverse("meetings:poll_detail", args=[viewer_standing.coalition.slug, task_row.parent]),
    )


@task_source_registry.register(130)
def find_reports_to_edit(viewer_standing: Standing) -> Iterator[TaskQuery]:
    """Meetings of the last year with a record, whose report nobody has published yet.

    Older ones come from imported minutes, and nobody expects a report of them.
    """
    if not viewer_standing.is_rapporteur:
        return
    published = Report.objects.filter(meeting=OuterRef("pk"), published_at__isnull=False)
    minutes = Entry.objects.filter(meeting=OuterRef("pk"))
    visible = Meeting.objects.visible_to(viewer_standing.viewer).of(viewer_standing.coalition)
    a_year_ago = timezone.localdate() - timedelta(days=365)
    is_recent = Q(starts_on=None) | Q(starts_on__gte=a_year_ago)
    waiting = visible.filter(is_recent, ~Exists(published), Exists(minutes))
    at_forum = waiting.exclude(forum="").filter(precision=Meeting.Precision.DAY, cancelled_at__isnull=True)
    rest = waiting.filter(Q(forum="") | ~Q(precision=Meeting.Precision.DAY) | Q(cancelled_at__isnull=False))
    yield TaskQuery(at_forum.order_by("order_day", "pk"), _build_report_task, title="title", due=Meeting.LAST_DAY)
    yield TaskQuery(rest.order_by("order_day", "pk"), _build_report_task, title="title")


def _build_report_task(viewer_standing: Standing, task_row: TaskRow) -> Task:
    return Task(
        due=task_row.due + REPORT_DEADLINE_PERIOD if task_row.due and REPORT_DEADLINE_PERIOD else None,
        title=_("Edit the report of %(meeting)s") % {"meeting": task_row.isolated_title},
        explanation=_("The report was drafted from the record. Check it, edit it if needed, then publish it."),
        url=reverse("meetings:report_detail", args=[viewer_standing.coalition.slug, task_row.pk]),
    )


@task_source_registry.register(127)
def find_ideas_to_answer(viewer_standing: Standing) -> Iterator[TaskQuery]:
    """For a coordinator: open ideas, until the next meeting."""
    if not viewer_standing.is_coordinator:
        return
    visible = Idea.objects.visible_to(viewer_standing.viewer).of(viewer_standing.coalition)
    next_meeting = find_planned_meetings(viewer_standing.viewer, viewer_standing.coalition).values("starts_on")[:1]
    yield TaskQuery(
        visible.filter(state=State.PUBLISHED).open(),
        _build_ideas_task,
        due=Subquery(next_meeting),
        counted_by="coalition",
    )


def _build_ideas_task(viewer_standing: Standing, task_row: TaskRow) -> Task:
    title = ngettext("%(n)s idea to answer", "%(n)s ideas to answer", task_row.number) % {"n": task_row.number}
    return Task(
        due=task_row.due,
        title=title,
        explanation=_("Add each idea to an agenda, record its outcome, or decline it with a reason."),
        url=reverse("meetings:idea_list", args=[viewer_standing.coalition.slug]),
    )


@task_source_registry.register(128)
def find_merge_requests(viewer_standing: Standing) -> Iterator[TaskQuery]:
    """Requests to merge ideas: for coordinators, and for the author of the other idea."""
    if not viewer_standing.viewer.is_authenticated:
        return
    visible = (
        Idea.objects.visible_to(viewer_standing.viewer).of(viewer_standing.coalition).filter(state=State.PUBLISHED)
    )
    requests = MergeRequest.objects.filter(visible.exists_for("idea"), visible.exists_for("into"), closed_at=None)
    if not viewer_standing.is_coordinator:
        requests = requests.decided_by_author(viewer_standing.viewer.pk)
    yield TaskQuery(requests.order_by("at", "pk"), _build_merge_request_task, parent="idea", title="idea__title")


def _build_merge_request_task(viewer_standing: Standing, task_row: TaskRow) -> Task:
    return Task(
        title=_("Decide whether to merge “%(title)s” with another idea") % {"title": task_row.isolated_title},
        explanation=_(
            "If you merge this idea into the other idea, its supporters will support the other idea. You can also"
            " decline the request."
        ),
        url=reverse("meetings:idea_detail", args=[viewer_standing.coalition.slug, task_row.parent]),
    )


@task_source_registry.register(129)
def find_corrections_to_decide(viewer_standing: Standing) -> Iterator[TaskQuery]:
    """For those who keep the minutes: corrections that nobody has decided on."""
    if not viewer_standing.is_rapporteur:
        return
    visible = (
        Meeting.objects.visible_to(viewer_standing.viewer).of(viewer_standing.coalition).filter(state=State.PUBLISHED)
    )
    waiting = Correction.objects.open().filter(visible.exists_for("minutes__meeting"))
    yield TaskQuery(
        waiting.exclude(entry__state__in=[State.WITHDRAWN, State.HELD]).order_by("at", "pk"),
        _build_correction_task,
        parent="minutes__meeting",
        title="minutes__meeting__title",
        due="minutes__corrections_until",
    )


def _build_correction_task(viewer_standing: Standing, task_row: TaskRow) -> Task:
    return Task(
        due=task_row.due,
        title=_("Decide on a correction to the minutes of %(meeting)s") % {"meeting": task_row.isolated_title},
        explanation=_("We will email the author your decision and your reason."),
        url=reverse("meetings:correction_list", args=[viewer_standing.coalition.slug, task_row.parent]),
    )


@task_source_registry.register(124)
def find_invitations_to_answer(viewer_standing: Standing) -> Iterator[TaskQuery]:
    """Meetings of the next two months that this member is invited to and has not replied to."""
    if not viewer_standing.has_seat:
        return
    today = timezone.localdate()
    replies = Rsvp.objects.filter(meeting=OuterRef("pk"), person=viewer_standing.viewer.pk)
    # The adult contact of a person under 18 replies for them.
    is_adult = Exists(Person.objects.filter(pk=viewer_standing.viewer.pk or 0, is_minor=False))
    waiting = Meeting.objects.visible_to(viewer_standing.viewer).of(viewer_standing.coalition)
    waiting = waiting.filter(
        Q(starts_at__gt=viewer_standing.moment) | Q(starts_at=None, starts_on__gt=today),
        ~Exists(replies),
        build_invited_condition(viewer_standing.viewer.pk or 0),
        is_adult,
        state=State.PUBLISHED,
        cancelled_at__isnull=True,
        precision=Meeting.Precision.DAY,
        order_day__gte=today,
        order_day__lte=today + INVITATION_TASK_PERIOD,
    )
    yield TaskQuery(waiting.order_by("order_day", "pk"), _build_invitation_task, title="title", due="starts_on")


def _build_invitation_task(viewer_standing: Standing, task_row: TaskRow) -> Task:
    return Task(
        due=task_row.due,
        title=_("Reply to the invitation: %(meeting)s") % {"meeting": task_row.isolated_title},
        explanation=_("Choose whether you will attend."),
        url=reverse("meetings:meeting_reply", args=[viewer_standing.coalition.slug, task_row.pk]),
    )


task_source_registry.register(110)(commitment_tasks.find_commitment_tasks)
task_source_registry.register(111)(commitment_tasks.find_commitments_to_confirm)
task_source_registry.register(112)(commitment_tasks.find_commitments_without_owner)
task_source_registry.register(113)(commitment_tasks.find_late_commitments)
task_source_registry.register(114)(commitment_tasks.find_past_commitment_task)
