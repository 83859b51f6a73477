"""What entering a reading would write: worked out beforehand, shown to a person, and then written as it was shown."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.translation import gettext as _

from jukwaa.coalitions.models import Membership, Organisation
from jukwaa.intake.models import ATTENDANCE, Actor, DeskKind, Reading, ReadingPart, Suggestion
from jukwaa.meetings.models import Meeting
from jukwaa.records.models import Label, State

# From the world to a few named: what a reading enters is read by those who may read the meeting.
WIDTH = [Label.CLEAR, Label.GREEN, Label.AMBER, Label.STRICT, Label.RED]


@dataclass(frozen=True, slots=True)
class Voice:
    """A name that would be kept, with whom it means."""

    name: str
    actor: Actor | None

    @property
    def organisation(self) -> Organisation | None:
        return self.actor.known if self.actor else None

    @property
    def is_new(self) -> bool:
        return self.actor is not None and self.actor.means == Actor.Means.NEW


@dataclass(frozen=True, slots=True)
class Item:
    """One suggestion that would be entered, with those that were merged into it."""

    suggestion: Suggestion
    merged: list[Suggestion]
    part: ReadingPart | None
    voices: list[Voice]
    owner: Voice | None

    @property
    def nameless(self) -> bool:
        """Under the Chatham House Rule nobody is kept."""
        return self.part is not None and self.part.chatham


@dataclass
class Plan:
    """Everything that entering would write, and why it can't be if it can't."""

    reading: Reading
    items: list[Item] = field(default_factory=list)
    waiting: int = 0

    @cached_property
    def attendance(self) -> list[Item]:
        """Who was in a part under the Chatham House Rule is not kept at all."""
        return [item for item in self.items if item.suggestion.kind in ATTENDANCE and not item.nameless]

    @cached_property
    def left_out(self) -> list[Item]:
        return [item for item in self.items if item.suggestion.kind in ATTENDANCE and item.nameless]

    @cached_property
    def entries(self) -> list[Item]:
        return [item for item in self.items if item.suggestion.kind not in ATTENDANCE]

    @cached_property
    def counts(self) -> list[tuple[str, str, int]]:
        """Kind, its name, how many; in the order of the kinds."""
        counted = Counter(item.suggestion.kind for item in self.entries)
        return [(kind, str(DeskKind(kind).label), counted[kind]) for kind in DeskKind.values if counted[kind]]

    @cached_property
    def new_organisations(self) -> list[str]:
        names = [voice.actor.new_name for voice in self._voices() if voice.is_new and voice.actor]
        return list(dict.fromkeys(names))

    @cached_property
    def new_members(self) -> list[Voice]:
        """Organisations that the document calls new members, and that are no members yet."""
        named = [
            voice
            for item in self.attendance
            if item.suggestion.kind == DeskKind.NEW_MEMBER
            for voice in item.voices
            if voice.is_new or voice.organisation
        ]
        members = _members(self.reading, [voice.organisation for voice in named if voice.organisation])
        unique = {_key(voice): voice for voice in named}
        return [voice for key, voice in unique.items() if key not in members]

    @cached_property
    def unmatched(self) -> list[Actor]:
        """Names that enter as they are written, though nobody has said who they are."""
        actors = {voice.actor.pk: voice.actor for voice in self._voices() if voice.actor and voice.actor.is_open}
        return list(actors.values())

    @cached_property
    def problems(self) -> list[str]:
        """Sentences about what must be mended first."""
        return [*self._label_problem(), *self._names_told()]

    @property
    def is_empty(self) -> bool:
        return not self.attendance and not self.entries

    def _voices(self) -> Iterator[Voice]:
        for item in (*self.attendance, *self.entries):
            if not item.nameless:
                yield from item.voices
                if item.owner:
                    yield item.owner

    def _label_problem(self) -> Iterator[str]:
        meeting, document = self.reading.meeting, self.reading.document
        if meeting is None or document is None:
            return
        if meeting.state == State.WITHDRAWN:
            yield _("The meeting was withdrawn; nothing can be entered into it.")
        elif is_wider(meeting, document.label) and document.label != Label.RED:
            yield _("More people may read the meeting than may read this document. Choose another meeting.")

    def _names_told(self) -> Iterator[str]:
        """Under the Chatham House Rule a text must not tell who spoke, either."""
        for item in self.entries:
            if not item.nameless:
                continue
            suggestion = item.suggestion
            voices = [*item.voices, *([item.owner] if item.owner else [])]
            for name in dict.fromkeys(_ways_of_writing(voices)):
                if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", suggestion.text, re.IGNORECASE):
                    yield _(
                        "Sentence %(number)s was said under the Chatham House Rule, and its text names %(name)s. "
                        "Edit it so that it does not tell who spoke, or refuse it."
                    ) % {"number": suggestion.sentence.number, "name": name}
                    break


def is_wider(meeting: Meeting, label: str) -> bool:
    return WIDTH.index(Label(meeting.label)) < WIDTH.index(Label(label))


def plan_of(reading: Reading) -> Plan:
    """A few queries, however long the document is."""
    suggestions = list(
        reading.suggestions.kept().filter(entered_at__isnull=True).select_related("sentence").order_by(*_ORDER)
    )
    merged: dict[int, list[Suggestion]] = {}
    for other in reading.suggestions.filter(merged_into__isnull=False).select_related("sentence").order_by(*_ORDER):
        merged.setdefault(other.merged_into_id or 0, []).append(other)
    actors = {actor.written: actor for actor in reading.actors.select_related("organisation__merged_into").all()}
    parts = list(reading.parts.all())
    items = [_item(suggestion, merged.get(suggestion.pk, []), parts, actors) for suggestion in suggestions]
    return Plan(reading, items, reading.suggestions.waiting().in_scope(reading).count())


_ORDER = ("sentence__number", "start", "pk")


def _item(suggestion: Suggestion, merged: list[Suggestion], parts: list[ReadingPart], actors: dict[str, Actor]) -> Item:
    part = next((part for part in parts if part.holds(suggestion.sentence.number)), None)
    names = dict.fromkeys([*suggestion.actors, *(name for other in merged for name in other.actors)])
    owner = Voice(suggestion.owner, actors.get(suggestion.owner)) if suggestion.owner else None
    return Item(suggestion, merged, part, [Voice(name, actors.get(name)) for name in names], owner)


def _members(reading: Reading, organisations: list[Organisation]) -> set[str]:
    active = Membership.objects.filter(
        coalition=reading.coalition, organisation__in=organisations, standing__in=["active", "applied"]
    )
    return {f"organisation {pk}" for pk in active.values_list("organisation", flat=True)}


def _key(voice: Voice) -> str:
    organisation = voice.organisation
    return f"organisation {organisation.pk}" if organisation else f"new {voice.actor.new_name if voice.actor else ''}"


def _ways_of_writing(voices: list[Voice]) -> Iterator[str]:
    for voice in voices:
        if voice.actor is not None and voice.actor.is_group:
            continue
        yield voice.name
        if voice.organisation is not None:
            yield voice.organisation.name
            if voice.organisation.acronym:
                yield voice.organisation.acronym
