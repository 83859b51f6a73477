"""What the page of one entry shows to one viewer: its text, and the way back to where it began."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q

from jukwaa.coalitions.models import Capacity
from jukwaa.coalitions.standing import Standing
from jukwaa.meetings import trace
from jukwaa.meetings.models import Commitment, Entry, EntryKind
from jukwaa.records.models import Link, Record, Source, State


@dataclass(frozen=True)
class Quotation:
    """A sentence that the entry was made from, after the one before it."""

    source: Source
    before: str
    anchor: str
    brought_in: trace.BroughtIn | None


@dataclass(frozen=True)
class Related:
    """A record that this one began as, or that began here, in the words of the link."""

    relation: str
    record: Record
    is_ours: bool  # the link goes out from this entry


@dataclass
class EntryPage:
    entry: Entry
    standing: Standing

    @property
    def commitment(self) -> Commitment | None:
        """What it promises; an entry of another kind promises nothing, even if it once did."""
        return getattr(self.entry, "commitment", None) if self.entry.kind == EntryKind.COMMITMENT else None

    @cached_property
    def speakers(self) -> list[Capacity]:
        return list(self.entry.speakers.select_related("organisation", "person").order_by("pk"))

    @cached_property
    def sources(self) -> list[Source]:
        return list(trace.with_lead(trace.sources_for(self.standing.viewer, Q(record=self.entry.pk))))

    @cached_property
    def quotations(self) -> list[Quotation]:
        """From documents that the viewer may open."""
        quoted = [source for source in self.sources if source.is_open and source.quote]  # type: ignore[attr-defined]  # annotated
        if not quoted:
            return []
        came = trace.brought_in({source.document_id for source in quoted}, self.standing)
        return [
            Quotation(
                source,
                trace.sentence_before(source.lead),  # type: ignore[attr-defined]  # annotated by with_lead
                trace.anchor_of(source),
                came.get(source.document_id),
            )
            for source in quoted
        ]

    @property
    def has_closed_source(self) -> bool:
        return any(not source.is_open for source in self.sources)  # type: ignore[attr-defined]  # annotated

    @cached_property
    def related(self) -> list[Related]:
        """Links both ways, to records that the viewer may read."""
        own = self.entry.pk
        links = Link.objects.filter(Q(from_record=own) | Q(to_record=own)).values_list(
            "from_record", "to_record", "relation"
        )
        mine = [(there, relation, True) for here, there, relation in links if here == own]
        both = mine + [(here, relation, False) for here, there, relation in links if there == own]
        visible = Record.objects.visible_to(self.standing.viewer).exclude(state=State.WITHDRAWN)
        records = visible.in_bulk([pk for pk, *_ in both]) if both else {}
        for record in records.values():
            record.coalition = self.entry.coalition
        return [
            Related(str(Link.Relation(relation).label), records[pk], ours)
            for pk, relation, ours in both
            if pk in records
        ]
