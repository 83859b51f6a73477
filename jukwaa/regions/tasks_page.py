"""Tasks from invitations (letters to send, accepted invitations) and from questions about briefs."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jukwaa.coalitions.standing import Standing
from jukwaa.coalitions.task_queries import Task, TaskQuery, TaskRow, task_source_registry
from jukwaa.records.models import State
from jukwaa.regions import policies
from jukwaa.regions.models import BriefQuestion, Delivery, Prospect

LETTER_REMINDER_TASK_PERIOD = timedelta(days=7)  # nobody reports that the short letter was sent


@task_source_registry.register(210)
def find_letter_tasks(standing: Standing) -> Iterator[TaskQuery]:
    """Of their introducer: the letter, and the short one. A letter that is on its way asks for nothing."""
    if not standing.is_inside:
        return
    own = Prospect.objects.visible_to(standing.viewer).of(standing.coalition).filter(introducer=standing.viewer.pk)
    lately = timezone.localdate() - LETTER_REMINDER_TASK_PERIOD
    to_send = own.filter(Q(state=Prospect.State.NOTED) | Q(state=Prospect.State.REMINDED, reminded_on__gte=lately))
    yield TaskQuery(to_send.order_by("at"), _build_letter_task, title="name", detail="state", due="reminded_on")


def _build_letter_task(standing: Standing, task_row: TaskRow) -> Task:
    title = _("Send the invitation letter to %(name)s")
    explanation = _("Send the letter from your own email. Keep the recipient's address in your own records.")
    if task_row.detail == Prospect.State.REMINDED:
        title = _("Send the reminder letter to %(name)s")
        explanation = _(
            "There has been no answer for 3 weeks. This is the only reminder. After that, the invitation will be"
            " closed."
        )
    return Task(
        due=task_row.due,
        title=title % {"name": task_row.isolated_title},
        explanation=explanation,
        url=_build_prospect_url(standing, task_row),
    )


@task_source_registry.register(220)
def find_accepted_invitation_tasks(standing: Standing) -> Iterator[TaskQuery]:
    """Of those who run the coalition: whoever said yes, and has not been written to."""
    if not policies.can_manage_invitations(standing, standing.coalition):
        return
    waiting = Prospect.objects.of(standing.coalition).filter(state=Prospect.State.YES, written_on=None)
    yield TaskQuery(waiting.order_by("answered_on"), _build_accepted_invitation_task, title="name", due="answered_on")


def _build_accepted_invitation_task(standing: Standing, task_row: TaskRow) -> Task:
    return Task(
        due=task_row.due,
        title=_("Write to %(name)s and invite them to apply") % {"name": task_row.isolated_title},
        explanation=_("The contact accepted and gave an email address."),
        url=_build_prospect_url(standing, task_row),
    )


def _build_prospect_url(viewer_standing: Standing, task_row: TaskRow) -> str:
    return reverse("regions:prospect_detail", args=[viewer_standing.coalition.slug, task_row.pk])


@task_source_registry.register(100)
def find_brief_question_tasks(standing: Standing) -> Iterator[TaskQuery]:
    """What policy makers asked of those to whom this person handed a brief, by brief."""
    sent = Delivery.objects.visible_to(standing.viewer).filter(
        by=standing.viewer.pk, edition__text__coalition=standing.coalition, edition__text__state=State.PUBLISHED
    )
    waiting = BriefQuestion.objects.filter(delivery__in=sent.order_by().values("pk"), answer="")
    text = "delivery__edition__text"
    yield TaskQuery(waiting, _build_brief_question_task, title=f"{text}__title", counted_by=text)


def _build_brief_question_task(standing: Standing, task_row: TaskRow) -> Task:
    title = ngettext(
        "Answer %(n)s question about “%(title)s”",
        "Answer %(n)s questions about “%(title)s”",
        task_row.number,
    )
    return Task(
        title=title % {"n": task_row.number, "title": task_row.isolated_title},
        explanation=_("Recipients of the brief asked follow-up questions. Record the answers you gave."),
        url=reverse("regions:brief_detail", args=[standing.coalition.slug, task_row.pk]),
    )
