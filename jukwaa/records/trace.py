"""Where a record comes from, as far as the viewer may see it, and what hangs on it."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Greatest, Substr

from jukwaa.coalitions.models.people import Viewer
from jukwaa.coalitions.standing import Standing
from jukwaa.core.prepared import prepared
from jukwaa.records.models import Document, Link, Record, Source

LEAD = 500  # characters before the passage in which the sentence before it is sought
SENTENCE_END = re.compile(r"(?<=[.!?…।。])\s+")


@dataclass(frozen=True, slots=True)
class Origin:
    """A source for a page. A closed document gives neither its title nor a word of its text."""

    source: Source
    is_open: bool
    before: str = ""

    @property
    def anchor(self) -> str:
        source = self.source
        return f"?at={source.start}#c{source.start}" if source.start is not None else ""


def sources_of(record: Record, viewer: Viewer) -> list[Origin]:
    return [_origin(source) for source in prepared(_sources, record, viewer)]


def sources_by_record(records: Collection[int], viewer: Viewer) -> dict[int, list[Origin]]:
    """Of several records at once, by their numbers."""
    found: dict[int, list[Origin]] = {}
    for source in _with_lead(Source.objects.filter(record__in=records), viewer):
        found.setdefault(source.record_id, []).append(_origin(source))
    return found


def _origin(source: Any) -> Origin:
    return Origin(source, source.is_open, _last_sentence(source.lead) if source.is_open else "")


def _sources(record: Record, viewer: Viewer) -> QuerySet[Any]:
    return _with_lead(Source.objects.filter(record=record.pk), viewer)


def _with_lead(sources: QuerySet[Source], viewer: Viewer) -> QuerySet[Any]:
    """Each with whether its document is open to the viewer, and with what stands before its passage."""
    readable = Document.objects.visible_to(viewer).filter(pk=OuterRef("document"))
    begins = Greatest(F("start") - Value(LEAD - 1), Value(1))
    sources = sources.annotate(is_open=Exists(readable), lead=Substr("document__text", begins, F("start") - begins + 1))
    return sources.select_related("document").defer("document__text")


def _last_sentence(lead: str | None) -> str:
    paragraph = (lead or "").rpartition("\n\n")[2].strip()
    return SENTENCE_END.split(paragraph)[-1] if paragraph else ""


@dataclass(frozen=True, slots=True)
class Tie:
    """A record at the other end of a link, and whether this one points to it."""

    relation: str
    record: Record
    points: bool
    version: int | None  # of that to which the link points, when the other was made from it


def made_from(record: Record, viewer: Viewer) -> list[Tie]:
    """Links in both directions to what the viewer may read."""
    return [_tie(link, record) for link in prepared(_links, record, viewer)]


def ties_of(record: Record, standing: Standing) -> list[Tie]:
    """As `made_from`: asked by several parts of a page, and read once a request."""
    known: dict[int, list[Tie]] = standing.__dict__.setdefault("_ties", {})
    if record.pk not in known:
        known[record.pk] = made_from(record, standing.viewer)
    return known[record.pk]


def _tie(link: Link, record: Record) -> Tie:
    points = link.from_record_id == record.pk
    other = link.to_record if points else link.from_record
    other.coalition = record.coalition
    return Tie(link.relation, other, points, link.version)


def _links(record: Record, viewer: Viewer) -> QuerySet[Link]:
    seen = Record.objects.visible_to(viewer)
    out = Q(Exists(seen.filter(pk=OuterRef("to_record"))), from_record=record.pk)
    into = Q(Exists(seen.filter(pk=OuterRef("from_record"))), to_record=record.pk)
    return Link.objects.filter(out | into).select_related("from_record", "to_record").order_by("relation", "pk")
