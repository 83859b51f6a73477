"""What became of each clause between two revisions. Pure: from clauses to rows, without the database.

What is kept and moved, added and removed stands in one order: read without what the earlier one alone has it is the
later revision, and read without what the later one alone has it is the earlier.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from jukwaa.core.diff import TextChange, compare_words

type ChangeKind = Literal["same", "changed", "moved", "away", "added", "removed"]


@dataclass(frozen=True, slots=True)
class ClauseState:
    """A clause as it stood: its number, what it was, and what it said."""

    number: int
    body: str
    kind: str = "paragraph"
    level: int = 1
    own_number: str = ""

    @property
    def label(self) -> str:
        return self.own_number or str(self.number)


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """A clause in one revision or in both. One that moved stands twice: where it was (`away`) and where it is."""

    fate: ChangeKind
    before: ClauseState | None = None
    after: ClauseState | None = None
    split_from: tuple[ClauseState, ...] = ()  # the clauses that it was split off, or that were joined to it
    joined_to: tuple[ClauseState, ...] = ()

    @property
    def shown(self) -> ClauseState:
        piece = self.after or self.before
        assert piece is not None  # noqa: S101 - for the type: a row has one of them
        return piece

    @property
    def number(self) -> int:
        return self.shown.number

    @property
    def label(self) -> str:
        return self.shown.label

    @property
    def origins(self) -> tuple[int, ...]:
        return tuple(piece.number for piece in self.split_from)

    @property
    def joined_numbers(self) -> tuple[int, ...]:
        return tuple(piece.number for piece in self.joined_to)

    @property
    def is_reworded(self) -> bool:
        return self.before is not None and self.after is not None and self.before.body != self.after.body

    @property
    def has_other_kind(self) -> bool:
        both = self.before is not None and self.after is not None
        return both and (self.before.kind, self.before.level) != (self.after.kind, self.after.level)  # type: ignore[union-attr]  # both are there

    def words(self) -> list[TextChange]:
        """What it says, word by word. Asked for where it is shown: it costs more than all the rest."""
        before, after = self.before.body if self.before else "", self.after.body if self.after else ""
        return compare_words(before, after)


@dataclass(frozen=True, slots=True)
class UnchangedRows:
    """Clauses that read as before, one after the other."""

    rows: list[ComparisonRow] = field(default_factory=list)


def compare_clause_states(
    earlier_clauses: Sequence[ClauseState],
    later_clauses: Sequence[ClauseState],
    descendants: Mapping[int, Sequence[int]] | None = None,
) -> list[ComparisonRow]:
    """Each clause of both. `descendants`: from a clause to those that were split off it or that it was joined to."""
    return list(_RevisionComparison(earlier_clauses, later_clauses, descendants or {}).rows())


def fold_unchanged_rows(comparison_rows: Sequence[ComparisonRow]) -> list[ComparisonRow | UnchangedRows]:
    """The rows, with those in between that read as before put together."""
    shown: list[ComparisonRow | UnchangedRows] = []
    for row in comparison_rows:
        if row.fate != "same":
            shown.append(row)
        elif shown and isinstance(shown[-1], UnchangedRows):
            shown[-1].rows.append(row)
        else:
            shown.append(UnchangedRows([row]))
    return shown


class _RevisionComparison:
    """Two revisions side by side."""

    def __init__(
        self,
        earlier_clauses: Sequence[ClauseState],
        later_clauses: Sequence[ClauseState],
        descendants: Mapping[int, Sequence[int]],
    ) -> None:
        self.earlier, self.later, self.offspring = earlier_clauses, later_clauses, descendants
        self.before = {piece.number: piece for piece in earlier_clauses}
        self.after = {piece.number: piece for piece in later_clauses}
        self.parents: dict[int, list[int]] = {}
        for origin, children in descendants.items():
            for child in children:
                self.parents.setdefault(child, []).append(origin)

    def rows(self) -> Iterator[ComparisonRow]:
        """Between two clauses that stayed: first what left its place there, then what came to it."""
        old, new = iter(self.earlier), iter(self.later)
        positions = {piece.number: at for at, piece in enumerate(self.earlier)}
        for number in [
            *find_unmoved_clauses([piece.number for piece in self.later if piece.number in positions], positions),
            None,
        ]:
            for piece in old:
                if piece.number == number:
                    break
                yield self._build_comparison_row(piece.number, "away" if piece.number in self.after else "removed")
            for piece in new:
                if piece.number == number:
                    yield self._build_comparison_row(number, "same" if self.before[number] == piece else "changed")
                    break
                yield self._build_comparison_row(piece.number, "moved" if piece.number in self.before else "added")

    def _build_comparison_row(self, clause_number: int, change_kind: ChangeKind) -> ComparisonRow:
        before, after = self.before.get(clause_number), self.after.get(clause_number)
        if change_kind in {"same", "away"}:
            return ComparisonRow(change_kind, before, after)
        # Split off one that was there before; or joined by one that is there no more.
        from_all = [one for one in self.parents.get(clause_number, []) if one in self.before]
        origins = [self.before[one] for one in from_all if before is None or one not in self.after]
        became = [
            self.after[one] for one in self.offspring.get(clause_number, ()) if after is None and one in self.after
        ]
        return ComparisonRow(change_kind, before, after, tuple(origins), tuple(became))


def find_unmoved_clauses(common_clauses: Sequence[int], positions_by_clause: Mapping[int, int]) -> list[int]:
    """As many clauses as can be said to have stayed where they were: their longest run in both orders."""
    ends: list[int] = []  # the smallest place at which a run of this length ends
    chain: list[int] = []  # by whom
    behind: dict[int, int | None] = {}
    for number in common_clauses:
        at = bisect_left(ends, positions_by_clause[number])
        behind[number] = chain[at - 1] if at else None
        ends[at : at + 1], chain[at : at + 1] = [positions_by_clause[number]], [number]
    run: list[int] = []
    here = chain[-1] if chain else None
    while here is not None:
        run.append(here)
        here = behind[here]
    return run[::-1]
