"""What the page of a meeting shows to one viewer: read in a fixed number of queries, however long the minutes are."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.core.paginator import Page
from django.db.models import Q
from django.utils import timezone

from jukwaa.coalitions.area_labels import get_area_label
from jukwaa.coalitions.models import Capacity
from jukwaa.coalitions.standing import Standing
from jukwaa.core.prepared import QueryParameter, execute_prepared
from jukwaa.meetings import source_references
from jukwaa.meetings.attendance import AttendanceCounts, count_meeting_attendance, find_meeting_attendances
from jukwaa.meetings.chatham_house_rule import get_topic_key
from jukwaa.meetings.corrections import find_approval_meeting, find_errata_by_entry
from jukwaa.meetings.meeting_queries import (
    find_linked_records,
    find_visible_entries,
    find_visible_sources,
    select_speaker_fields,
)
from jukwaa.meetings.minutes_outline import (
    AGREEMENT_ENTRY_KINDS,
    OUTLINE_ENTRIES_PER_PAGE,
    MinutesOutline,
    SourceEntryCount,
    count_sources_by_document,
    find_entry_speakers,
    find_outline_rows,
)
from jukwaa.meetings.models import Attendance, Entry, EntryKind, Erratum, Meeting, Minutes, Part
from jukwaa.meetings.quorum import MeetingQuorum, get_meeting_quorum
from jukwaa.meetings.series import SeriesNeighbours, select_series_neighbours
from jukwaa.meetings.session_people import SessionPerson, list_shown_session_people
from jukwaa.places.count_graphics import BeadRow, choose_bead_value, draw_bead_row
from jukwaa.places.regions import StakeholderGroup
from jukwaa.records.models import Document, Record, Source

MAX_ATTENDANCES_SHOWN = 50  # on the page of a meeting; a page of their own lists all of them
EXPECTED_STAKEHOLDER_GROUPS = tuple(
    group for group in StakeholderGroup if group not in (StakeholderGroup.OTHER, StakeholderGroup.UNKNOWN)
)


@dataclass(frozen=True)
class MinutesPageSection:
    """The minutes of one part; `part` is None for what was said outside of any."""

    part: Part | None
    entries: list[Entry]


@dataclass(frozen=True)
class SpeakerGroupCount:
    """How many voices of a stakeholder group were heard."""

    group: str
    number: int
    beads: BeadRow


@dataclass(frozen=True)
class SourceDocument:
    """A document that the record was made from, and how much was."""

    document: Document
    entries: int
    brought_in: source_references.DocumentOrigin | None


@dataclass(frozen=True)
class MeetingFollowUp:
    """Something that came of the meeting. `record` leads to it; None for the meeting itself."""

    day: date | None
    meeting: Meeting | None
    record: Record | None
    is_past: bool


@dataclass
class MeetingPage:
    """Each part is read when the template asks for it.

    A meeting with more than a hundred entries is shown in pages: the one of this number, or the one with this entry.
    """

    meeting: Meeting
    standing: Standing
    number: str = ""
    entry: int = 0

    @cached_property
    def _attendance_rows(self) -> list[Attendance]:
        if not self.meeting.has_attendances:  # type: ignore[attr-defined]  # annotated
            return []
        rows = find_meeting_attendances(self.meeting, includes_chatham_house_rule=self.standing.is_rapporteur)
        return list(rows[: MAX_ATTENDANCES_SHOWN + 1])

    @property
    def attendances(self) -> list[Attendance]:
        return self._attendance_rows[:MAX_ATTENDANCES_SHOWN]

    @property
    def has_more_attendances(self) -> bool:
        return len(self._attendance_rows) > MAX_ATTENDANCES_SHOWN

    @cached_property
    def attendance_counts(self) -> AttendanceCounts | None:
        """Of a meeting held under the Chatham House Rule, for those to whom nobody is named."""
        is_for_reader = self.is_under_the_rule and not self.standing.is_rapporteur
        return count_meeting_attendance(self.meeting) if is_for_reader and self.meeting.has_attendances else None  # type: ignore[attr-defined]  # annotated

    @cached_property
    def chairs(self) -> list[Capacity]:
        return [attendance.capacity for attendance in self.attendances if attendance.is_chair]

    @cached_property
    def session_people(self) -> list[tuple[str, SessionPerson]]:
        """Of a session of a forum: who takes part, with the name that the viewer may read."""
        if not self.meeting.is_from_record:  # type: ignore[attr-defined]  # annotated
            return []
        if self.is_all_under_the_rule and self.has_begun and not self.standing.is_rapporteur:
            return []  # it would say who attended
        people = list_shown_session_people(self.meeting, self.standing)
        return [(each.get_display_name(self.standing), each) for each in people]

    @cached_property
    def parts(self) -> list[Part]:
        return list(Part.objects.filter(meeting=self.meeting))

    @property
    def is_under_the_rule(self) -> bool:
        return any(part.chatham for part in self.parts)

    @property
    def is_all_under_the_rule(self) -> bool:
        return bool(self.parts) and all(part.chatham for part in self.parts)

    @cached_property
    def entries(self) -> list[Entry]:
        """With their `voices`, and `references`: the places in documents that the viewer may follow them to."""
        if not self.meeting.entry_count:  # type: ignore[attr-defined]  # annotated
            return []
        parts = {part.pk: part for part in self.parts}
        voices: dict[int, list[Capacity]] = defaultdict(list)
        listed = (
            self._entries_of_page()
            if self.outline
            else execute_prepared(find_visible_entries, self.standing.viewer, self.meeting)
        )
        for spoken in self._speaker_rows:
            voices[spoken.entry_id].append(spoken.capacity)
        for entry in listed:
            entry.part = parts.get(entry.part_id) if entry.part_id else None
            entry.coalition = self.meeting.coalition
            entry.voices = voices[entry.pk]  # type: ignore[attr-defined]  # for the page
            entry.shown_errata = self.errata.get(entry.pk, [])  # type: ignore[attr-defined]  # for the page
            entry.references = source_references.build_source_references(self._sources_by_entry.get(entry.pk, []))  # type: ignore[attr-defined]  # for the page
        return listed

    @cached_property
    def outline(self) -> MinutesOutline | None:
        """Of a long meeting."""
        if self.meeting.entry_count <= OUTLINE_ENTRIES_PER_PAGE:  # type: ignore[attr-defined]  # annotated
            return None
        entries = find_visible_entries(self.standing.viewer, self.meeting).select_related(None)
        return MinutesOutline(list(find_outline_rows(entries)), self.parts)

    @cached_property
    def page(self) -> "Page[int] | None":
        """Of a long meeting: the numbers of the entries on the page that is shown."""
        if self.outline is None:
            return None
        return self.outline.get_page(self.number or self.outline.get_page_number(self.entry))

    @cached_property
    def errata(self) -> dict[int | None, list[Erratum]]:
        """By entry, and those of the minutes as a whole; only approved minutes have any."""
        return find_errata_by_entry(self.meeting) if self._minutes_row and not self._minutes_row.is_draft else {}

    @property
    def errata_without_entry(self) -> list[Erratum]:
        return self.errata.get(None, [])

    @cached_property
    def quorum(self) -> MeetingQuorum | None:
        rule = self.meeting.quorum_rule  # type: ignore[attr-defined]  # read with the meeting
        return get_meeting_quorum(self.meeting, rule, self.parts, self.standing)

    @cached_property
    def approval_meeting(self) -> Meeting | None:
        return find_approval_meeting(self._minutes_row, self.standing)

    @property
    def _minutes_row(self) -> Minutes | None:
        return getattr(self.meeting, "minutes", None)

    @property
    def has_begun(self) -> bool:
        """Whether there can be attendance and outcomes; what was taken down early is shown all the same."""
        meeting = self.meeting
        is_begun = meeting.is_in_progress or meeting.is_held
        return is_begun or bool(self.entries) or bool(self._attendance_rows)

    @cached_property
    def series_neighbours(self) -> SeriesNeighbours:
        """The meetings before and after it that belong together with it."""
        around = [record.as_meeting for record in self._linked_records if record.is_around]  # type: ignore[attr-defined]  # annotated
        return select_series_neighbours(self.meeting, sorted(around, key=lambda each: (each.order_day, each.pk)))

    @property
    def is_first_page(self) -> bool:
        return self.page is None or self.page.number == 1

    @property
    def _entry_ids_of_page(self) -> list[int]:
        return list(self.page) if self.page else []

    def _entries_of_page(self) -> list[Entry]:
        found = find_visible_entries(self.standing.viewer, self.meeting).in_bulk(self._entry_ids_of_page)
        return [found[number] for number in self._entry_ids_of_page if number in found]

    @property
    def _speaker_rows(self) -> list[Any]:
        spoken = select_speaker_fields(Entry.speakers.through.objects.filter(entry__meeting=self.meeting))
        return list(spoken if self.outline is None else spoken.filter(entry__in=self._entry_ids_of_page))

    @cached_property
    def _sources_by_entry(self) -> dict[int, list[Source]]:
        """Those of the meeting and of its entries, also of such as the viewer may not read."""
        if self.outline is None:
            return source_references.group_sources_by_record(
                execute_prepared(find_visible_sources, self.standing.viewer, self.meeting)
            )
        shown = [self.meeting.pk, *self._entry_ids_of_page]
        return source_references.group_sources_by_record(
            source_references.find_sources_of_records(self.standing.viewer, Q(record__in=shown))
        )

    @cached_property
    def sections(self) -> list[MinutesPageSection]:
        """What was said, part by part. A part under the rule is shown even where nothing of it was written down."""
        shows_empty = self.is_first_page
        said = [entry for entry in self.entries if entry.kind not in (*AGREEMENT_ENTRY_KINDS, EntryKind.COMMITMENT)]
        groups = [MinutesPageSection(part, _sort_part_entries(part, said)) for part in self.parts]
        loose = [entry for entry in said if entry.part_id is None]
        sections = [MinutesPageSection(None, loose)] if loose else []
        return sections + [
            section for section in groups if section.entries or (shows_empty and section.part and section.part.chatham)
        ]

    @cached_property
    def agreed_entries(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.kind in AGREEMENT_ENTRY_KINDS]

    @cached_property
    def commitments(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.kind == EntryKind.COMMITMENT and hasattr(entry, "commitment")]

    @cached_property
    def voice_counts(self) -> list[SpeakerGroupCount]:
        """Organisations that spoke, by stakeholder group, each once; other voices are not told apart, and come last.

        Nothing is counted of what was said under the rule: such an entry has no speakers.
        """
        voices = self._stakeholder_groups_by_speaker
        if not voices:
            return []
        organisations = {pk: group for (pk, _name), group in voices.items() if pk}
        counts = Counter(organisations.values())
        counts[StakeholderGroup.UNKNOWN] += sum(1 for pk, _name in voices if pk is None)
        groups = [group for group in StakeholderGroup if counts[group] or group in EXPECTED_STAKEHOLDER_GROUPS]
        each = choose_bead_value(counts.values())
        return [
            SpeakerGroupCount(str(group.label), counts[group], draw_bead_row(counts[group], bead_value=each))
            for group in groups
        ]

    @property
    def _stakeholder_groups_by_speaker(self) -> dict[tuple[int | None, str], str]:
        """The stakeholder group of each organisation and name that spoke, on whatever page."""
        if self.outline is not None:
            rows = find_entry_speakers(find_visible_entries(self.standing.viewer, self.meeting).select_related(None))
            return {(organisation, name): group for organisation, name, group in rows}
        spoke = (voice for entry in self.entries for voice in entry.voices)  # type: ignore[attr-defined]  # for the page
        return {(voice.organisation_id, voice.name): voice.stakeholder_group for voice in spoke}

    @property
    def speakers_per_bead(self) -> int:
        return self.voice_counts[0].beads.stands_for if self.voice_counts else 1

    @cached_property
    def source_documents(self) -> list[SourceDocument]:
        """Documents that the viewer may open, each with the number of entries made from it."""
        made = {count.document: count.entries for count in self._source_count_rows if count.is_open}
        documents = self._documents_by_id(list(made))
        came = source_references.find_document_origins(documents, self.standing) if documents else {}
        return [SourceDocument(documents[pk], number, came.get(pk)) for pk, number in made.items() if pk in documents]

    def _documents_by_id(self, document_ids: list[int]) -> dict[int, Document]:
        known = {
            source.document_id: source.document
            for source in self._visible_sources
            if source.document_id in document_ids
        }
        if missing := [number for number in document_ids if number not in known]:
            known |= Document.objects.visible_to(self.standing.viewer).defer("text").in_bulk(missing)
        return known

    @property
    def has_closed_source(self) -> bool:
        return not all(count.is_open for count in self._source_count_rows)

    @cached_property
    def _source_count_rows(self) -> list[SourceEntryCount]:
        """Of all pages."""
        if self.outline is not None:
            viewer = self.standing.viewer
            return count_sources_by_document(
                Document.objects.visible_to(viewer), find_visible_entries(viewer, self.meeting), self.meeting
            )
        is_open = {source.document_id: source.is_open for source in self._visible_sources}  # type: ignore[attr-defined]  # annotated
        pairs = {(source.document_id, source.record_id) for source in self._visible_sources}
        made = Counter(document for document, record in pairs if record != self.meeting.pk)
        return [SourceEntryCount(pk, made[pk], seen) for pk, seen in is_open.items()]

    @cached_property
    def example_source(self) -> tuple[Source | None, Source] | None:
        """The sentence of the first decision, or of the first entry, after the one before it if that is cited too."""
        order = [entry.pk for entry in [*self.agreed_entries, *self.entries]]
        sources = [source for pk in order for source in self._sources_by_entry.get(pk, [])]
        quoted = [source for source in sources if source.quote and source.is_open]  # type: ignore[attr-defined]  # annotated
        if not quoted:
            return None
        chosen = quoted[0]
        before = (
            source
            for source in quoted
            if chosen.number and source.document_id == chosen.document_id and source.number == chosen.number - 1
        )
        return next(before, None), chosen

    @property
    def area_names(self) -> list[str]:
        return sorted(get_area_label(name) for name in (self.meeting.area_names or "").splitlines())  # type: ignore[attr-defined]  # annotated

    @property
    def change_count(self) -> int:
        of_entries = self.outline.changes if self.outline else sum(entry.version - 1 for entry in self.entries)
        return self.meeting.version - 1 + of_entries

    @cached_property
    def follow_ups(self) -> list[MeetingFollowUp]:
        """What was made from the meeting, and the meetings after it."""
        today = timezone.localdate()
        steps, linked = [], [record for record in self._linked_records if not record.is_around]  # type: ignore[attr-defined]  # annotated
        numbers = {record.pk for record in linked}
        for record in [*linked, *(each for each in self.series_neighbours.later if each.pk not in numbers)]:
            meeting = record if isinstance(record, Meeting) else getattr(record, "as_meeting", None)
            day = meeting.starts_on if meeting else _get_record_day(record)
            steps.append(MeetingFollowUp(day, meeting, record, is_past=not meeting or bool(day and day <= today)))
        return sorted(steps, key=lambda step: step.day or date.max)

    @cached_property
    def related_records(self) -> list[Record]:
        """Events, outreach plans and the like that belong to it, before it has begun: then they are among the steps."""
        return [step.record for step in self.follow_ups if step.meeting is None and step.record is not None]

    @cached_property
    def _linked_records(self) -> Sequence[Record]:
        """Records that are linked to what is here, and the meetings around it: read together."""
        meeting, day = self.meeting, self.meeting.starts_on
        day_parameter = QueryParameter(day) if day else None
        records = execute_prepared(find_linked_records, self.standing.viewer, meeting, meeting.coalition, day_parameter)
        for record in records:
            record.coalition = meeting.coalition
        return records

    @property
    def _visible_sources(self) -> list[Source]:
        shown = [self.meeting.pk, *[entry.pk for entry in self.entries]]
        return [source for pk in shown for source in self._sources_by_entry.get(pk, [])]


def _sort_part_entries(agenda_item: Part, spoken_entries: list[Entry]) -> list[Entry]:
    """Sort entries as they were said; under the Chatham House Rule by topic and first words."""
    entries = [entry for entry in spoken_entries if entry.part_id == agenda_item.pk]
    return sorted(entries, key=lambda entry: get_topic_key(entry.topic, entry.text)) if agenda_item.chatham else entries


def _get_record_day(record: Record) -> date | None:
    return timezone.localdate(record.published_at) if record.published_at else None
