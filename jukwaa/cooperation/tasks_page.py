"""Tasks from offers, needs, questions and joint work."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jukwaa.coalitions.standing import Standing
from jukwaa.coalitions.task_queries import Task, TaskQuery, TaskRow, task_source_registry
from jukwaa.cooperation.help_lists import build_taken_up_matches_subquery
from jukwaa.cooperation.models import Consent, Deliverable, Enquiry, JointWork, Match, Need, Offer, Party, Signature
from jukwaa.cooperation.models.help import build_open_help_condition
from jukwaa.cooperation.overdue import OPEN_DELIVERABLE_STATES
from jukwaa.records.models import State

DELIVERABLE_NOTICE_PERIOD = timedelta(days=14)
UNCONFIRMED_HELP_AGE = timedelta(days=30)  # then a coordinator can ask them, or close it


@task_source_registry.register(140)
def find_introduction_tasks(standing: Standing) -> Iterator[TaskQuery]:
    """Somebody asks whether a side for which this person speaks would be introduced."""
    if not standing.speaks_for:
        return
    agreed = Consent.objects.filter(match=OuterRef("pk"), withdrawn_at=None)
    for side in ("offer", "need"):
        waiting = Match.objects.visible_to(standing.viewer).filter(
            ~Exists(agreed.filter(side=side)),
            state=Match.State.SUGGESTED,
            offer__state=State.PUBLISHED,
            need__state=State.PUBLISHED,
            need__coalition=standing.coalition,
            **{f"{side}__organisation__in": standing.speaks_for},
        )
        yield TaskQuery(waiting, _build_introduction_task, title=f"{side}__title")


def _build_introduction_task(standing: Standing, task_row: TaskRow) -> Task:
    return Task(
        title=_("Agree to an introduction or decline it: “%(title)s”") % {"title": task_row.isolated_title},
        explanation=_("No contact details are shared until both sides agree."),
        url=reverse("cooperation:match_detail", args=[standing.coalition.slug, task_row.pk]),
    )


@task_source_registry.register(150)
def find_enquiry_tasks(standing: Standing) -> Iterator[TaskQuery]:
    """Asked of an organisation for which this person speaks."""
    if not standing.speaks_for:
        return
    waiting = Enquiry.objects.visible_to(standing.viewer).filter(
        organisation__in=standing.speaks_for,
        answered_at=None,
        need__coalition=standing.coalition,
        need__state=State.PUBLISHED,
    )
    yield TaskQuery(waiting, _build_question_task, title="need__title")


def _build_question_task(standing: Standing, task_row: TaskRow) -> Task:
    return Task(
        title=_("Answer a question: “%(title)s”") % {"title": task_row.isolated_title},
        explanation=_(
            "You were asked because your organisation has experience in this area. A few sentences are enough."
        ),
        url=reverse("cooperation:enquiry_detail", args=[standing.coalition.slug, task_row.pk]),
    )


@task_source_registry.register(160)
def find_help_to_confirm_tasks(standing: Standing) -> Iterator[TaskQuery]:
    """What an organisation of theirs offers or needs, and was to be looked at again by now."""
    if not standing.speaks_for:
        return
    today = timezone.localdate()
    for model in (Offer, Need):
        due = _query_open_help(standing, model).filter(organisation__in=standing.speaks_for, review_by__lte=today)
        yield TaskQuery(
            due.order_by("review_by"),
            _build_help_confirmation_task,
            title="title",
            detail=Value(model.SIDE),
            due="review_by",
        )


def _build_help_confirmation_task(standing: Standing, task_row: TaskRow) -> Task:
    return Task(
        due=task_row.due,
        title=_("Confirm that “%(title)s” is still up to date") % {"title": task_row.isolated_title},
        explanation=_(
            "Others rely on this information. Confirm that it is still up to date, or close the offer or need."
        ),
        url=reverse(f"cooperation:{task_row.detail}_detail", args=[standing.coalition.slug, task_row.pk]),
    )


@task_source_registry.register(170)
def find_untaken_offer_tasks(standing: Standing) -> Iterator[TaskQuery]:
    """For a coordinator: offers that nobody has taken up."""
    if not standing.is_coordinator:
        return
    yield TaskQuery(
        _query_open_help(standing, Offer).filter(~Exists(build_taken_up_matches_subquery(Offer))),
        _build_untaken_offer_task,
        counted_by="coalition",
    )


def _build_untaken_offer_task(standing: Standing, task_row: TaskRow) -> Task:
    title = ngettext(
        "Review %(n)s offer that has not been taken up",
        "Review %(n)s offers that have not been taken up",
        task_row.number,
    )
    return Task(
        title=title % {"n": task_row.number},
        explanation=_(
            "Each page suggests needs that the offer could meet. You can ask both sides whether they "
            "would like to be introduced."
        ),
        url=reverse("cooperation:offer_list", args=[standing.coalition.slug]) + "?show=untaken",
    )


@task_source_registry.register(180)
def find_unconfirmed_help_tasks(standing: Standing) -> Iterator[TaskQuery]:
    """For a coordinator: what nobody has confirmed for a month after its day."""
    if not standing.is_coordinator:
        return
    late = timezone.localdate() - UNCONFIRMED_HELP_AGE
    for model in (Offer, Need):
        old = _query_open_help(standing, model).filter(review_by__lte=late)
        yield TaskQuery(
            old.order_by("review_by"), _build_unconfirmed_help_task, title="title", detail=Value(model.SIDE)
        )


def _build_unconfirmed_help_task(standing: Standing, task_row: TaskRow) -> Task:
    return Task(
        title=_("Check whether “%(title)s” is still up to date") % {"title": task_row.isolated_title},
        explanation=_(
            "The organisation did not respond to 2 emails. Contact the organisation, or close the offer or need and"
            " give a reason."
        ),
        url=reverse(f"cooperation:{task_row.detail}_detail", args=[standing.coalition.slug, task_row.pk]),
    )


def _query_open_help(viewer_standing: Standing, help_model: type[Offer | Need]) -> Any:
    rows = help_model.objects.visible_to(viewer_standing.viewer).of(viewer_standing.coalition)
    return rows.filter(build_open_help_condition(), Q(state=State.PUBLISHED))


@task_source_registry.register(190)
def find_joint_work_tasks(standing: Standing) -> Iterator[TaskQuery]:
    if standing.viewer.is_authenticated and standing.speaks_for:
        yield from _find_signature_tasks(standing)
        yield from _find_deliverable_tasks(standing)


def _find_signature_tasks(viewer_standing: Standing) -> Iterator[TaskQuery]:
    """Texts that wait for the signature of an organisation for which the viewer speaks."""
    works = _get_visible_works(viewer_standing)
    waiting = Q(
        work__charters__proposed_at__isnull=False,
        work__charters__in_force_since__isnull=True,
        work__charters__dropped_at__isnull=True,
    )
    own = Party.objects.filter(
        waiting, work__in=works, organisation__in=viewer_standing.speaks_for, left_at__isnull=True
    )
    open_ones = Q(charter__in_force_since__isnull=True, charter__dropped_at__isnull=True)
    signed = Signature.objects.filter(open_ones, party__in=own).values("party")
    unsigned = own.exclude(pk__in=signed).order_by("pk")
    yield TaskQuery(unsigned, _build_signature_task, parent="work", title="work__title", detail="capacity__name")


def _build_signature_task(standing: Standing, task_row: TaskRow) -> Task:
    return Task(
        title=_("Read and sign “%(title)s” on behalf of %(name)s")
        % {"title": task_row.isolated_title, "name": task_row.isolated_detail},
        explanation=_("Work cannot start until all required parties have signed."),
        url=reverse("cooperation:charter_sign", args=[standing.coalition.slug, task_row.parent, task_row.pk]),
    )


def _get_visible_works(viewer_standing: Standing) -> QuerySet[JointWork]:
    return (
        JointWork.objects.visible_to(viewer_standing.viewer).of(viewer_standing.coalition).filter(state=State.PUBLISHED)
    )


def _find_deliverable_tasks(viewer_standing: Standing) -> Iterator[TaskQuery]:
    """What their organisation delivers, from two weeks before its day."""
    works = _get_visible_works(viewer_standing).filter(stage=JointWork.Stage.UNDER_WAY)
    until = timezone.localdate() + DELIVERABLE_NOTICE_PERIOD
    own = Deliverable.objects.filter(
        Q(expected_on__lte=until) | Q(expected_on__isnull=True, promised_for__lte=until),
        work__in=works,
        state__in=OPEN_DELIVERABLE_STATES,
        party__organisation__in=viewer_standing.speaks_for,
        party__left_at__isnull=True,
    )
    day = Coalesce("expected_on", "promised_for")
    yield TaskQuery(own.order_by("promised_for", "pk"), _build_deliverable_task, parent="work", title="what", due=day)


def _build_deliverable_task(standing: Standing, task_row: TaskRow) -> Task:
    return Task(
        due=task_row.due,
        title=_("Update the status of “%(what)s”") % {"what": task_row.isolated_title},
        explanation=_("Your organisation is responsible for this deliverable. If it is delayed, give the reason."),
        url=reverse("cooperation:deliverable_report", args=[standing.coalition.slug, task_row.parent, task_row.pk]),
    )
