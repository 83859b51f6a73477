"""The record of an organisation: its comments, and the documents that it shared."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.models import Organisation
from jukwaa.records.models import Authorship, Comment, Document, Record, State
from jukwaa.records.models.record import RecordQuerySet
from jukwaa.records.organisation_history import (
    MAX_LINES_PER_SOURCE,
    HistoryQuery,
    HistorySection,
    RecordLine,
    history_line_registry,
)


def filter_records_shared_by[R: Record](records: RecordQuerySet[R], organisation: Organisation) -> RecordQuerySet[R]:
    """Return the published ones of these records that people shared for the organisation."""
    shared = Authorship.objects.filter(capacity__organisation=organisation)
    return records.filter(pk__in=shared.values("record"), state=State.PUBLISHED)


@history_line_registry.register(10)
def find_comments_of_organisation(history_query: HistoryQuery) -> Iterator[RecordLine]:
    rows = Comment.objects.visible_to(history_query.viewer).filter(
        capacity__organisation=history_query.organisation,
        hidden_at=None,
        record__coalition=history_query.coalition,
        record__state=State.PUBLISHED,
    )
    for comment in rows.select_related("record").order_by("-at", "-pk")[:MAX_LINES_PER_SOURCE]:
        record = comment.record
        record.coalition = history_query.coalition
        url = reverse("records:talk", args=[history_query.coalition.slug, record.pk])
        yield RecordLine(
            section=HistorySection.SAID,
            what=_("Comment"),
            title=record.title,
            url=f"{url}#comment-{comment.pk}",
            label=record.label,
            words=comment.body,
            language=record.language,
            day=timezone.localdate(comment.at),
            source=record.title,
            source_url=record.get_absolute_url(),
        )


@history_line_registry.register(20)
def find_documents_of_organisation(history_query: HistoryQuery) -> Iterator[RecordLine]:
    readable = Document.objects.visible_to(history_query.viewer).of(history_query.coalition).defer("text")
    for document in filter_records_shared_by(readable, history_query.organisation).published()[:MAX_LINES_PER_SOURCE]:
        document.coalition = history_query.coalition
        yield build_shared_record_line(document)


def build_shared_record_line(record: Record) -> RecordLine:
    """Return the line of a record that the organisation shared, on the day on which it did."""
    return RecordLine(
        section=HistorySection.SAID,
        what=record.kind_info.label,
        title=record.title,
        url=record.get_absolute_url(),
        label=record.label,
        words=record.summary,
        language=record.language,
        day=timezone.localdate(record.published_at) if record.published_at else None,
    )
