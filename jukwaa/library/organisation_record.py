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
    HistorySection,
    RecordLine,
    history_line_registry,
)
from jukwaa.records.organisation_record import build_shared_record_line, filter_records_shared_by


@history_line_registry.register(410)
def find_items_of_organisation(history_query: HistoryQuery) -> Iterator[RecordLine]:
    readable = Item.objects.visible_to(history_query.viewer).of(history_query.coalition)
    for item in filter_records_shared_by(readable, history_query.organisation).published()[:MAX_LINES_PER_SOURCE]:
        item.coalition = history_query.coalition
        yield build_shared_record_line(item)


@history_line_registry.register(420)
def find_uses_by_organisation(history_query: HistoryQuery) -> Iterator[RecordLine]:
    rows = Use.objects.visible_to(history_query.viewer).filter(
        capacity__organisation=history_query.organisation,
        item__coalition=history_query.coalition,
        item__state=State.PUBLISHED,
    )
    for use in rows.select_related("item").order_by("-year", "-pk")[:MAX_LINES_PER_SOURCE]:
        use.item.coalition = history_query.coalition
        yield RecordLine(
            section=HistorySection.SAID,
            what=_("Report on the use of a record"),
            title=use.item.title,
            url=reverse("library:item_travels", args=[history_query.coalition.slug, use.item_id]),
            label=use.item.label,
            words="\n\n".join(filter(None, [use.how, use.result])),
            language=use.item.language,
            day=date(use.year, 1, 1),
            precision="year",
            source=use.item.title,
            source_url=use.item.get_absolute_url(),
        )
