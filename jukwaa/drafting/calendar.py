"""Until when inputs and positions are asked for, as the calendar shows it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import partial

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.models.people import Viewer
from jukwaa.drafting.models import Call, Consultation, Text
from jukwaa.events.calendar_sources import Dated, Source, Window, sources
from jukwaa.records.models import State

LAST_SECOND = timedelta(seconds=1)


def consultations(window: Window) -> Iterator[Dated]:
    for asked in window.read(_consultations, *_moments(window)):
        yield _dated("consultation", asked, asked.text, "drafting:consultation_detail", [asked.pk], window)


def calls(window: Window) -> Iterator[Dated]:
    """One that was restarted is asked no more."""
    for call in window.read(_calls, *_moments(window)):
        yield _dated("call", call, call.text, "drafting:call_detail", [call.text_id, call.pk], window)


def _consultations(
    viewer: Viewer, coalition: Coalition, after: datetime, until: datetime, most: int | None
) -> QuerySet[Consultation]:
    rows = Consultation.objects.filter(_is_open(viewer, coalition), closes_at__gt=after, closes_at__lte=until)
    return rows.select_related("text").order_by("closes_at", "pk")[:most]


def _calls(viewer: Viewer, coalition: Coalition, after: datetime, until: datetime, most: int | None) -> QuerySet[Call]:
    rows = Call.objects.filter(_is_open(viewer, coalition), closes_at__gt=after, closes_at__lte=until)
    asked = rows.exclude(outcome=Call.Outcome.RESTARTED)
    return asked.select_related("text").order_by("closes_at", "pk")[:most]


def _is_open(viewer: Viewer, coalition: Coalition) -> Exists:
    texts = Text.objects.visible_to(viewer).of(coalition)
    return Exists(texts.filter(state=State.PUBLISHED, pk=OuterRef("text")))


def _moments(window: Window) -> tuple[datetime, datetime]:
    return _begin(window.first), _begin(window.last + timedelta(days=1))


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=UTC)


def _dated(
    kind: str, asked: Consultation | Call, text: Text, url_name: str, numbers: list[int], window: Window
) -> Dated:
    last = (asked.closes_at.astimezone(UTC) - LAST_SECOND).date()
    return Dated(
        uid=f"{kind}-{asked.pk}",
        kind=kind,
        title=text.title,
        first=last,
        last=last,
        address=partial(reverse, url_name, args=[window.coalition.slug, *numbers]),
        record=text,
        countries=tuple(text.countries),
        takes_time=False,
    )


sources.register("consultation")(Source(_("Last day to send inputs"), consultations))
sources.register("call")(Source(_("Last day to send positions"), calls))
