"""What the page of minutes in progress shows: the last entries, or only what is new since a revision."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q, QuerySet

from jukwaa.coalitions.models import Capacity, Coalition, Organisation
from jukwaa.coalitions.models.people import Viewer
from jukwaa.coalitions.standing import Standing
from jukwaa.meetings.meeting_queries import select_speaker_fields
from jukwaa.meetings.models import Attendance, Entry, Line, Meeting, Minutes, Part
from jukwaa.meetings.newcomers import MeetingNewcomers, find_newcomers
from jukwaa.meetings.quorum import MeetingQuorum, get_meeting_quorum
from jukwaa.records.models import State

MAX_ENTRIES_SHOWN = 100  # entries
REMOVED_ENTRY_STATES = (State.WITHDRAWN, State.HELD)
LISTED_MINUTES_LINE_FIELDS = (
    *("kind", "language", "title", "text", "is_example", "part__title"),
    *(f"commitment__{name}" for name in ("owner", "proposed_name", "withheld_title", "withheld_text")),
)


def find_readable_draft_minutes(viewer: Viewer, coalition: Coalition, meeting: int) -> Minutes | None:
    """Return the draft minutes of a meeting that the viewer may read."""
    meetings = Meeting.objects.visible_to(viewer).of(coalition).exclude(state=State.WITHDRAWN)
    drafts = Minutes.objects.filter(meetings.exists_for("meeting"), meeting=meeting, approved_at=None)
    minutes = drafts.select_related("meeting__coalition__quorum_rule", "current_item").first()
    if minutes is not None:
        found = minutes.meeting
        found.quorum_rule = getattr(found.coalition, "quorum_rule", None)  # type: ignore[attr-defined]  # for its page
    return minutes


@dataclass
class LiveMinutesPage:
    """The minutes for one viewer: all that fits, or what has changed after `after`."""

    minutes: Minutes
    standing: Standing
    after: int = 0

    @property
    def is_note_taker(self) -> bool:
        return self.standing.is_rapporteur

    @property
    def shows_all_entries(self) -> bool:
        return self.after < max(self.minutes.erased_revision, 1)

    @cached_property
    def entries(self) -> list[Entry]:
        """The newest last, with their `voices`."""
        found = Entry.objects.visible_to(self.standing.viewer).filter(meeting=self.minutes.meeting_id)
        found = (
            found.exclude(state__in=REMOVED_ENTRY_STATES) if self.is_note_taker else found.filter(state=State.PUBLISHED)
        )
        found = found.select_related("part", "commitment").only(*LISTED_MINUTES_LINE_FIELDS)
        if not self.shows_all_entries:
            found = found.filter(line__revision__gt=self.after)
        entries = list(found.order_by("-position", "-pk")[:MAX_ENTRIES_SHOWN])[::-1]
        voices = _get_speakers_by_entry(entries)
        own = self._own_line_ids_by_entry
        for entry in entries:
            entry.coalition = self.standing.coalition
            entry.voices = voices[entry.pk]  # type: ignore[attr-defined]  # for the page
            entry.own_line = own.get(entry.pk)  # type: ignore[attr-defined]  # for the page
        return entries

    @cached_property
    def _own_line_ids_by_entry(self) -> dict[int | None, int]:
        """The lines that the viewer wrote, by entry: only a note-taker has some."""
        if not self.is_note_taker:
            return {}
        own = Line.objects.filter(minutes=self.minutes, entry__authorships__person=self.standing.viewer.pk)
        return dict(own.values_list("entry", "pk"))

    @property
    def removed_entry_ids(self) -> QuerySet[Line, int | None]:
        """The numbers of entries that have been taken out since."""
        if self.shows_all_entries:
            return Line.objects.none().values_list("entry", flat=True)
        gone = Line.objects.filter(minutes=self.minutes, revision__gt=self.after, entry__state__in=REMOVED_ENTRY_STATES)
        return gone.values_list("entry", flat=True)

    @cached_property
    def lines_held_back(self) -> list[Line]:
        """Lines under the Chatham House Rule, of which there will be entries. Only note-takers see them."""
        if not self.is_note_taker:
            return []
        return list(Line.objects.filter(minutes=self.minutes, entry=None).exclude(text="").select_related("item"))

    @property
    def is_under_rule(self) -> bool:
        item = self.minutes.current_item
        return item is not None and item.chatham

    @cached_property
    def newcomers(self) -> MeetingNewcomers:
        return find_newcomers(self.minutes.meeting, self.standing)

    @cached_property
    def quorum(self) -> MeetingQuorum | None:
        meeting = self.minutes.meeting
        rule = meeting.quorum_rule  # type: ignore[attr-defined]  # read with the meeting
        return get_meeting_quorum(meeting, rule, self.agenda_items, self.standing)

    @cached_property
    def agenda_items(self) -> list[Part]:
        return list(Part.objects.filter(meeting=self.minutes.meeting_id))


def _get_speakers_by_entry(entries: Iterable[Entry]) -> dict[int, list[Capacity]]:
    numbers = [entry.pk for entry in entries]
    voices: dict[int, list[Capacity]] = defaultdict(list)
    spoken = select_speaker_fields(Entry.speakers.through.objects.filter(entry__in=numbers))
    for row in spoken if numbers else ():
        voices[row.entry_id].append(row.capacity)
    return voices


def get_speaker_names(meeting: Meeting) -> dict[str, list[str]]:
    """Return the names offered as speakers, each with what may be typed for it: who is here, and the directory."""
    attended = Attendance.objects.filter(meeting=meeting, is_group=False)
    spoke = Entry.speakers.through.objects.filter(entry__meeting=meeting)
    here = Q(pk__in=attended.values("capacity")) | Q(pk__in=spoke.values("capacity"))
    present = Capacity.objects.filter(here).exclude(person__is_minor=True).values_list("name", flat=True)
    directory = Organisation.objects.filter(coalition=meeting.coalition_id, merged_into=None)
    names = {name: [name] for name in present}
    return names | {name: [name, acronym] for name, acronym in directory.values_list("name", "acronym")}
