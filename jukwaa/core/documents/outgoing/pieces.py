"""The parts of a text that is handed out under marks, or with what has changed in it."""

from dataclasses import dataclass

TABLE_KIND = "table"


@dataclass(frozen=True, slots=True)
class PieceState:
    """What a piece says, and as what: heading, paragraph, bullet, numbered, note, table."""

    kind: str
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class ChangedPiece:
    """A part of the text as it was and as it is. Where it moves it comes twice: with `before`, and with `after`."""

    label: str
    before: PieceState | None
    after: PieceState | None
    mark: str = ""
    move: str = ""


@dataclass(frozen=True, slots=True)
class ChangeAuthor:
    """Under which name, and of which time, the changes stand."""

    author: str
    date: str  # as 2026-11-25T00:00:00Z
