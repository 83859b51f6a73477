"""Until when inputs and positions are asked for, as the calendar shows it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import QuerySet
from django.urls import reverse

from jukwaa.drafting.models import Call, Consultation, Text
from jukwaa.events.calendar_sources import Dated, Window
from jukwaa.records.models import State

LAST_SECOND = timedelta(seconds=1)


def consultations(window: Window) -> Iterator[Dated]:
    rows = Consultation.objects.filter(text__in=_texts(window), **_closes(window)).select_related("text")
    for asked in rows.order_by("closes_at", "pk")[: window.most]:
        yield _dated("consultation", asked, asked.text, "drafting:consultation_detail", [asked.pk], window)


def calls(window: Window) -> Iterator[Dated]:
    """One that was restarted is asked no more."""
    rows = Call.objects.filter(text__in=_texts(window), **_closes(window)).exclude(outcome=Call.Outcome.RESTARTED)
    rows = rows.select_related("text")
    for call in rows.order_by("closes_at", "pk")[: window.most]:
        yield _dated("call", call, call.text, "drafting:call_detail", [call.text_id, call.pk], window)


def _texts(window: Window) -> QuerySet[Text]:
    return Text.objects.visible_to(window.viewer).of(window.coalition).filter(state=State.PUBLISHED)


def _closes(window: Window) -> dict[str, datetime]:
    return {"closes_at__gt": _begin(window.first), "closes_at__lte": _begin(window.last + timedelta(days=1))}


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
        path=reverse(url_name, args=[window.coalition.slug, *numbers]),
        record=text,
        countries=tuple(text.countries),
        takes_time=False,
    )
