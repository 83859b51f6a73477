"""What a reading consists of: sentences with exact places, and suggestions that point at them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Self

SUGGESTION_KINDS = (
    "attendee",
    "new_member",
    "topic",
    "report",
    "announcement",
    "offer",
    "request",
    "proposal",
    "observation",
    "decision",
    "commitment",
    "interest",
    "recommendation",
    "next_meeting",
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch of the document that is judged as one: `text[start:end] == quote`."""

    start: int
    end: int
    quote: str
    unit: str
    section: str
    number: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a sentence may mean for the record; `why` says in words which cue spoke for it.

    `words` is what would enter where that is not the quotation as it stands: the action of a row, or an item with the
    words that introduced it. `group` is the organisation of somebody who came, `status` that of an action, as written.
    """

    kind: str
    actors: tuple[str, ...]
    start: int
    end: int
    quote: str
    why: str
    owner: str = ""
    due: str = ""
    words: str = ""
    status: str = ""
    group: str = ""
    is_chair: bool = False

    def with_names(self, names_by_written_name: Mapping[str, str]) -> Self:
        """The same suggestion, whose actors and owner have these names; each actor once."""
        actors = tuple(dict.fromkeys(names_by_written_name.get(name, name) for name in self.actors))
        return replace(self, actors=actors, owner=names_by_written_name.get(self.owner, self.owner))


@dataclass(frozen=True, slots=True)
class Reading:
    """A document as the machine read it. `understood` is false where it has no cues for the language."""

    text: str
    language: str
    understood: bool
    sentences: tuple[Sentence, ...]
    suggestions: tuple[Suggestion, ...]

    def with_names(self, names_by_written_name: Mapping[str, str]) -> Self:
        """The same reading, in which suggestions name their actors and owners by these names."""
        suggestions = tuple(each.with_names(names_by_written_name) for each in self.suggestions)
        return replace(self, suggestions=suggestions)

    def to_json(self) -> dict[str, object]:
        """The shape that `jukwaa read FILE --json` prints."""
        return {
            "text": self.text,
            "suggestions": [
                {"kind": s.kind, "actors": list(s.actors), "start": s.start, "end": s.end, "quote": s.quote}
                for s in self.suggestions
            ],
        }
