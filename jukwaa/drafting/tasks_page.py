"""Tasks from texts: open consultations, inputs to answer, and calls."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jukwaa.coalitions.models import Membership
from jukwaa.coalitions.standing import Standing
from jukwaa.coalitions.task_queries import Task, TaskQuery, TaskRow, task_source_registry
from jukwaa.core.dates import format_long_date
from jukwaa.drafting.models import Call, Consultation, Hold, Input, Text
from jukwaa.drafting.positions import build_call_awaiting_organisations_filter, build_call_awaiting_person_filter
from jukwaa.records.models import State

ConsultationAsks = Consultation.Asks
LAST_DAY_EXPRESSION = F("closes_at") - timedelta(seconds=1)  # it closes as the next one begins


@task_source_registry.register(80)
def find_open_consultation_tasks(standing: Standing) -> Iterator[TaskQuery]:
    """Consultations that ask this person, or an organisation of theirs, and in which nothing came from there yet."""
    if not standing.viewer.is_authenticated:
        return
    own = [organisation.pk for organisation in standing.organisations]
    asks = Q(asks=ConsultationAsks.NAMED, asked__in=own)
    if standing.has_seat:
        asks |= Q(asks__in=[ConsultationAsks.PUBLIC, ConsultationAsks.OBSERVERS, ConsultationAsks.MEMBERS])
    elif own:
        observing = Membership.objects.observers_in_force().filter(coalition=standing.coalition, organisation__in=own)
        asks |= Q(Exists(observing), asks=ConsultationAsks.OBSERVERS)
    spoke = Input.objects.filter(Q(author=standing.viewer) | Q(capacity__organisation__in=own))
    spoke = spoke.filter(consultation=OuterRef("pk")).exclude(disposition=Input.Answer.WITHDRAWN)
    found = Consultation.objects.visible_to(standing.viewer).filter(
        asks,
        ~Exists(spoke),
        text__coalition=standing.coalition,
        text__state=State.PUBLISHED,
        opens_at__lte=standing.moment,
        closes_at__gt=standing.moment,
    )
    yield TaskQuery(found.order_by("closes_at"), _build_consultation_task, title="text__title", due="closes_at")


def _build_consultation_task(standing: Standing, task_row: TaskRow) -> Task:
    return Task(
        due=task_row.due,
        title=_("Respond to the consultation on “%(title)s”") % {"title": task_row.isolated_title},
        explanation=_("You are invited to respond. A short comment or a statement of support is enough."),
        url=reverse("drafting:consultation_detail", args=[standing.coalition.slug, task_row.pk]),
    )


@task_source_registry.register(90)
def find_inputs_to_answer_tasks(standing: Standing) -> Iterator[TaskQuery]:
    """For those who draft: inputs that nobody has answered."""
    if not standing.viewer.is_authenticated:
        return
    visible = Text.objects.visible_to(standing.viewer).of(standing.coalition).filter(state=State.PUBLISHED)
    if not standing.is_rapporteur:
        visible = visible.filter(Q(authorships__person=standing.viewer) | Q(owner__in=standing.speaks_for))
    yield TaskQuery(
        Input.objects.filter(text__in=visible).waiting(),
        _build_answer_inputs_task,
        title="text__title",
        counted_by="text",
    )


def _build_answer_inputs_task(standing: Standing, task_row: TaskRow) -> Task:
    title = ngettext("Respond to %(n)s input on “%(title)s”", "Respond to %(n)s inputs on “%(title)s”", task_row.number)
    return Task(
        title=title % {"n": task_row.number, "title": task_row.isolated_title},
        explanation=_("The text cannot be published until every input has a response."),
        url=reverse("drafting:answers", args=[standing.coalition.slug, task_row.pk]),
    )


@task_source_registry.register(120)
def find_call_tasks(standing: Standing) -> Iterator[TaskQuery]:
    """A call that an organisation of theirs has not answered; for coordinators and the chair, one that has closed."""
    texts = Text.objects.visible_to(standing.viewer).of(standing.coalition).filter(state=State.PUBLISHED)
    # Not `outcome=""`: see `coalitions/task_queries.py`.
    found = Call.objects.filter(declared_at=None, text__in=texts).order_by("closes_at")
    if standing.speaks_for:
        open_ones = found.filter(
            build_call_awaiting_organisations_filter(standing.speaks_for), opens_at__lte=standing.moment
        )
        yield TaskQuery(
            open_ones.filter(closes_at__gt=standing.moment),
            _build_member_position_task,
            parent="text",
            title="text__title",
            due=LAST_DAY_EXPRESSION,
        )
    if standing.has_seat and standing.viewer.is_authenticated:
        own = found.filter(build_call_awaiting_person_filter(standing.viewer), opens_at__lte=standing.moment)
        yield TaskQuery(
            own.filter(closes_at__gt=standing.moment),
            _build_own_position_task,
            parent="text",
            title="text__title",
            due=LAST_DAY_EXPRESSION,
        )
    if standing.is_coordinator or standing.is_chair:
        held = found.filter(Exists(Hold.objects.filter(call=OuterRef("pk"), clarified_at=None)))
        yield TaskQuery(held, _build_clarify_hold_task, parent="text", title="text__title", due=LAST_DAY_EXPRESSION)
        closed = found.filter(closes_at__lte=standing.moment)
        yield TaskQuery(
            closed, _build_declare_outcome_task, parent="text", title="text__title", due=LAST_DAY_EXPRESSION
        )


def _build_member_position_task(standing: Standing, task_row: TaskRow) -> Task:
    title = _("Take a position on “%(title)s” for your organisation") % {"title": task_row.isolated_title}
    explanation = _("Your organisation has not responded yet. The last day to respond is %(day)s.") % {
        "day": task_row.due and format_long_date(task_row.due)
    }
    return Task(due=task_row.due, title=title, explanation=explanation, url=_get_call_address(standing, task_row))


def _build_own_position_task(standing: Standing, task_row: TaskRow) -> Task:
    return Task(
        due=task_row.due,
        title=_("Respond to “%(title)s”") % {"title": task_row.isolated_title},
        explanation=_("You can respond as an individual member."),
        url=_get_call_address(standing, task_row),
    )


def _build_clarify_hold_task(standing: Standing, task_row: TaskRow) -> Task:
    return Task(
        due=task_row.due,
        title=_("Clarify an objection to “%(title)s”") % {"title": task_row.isolated_title},
        explanation=_("The result is on hold until the objection is clarified."),
        url=_get_call_address(standing, task_row),
    )


def _build_declare_outcome_task(standing: Standing, task_row: TaskRow) -> Task:
    title = _("Declare the outcome of the call on “%(title)s”") % {"title": task_row.isolated_title}
    explanation = _("The time to respond has ended.")
    return Task(due=task_row.due, title=title, explanation=explanation, url=_get_call_address(standing, task_row))


def _get_call_address(viewer_standing: Standing, task_row: TaskRow) -> str:
    return reverse("drafting:call_detail", args=[viewer_standing.coalition.slug, task_row.parent, task_row.pk])
