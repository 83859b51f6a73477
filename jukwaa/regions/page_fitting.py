"""What of a brief fits its two pages and its five, as it is built. Pure, and reckoned in lines of its PDF.

The first statement of each part goes first, then the second of each, and so on: no part pushes out another. What does
not fit is left out of the text and stands among its sources. Pages that are a little emptier than they could be are
better than one too many, so that all is reckoned on the generous side.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import ceil

from jukwaa.drafting.models import Placement

ClauseKind = Placement.Kind
SHORT_PAGES, LONG_PAGES = 2, 5
LINES_PER_PAGE = 45.0  # lines of a page of A4, less the one or two that stay empty where a clause does not fit
PAGE_HEADER_LINES = (
    12.0  # lines of what stands above the first clause: the label, a title of two lines, and whom it is for
)
FOOTER_LINES_BY_LENGTH = {SHORT_PAGES: 3.0, LONG_PAGES: 5.0}  # lines that say what is not quoted
CHARACTERS_PER_LINE = 94  # characters in a line
LINES_ABOVE_BY_CLAUSE_KIND: dict[str, float] = {
    ClauseKind.HEADING: 1.0,
    ClauseKind.BULLET: 0.25,
    ClauseKind.NUMBERED: 0.35,
    ClauseKind.TABLE: 1.0,
}
CLAUSE_NUMBER_CHARACTERS = 14  # characters of the number of a clause and of the mark of its source
MAX_FULL_SOURCES_BY_LENGTH = {
    SHORT_PAGES: 6,
    LONG_PAGES: 15,
}  # so many sources have a line of their own, with their address; more are set close
MAX_TITLE_LENGTH_BY_LENGTH = {SHORT_PAGES: 40, LONG_PAGES: 60}  # characters of a title in a list that is set close
MAX_FIRST_SOURCE_TURN = 999  # turns up to here are those of first statements; what is added to them comes after


@dataclass(frozen=True)
class PlannedClause:
    """A clause to be, what it rests on, and whether it stands in the short version."""

    body: str
    kind: str = ClauseKind.PARAGRAPH
    level: int = 1
    rests_on: tuple[int, ...] = ()
    short: bool = False
    parts: tuple[str, ...] = ()  # of the record, where what is quoted can be taken back by whoever said it
    quoted: bool = True  # words of what it rests on stand in it
    turn: int = 0  # at which it is taken, after those of lower turns; at none, what stands in any case
    follows: bool = False  # stands or falls with what its record says first in this part

    @property
    def is_region_heading(self) -> bool:
        """The heading of a region, which stands where something below it does."""
        return self.kind == ClauseKind.HEADING and self.turn > 0


@dataclass
class _ClauseGroup:
    """Clauses that stand together or not at all."""

    turn: int
    about: tuple[str, int] | None  # a part of the brief, and the record that speaks in it
    at: list[int] = field(default_factory=list)
    place: int | None = None  # the heading above


def fit_brief_parts_to_pages(
    clauses_by_part: Mapping[str, Sequence[PlannedClause]], source_titles: Mapping[int, str], summary_text: str
) -> dict[str, list[PlannedClause]]:
    """What stands of each part in five pages, with what of it stands in two; parts that lost all are empty."""
    named = [(name, each) for name, rows in clauses_by_part.items() for each in _assign_fitting_order(rows)]
    stands = _choose_fitting_clauses(named, _count_free_lines(LONG_PAGES, source_titles, summary_text))
    short = [(name, each) for at, (name, each) in enumerate(named) if at in stands and each.short]
    short_at = [at for at, (_name, each) in enumerate(named) if at in stands and each.short]
    stands_short = {
        short_at[at]
        for at in _choose_fitting_clauses(short, _count_free_lines(SHORT_PAGES, source_titles, summary_text))
    }
    left: dict[str, list[PlannedClause]] = {name: [] for name in clauses_by_part}
    for at, (name, each) in enumerate(named):
        if at in stands:
            left[name].append(replace(each, short=at in stands_short))
    return left


def _assign_fitting_order(planned_clauses: Sequence[PlannedClause]) -> Sequence[PlannedClause]:
    """One after the other: also where a part is of several sorts, or of several regions, that each have a first."""
    waiting = [
        at for at, each in enumerate(planned_clauses) if each.turn and not each.is_region_heading and not each.follows
    ]
    order = sorted(waiting, key=lambda at: planned_clauses[at].turn)
    counted = {
        at: count + (MAX_FIRST_SOURCE_TURN if planned_clauses[at].turn > MAX_FIRST_SOURCE_TURN else 0)
        for count, at in enumerate(order, 1)
    }
    return [replace(each, turn=counted[at]) if at in counted else each for at, each in enumerate(planned_clauses)]


def _count_free_lines(page_count: int, source_titles: Mapping[int, str], summary_text: str) -> float:
    return (
        page_count * LINES_PER_PAGE
        - PAGE_HEADER_LINES
        - FOOTER_LINES_BY_LENGTH[page_count]
        - _count_text_lines(summary_text, CHARACTERS_PER_LINE)
        - _count_source_lines(page_count, list(source_titles.values()))
    )


def _count_source_lines(page_count: int, source_titles: Sequence[str]) -> float:
    if len(source_titles) <= MAX_FULL_SOURCES_BY_LENGTH[page_count]:
        return 3.0 + sum(_count_text_lines(title, CHARACTERS_PER_LINE) + 2.3 for title in source_titles)
    return 5.0 + _count_text_lines(
        "".join(f"[S99] {shorten_brief_title(title, page_count)}. " for title in source_titles), CHARACTERS_PER_LINE
    )


def shorten_brief_title(title: str, page_count: int) -> str:
    one_line, most = " ".join(title.split()), MAX_TITLE_LENGTH_BY_LENGTH[page_count]
    return one_line if len(one_line) <= most else f"{one_line[:most].rpartition(' ')[0] or one_line[:most]} …"


def _choose_fitting_clauses(named_clauses: Sequence[tuple[str, PlannedClause]], available_lines: float) -> set[int]:
    """Where in the row stands what fits."""
    stands = {at for at, (_name, each) in enumerate(named_clauses) if not each.turn}
    available_lines -= sum(count_clause_lines(named_clauses[at][1]) for at in stands)
    speaking: set[tuple[str, int] | None] = set()
    for unit in sorted(_build_clause_groups(named_clauses), key=lambda each: each.turn):
        if unit.about is not None and unit.turn > MAX_FIRST_SOURCE_TURN and unit.about not in speaking:
            continue  # what a record adds is nothing without what it says
        heading = [] if unit.place is None or unit.place in stands else [unit.place]
        cost = sum(count_clause_lines(named_clauses[at][1]) for at in (*heading, *unit.at))
        if cost <= available_lines:
            available_lines -= cost
            stands.update(heading, unit.at)
            speaking.add(unit.about)
    return stands


def _build_clause_groups(named_clauses: Sequence[tuple[str, PlannedClause]]) -> list[_ClauseGroup]:
    units: list[_ClauseGroup] = []
    saying: dict[tuple[str, int] | None, _ClauseGroup] = {}  # by what it is about: the clause that others follow
    place = None
    for at, (name, each) in enumerate(named_clauses):
        if not each.turn or each.is_region_heading:
            place = at if each.is_region_heading else None
            continue
        about = (name, each.rests_on[0]) if each.rests_on else None
        if each.follows and about in saying:
            saying[about].at.append(at)
            continue
        unit = _ClauseGroup(each.turn, about, [at], place)
        units.append(unit)
        saying.setdefault(about, unit)
    return units


def count_clause_lines(planned_clause: PlannedClause) -> float:
    if planned_clause.kind == ClauseKind.TABLE:
        rows = [row.split(" | ") for row in planned_clause.body.split("\n")]
        return LINES_ABOVE_BY_CLAUSE_KIND[ClauseKind.TABLE] + sum(_count_row_lines(row) for row in rows)
    size = 1.4 if planned_clause.kind == ClauseKind.HEADING else 1.0
    return LINES_ABOVE_BY_CLAUSE_KIND.get(planned_clause.kind, 0.4) + size * _count_text_lines(
        planned_clause.body + " " * CLAUSE_NUMBER_CHARACTERS, CHARACTERS_PER_LINE
    )


def _count_row_lines(cells: Sequence[str]) -> float:
    return max(_count_text_lines(cell, CHARACTERS_PER_LINE // len(cells)) for cell in cells) + 0.5


def _count_text_lines(words: str, line_width: int) -> int:
    """Letters of Chinese, Japanese and Korean are twice as wide."""
    return ceil(sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in words) / line_width)
