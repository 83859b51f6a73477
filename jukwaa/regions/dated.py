"""The days of outreach plans, as the calendar shows them: the day each is for, and its milestones."""

from collections.abc import Iterator
from datetime import date
from functools import partial

from django.db.models import QuerySet
from django.urls import reverse

from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.models.people import Viewer
from jukwaa.core.prepared import prepared
from jukwaa.events.calendar_sources import Dated, Window
from jukwaa.records.models import State
from jukwaa.regions.models import OUTREACH, Milestone, Outreach

MILESTONE = "outreach-milestone"


def plans(window: Window) -> Iterator[Dated]:
    for plan in prepared(_plans, *window.asked):
        yield _dated(OUTREACH, plan.on, plan, window, uid=f"outreach-{plan.pk}", title=plan.title, change=plan.version)


def milestones(window: Window) -> Iterator[Dated]:
    """What is still to be done."""
    for row in prepared(_milestones, *window.asked):
        uid = f"milestone-{row.pk}"
        yield _dated(MILESTONE, row.due_on, row.outreach, window, uid=uid, title=row.title, change=row.moves)


def _plans(viewer: Viewer, coalition: Coalition, first: date, last: date, most: int | None) -> QuerySet[Outreach]:
    rows = Outreach.objects.visible_to(viewer).of(coalition).filter(state=State.PUBLISHED, on__gte=first, on__lte=last)
    return rows.order_by("on", "pk")[:most]


def _milestones(viewer: Viewer, coalition: Coalition, first: date, last: date, most: int | None) -> QuerySet[Milestone]:
    readable = Outreach.objects.visible_to(viewer).of(coalition).filter(state=State.PUBLISHED)
    rows = Milestone.objects.filter(outreach__in=readable, done_on__isnull=True, due_on__gte=first, due_on__lte=last)
    return rows.select_related("outreach").order_by("due_on", "pk")[:most]


def _dated(kind: str, day: date, plan: Outreach, window: Window, *, uid: str, title: str, change: int) -> Dated:
    return Dated(
        uid=uid,
        kind=kind,
        title=title,
        first=day,
        last=day,
        address=partial(reverse, "regions:outreach_detail", args=[window.coalition.slug, plan.pk]),
        record=plan,
        countries=tuple(plan.countries),
        takes_time=False,
        change=change,
    )
