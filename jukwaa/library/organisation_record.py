"""The record of an organisation: what it shared in the library, and what it used of others."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jukwaa.library.models import Item, Use
from jukwaa.records.models import State
from jukwaa.records.organisation_history import (
    MAX_LINES_PER_SOURCE,
    HistoryQuery,
    RecordLine,
    Section,
    line_sources,
)
from jukwaa.records.organisation_record import build_shared_line, filter_shared_by


@line_sources.register(410)
def find_items(query: HistoryQuery) -> Iterator[RecordLine]:
    readable = Item.objects.visible_to(query.viewer).of(query.coalition)
    for item in filter_shared_by(readable, query.organisation).published()[:MAX_LINES_PER_SOURCE]:
        item.coalition = query.coalition
        yield build_shared_line(item)


@line_sources.register(420)
def find_uses(query: HistoryQuery) -> Iterator[RecordLine]:
    rows = Use.objects.visible_to(query.viewer).filter(
        capacity__organisation=query.organisation, item__coalition=query.coalition, item__state=State.PUBLISHED
    )
    for use in rows.select_related("item").order_by("-year", "-pk")[:MAX_LINES_PER_SOURCE]:
        use.item.coalition = query.coalition
        yield RecordLine(
            section=Section.SAID,
            what=_("Report on the use of a record"),
            title=use.item.title,
            url=reverse("library:item_travels", args=[query.coalition.slug, use.item_id]),
            label=use.item.label,
            words="\n\n".join(filter(None, [use.how, use.result])),
            language=use.item.language,
            day=date(use.year, 1, 1),
            precision="year",
            source=use.item.title,
            source_url=use.item.get_absolute_url(),
        )
