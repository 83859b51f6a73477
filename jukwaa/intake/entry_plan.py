"""What entering a reading would write: worked out beforehand, shown to a person, and then written as it was shown."""

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from django.db.models import Count, Min
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Membership, Organisation
from jukwaa.intake.attendance_roles import AttendanceRoles, format_attendance_roles
from jukwaa.intake.continued_commitments import ContinuedCommitment, ReportedTask, find_continued_commitments
from jukwaa.intake.existing_entries import ExistingEntries, list_organisation_names
from jukwaa.intake.matching import set_suggested_people
from jukwaa.intake.models import ATTENDANCE_SUGGESTION_KINDS, Actor, DeskKind, Reading, ReadingPart, Suggestion
from jukwaa.intake.nameless_owners import join_nameless_owners
from jukwaa.intake.source_readers import is_imported_document
from jukwaa.meetings.listed_attendees import ListedAttendees
from jukwaa.meetings.models import Attendance, Meeting
from jukwaa.records.models import Document, Label, State

# From the world to a few named: what a reading enters is read by those who may read the meeting.
LABELS_FROM_WIDEST_CIRCLE = [Label.CLEAR, Label.GREEN, Label.AMBER, Label.STRICT, Label.RED]


@dataclass(frozen=True, slots=True)
class PlannedActor:
    """A name that would be kept, with whom it means."""

    name: str
    actor: Actor | None
    came_as: str = ""  # of an attendance only
    listed: Attendance | None = None  # the row of the meeting's attendance list, where they are on it already

    @property
    def organisation(self) -> Organisation | None:
        return self.actor.known_organisation if self.actor else None

    @property
    def is_new(self) -> bool:
        return self.actor is not None and self.actor.means == Actor.Means.NEW


@dataclass(frozen=True, slots=True)
class PlannedItem:
    """One suggestion that would be entered, with those that were merged into it."""

    suggestion: Suggestion
    merged: list[Suggestion]
    part: ReadingPart | None
    voices: list[PlannedActor]
    owner: PlannedActor | None
    existing_entry_id: int | None = None  # the entry of the meeting that says the same
    continued: ContinuedCommitment | None = None  # the commitment of another meeting that it continues
    is_separate: bool = False  # it is added nevertheless, since the person says that it is another one

    @property
    def attended_as(self) -> str:
        return format_attendance_roles([(voice.name, voice.came_as) for voice in self.voices])

    def list_names(self) -> list[str]:
        """Return the names of those who spoke and of the owner, as they are written."""
        return [voice.name for voice in (*self.voices, *([self.owner] if self.owner else []))]

    def list_owner_names(self) -> frozenset[str]:
        """Return the name of the owner as it is written, and those of the organisation if it is the owner itself."""
        if self.owner is None:
            return frozenset()
        return frozenset({self.owner.name, *list_organisation_names(self.owner.name, self.owner.organisation)} - {""})

    @property
    def owner_organisation(self) -> Organisation | None:
        return self.owner.organisation if self.owner else None

    @property
    def is_nameless(self) -> bool:
        """Under the Chatham House Rule nobody is kept."""
        return self.part is not None and self.part.chatham


@dataclass
class EntryPlan:
    """Everything that entering would write, and why it can't be if it can't."""

    reading: Reading
    items: list[PlannedItem] = field(default_factory=list)
    waiting: int = 0
    first_waiting: int | None = None  # the number of its sentence
    meeting: Meeting | None = None  # into which it goes; without one it begins a meeting

    @cached_property
    def attendance_items(self) -> list[PlannedItem]:
        """Who was in a part under the Chatham House Rule is not kept at all."""
        return [
            item for item in self.items if item.suggestion.kind in ATTENDANCE_SUGGESTION_KINDS and not item.is_nameless
        ]

    @cached_property
    def left_out_items(self) -> list[PlannedItem]:
        return [item for item in self.items if item.suggestion.kind in ATTENDANCE_SUGGESTION_KINDS and item.is_nameless]

    @cached_property
    def entry_items(self) -> list[PlannedItem]:
        return [
            item
            for item in self.items
            if item.suggestion.kind not in ATTENDANCE_SUGGESTION_KINDS
            and item.existing_entry_id is None
            and (item.continued is None or item.is_separate)
        ]

    @cached_property
    def continued_items(self) -> list[PlannedItem]:
        """What continues a commitment of another meeting: it is not written a second time, unless it is separate."""
        return [item for item in self.items if item.continued is not None]

    @cached_property
    def joined_items(self) -> list[PlannedItem]:
        return [item for item in self.continued_items if not item.is_separate]

    @cached_property
    def items_in_meeting(self) -> list[PlannedItem]:
        """What stands in the meeting already: it is not written a second time."""
        return [item for item in self.items if item.existing_entry_id is not None]

    @cached_property
    def counts_by_kind(self) -> list[tuple[str, str, int]]:
        """Kind, its name, how many; in the order of the kinds."""
        counted = Counter(item.suggestion.kind for item in self.entry_items)
        return [(kind, str(DeskKind(kind).label), counted[kind]) for kind in DeskKind.values if counted[kind]]

    @cached_property
    def new_organisations(self) -> list[str]:
        names = [voice.actor.new_name for voice in self._iter_planned_actors() if voice.is_new and voice.actor]
        return list(dict.fromkeys(names))

    @cached_property
    def new_members(self) -> list[PlannedActor]:
        """Organisations that the document calls new members, and that are no members yet."""
        named = [
            voice
            for item in self.attendance_items
            if item.suggestion.kind == DeskKind.NEW_MEMBER
            for voice in item.voices
            if voice.is_new or voice.organisation
        ]
        members = _load_member_keys(self.reading, [voice.organisation for voice in named if voice.organisation])
        unique = {_get_organisation_key(voice): voice for voice in named}
        return [voice for key, voice in unique.items() if key not in members]

    @cached_property
    def unmatched_actors(self) -> list[Actor]:
        """Names that enter as they are written, though nobody has said who they are."""
        actors = {
            voice.actor.pk: voice.actor for voice in self._iter_planned_actors() if voice.actor and voice.actor.is_open
        }
        return list(actors.values())

    @cached_property
    def offered(self) -> list[Actor]:
        """Those of them for which the directory has a likely match."""
        return [actor for actor in self.unmatched_actors if actor.suggested_organisation is not None]

    @cached_property
    def kept_as_written(self) -> list[Actor]:
        return [actor for actor in self.unmatched_actors if actor.suggested_organisation is None]

    @cached_property
    def problems(self) -> list[str]:
        """Sentences about what must be mended first."""
        return [*self._find_label_problems(), *self._find_revealed_name_problems()]

    @property
    def is_for_more_readers(self) -> bool:
        """Whether more people can read the meeting, and so what is added to it, than the document."""
        document = self.reading.document
        if document is None:
            return False
        if self.meeting is None:
            return document.label == Label.RED and is_imported_document(document)
        return is_meeting_more_open_than_label(self.meeting, document.label)

    @property
    def is_for_everyone(self) -> bool:
        label = self.meeting.label if self.meeting is not None else self.reading.label
        return label == Label.CLEAR

    @property
    def is_empty(self) -> bool:
        return not (self.attendance_items or self.entry_items or self.items_in_meeting or self.joined_items)

    def _iter_planned_actors(self) -> Iterator[PlannedActor]:
        for item in (*self.attendance_items, *self.entry_items):
            if not item.is_nameless:
                yield from item.voices
                if item.owner:
                    yield item.owner
        asking = [item for item in self.joined_items if item.continued and item.continued.commitment.has_no_owner]
        yield from (item.owner for item in asking if item.owner)

    def _find_label_problems(self) -> Iterator[str]:
        meeting, document = self.meeting, self.reading.document
        if meeting is None or document is None:
            return
        if meeting.state == State.WITHDRAWN:
            yield _("You cannot add anything to this meeting, because it has been withdrawn.")
        elif is_meeting_too_open_for_document(meeting, document):
            yield _("Choose another meeting. More people can see this meeting than the document.")

    def _find_revealed_name_problems(self) -> Iterator[str]:
        """Under the Chatham House Rule a text must not tell who spoke, either."""
        for item in self.entry_items:
            if not item.is_nameless:
                continue
            suggestion = item.suggestion
            voices = [*item.voices, *([item.owner] if item.owner else [])]
            for name in dict.fromkeys(_iter_name_forms(voices)):
                if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", suggestion.text, re.IGNORECASE):
                    yield _(
                        "Edit sentence %(number)s, or reject the suggestion. The sentence is under "
                        "the Chatham House Rule, and its text names %(name)s."
                    ) % {"number": suggestion.sentence.number, "name": name}
                    break


def is_meeting_more_open_than_label(meeting: Meeting, tlp_label: str) -> bool:
    return LABELS_FROM_WIDEST_CIRCLE.index(Label(meeting.label)) < LABELS_FROM_WIDEST_CIRCLE.index(Label(tlp_label))


def is_meeting_too_open_for_label(meeting: Meeting, tlp_label: str) -> bool:
    """Whether the readers of a meeting may not even have what was accepted sentence by sentence from such a document.

    The source stays with its own readers: its words stand beside an entry only for those who can read the document.
    """
    return is_meeting_more_open_than_label(meeting, tlp_label) and tlp_label in {Label.AMBER, Label.STRICT}


def is_meeting_too_open_for_document(meeting: Meeting, document: Document) -> bool:
    """The same for a document that is there: one that names its readers itself is no import for the coordinators."""
    if document.label == Label.RED and is_meeting_more_open_than_label(meeting, Label.RED):
        return not is_imported_document(document)
    return is_meeting_too_open_for_label(meeting, document.label)


def build_entry_plan(
    reading: Reading,
    *,
    viewer: Person | None = None,
    target_meeting: Meeting | None = None,
    separate_ids: Collection[int] = (),
) -> EntryPlan:
    """What entering would write into this meeting; without one, into the reading's own, which may have to begin.

    Commitments of other meetings are continued where the viewer can read them, apart from the suggestions that are
    separate. A few queries, however long the document is.
    """
    meeting = target_meeting or reading.meeting
    suggestions = list(
        reading.suggestions.kept()
        .filter(entered_at__isnull=True)
        .select_related("sentence")
        .order_by(*_SUGGESTION_ORDER)
    )
    merged: dict[int, list[Suggestion]] = {}
    for other in (
        reading.suggestions.filter(merged_into__isnull=False).select_related("sentence").order_by(*_SUGGESTION_ORDER)
    ):
        merged.setdefault(other.merged_into_id or 0, []).append(other)
    named = reading.actors.select_related("organisation__merged_into", "likely__merged_into").all()
    set_suggested_people(reading.coalition, named)
    actors = {actor.written: actor for actor in named}
    parts = list(reading.parts.all())
    items = [
        _build_planned_item(suggestion, merged.get(suggestion.pk, []), parts, actors)
        for suggestion in join_nameless_owners(suggestions, merged, parts)
    ]
    items = _add_attendance_roles(items, meeting.starts_on if meeting is not None else reading.meeting_day)
    if meeting is not None:
        items = _mark_listed_attendees(items, meeting)
        there = ExistingEntries(meeting)
        items = [
            replace(
                item,
                existing_entry_id=there.find(item.suggestion, item.owner_organisation, is_nameless=item.is_nameless),
            )
            for item in items
        ]
    if viewer is not None:
        items = _continue_commitments(viewer, reading, meeting, items, separate_ids)
    waiting = reading.suggestions.waiting().in_scope(reading).aggregate(n=Count("pk"), first=Min("sentence__number"))
    return EntryPlan(reading, items, waiting["n"], waiting["first"], meeting)


def _continue_commitments(
    viewer: Person,
    reading: Reading,
    meeting: Meeting | None,
    items: list[PlannedItem],
    separate_ids: Collection[int],
) -> list[PlannedItem]:
    tasks = [
        ReportedTask(item.suggestion, item.list_owner_names())
        for item in items
        if item.suggestion.kind == DeskKind.COMMITMENT and item.existing_entry_id is None and not item.is_nameless
    ]
    found = find_continued_commitments(viewer, reading, meeting, tasks)
    return [
        replace(item, continued=found.get(item.suggestion.pk), is_separate=item.suggestion.pk in separate_ids)
        for item in items
    ]


_SUGGESTION_ORDER = ("sentence__number", "start", "pk")


def _build_planned_item(
    suggestion: Suggestion,
    merged_suggestions: list[Suggestion],
    reading_parts: list[ReadingPart],
    actors_by_name: dict[str, Actor],
) -> PlannedItem:
    part = next((part for part in reading_parts if part.contains_sentence(suggestion.sentence.number)), None)
    others = (name for other in merged_suggestions for name in (*other.actors, other.owner if other.is_kept else ""))
    names = dict.fromkeys([*suggestion.actors, *filter(None, others)])
    owner = PlannedActor(suggestion.owner, actors_by_name.get(suggestion.owner)) if suggestion.owner else None
    return PlannedItem(
        suggestion, merged_suggestions, part, [PlannedActor(name, actors_by_name.get(name)) for name in names], owner
    )


def _add_attendance_roles(planned_items: list[PlannedItem], meeting_day: date | None) -> list[PlannedItem]:
    """As what each attended, as it is shown and then written."""
    named = [
        voice.actor for item in planned_items if item.suggestion.needs_role for voice in item.voices if voice.actor
    ]
    roles = AttendanceRoles(named, meeting_day)
    return [
        replace(
            item,
            voices=[
                replace(voice, came_as=item.suggestion.came_as or roles.get_role(voice.actor)) for voice in item.voices
            ],
        )
        if item.suggestion.is_attendance
        else item
        for item in planned_items
    ]


def _mark_listed_attendees(items: list[PlannedItem], meeting: Meeting) -> list[PlannedItem]:
    """Whoever is on the attendance list of the meeting, by this or a fuller name, is not listed a second time."""
    listed = ListedAttendees(meeting)
    rows: dict[tuple[str, int | None], Attendance | None] = {}

    def add_listed_attendance(voice: PlannedActor) -> PlannedActor:
        if voice.actor is None or voice.actor.is_group:
            return voice
        key = (voice.name, voice.organisation.pk if voice.organisation else None)
        if key not in rows:
            rows[key] = listed.find([voice.name], None, key[1])
        return replace(voice, listed=rows[key])

    return [
        replace(item, voices=[add_listed_attendance(voice) for voice in item.voices])
        if item.suggestion.is_attendance and item.part is None
        else item
        for item in items
    ]


def _load_member_keys(reading: Reading, organisations: list[Organisation]) -> set[str]:
    active = Membership.objects.filter(
        coalition=reading.coalition, organisation__in=organisations, standing__in=["active", "applied"]
    )
    return {f"organisation {pk}" for pk in active.values_list("organisation", flat=True)}


def _get_organisation_key(planned_actor: PlannedActor) -> str:
    organisation = planned_actor.organisation
    return (
        f"organisation {organisation.pk}"
        if organisation
        else f"new {planned_actor.actor.new_name if planned_actor.actor else ''}"
    )


def _iter_name_forms(planned_actors: list[PlannedActor]) -> Iterator[str]:
    for voice in planned_actors:
        if voice.actor is not None and voice.actor.is_group:
            continue
        yield voice.name
        if voice.organisation is not None:
            yield voice.organisation.name
            if voice.organisation.acronym:
                yield voice.organisation.acronym
