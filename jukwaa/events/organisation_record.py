"""The record of an organisation: what it pledged for events, and the events that it organised."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jukwaa.events.models import Event, Pledge
from jukwaa.records.models import State
from jukwaa.records.organisation_history import (
    MAX_LINES_PER_SOURCE,
    HistoryQuery,
    Progress,
    RecordLine,
    Section,
    line_sources,
)
from jukwaa.records.organisation_record import build_shared_line


@line_sources.register(310)
def find_pledges(query: HistoryQuery) -> Iterator[RecordLine]:
    rows = Pledge.objects.visible_to(query.viewer).standing()
    rows = rows.filter(
        organisation=query.organisation,
        occurrence__event__coalition=query.coalition,
        occurrence__event__state=State.PUBLISHED,
    ).exclude(activity="")
    rows = rows.select_related("occurrence__event", "feedback").order_by("-at", "-pk")
    for pledge in rows[:MAX_LINES_PER_SOURCE]:
        event = pledge.occurrence.event
        event.coalition = query.coalition
        progress, status = _describe_pledge_progress(pledge)
        yield RecordLine(
            section=Section.PROMISED,
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


def _describe_pledge_progress(pledge: Pledge) -> tuple[Progress, str]:
    if pledge.occurrence.cancelled_at is not None:
        return Progress.ENDED, str(_("event cancelled"))
    if hasattr(pledge, "feedback"):
        return Progress.DONE, str(_("reported"))
    is_over = pledge.occurrence.ends_on < timezone.localdate()
    return Progress.OPEN, str(_("no report yet") if is_over else _("planned"))


@line_sources.register(320)
def find_organised_events(query: HistoryQuery) -> Iterator[RecordLine]:
    rows = Event.objects.visible_to(query.viewer).of(query.coalition)
    for event in rows.filter(organiser=query.organisation, is_around=False).published()[:MAX_LINES_PER_SOURCE]:
        event.coalition = query.coalition
        yield build_shared_line(event)
