"""The days of outreach plans, as the calendar shows them: the day each is for, and its milestones."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

from django.db.models import Case, F, FilteredRelation, Q, QuerySet, When
from django.db.models.functions import Coalesce, Least
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.models.people import Viewer
from jukwaa.events.calendar_sources import CalendarItem, CalendarWindow, DateSource, date_source_registry
from jukwaa.records.models import State
from jukwaa.regions.models import OUTREACH_PLAN_KIND, Outreach

MILESTONE_CALENDAR_KIND = "outreach-milestone"


def load_outreach_calendar_items(calendar_window: CalendarWindow) -> Iterator[CalendarItem]:
    """Both kinds in one query: a row is a plan, with one of its milestones that is still to be done, if it has any."""
    told: set[int] = set()
    for plan in calendar_window.read(_query_outreach_plans):
        if plan.pk not in told and calendar_window.first <= plan.on <= calendar_window.last:
            told.add(plan.pk)
            yield _build_calendar_item(
                OUTREACH_PLAN_KIND,
                plan.on,
                plan,
                calendar_window,
                calendar_uid=f"outreach-{plan.pk}",
                title=plan.title,
                sequence_number=plan.version,
            )
        if plan.step_pk is not None:
            uid = f"milestone-{plan.step_pk}"
            yield _build_calendar_item(
                MILESTONE_CALENDAR_KIND,
                plan.step_day,
                plan,
                calendar_window,
                calendar_uid=uid,
                title=plan.step_title,
                sequence_number=plan.step_moves,
            )


def _query_outreach_plans(
    viewer: Viewer, coalition: Coalition, first_day: date, last_day: date, max_count: int | None
) -> QuerySet[Any]:
    """By kind, since SQLite would read every record of the coalition where there are no plans."""
    rows = Outreach.objects.visible_to(viewer).of(coalition).filter(kind=OUTREACH_PLAN_KIND, state=State.PUBLISHED)
    due = Q(milestones__done_on__isnull=True, milestones__due_on__gte=first_day, milestones__due_on__lte=last_day)
    inside = Q(on__gte=first_day, on__lte=last_day)
    step_day = Coalesce("step__due_on", "on")
    found: QuerySet[Any] = (
        rows.annotate(step=FilteredRelation("milestones", condition=due))
        .filter(inside | Q(step__pk__isnull=False))
        .annotate(
            step_pk=F("step__pk"),
            step_title=F("step__title"),
            step_day=F("step__due_on"),
            step_moves=F("step__moves"),
            earliest=Least(step_day, Case(When(inside, then="on"), default=step_day)),
        )
        .order_by("earliest", "pk", "step_pk")
    )
    return found[:max_count]


def _build_calendar_item(
    kind: str,
    plan_day: date,
    plan: Outreach,
    calendar_window: CalendarWindow,
    *,
    calendar_uid: str,
    title: str,
    sequence_number: int,
) -> CalendarItem:
    return CalendarItem(
        uid=calendar_uid,
        kind=kind,
        title=title,
        first=plan_day,
        last=plan_day,
        address=partial(reverse, "regions:outreach_detail", args=[calendar_window.coalition.slug, plan.pk]),
        record=plan,
        countries=tuple(plan.countries),
        change=sequence_number,
    )


date_source_registry.register(OUTREACH_PLAN_KIND)(
    DateSource(
        _("Target date of an outreach plan"),
        load_outreach_calendar_items,
        deadline=_("Target date of an outreach plan"),
    )
)
date_source_registry.register(MILESTONE_CALENDAR_KIND)(
    DateSource(
        _("Milestone of an outreach plan"), load_outreach_calendar_items, deadline=_("Milestone of an outreach plan")
    )
)
