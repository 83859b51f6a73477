"""What is promised in joint work, and until when help is offered and needed, as the calendar shows it."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import Any

from django.db.models import Func, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.models.people import Viewer
from jukwaa.cooperation.models import JOINT_WORK_KIND, Charter, Deliverable, DeliverableReport, JointWork, Need, Offer
from jukwaa.cooperation.models.help import build_open_help_condition
from jukwaa.cooperation.overdue import OPEN_DELIVERABLE_STATES
from jukwaa.events.calendar_sources import CalendarItem, CalendarWindow, DateSource, date_source_registry
from jukwaa.records.models import State

# Of an offer or a need, what a calendar shows and goes by.
CALENDAR_RECORD_FIELDS = (
    "kind",
    "title",
    "language",
    "label",
    "state",
    "countries",
    "published_at",
    "version",
    "until",
)


def find_calendar_deliverables(calendar_window: CalendarWindow) -> Iterator[CalendarItem]:
    """What is still to be delivered, on the day on which it is now expected. Whether it is late is said on its page."""
    for promise in calendar_window.read(_query_calendar_deliverables):
        numbers = [calendar_window.coalition.slug, promise.work_id, promise.pk]
        yield _build_calendar_item(
            "deliverable",
            promise.expected_on or promise.promised_for,
            promise.work,
            calendar_uid=f"deliverable-{promise.pk}",
            title=promise.what,
            address=partial(reverse, "cooperation:deliverable_detail", args=numbers),
            sequence_number=promise.reported + promise.amended + promise.work.version,  # type: ignore[attr-defined]  # annotated
        )


def _query_calendar_deliverables(
    viewer: Viewer, coalition: Coalition, first_day: date, last_day: date, max_rows: int | None
) -> QuerySet[Deliverable]:
    """Its day moves by a report or by an amendment, and calendar programs want to be told that it has."""
    works = JointWork.objects.visible_to(viewer).of(coalition).filter(kind=JOINT_WORK_KIND, state=State.PUBLISHED)
    rows = Deliverable.objects.alias(due=Coalesce("expected_on", "promised_for")).filter(
        work__in=works.filter(stage=JointWork.Stage.UNDER_WAY),
        state__in=OPEN_DELIVERABLE_STATES,
        due__gte=first_day,
        due__lte=last_day,
    )
    rows = rows.annotate(
        reported=_build_count_subquery(DeliverableReport.objects.filter(deliverable=OuterRef("pk"))),
        amended=_build_count_subquery(Charter.objects.filter(work=OuterRef("work"))),
    )
    return rows.select_related("work").order_by("due", "pk")[:max_rows]


def _build_count_subquery(help_records: QuerySet[Any]) -> Coalesce:
    return Coalesce(Subquery(help_records.order_by().annotate(n=Func("pk", function="COUNT")).values("n")), 0)


def find_help_end_dates(calendar_window: CalendarWindow) -> Iterator[CalendarItem]:
    """Until when somebody offers or needs what is still open."""
    for given in calendar_window.read(_query_open_help):
        given.coalition = calendar_window.coalition
        if given.until is not None:
            yield _build_calendar_item(
                "help",
                given.until,
                given,
                calendar_uid=f"help-{given.pk}",
                title=given.title,
                address=given.get_absolute_url,
                sequence_number=given.version,
            )


def _query_open_help(
    viewer: Viewer, coalition: Coalition, first_day: date, last_day: date, max_rows: int | None
) -> QuerySet[Any]:
    """Offers and needs, which have the same columns: what each is, its kind says."""
    until = build_open_help_condition(first_day) & Q(until__gte=first_day, until__lte=last_day)
    offers = Offer.objects.visible_to(viewer).of(coalition).filter(until)
    needs = Need.objects.visible_to(viewer).of(coalition).filter(until)
    return (
        offers.only(*CALENDAR_RECORD_FIELDS)
        .union(needs.only(*CALENDAR_RECORD_FIELDS), all=True)
        .order_by("until", "pk")[:max_rows]
    )


def _build_calendar_item(
    record_kind: str,
    due_day: date,
    record: JointWork | Offer | Need,
    *,
    calendar_uid: str,
    title: str,
    address: Callable[[], str],
    sequence_number: int,
) -> CalendarItem:
    return CalendarItem(
        uid=calendar_uid,
        kind=record_kind,
        title=title,
        first=due_day,
        last=due_day,
        address=address,
        record=record,
        countries=tuple(record.countries),
        takes_time=False,
        change=sequence_number,
    )


date_source_registry.register("deliverable")(
    DateSource(_("Deliverable due"), find_calendar_deliverables, deadline=_("Deliverable due"))
)
date_source_registry.register("help")(
    DateSource(_("End date of an offer or need"), find_help_end_dates, deadline=_("End of an offer or need"))
)
