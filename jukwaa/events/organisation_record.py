"""The record of an organisation: what it pledged for events, and the events that it organised."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jukwaa.events.models import Event, Pledge
from jukwaa.records.models import State
from jukwaa.records.organisation_history import (
    MAX_LINES_PER_SOURCE,
    HistoryQuery,
    HistorySection,
    PromiseProgress,
    RecordLine,
    history_line_registry,
)
from jukwaa.records.organisation_record import build_shared_record_line


@history_line_registry.register(310)
def find_pledges_of_organisation(history_query: HistoryQuery) -> Iterator[RecordLine]:
    rows = Pledge.objects.visible_to(history_query.viewer).standing()
    rows = rows.filter(
        organisation=history_query.organisation,
        occurrence__event__coalition=history_query.coalition,
        occurrence__event__state=State.PUBLISHED,
    ).exclude(activity="")
    rows = rows.select_related("occurrence__event", "feedback").order_by("-at", "-pk")
    for pledge in rows[:MAX_LINES_PER_SOURCE]:
        event = pledge.occurrence.event
        event.coalition = history_query.coalition
        progress, status = _describe_pledge_progress(pledge)
        yield RecordLine(
            section=HistorySection.PROMISED,
            what=_("Pledge"),
            title=pledge.activity,
            url=f"{pledge.occurrence.get_absolute_url()}#{pledge.anchor}",
            label=event.label,
            language=pledge.language or event.language,
            day=timezone.localdate(pledge.at),
            progress=progress,
            status=status,
            due=None if pledge.occurrence.cancelled_at else pledge.occurrence.ends_on,
            source=event.title,
            source_url=event.get_absolute_url(),
        )


def _describe_pledge_progress(pledge: Pledge) -> tuple[PromiseProgress, str]:
    if pledge.occurrence.cancelled_at is not None:
        return PromiseProgress.ENDED, str(_("event cancelled"))
    if hasattr(pledge, "feedback"):
        return PromiseProgress.DONE, str(_("reported"))
    is_over = pledge.occurrence.ends_on < timezone.localdate()
    return PromiseProgress.OPEN, str(_("no report yet") if is_over else _("planned"))


@history_line_registry.register(320)
def find_organised_events(history_query: HistoryQuery) -> Iterator[RecordLine]:
    rows = Event.objects.visible_to(history_query.viewer).of(history_query.coalition)
    for event in rows.filter(organiser=history_query.organisation, is_around=False).published()[:MAX_LINES_PER_SOURCE]:
        event.coalition = history_query.coalition
        yield build_shared_record_line(event)
