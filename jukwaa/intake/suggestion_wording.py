"""What a suggestion would enter: all that a person may edit of it."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from jukwaa.intake.due_dates import find_due_day
from jukwaa.intake.models import ATTENDANCE_SUGGESTION_KINDS, DeskKind, Suggestion
from jukwaa.intake.reader.deadlines import find_deadline
from jukwaa.meetings.models import Attendance

MIN_SEVERAL = 2
OWNER_SEPARATOR_PATTERN = re.compile(r"[;؛\r\n]+")
MAX_NAME_LENGTH, MAX_DUE_LENGTH = 250, 120  # of the columns


@dataclass(frozen=True, kw_only=True)
class SuggestionWording:
    """What a suggestion would enter: all that a person may edit.

    The owner may be several names, with semicolons or on lines: `split_wording_by_owner` has a wording for each.
    """

    kind: str
    text: str
    actors: list[str] = field(default_factory=list)
    owner: str = ""
    due_on: date | None = None
    due_text: str = ""
    progress: str = ""
    came_as: str = ""
    mode: str = ""
    is_chair: bool = False

    def get_column_values(self) -> dict[str, Any]:
        """Only what its kind has, as long as the columns are: an owner of a commitment, a chair among those present."""
        there = self.kind in ATTENDANCE_SUGGESTION_KINDS
        promised = self.kind == DeskKind.COMMITMENT
        default = Attendance.As.NEW_MEMBER if self.kind == DeskKind.NEW_MEMBER else ""  # as in the directory
        return {
            "kind": DeskKind(self.kind),
            "text": " ".join(self.text.split()),
            "actors": list(
                dict.fromkeys(" ".join(name.split())[:MAX_NAME_LENGTH] for name in self.actors if name.strip())
            ),
            "owner": join_owners(name[:MAX_NAME_LENGTH] for name in split_owners(self.owner)) if promised else "",
            "due_on": self.due_on if promised else None,
            "due_text": self.due_text.strip()[:MAX_DUE_LENGTH] if promised else "",
            "progress": self.progress if promised else "",
            "came_as": (self.came_as or default) if there else "",
            "mode": self.mode if there and self.came_as != Attendance.As.APOLOGIES else "",
            "is_chair": self.is_chair and there,
        }


def get_suggestion_wording(suggestion: Suggestion) -> SuggestionWording:
    return SuggestionWording(
        kind=suggestion.kind,
        text=suggestion.text,
        actors=list(suggestion.actors),
        owner=suggestion.owner,
        due_on=suggestion.due_on,
        due_text=suggestion.due_text,
        progress=suggestion.progress,
        came_as=suggestion.came_as,
        mode=suggestion.mode,
        is_chair=suggestion.is_chair,
    )


def complete_commitment_wording(
    wording: SuggestionWording, closing_day: date | None, find_owner: Callable[[str], str]
) -> SuggestionWording:
    """What becomes a commitment is owned by the one person or organisation that it names, and due when it says so."""
    owner = wording.owner or (wording.actors[0] if len(wording.actors) == 1 else "") or find_owner(wording.text)
    due_text = wording.due_text or find_deadline(wording.text)
    return replace(
        wording, owner=owner, due_text=due_text, due_on=wording.due_on or find_due_day(due_text, closing_day)
    )


def join_owners(names: Iterable[str]) -> str:
    return "; ".join(names)


def split_owners(written: str) -> list[str]:
    """The names that the owner of a wording is made of, each once."""
    names = (" ".join(name.split()) for name in OWNER_SEPARATOR_PATTERN.split(written))
    return list(dict.fromkeys(name for name in names if name))


def split_wording_by_owner(wording: SuggestionWording) -> list[SuggestionWording]:
    """A commitment for each owner, in the same words. The other owners are not named as speakers of it."""
    owners = split_owners(wording.owner)
    if wording.kind != DeskKind.COMMITMENT or len(owners) < MIN_SEVERAL:
        return [wording]
    others = [name for name in wording.actors if " ".join(name.split()) not in owners]
    are_named = len(others) < len(wording.actors)
    return [
        replace(wording, owner=owner, actors=[owner, *others] if are_named or not others else others)
        for owner in owners
    ]
