"""Suggestions for the agenda of a meeting: each has a reason, and the coordinator chooses.

Features register where suggestions come from, in a module `agenda_sources.py` of their own:

    @agenda_sources.register(10)
    def find_open_commitments(meeting: Meeting, standing: Standing) -> Iterator[Suggestion]: ...

The number is the place of the source on the page.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from django.utils.text import Truncator

from jukwaa.accounts.models import Person
from jukwaa.coalitions.standing import Standing
from jukwaa.core.registry import Registry
from jukwaa.meetings.models import Meeting, Part
from jukwaa.records.models import Record

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


type AgendaSource = Callable[[Meeting, Standing], Iterable[AgendaSuggestion]]

agenda_sources: Registry[int, AgendaSource] = Registry("sources of agenda items")


def find_agenda_suggestions(meeting: Meeting, viewer_standing: Standing) -> list[AgendaSuggestion]:
    """Return what could be on the agenda and is not there yet."""
    rows = list(meeting.parts.values_list("about", "title"))
    records, titles = {about for about, _title in rows if about}, {title for _about, title in rows}
    found = [
        suggestion
        for _number, source in sorted(agenda_sources.items())
        for suggestion in source(meeting, viewer_standing)
        if (suggestion.record.pk not in records if suggestion.record else suggestion.shortened_title not in titles)
    ]
    for suggestion in found:
        if suggestion.record:
            suggestion.record.coalition = meeting.coalition
    return found
