"""What is promised in joint work, and until when help is offered and needed, as the calendar shows it."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

from django.db.models import F, Func, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.models.people import Viewer
from jukwaa.cooperation.models import JOINT_WORK_KIND, Charter, DeliverableReport, JointWork, Need, Offer
from jukwaa.cooperation.models.help import build_open_help_condition
from jukwaa.cooperation.overdue import OPEN_DELIVERABLE_STATES
from jukwaa.events.calendar_sources import CalendarItem, CalendarWindow, DateSource, date_source_registry
from jukwaa.records.models import State

DELIVERABLE_SOURCE, HELP_SOURCE = "deliverable", "help"
# Of joint work, an offer or a need, what a calendar shows and goes by.
CALENDAR_RECORD_FIELDS = ("kind", "title", "language", "label", "state", "countries", "published_at", "version")


def find_cooperation_dates(calendar_window: CalendarWindow) -> Iterator[CalendarItem]:
    """Deliverables that are due, and until when help is offered and needed. Whether one is late is said on its page."""
    for row in calendar_window.read(_query_cooperation_dates):
        row.coalition = calendar_window.coalition
        numbers = [calendar_window.coalition.slug, row.pk, row.dated_pk]
        is_deliverable = row.source == DELIVERABLE_SOURCE
        yield CalendarItem(
            uid=f"{row.source}-{row.dated_pk}",
            kind=row.source,
            title=row.dated_title,
            first=row.due,
            last=row.due,
            address=partial(reverse, "cooperation:deliverable_detail", args=numbers)
            if is_deliverable
            else row.get_absolute_url,
            record=row,
            countries=tuple(row.countries),
            change=row.changes,
        )


def _query_cooperation_dates(
    viewer: Viewer, coalition: Coalition, first_day: date, last_day: date, max_rows: int | None
) -> QuerySet[Any]:
    """A row is joint work with one of its deliverables, or an offer or a need, which have the same columns."""
    days = (first_day, last_day)
    until = build_open_help_condition(first_day) & Q(until__range=days)
    parts = [_filter_works_by_deliverable_due(JointWork.objects.visible_to(viewer).of(coalition), days)]
    parts += [
        model.objects.visible_to(viewer)
        .of(coalition)
        .filter(until)
        .annotate(
            source=Value(HELP_SOURCE), dated_pk=F("pk"), dated_title=F("title"), due=F("until"), changes=F("version")
        )
        for model in (Offer, Need)
    ]
    rows = [part.only(*CALENDAR_RECORD_FIELDS) for part in parts]
    found: QuerySet[Any] = rows[0].union(*rows[1:], all=True)
    return found.order_by("due", "source", "dated_pk")[:max_rows]


def _filter_works_by_deliverable_due(works: QuerySet[JointWork], days: tuple[date, date]) -> QuerySet[Any]:
    """Its day moves by a report or by an amendment, and calendar programs want to be told that it has."""
    on_these_days = Q(deliverables__expected_on__range=days) | Q(
        deliverables__expected_on=None, deliverables__promised_for__range=days
    )
    rows = works.filter(
        on_these_days,
        kind=JOINT_WORK_KIND,
        state=State.PUBLISHED,
        stage=JointWork.Stage.UNDER_WAY,
        deliverables__state__in=OPEN_DELIVERABLE_STATES,
    )
    reports = DeliverableReport.objects.filter(deliverable=OuterRef("deliverables__pk"))
    amendments = Charter.objects.filter(work=OuterRef("pk"))
    return rows.annotate(
        source=Value(DELIVERABLE_SOURCE),
        dated_pk=F("deliverables__pk"),
        dated_title=F("deliverables__what"),
        due=Coalesce("deliverables__expected_on", "deliverables__promised_for"),
        changes=F("version") + _build_count_subquery(reports) + _build_count_subquery(amendments),
    )


def _build_count_subquery(changes: QuerySet[Any]) -> Coalesce:
    return Coalesce(Subquery(changes.order_by().annotate(n=Func("pk", function="COUNT")).values("n")), 0)


date_source_registry.register(DELIVERABLE_SOURCE)(
    DateSource(_("Deliverable due"), find_cooperation_dates, deadline=_("Deliverable due"))
)
date_source_registry.register(HELP_SOURCE)(
    DateSource(_("End date of an offer or need"), find_cooperation_dates, deadline=_("End of an offer or need"))
)
