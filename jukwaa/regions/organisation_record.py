"""The record of an organisation: what it said to the observations of others."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jukwaa.records.models import State
from jukwaa.records.organisation_history import (
    MAX_LINES_PER_SOURCE,
    HistoryQuery,
    HistorySection,
    RecordLine,
    history_line_registry,
)
from jukwaa.regions.models import Voice


@history_line_registry.register(510)
def find_voice_lines_of_organisation(history_query: HistoryQuery) -> Iterator[RecordLine]:
    rows = Voice.objects.visible_to(history_query.viewer).filter(
        organisation=history_query.organisation,
        stands=True,
        item__coalition=history_query.coalition,
        item__state=State.PUBLISHED,
    )
    for voice in rows.select_related("item").order_by("-at", "-pk")[:MAX_LINES_PER_SOURCE]:
        item = voice.item
        item.coalition = history_query.coalition
        yield RecordLine(
            section=HistorySection.SAID,
            what=_("Response to an observation"),
            title=item.title,
            url=f"{item.get_absolute_url()}#voice-{voice.pk}",
            label=item.label,
            words=voice.words,
            language=item.language,
            day=timezone.localdate(voice.at),
            status=voice.get_says_display(),
            source=item.title,
            source_url=item.get_absolute_url(),
        )
