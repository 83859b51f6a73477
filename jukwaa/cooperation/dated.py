"""What is promised in joint work, and until when help is offered and needed, as the calendar shows it."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Q
from django.db.models.functions import Coalesce
from django.urls import reverse

from jukwaa.cooperation.models import Deliverable, JointWork, Need, Offer
from jukwaa.cooperation.quiet import OPEN
from jukwaa.events.calendar_sources import Dated, Window
from jukwaa.records.models import State


def deliverables(window: Window) -> Iterator[Dated]:
    """What is still to be delivered, on the day on which it is now expected. Whether it is late is said on its page."""
    works = JointWork.objects.visible_to(window.viewer).of(window.coalition).filter(state=State.PUBLISHED)
    rows = Deliverable.objects.alias(due=Coalesce("expected_on", "promised_for")).filter(
        work__in=works.filter(stage=JointWork.Stage.UNDER_WAY),
        state__in=OPEN,
        due__gte=window.first,
        due__lte=window.last,
    )
    # Its day moves by a report or by an amendment, and calendar programs want to be told that it has.
    rows = rows.annotate(moved=Count("reports", distinct=True) + Count("work__charters", distinct=True))
    for promise in rows.select_related("work").order_by("due", "pk"):
        address = [window.coalition.slug, promise.work_id, promise.pk]
        yield _dated(
            "deliverable",
            promise.expected_on or promise.promised_for,
            promise.work,
            uid=f"deliverable-{promise.pk}",
            title=promise.what,
            path=reverse("cooperation:deliverable_detail", args=address),
            change=promise.moved + promise.work.version,
        )


def last_days(window: Window) -> Iterator[Dated]:
    """Until when somebody offers or needs what is still open."""
    within = Q(until__gte=window.first, until__lte=window.last, closed_at__isnull=True, state=State.PUBLISHED)
    offers = Offer.objects.visible_to(window.viewer).of(window.coalition).filter(within)
    needs = Need.objects.visible_to(window.viewer).of(window.coalition).filter(within)
    for given in (*offers.order_by("until", "pk"), *needs.order_by("until", "pk")):
        given.coalition = window.coalition
        if given.until is not None:
            address = given.get_absolute_url()
            yield _dated(
                "help",
                given.until,
                given,
                uid=f"help-{given.pk}",
                title=given.title,
                path=address,
                change=given.version,
            )


def _dated(
    kind: str, day: date, record: JointWork | Offer | Need, *, uid: str, title: str, path: str, change: int
) -> Dated:
    return Dated(
        uid=uid,
        kind=kind,
        title=title,
        first=day,
        last=day,
        path=path,
        record=record,
        countries=tuple(record.countries),
        takes_time=False,
        change=change,
    )
