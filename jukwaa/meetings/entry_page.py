"""What the page of one entry shows to one viewer: its text, and the way back to where it began."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Q
from django.utils.translation import gettext as _

from jukwaa.coalitions.models import Capacity
from jukwaa.coalitions.standing import Standing
from jukwaa.core.dates import format_long_date
from jukwaa.meetings import source_references
from jukwaa.meetings.models import (
    PUBLIC_COMMITMENT_EVENTS,
    Commitment,
    CommitmentChange,
    Entry,
    Erratum,
    Meeting,
)
from jukwaa.meetings.policies import can_correct_minutes
from jukwaa.records.models import Link, Record, Source, State


@dataclass(frozen=True)
class EntryQuotation:
    """A sentence that the entry was made from, after the one before it."""

    source: Source
    before: str
    anchor: str
    brought_in: source_references.DocumentOrigin | None


@dataclass(frozen=True)
class RelatedRecordLink:
    """A record that this one began as, or that began here, in the words of the link."""

    relation: str
    record: Record
    is_ours: bool  # the link goes out from this entry


@dataclass(frozen=True)
class CommitmentHistoryLine:
    """A change of a commitment in words. `meeting` is one that the viewer may read."""

    change: CommitmentChange
    before: str
    after: str
    label: str
    meeting: Meeting | None = None


@dataclass
class EntryPage:
    entry: Entry
    standing: Standing

    @property
    def commitment(self) -> Commitment | None:
        """What it promises; an entry of another kind promises nothing, even if it once did."""
        return self.entry.commitment_if_any

    @cached_property
    def errata(self) -> list[Erratum]:
        """Only entries of approved minutes have any."""
        return list(self.entry.errata.select_related("person")) if self.entry.is_settled else []

    @property
    def accepts_corrections(self) -> bool:
        """Whether its minutes have been circulated or approved, and this viewer may correct them."""
        minutes = getattr(self.entry.meeting, "minutes", None)
        is_open = minutes is not None and (not minutes.is_draft or minutes.circulated_at is not None)
        return is_open and can_correct_minutes(self.standing, self.entry.meeting)

    @cached_property
    def commitment_history(self) -> list[CommitmentHistoryLine]:
        """What became of the commitment, the newest first. Who changed it, and who was asked, is for members."""
        if self.commitment is None:
            return []
        changes = self.commitment.changes.select_related("person", "owner__person").order_by("-pk")
        rows = list(changes if self.standing.is_inside else changes.filter(event__in=PUBLIC_COMMITMENT_EVENTS))
        carried = [change.meeting_id for change in rows if change.meeting_id]
        meetings = Meeting.objects.visible_to(self.standing.viewer).in_bulk(carried) if carried else {}
        first = self.entry.meeting.starts_on
        return [_describe_commitment_change(change, meetings.get(change.meeting_id or 0), first) for change in rows]

    @cached_property
    def evidence_record(self) -> Record | None:
        """The record that shows the result, if the viewer may read it."""
        record = self.commitment.evidence_record if self.commitment else None
        if record is None or not Record.objects.visible_to(self.standing.viewer).filter(pk=record.pk).exists():
            return None
        record.coalition = self.entry.coalition
        return record

    @cached_property
    def speakers(self) -> list[Capacity]:
        return list(self.entry.speakers.select_related("organisation", "person").order_by("pk"))

    @cached_property
    def sources(self) -> list[Source]:
        return list(
            source_references.annotate_text_before_quote(
                source_references.find_sources_of_records(self.standing.viewer, Q(record=self.entry.pk))
            )
        )

    @cached_property
    def quotations(self) -> list[EntryQuotation]:
        """From documents that the viewer may open."""
        quoted = [source for source in self.sources if source.is_open and source.quote]  # type: ignore[attr-defined]  # annotated
        if not quoted:
            return []
        came = source_references.find_document_origins({source.document_id for source in quoted}, self.standing)
        return [
            EntryQuotation(
                source,
                source_references.get_last_sentence_before_quote(source.lead),  # type: ignore[attr-defined]  # annotated by annotate_lead
                source_references.get_source_anchor(source),
                came.get(source.document_id),
            )
            for source in quoted
        ]

    @property
    def has_closed_source(self) -> bool:
        return any(not source.is_open for source in self.sources)  # type: ignore[attr-defined]  # annotated

    @cached_property
    def related_record_links(self) -> list[RelatedRecordLink]:
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
            RelatedRecordLink(str(Link.Relation(relation).label), records[pk], ours)
            for pk, relation, ours in both
            if pk in records
        ]


def _describe_commitment_change(
    commitment_change: CommitmentChange, meeting: Meeting | None, first_day: date | None
) -> CommitmentHistoryLine:
    """`first_day` is that of the meeting of the commitment; reports of earlier meetings may have been added later."""
    label = str(commitment_change.get_event_display())
    is_carried = commitment_change.event == CommitmentChange.Event.CARRIED
    if is_carried and meeting and meeting.starts_on and first_day and meeting.starts_on < first_day:
        label = _("Also in an earlier report")

    def format_changed_value(progress_value: str) -> str:
        if progress_value and commitment_change.event == CommitmentChange.Event.STATUS:
            return str(Commitment.Progress(progress_value).label)
        if progress_value and commitment_change.event == CommitmentChange.Event.DUE:
            return format_long_date(date.fromisoformat(progress_value))
        return progress_value

    return CommitmentHistoryLine(
        commitment_change,
        format_changed_value(commitment_change.before),
        format_changed_value(commitment_change.after),
        label,
        meeting,
    )
