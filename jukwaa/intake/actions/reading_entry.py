"""From the desk into the record: all of it in one transaction, or nothing."""

from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cached_property

from django.core.exceptions import PermissionDenied
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.actions.memberships import add_membership
from jukwaa.coalitions.actions.organisations import OrganisationFacts, add_organisation
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.known_people import KnownPeople
from jukwaa.coalitions.models import Organisation
from jukwaa.coalitions.standing import Standing, ViewerContext
from jukwaa.core.list_formatting import format_list_in_sentence
from jukwaa.core.refusals import ActionRefused
from jukwaa.intake import policies
from jukwaa.intake.actions.decisions import lock_decidable_reading
from jukwaa.intake.entry_plan import EntryPlan, PlannedActor, PlannedItem, build_entry_plan
from jukwaa.intake.models import Actor, Reading, Suggestion
from jukwaa.intake.models.readings import build_meeting_fields
from jukwaa.intake.namesake_meetings import find_namesake_meetings
from jukwaa.intake.reading_store import mark_reading_entered
from jukwaa.intake.shown_continuations import were_continuations_shown
from jukwaa.intake.source_readers import get_meeting_label, set_coordinators_as_readers
from jukwaa.meetings.actions import (
    NewEntry,
    ReportedCommitment,
    Span,
    add_meeting_agenda_item,
    add_meeting_sources,
    continue_commitments,
    create_meeting_record,
    record_attendance,
    record_entries,
    restrict_source_document,
)
from jukwaa.meetings.actions.attendance import add_attendance_mode
from jukwaa.meetings.actions.attendance_import import correct_later_first_attendances
from jukwaa.meetings.chatham_house_rule import NamesFoundError
from jukwaa.meetings.models import Entry, Meeting, Part
from jukwaa.records.actions import publish_record
from jukwaa.records.models import Document, Label, State

type Speaker = tuple[str, Organisation | None]


@dataclass(frozen=True, slots=True)
class ReadingEntryResult:
    """What one press of the button wrote."""

    meeting: Meeting
    entries: int
    attendances: int
    continued: int = 0  # commitments of other meetings


@action
def enter_reading(
    *,
    actor: Person,
    reading: Reading,
    new_member_names: Collection[str] = (),
    target_meeting: Meeting | None = None,
    as_new_meeting: bool = False,
    separate_ids: Collection[int] = (),
    shown_continuations: Collection[str] | None = None,
) -> ReadingEntryResult:
    """Write all that was kept, and not yet entered, into the record; `new_members` are names of organisations that
    become members with it, where the actor may say so.

    Where the record has a meeting of the name that the reading would begin, the actor says which is meant: that one
    (`into`), or a new one (`anew`). What the meeting says already is not written again; it gains this document's
    sentence as one more source. So does a commitment of another meeting that the report continues, with its status and
    deadline, apart from the suggestions of which the actor says that they are separate commitments. Where a page showed
    these commitments (`shown_continuations`), no other one is updated.

    Once for every suggestion, however often it is asked: later decisions add only what is new. Raises PermissionDenied,
    and ActionRefused with what must be mended first.
    """
    if not policies.can_enter_reading(ViewerContext(actor), reading):
        raise PermissionDenied
    current = lock_decidable_reading(actor, reading)
    plan = build_entry_plan(
        current,
        viewer=actor,
        target_meeting=_choose_target_meeting(actor, current, target_meeting, as_new_meeting=as_new_meeting),
        separate_ids=separate_ids,
    )
    if plan.problems:
        raise ActionRefused(plan.problems[0])
    if shown_continuations is not None and not were_continuations_shown(plan, shown_continuations):
        raise ActionRefused(_("Check the commitments that continue earlier commitments, because these have changed."))
    if plan.is_empty and current.meeting is not None and current.entered_at:
        return ReadingEntryResult(current.meeting, 0, 0)
    if plan.is_empty and not plan.left_out_items:
        raise ActionRefused(_("Accept at least 1 suggestion first, or stop this import."))
    try:
        return _ReadingWriter(actor, plan, frozenset(new_member_names)).enter_reading()
    except NamesFoundError as told:
        raise ActionRefused(
            _("Edit the text to remove these names: %(names)s. The text is under the Chatham House Rule.")
            % {"names": format_list_in_sentence(told.names)}
        ) from told


def _choose_target_meeting(
    actor: Person, reading: Reading, target_meeting: Meeting | None, *, as_new_meeting: bool
) -> Meeting | None:
    """The meeting of the same name that the actor chose; never one that nobody was asked about."""
    there = find_namesake_meetings(reading, actor)
    if target_meeting is not None and target_meeting in there:
        return target_meeting
    if there and not as_new_meeting:
        raise ActionRefused(
            _("Choose whether to add these items to the meeting “%(title)s”, which is already in the record.")
            % {"title": there[0].title}
        )
    return None


@dataclass
class _ReadingWriter:
    """Part of the one transaction of `enter`."""

    actor: Person
    plan: EntryPlan
    new_members: frozenset[str]
    parts: dict[int, Part] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)

    @property
    def reading(self) -> Reading:
        return self.plan.reading

    @property
    def document(self) -> Document:
        if self.reading.document is None:
            raise ValueError("A reading that is open has its document.")
        return self.reading.document

    def enter_reading(self) -> ReadingEntryResult:
        meeting = self.meeting
        self._publish_or_restrict_document()
        for name in self.plan.new_organisations:
            facts = OrganisationFacts(name=name)
            self.organisations[name] = add_organisation(
                actor=self.actor, coalition=self.reading.coalition, organisation_facts=facts, is_trusted=True
            )
        self._add_new_members()
        for part in self.reading.parts.all():
            self.parts[part.pk] = add_meeting_agenda_item(
                actor=self.actor, meeting=meeting, title=part.title, is_under_chatham_house_rule=part.chatham
            )
        came = {pk for item in self._sort_items_chair_first() for pk in self._record_attendance(item)}
        correct_later_first_attendances(meeting)
        written = record_entries(
            actor=self.actor, meeting=meeting, entries=[self._build_entry(i) for i in self.plan.entry_items]
        )
        self._add_sources_to_existing_entries()
        self._continue_commitments()
        self._mark_suggestions_entered(written)
        self._remove_names_under_chatham_house_rule()
        mark_reading_entered(self.reading, entry_by_suggestion=self.actor.pk, meeting=meeting)
        record_activity(actor=self.actor, verb="entered", subject=self.reading, coalition=self.reading.coalition)
        return ReadingEntryResult(meeting, len(written), len(came), len(self.plan.joined_items))

    @cached_property
    def meeting(self) -> Meeting:
        """The meeting that was chosen, or the one that begins with this reading; open to whom the document is."""
        reading = self.reading
        if self.plan.meeting is not None:
            return self.plan.meeting
        return create_meeting_record(
            actor=self.actor,
            coalition=reading.coalition,
            published=True,
            allows_same_title=True,
            label=get_meeting_label(reading.label, self.document),
            language=self.document.language,
            **build_meeting_fields(reading),
        )

    @cached_property
    def base_position(self) -> int:
        """Entries stand in the order of the document, whenever they were entered."""
        if self.reading.position is None:
            last = Entry.objects.filter(meeting=self.meeting).aggregate(last=Max("position"))["last"]
            self.reading.position = last or 0
            self.reading.save(update_fields=["position"])
        return self.reading.position

    def _publish_or_restrict_document(self) -> None:
        """To those whom its label names; a source that tells who spoke under the Chatham House Rule stays closed."""
        is_closed = any(part.chatham for part in self.reading.parts.all())
        if is_closed:
            self.reading.document = restrict_source_document(actor=self.actor, document=self.document)
        if self.document.state in {State.DRAFT, State.SUBMITTED}:
            self.reading.document = publish_record(actor=self.actor, record=self.document)
            if self.document.label == Label.RED and not is_closed:
                set_coordinators_as_readers(self.document)

    def _add_new_members(self) -> None:
        """Only a coordinator says who is a member; from the day of the meeting, where that day is known."""
        if not Standing(self.actor, self.reading.coalition).is_coordinator:
            return
        day = self.meeting.starts_on if self.meeting.precision == Meeting.Precision.DAY else None
        known = day if day is not None and day <= timezone.localdate() else None
        for voice in self.plan.new_members:
            organisation = self._get_organisation(voice)
            if organisation is not None and organisation.name in self.new_members:
                add_membership(
                    actor=self.actor,
                    coalition=self.reading.coalition,
                    organisation=organisation,
                    starts_on=known,
                )

    def _sort_items_chair_first(self) -> list[PlannedItem]:
        """Whoever stands in the list twice is found there: the row that says more comes first."""
        return sorted(self.plan.attendance_items, key=lambda item: not item.suggestion.is_chair)

    def _record_attendance(self, planned_item: PlannedItem) -> list[int]:
        suggestion = planned_item.suggestion
        rows = [
            add_attendance_mode(voice.listed, suggestion.mode)
            if voice.listed
            else record_attendance(
                actor=self.actor,
                meeting=self.meeting,
                name=voice.name,
                organisation=self._get_organisation(voice),
                came_as=voice.came_as,
                mode=suggestion.mode,
                is_chair=suggestion.is_chair,
                is_group=voice.actor is not None and voice.actor.is_group,
                known=self._known_people,
                part=self.parts.get(planned_item.part.pk) if planned_item.part else None,
                source=(self.document, suggestion.start, suggestion.end, suggestion.sentence.number),
            )
            for voice in planned_item.voices
        ]
        return [row.pk for row in rows]

    @cached_property
    def _known_people(self) -> KnownPeople:
        return KnownPeople(self.reading.coalition)

    def _build_entry(self, planned_item: PlannedItem) -> NewEntry:
        suggestion = planned_item.suggestion
        return NewEntry(
            kind=suggestion.kind,
            text=suggestion.text,
            speakers=[] if planned_item.is_nameless else [self._build_speaker(voice) for voice in planned_item.voices],
            part=self.parts.get(planned_item.part.pk) if planned_item.part else None,
            sources=self._get_source_spans(planned_item),
            position=self.base_position + suggestion.sentence.number,
            owner=self._build_speaker(planned_item.owner)
            if planned_item.owner and not planned_item.is_nameless
            else None,
            due_on=suggestion.due_on,
            due_text=suggestion.due_text,
            progress=suggestion.progress,
            language=self.document.language,
        )

    def _get_source_spans(self, *items: PlannedItem) -> list[Span]:
        """The sentences that these were made from, each once."""
        starts: dict[int, Span] = {}
        for said in (said for item in items for said in (item.suggestion, *item.merged)):
            starts.setdefault(said.start, (self.document, said.start, said.end, said.sentence.number))
        return list(starts.values())

    def _add_sources_to_existing_entries(self) -> None:
        """What stands in the meeting already was found once more: here."""
        same: dict[int, list[PlannedItem]] = {}
        for item in self.plan.items_in_meeting:
            if item.existing_entry_id is not None:
                same.setdefault(item.existing_entry_id, []).append(item)
        found = {pk: self._get_source_spans(*items) for pk, items in same.items()}
        add_meeting_sources(actor=self.actor, meeting=self.meeting, spans_by_entry_id=found)

    def _continue_commitments(self) -> None:
        reported = [
            ReportedCommitment(
                commitment=item.continued.commitment,
                sources=self._get_source_spans(item),
                progress=item.continued.progress,
                changes_due=item.continued.changes_due,
                due_on=item.suggestion.due_on,
                due_text=item.suggestion.due_text,
                owner=self._build_speaker(item.owner) if item.owner else None,
            )
            for item in self.plan.joined_items
            if item.continued is not None
        ]
        continue_commitments(actor=self.actor, meeting=self.meeting, reported=reported)

    def _build_speaker(self, planned_actor: PlannedActor) -> Speaker:
        return planned_actor.name, self._get_organisation(planned_actor)

    def _get_organisation(self, planned_actor: PlannedActor) -> Organisation | None:
        if planned_actor.is_new and planned_actor.actor is not None:
            return self.organisations.get(planned_actor.actor.new_name)
        return planned_actor.organisation

    def _mark_suggestions_entered(self, written_entries: list[Entry]) -> None:
        """Each suggestion knows what became of it."""
        now = timezone.now()
        records = {
            item.suggestion.pk: entry.pk for item, entry in zip(self.plan.entry_items, written_entries, strict=True)
        }
        records |= {
            item.suggestion.pk: item.existing_entry_id
            for item in self.plan.items_in_meeting
            if item.existing_entry_id is not None
        }
        records |= {
            item.suggestion.pk: item.continued.commitment.entry_id
            for item in self.plan.joined_items
            if item.continued is not None
        }
        done = []
        for item in self.plan.items:
            for suggestion in (item.suggestion, *(said for said in item.merged if said.is_kept)):
                suggestion.entered_at = now
                suggestion.record_id = records.get(item.suggestion.pk, self.meeting.pk)
                done.append(suggestion)
        Suggestion.objects.bulk_update(done, ["entered_at", "record"], batch_size=500)
        # Names that enter with this reading are of the directory from now on.
        for name, organisation in self.organisations.items():
            self.reading.actors.filter(means=Actor.Means.NEW, new_name=name).update(
                means=Actor.Means.MATCHED, organisation=organisation, new_name=""
            )

    def _remove_names_under_chatham_house_rule(self) -> None:
        """Who spoke under the Chatham House Rule stays nowhere, not even at the desk."""
        for part in self.reading.parts.filter(chatham=True):
            said = self.reading.suggestions.filter(sentence__number__gte=part.first, sentence__number__lte=part.last)
            said.update(actors=[], owner="")
        kept = {
            name
            for actors, owner in self.reading.suggestions.values_list("actors", "owner")
            for name in (*actors, owner)
        }
        if any(part.chatham for part in self.reading.parts.all()):
            self.reading.actors.exclude(written__in=kept).delete()
