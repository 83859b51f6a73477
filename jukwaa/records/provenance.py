"""Where a record comes from, as far as the viewer may see it, and what hangs on it."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Greatest, Substr

from jukwaa.coalitions.models.people import Viewer
from jukwaa.coalitions.standing import Standing
from jukwaa.core.prepared import execute_prepared
from jukwaa.records.models import Document, Link, Record, Source

MAX_LEAD_TEXT_CHARACTERS = 500  # characters before the passage in which the sentence before it is sought
SENTENCE_END_PATTERN = re.compile(r"(?<=[.!?…।。])\s+")


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source for a page. A closed document gives neither its title nor a word of its text."""

    source: Source
    is_open: bool
    before: str = ""

    @property
    def anchor(self) -> str:
        source = self.source
        return f"?at={source.start}#c{source.start}" if source.start is not None else ""


def get_source_views(record: Record, viewer: Viewer) -> list[SourceView]:
    return [_build_source_view(source) for source in execute_prepared(_find_record_sources, record, viewer)]


def get_source_views_by_record(record_ids: Collection[int], viewer: Viewer) -> dict[int, list[SourceView]]:
    """Of several records at once, by their numbers."""
    found: dict[int, list[SourceView]] = {}
    for source in _annotate_text_before_source(Source.objects.filter(record__in=record_ids), viewer):
        found.setdefault(source.record_id, []).append(_build_source_view(source))
    return found


def _build_source_view(source_link: Any) -> SourceView:
    return SourceView(
        source_link, source_link.is_open, _get_last_sentence(source_link.lead) if source_link.is_open else ""
    )


def _find_record_sources(record: Record, viewer: Viewer) -> QuerySet[Any]:
    return _annotate_text_before_source(Source.objects.filter(record=record.pk), viewer)


def _annotate_text_before_source(sources: QuerySet[Source], viewer: Viewer) -> QuerySet[Any]:
    """Each with whether its document is open to the viewer, and with what stands before its passage."""
    readable = Document.objects.visible_to(viewer).filter(pk=OuterRef("document"))
    begins = Greatest(F("start") - Value(MAX_LEAD_TEXT_CHARACTERS - 1), Value(1))
    sources = sources.annotate(is_open=Exists(readable), lead=Substr("document__text", begins, F("start") - begins + 1))
    return sources.select_related("document").defer("document__text")


def _get_last_sentence(lead_text: str | None) -> str:
    paragraph = (lead_text or "").rpartition("\n\n")[2].strip()
    return SENTENCE_END_PATTERN.split(paragraph)[-1] if paragraph else ""


@dataclass(frozen=True, slots=True)
class LinkedRecord:
    """A record at the other end of a link, and whether this one points to it."""

    relation: str
    record: Record
    points: bool
    version: int | None  # of that to which the link points, when the other was made from it


def load_linked_records(record: Record, viewer: Viewer) -> list[LinkedRecord]:
    """Links in both directions to what the viewer may read."""
    return [_build_linked_record(link, record) for link in execute_prepared(_find_readable_links, record, viewer)]


def get_cached_linked_records(record: Record, viewer_standing: Standing) -> list[LinkedRecord]:
    """As `made_from`: asked by several parts of a page, and read once a request."""
    known: dict[int, list[LinkedRecord]] = viewer_standing.__dict__.setdefault("_ties", {})
    if record.pk not in known:
        known[record.pk] = load_linked_records(record, viewer_standing.viewer)
    return known[record.pk]


def _build_linked_record(record_link: Link, record: Record) -> LinkedRecord:
    points = record_link.from_record_id == record.pk
    other = record_link.to_record if points else record_link.from_record
    other.coalition = record.coalition
    return LinkedRecord(record_link.relation, other, points, record_link.version)


def _find_readable_links(record: Record, viewer: Viewer) -> QuerySet[Link]:
    seen = Record.objects.visible_to(viewer)
    out = Q(Exists(seen.filter(pk=OuterRef("to_record"))), from_record=record.pk)
    into = Q(Exists(seen.filter(pk=OuterRef("from_record"))), to_record=record.pk)
    return Link.objects.filter(out | into).select_related("from_record", "to_record").order_by("relation", "pk")
