"""Minutes: what was said, agreed and promised, one by one or a whole report at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any, TypedDict, Unpack

from django.core.exceptions import PermissionDenied
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.refusals import ActionRefused
from jukwaa.meetings import policies
from jukwaa.meetings.actions.commitment_owners import (
    CommitmentChangeEvent,
    CommitmentOwnership,
    build_commitment_ownership,
    find_fellow_commitments,
    is_proposed_owner,
    record_commitment_change,
)
from jukwaa.meetings.actions.meetings import (
    require_can_change_minutes,
    require_can_write_minutes,
    require_entry_not_settled,
)
from jukwaa.meetings.actions.sources import Span, build_record_sources, restrict_source_document
from jukwaa.meetings.actions.speaker_capacities import SpeakerCapacities, Voice
from jukwaa.meetings.chatham_house_rule import ForbiddenNames, get_topic_key
from jukwaa.meetings.commitment_ownership import find_owner_by_name
from jukwaa.meetings.models import (
    Commitment,
    Correction,
    Entry,
    EntryKind,
    Meeting,
    Part,
    get_entry_label,
    mark_entries_changed,
)
from jukwaa.meetings.models.entries import OPEN_COMMITMENT_PROGRESS
from jukwaa.meetings.owner_withholding import withhold_owner_names, withhold_proposed_owner
from jukwaa.records.actions import begin_record, change_record, withdraw_record
from jukwaa.records.models import Audience, Source, State

MAX_ENTRY_TITLE_LENGTH = 160


@dataclass(frozen=True, kw_only=True)
class NewEntry:
    """An entry to be written. No actor, owner or date in the sentence means none here.

    `title` is the text in short; without one it is cut from the text. `label` is for an entry that fewer people may
    read than the others of its meeting.
    """

    kind: str
    text: str
    title: str = ""
    speakers: Sequence[Voice] = ()
    part: Part | None = None
    topic: str = ""
    sources: Sequence[Span] = ()
    position: int | None = None
    owner: Voice | None = None
    due_on: date | None = None
    due_text: str = ""
    progress: str = ""
    language: str = ""
    label: str = ""


class EntryDetails(TypedDict, total=False):
    """What `record_entry` takes beside the kind and the text: see NewEntry."""

    title: str
    speakers: Sequence[Voice]
    part: Part | None
    topic: str
    sources: Sequence[Span]
    position: int | None
    owner: Voice | None
    due_on: date | None
    due_text: str
    language: str
    label: str


@action
def record_entries(*, actor: Person, meeting: Meeting, entries: Sequence[NewEntry]) -> list[Entry]:
    """Write entries into the minutes, in the label and the state of their meeting; a draft of minutes is for members.

    In a part under the Chatham House Rule, speakers, owners and quotations are left out, the documents are closed, and
    a text that names someone is refused: NamesFoundError.
    Raises PermissionDenied, and ActionRefused after the approval.
    """
    require_can_change_minutes(actor, meeting)
    return write_entries(actor, meeting, entries)


def write_entries(actor: Person, meeting: Meeting, entries: Sequence[NewEntry]) -> list[Entry]:
    """Write entries as `record_entries` does. Part of a larger action, which has checked that the actor may."""
    pen = _MinutesEntryWriter(actor=actor, meeting=meeting, new_entries=entries)
    written = [pen.add_entry(new) for new in entries]
    pen.save_all_entries()
    return written


@action
def record_entry(*, actor: Person, meeting: Meeting, kind: str, text: str, **more: Unpack[EntryDetails]) -> Entry:
    """One entry, as `record_entries`. The same of the same part and owner is found: a second press writes no other."""
    written = Q(text=text) | Q(commitment__withheld_text=text)
    same = Entry.objects.filter(written, meeting=meeting, kind=kind, part=more.get("part"))
    if kind == EntryKind.COMMITMENT and (owner := more.get("owner")):
        named = Q(commitment__owner__name__iexact=owner[0]) | Q(commitment__proposed_name__iexact=owner[0])
        same = same.filter(named | Q(commitment=None) | Q(commitment__owner=None, commitment__proposed_name=""))
    if (found := same.exclude(state=State.WITHDRAWN).first()) is not None:
        require_can_write_minutes(actor, meeting)
        return found
    new = NewEntry(kind=kind, text=text, **more)
    return record_entries(actor=actor, meeting=meeting, entries=[new])[0]


@action
def change_entry(*, actor: Person, entry: Entry, changes: dict[str, Any], from_version: int) -> Entry:
    """Save changes to the text, the title or the kind; of a commitment also to `owner` (a Voice) and its date.

    A commitment stays one: what was promised hangs on it. Under the Chatham House Rule the owner is left out.
    Raises PermissionDenied, EditConflict, ActionRefused after the approval, and NamesFoundError under that rule.
    """
    require_entry_not_settled(entry)
    kind = changes.get("kind", entry.kind)
    if entry.kind == EntryKind.COMMITMENT != kind:
        raise ValueError("A commitment stays a commitment.")
    if "text" in changes and "title" not in changes:
        changes = {**changes, "title": shorten_entry_title(changes["text"])}
    owner: Voice | None = changes.get("owner")
    if entry.is_chatham:
        texts = [value for value in changes.values() if isinstance(value, str)]
        ForbiddenNames(entry.meeting).refuse_names_in_texts(*texts, additional_names=[owner[0]] if owner else [])
        changes = {name: None if name == "owner" else value for name, value in changes.items()}
    if entry.kind == EntryKind.COMMITMENT:
        changed = _change_commitment_of_entry(actor, entry, changes, from_version)
    else:
        changed = change_record(actor=actor, record=entry, changes=changes, from_version=from_version)
    mark_entries_changed(changed.meeting, changed)
    return changed


def _change_commitment_of_entry(actor: Person, entry: Entry, changes: dict[str, Any], from_version: int) -> Entry:
    """Save what was typed with the name of the owner; what the public reads goes into the record."""
    commitment = getattr(entry, "commitment", None) or Commitment(entry=entry)
    written = {"text": commitment.written_text, "title": commitment.written_title}
    written |= {name: changes[name] for name in written if name in changes}
    before = commitment.proposed_name, commitment.proposed
    proposal = None
    if "owner" in changes:
        documents = [source.document for source in Source.objects.filter(record=entry.pk).select_related("document")]
        ownership = build_commitment_ownership(actor, entry.meeting, changes["owner"], documents)
        changes = {name: value for name, value in changes.items() if name != "owner"}
        changes["owner_id"], proposal = ownership.apply_to_commitment(commitment), ownership.proposal
    elif person := _find_person_to_confirm_ownership(commitment, entry):
        commitment.responsible, proposal = person, (commitment.proposed_name, None)
    if proposal or "text" in changes:
        fellows = [
            (each.proposed_name, each.proposed) for each in find_fellow_commitments(commitment).filter(owner=None)
        ]
        changes = changes | _withhold_owner_names(commitment, written, entry.language, [before, *fellows])
    changed = change_record(actor=actor, record=entry, changes=changes, from_version=from_version)
    fields = ("proposed_name", "proposed_organisation", "needs_owner", "responsible", "withheld_title", "withheld_text")
    saved, _created = Commitment.objects.update_or_create(
        entry=changed, defaults={name: getattr(commitment, name) for name in fields}
    )
    if proposal:
        record_commitment_change(
            saved, actor=actor, event=CommitmentChangeEvent.PROPOSED, after=proposal[0], activity_verb="proposed-owner"
        )
    return changed


def _find_person_to_confirm_ownership(commitment: Commitment, entry: Entry) -> Person | None:
    """Return the person of the proposed name, if they had no account, or the name was not matched, when it was entered.

    Raises ActionRefused for a name that is not kept in the record.
    """
    if not commitment.awaits_confirmation or commitment.proposed or commitment.proposed_person:
        return None
    return find_owner_by_name(commitment.proposed_name, entry.coalition)


def _withhold_owner_names(
    commitment: Commitment, texts_by_field: dict[str, str], language: str, other_owners: Sequence[Voice] = ()
) -> dict[str, str]:
    """Return the title and text for the public; the commitment keeps them as written, if they name its owner.

    `other_owners` have not confirmed it either: one who was proposed until now, and those who are asked to confirm
    commitments of the same words.
    """
    owners = [*other_owners]
    if commitment.awaits_confirmation:
        owners.append((commitment.proposed_name, commitment.proposed))

    def strip_owner_names(words: str) -> str:
        return withhold_owner_names(words, owners, language)

    text = strip_owner_names(texts_by_field["text"])
    is_cut_from_text = texts_by_field["title"] == shorten_entry_title(texts_by_field["text"])
    title = shorten_entry_title(text) if is_cut_from_text else strip_owner_names(texts_by_field["title"])
    is_withheld = (text, title) != (texts_by_field["text"], texts_by_field["title"])
    commitment.withheld_text = texts_by_field["text"] if is_withheld else ""
    commitment.withheld_title = texts_by_field["title"] if is_withheld else ""
    return {"text": text, "title": title}


@action
def withdraw_entry(*, actor: Person, entry: Entry, reason: str) -> Entry:
    """Take an entry out of the minutes.

    Raises PermissionDenied, ActionRefused after the approval or while a correction is open, and NamesFoundError if the
    reason names someone.
    """
    if not policies.can_withdraw_entry(ViewerContext(actor), entry):
        raise PermissionDenied
    require_entry_not_settled(entry)
    if Correction.objects.filter(entry=entry).open().exists():
        raise ActionRefused(
            _("Decide on the open corrections to this entry before you remove the entry from the minutes.")
        )
    if entry.is_chatham:
        ForbiddenNames(entry.meeting).refuse_names_in_texts(reason)
    withdrawn = withdraw_record(actor=actor, record=entry, reason=reason, is_trusted=True)
    mark_entries_changed(withdrawn.meeting, withdrawn)
    return withdrawn


def shorten_entry_title(text: str) -> str:
    return Truncator(" ".join(text.split())).chars(MAX_ENTRY_TITLE_LENGTH)


def _reorder_entries_by_topic(agenda_item: Part) -> None:
    """Number the entries by topic, as their page shows them: in emails too, no number tells who spoke first."""
    entries = list(Entry.objects.filter(part=agenda_item))
    positions = sorted(entry.position for entry in entries)
    entries.sort(key=lambda entry: get_topic_key(entry.topic, entry.text))
    for entry, position in zip(entries, positions, strict=True):
        if entry.position != position:
            Entry.objects.filter(pk=entry.pk).update(position=position)


@dataclass
class _MinutesEntryWriter:
    """Writes into one meeting. What can wait is saved together when the pen is put down."""

    actor: Person
    meeting: Meeting
    new_entries: Sequence[NewEntry]
    unconfirmed_owners: dict[str, list[Voice]] = field(default_factory=dict)  # by the text of commitments
    sources: list[Source] = field(default_factory=list)
    commitments: list[Commitment] = field(default_factory=list)
    speakers: list[Any] = field(default_factory=list)
    audience: list[Audience] = field(default_factory=list)
    written: list[Entry] = field(default_factory=list)

    @cached_property
    def speaker_capacities(self) -> SpeakerCapacities:
        return SpeakerCapacities(self.meeting)

    @cached_property
    def forbidden_names(self) -> ForbiddenNames:
        return ForbiddenNames(self.meeting)

    @cached_property
    def reader_audiences(self) -> list[Audience]:
        return list(self.meeting.audience.all())

    @cached_property
    def entry_label(self) -> str:
        return get_entry_label(self.meeting)

    @cached_property
    def last_position(self) -> int:
        return Entry.objects.filter(meeting=self.meeting).aggregate(last=Max("position"))["last"] or 0

    def add_entry(self, new_entry: NewEntry) -> Entry:
        if new_entry.part is not None and new_entry.part.meeting_id != self.meeting.pk:
            raise ValueError("A part belongs to its own meeting.")
        under_the_rule = new_entry.part is not None and new_entry.part.chatham
        if under_the_rule:
            new_entry = self._check_names_in_entry(new_entry)
        entry = self._build_entry(new_entry)
        self.sources += build_record_sources(entry, new_entry.sources, is_quoted=not under_the_rule)
        self.speakers += [
            Entry.speakers.through(entry_id=entry.pk, capacity_id=pk)
            for pk in dict.fromkeys(
                self.speaker_capacities.get_or_create_capacity(voice).pk
                for voice in self._list_entry_speakers(new_entry, entry)
            )
        ]
        self.audience += [
            Audience(record_id=entry.pk, person_id=reader.person_id, organisation_id=reader.organisation_id)
            for reader in self.reader_audiences
        ]
        return entry

    def _list_entry_speakers(self, new_entry: NewEntry, entry: Entry) -> Iterable[Voice]:
        """Return the speakers, without an owner who has not confirmed the commitment yet."""
        commitment = self.commitments[-1] if entry.kind == EntryKind.COMMITMENT else None
        if commitment is None or not commitment.awaits_confirmation:
            return new_entry.speakers
        others = [voice for voice in new_entry.speakers if not is_proposed_owner(commitment, voice)]
        commitment.owner_spoke = len(others) < len(new_entry.speakers)
        return others

    def save_all_entries(self) -> None:
        Source.objects.bulk_create(self.sources)
        Entry.speakers.through.objects.bulk_create(self.speakers)
        Audience.objects.bulk_create(self.audience)
        Commitment.objects.bulk_create(self.commitments)
        for part in {entry.part for entry in self.written if entry.part is not None and entry.part.chatham}:
            _reorder_entries_by_topic(part)
        mark_entries_changed(self.meeting, *self.written)

    def _check_names_in_entry(self, new_entry: NewEntry) -> NewEntry:
        voices = [*new_entry.speakers, *([new_entry.owner] if new_entry.owner else [])]
        self.forbidden_names.refuse_names_in_texts(
            new_entry.title,
            new_entry.text,
            new_entry.topic,
            new_entry.due_text,
            additional_names=[name for name, _organisation in voices],
        )
        for document in {document.pk: document for document, *_span in new_entry.sources}.values():
            restrict_source_document(actor=self.actor, document=document)
        return replace(new_entry, speakers=(), owner=None)

    def _build_entry(self, new_entry: NewEntry) -> Entry:
        position = self.last_position + 1 if new_entry.position is None else new_entry.position
        self.last_position = max(self.last_position, position)
        entry = Entry(
            coalition=self.meeting.coalition,
            kind=EntryKind(new_entry.kind),
            title=new_entry.title or shorten_entry_title(new_entry.text),
            text=new_entry.text,
            language=new_entry.language or self.meeting.language,
            label=new_entry.label or self.entry_label,
            meeting=self.meeting,
            part=new_entry.part,
            topic=new_entry.topic,
            position=position,
        )
        if entry.kind == EntryKind.COMMITMENT:  # before the first version is kept, which says who promised it
            self._add_entry_commitment(entry, new_entry)
        self.written.append(entry)
        return begin_record(actor=self.actor, record=entry, is_published=self.meeting.state == State.PUBLISHED)

    def _add_entry_commitment(self, entry: Entry, new_entry: NewEntry) -> None:
        progress = Commitment.Progress(new_entry.progress or Commitment.Progress.OPEN)
        closed_on = None if progress in OPEN_COMMITMENT_PROGRESS else (self.meeting.starts_on or timezone.localdate())
        commitment = Commitment(
            entry=entry, due_on=new_entry.due_on, due_text=new_entry.due_text, progress=progress, closed_on=closed_on
        )
        ownership = self._build_ownership(new_entry)
        commitment.owner_id = ownership.apply_to_commitment(commitment)
        owners = self._find_unconfirmed_owners(entry)
        public = _withhold_owner_names(commitment, {"text": entry.text, "title": entry.title}, entry.language, owners)
        entry.text, entry.title = public["text"], public["title"]
        commitment.due_text = withhold_proposed_owner(commitment, new_entry.due_text, entry.language)
        self.commitments.append(commitment)

    def _build_ownership(self, new_entry: NewEntry) -> CommitmentOwnership:
        documents = [span[0] for span in new_entry.sources]
        return build_commitment_ownership(self.actor, self.meeting, new_entry.owner, documents, self.speaker_capacities)

    @cached_property
    def commitments_by_text(self) -> dict[str, list[NewEntry]]:
        found: dict[str, list[NewEntry]] = {}
        for new in self.new_entries:
            if new.kind == EntryKind.COMMITMENT and not (new.part is not None and new.part.chatham):
                found.setdefault(new.text, []).append(new)
        return found

    def _find_unconfirmed_owners(self, entry: Entry) -> list[Voice]:
        """Return those whom the text names and who are asked to confirm one of several commitments of these words."""
        if entry.text not in self.unconfirmed_owners:
            alike = self.commitments_by_text.get(entry.text, [])
            proposals = [self._build_ownership(new).proposal for new in alike] if len(alike) > 1 else []
            named = [voice for voice in proposals if voice and _is_named_in_text(voice, entry)]
            self.unconfirmed_owners[entry.text] = named
        return self.unconfirmed_owners[entry.text]


def _is_named_in_text(voice: Voice, entry: Entry) -> bool:
    return withhold_owner_names(entry.text, [voice], entry.language) != entry.text
