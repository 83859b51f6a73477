"""Suggestions for the agenda of a meeting: each has a reason, and the coordinator chooses.

Features register where suggestions come from, in a module `agenda_sources.py` of their own:

    @agenda_sources.register(10)
    def find_open_commitments(context: AgendaContext) -> Iterator[AgendaSuggestion]: ...

The number is the place of the source on the page.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone
from django.utils.text import Truncator

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models.people import Viewer
from jukwaa.coalitions.standing import Standing
from jukwaa.core.registry import Registry
from jukwaa.meetings.meeting_lists import LATEST_MEETING_FIRST_ORDER
from jukwaa.meetings.meeting_titles import find_meetings_belonging_together
from jukwaa.meetings.models import Meeting, Part
from jukwaa.meetings.series import MAX_MEETINGS_AROUND, find_series_neighbours
from jukwaa.records.models import Record, State

MAX_SUGGESTION_TITLE_LENGTH = 200
MAX_AGENDA_SUGGESTIONS = 20  # of one source


@dataclass(frozen=True, kw_only=True)
class AgendaSuggestion:
    """An agenda item to choose. `key` names it in the form; `record` is what it is about, if it is about one.

    `on_added` is called in the transaction that adds the item, by what it is about.
    """

    key: str
    title: str
    reason: str
    record: Record | None = None
    purpose: str = Part.Purpose.DISCUSSION
    minutes: int | None = None
    is_standing: bool = False
    on_added: Callable[[Person, Part], None] | None = None

    @cached_property
    def shortened_title(self) -> str:
        return Truncator(" ".join(self.title.split())).chars(MAX_SUGGESTION_TITLE_LENGTH)


@dataclass
class AgendaContext:
    """What sources suggest items for: a meeting, and its reader. What several of them need is read once."""

    meeting: Meeting
    standing: Standing

    @property
    def viewer(self) -> Viewer:
        return self.standing.viewer

    @cached_property
    def previous_meeting(self) -> Meeting | None:
        return find_previous_meeting(self.meeting, self.viewer)

    @cached_property
    def _items(self) -> list[Part]:
        """The items of this agenda, and those of the agenda before."""
        meetings = [self.meeting, *([self.previous_meeting] if self.previous_meeting else [])]
        return list(Part.objects.filter(meeting__in=meetings))

    @property
    def items(self) -> list[Part]:
        return [part for part in self._items if part.meeting_id == self.meeting.pk]

    @property
    def previous_standing_items(self) -> list[Part]:
        return [part for part in self._items if part.meeting_id != self.meeting.pk and part.is_standing]


type AgendaSource = Callable[[AgendaContext], Iterable[AgendaSuggestion]]

agenda_sources: Registry[int, AgendaSource] = Registry("sources of agenda items")


def find_previous_meeting(meeting: Meeting, viewer: Viewer) -> Meeting | None:
    """Return the latest meeting before this one that belongs together with it; before one of no date, until today."""
    if meeting.starts_on:
        return find_series_neighbours(viewer, meeting).previous
    others = Meeting.objects.visible_to(viewer).of(meeting.coalition).filter(state=State.PUBLISHED, cancelled_at=None)
    begun = others.filter(order_day__lte=timezone.localdate()).exclude(pk=meeting.pk)
    latest = begun.order_by(*LATEST_MEETING_FIRST_ORDER)[:MAX_MEETINGS_AROUND]
    found = next(iter(find_meetings_belonging_together(meeting, list(latest))), None)
    if found is not None:
        found.coalition = meeting.coalition
    return found


def find_agenda_suggestions(meeting: Meeting, viewer_standing: Standing) -> list[AgendaSuggestion]:
    """Return what could be on the agenda and is not there yet."""
    context = AgendaContext(meeting, viewer_standing)
    records = {part.about_id for part in context.items if part.about_id}
    titles = {part.title for part in context.items}
    found = [
        suggestion
        for _number, source in sorted(agenda_sources.items())
        for suggestion in source(context)
        if (suggestion.record.pk not in records if suggestion.record else suggestion.shortened_title not in titles)
    ]
    for suggestion in found:
        if suggestion.record:
            suggestion.record.coalition = meeting.coalition
    return found
