"""Where a record comes from, as far as the viewer may see it, and what hangs on it."""

import re
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Greatest, Substr

from jukwaa.coalitions.models.people import Viewer
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
    readable = Document.objects.visible_to(viewer).filter(pk=OuterRef("document"))
    begins = Greatest(F("start") - Value(LEAD - 1), Value(1))
    sources = (
        Source.objects.filter(record=record.pk)
        .annotate(is_open=Exists(readable), lead=Substr("document__text", begins, F("start") - begins + 1))
        .select_related("document")
        .defer("document__text")
    )
    return [Origin(source, source.is_open, _last_sentence(source.lead) if source.is_open else "") for source in sources]


def _last_sentence(lead: str | None) -> str:
    paragraph = (lead or "").rpartition("\n\n")[2].strip()
    return SENTENCE_END.split(paragraph)[-1] if paragraph else ""


@dataclass(frozen=True, slots=True)
class Tie:
    """A record at the other end of a link, and whether this one points to it."""

    relation: str
    record: Record
    points: bool


def made_from(record: Record, viewer: Viewer) -> list[Tie]:
    """Links in both directions to what the viewer may read."""
    seen = Record.objects.visible_to(viewer)
    links = Link.objects.filter(
        Q(from_record=record.pk, to_record__in=seen) | Q(to_record=record.pk, from_record__in=seen)
    )
    ties = []
    for link in links.select_related("from_record", "to_record").order_by("relation", "pk"):
        points = link.from_record_id == record.pk
        other = link.to_record if points else link.from_record
        other.coalition = record.coalition
        ties.append(Tie(link.relation, other, points))
    return ties
