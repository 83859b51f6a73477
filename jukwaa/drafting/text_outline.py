"""A text as it is read: a page of its clauses, the list of its headings, and what stands beside them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, F, Q, QuerySet, TextField, Value, When

from jukwaa.coalitions.caching import get_or_build_cached
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.models.people import Viewer
from jukwaa.drafting.models import Clause, Evidence, Lineage, Placement, Revision, Term, Text
from jukwaa.drafting.models.texts import PlacementQuerySet
from jukwaa.records.models import Record

CLAUSES_PER_PAGE = 100  # clauses on a page
MAX_CONTENTS_LEVEL = 3  # headings that stand in the list of contents

ClauseKind = Placement.Kind
HEADING_TEXT_EXPRESSION = Case(
    When(kind=ClauseKind.HEADING, then=F("wording__body")), default=Value(""), output_field=TextField()
)


@dataclass(frozen=True, slots=True)
class ClausePosition:
    """Where a clause stands: on which page, and with which number of its list."""

    number: int
    kind: str
    level: int
    heading: str
    page: int
    ordinal: int
    own_number: str = ""

    @property
    def address(self) -> str:
        return f"?page={self.page}#c{self.number}" if self.page > 1 else f"#c{self.number}"


class TextOutline:
    """All clauses of a text at one time, without what they say: one query, however long it is."""

    def __init__(self, standing_placements: PlacementQuerySet) -> None:
        rows = standing_placements.select_related(None).values_list(
            "clause__number", "kind", "level", HEADING_TEXT_EXPRESSION, "clause__own_number"
        )
        counted = number_list_items((kind, level) for _number, kind, level, *_heading in rows)
        self.spots = [
            ClausePosition(number, kind, level, heading, at // CLAUSES_PER_PAGE + 1, ordinal, own_number)
            for at, ((number, kind, level, heading, own_number), ordinal) in enumerate(zip(rows, counted, strict=True))
        ]
        self.by_number = {spot.number: spot for spot in self.spots}

    @property
    def headings(self) -> list[ClausePosition]:
        return [spot for spot in self.spots if spot.kind == ClauseKind.HEADING and spot.level <= MAX_CONTENTS_LEVEL]

    def address(self, clause_number: int) -> str:
        """Of a clause on the page of its text; empty where it does not stand in it."""
        return self.by_number[clause_number].address if clause_number in self.by_number else ""

    def page(self, standing_placements: PlacementQuerySet, page_number: str | None) -> "Page[Placement]":
        """The clauses of one page, each with its number in its list."""
        found = Paginator(_CountedRows(standing_placements, len(self.spots)), CLAUSES_PER_PAGE).get_page(page_number)
        found.object_list = list(found.object_list)
        for placement in found.object_list:
            spot = self.by_number.get(placement.clause.number)
            placement.ordinal = spot.ordinal if spot else 0
        return found


class _CountedRows(Sequence[Any]):
    """Rows whose number is known already, so that a page needs no query for it."""

    def __init__(self, counted_rows: QuerySet[Any], clause_number: int) -> None:
        self.rows, self.number = counted_rows, clause_number

    def __len__(self) -> int:
        return self.number

    def __getitem__(self, key: Any) -> Any:
        return self.rows[key]


def number_list_items(numbered_clauses: Iterable[tuple[str, int]]) -> list[int]:
    """The number of each item in its list, 0 for what has none. A heading begins to count anew."""
    counted: dict[int, int] = {}
    found = []
    for kind, level in numbered_clauses:
        if kind == ClauseKind.HEADING:
            counted.clear()
        elif kind == ClauseKind.NUMBERED:
            counted = {each: count for each, count in counted.items() if each <= level}
            counted[level] = counted.get(level, 0) + 1
        found.append(counted[level] if kind == ClauseKind.NUMBERED else 0)
    return found


def get_evidence_by_clause(
    placements: Iterable[Placement], viewer: Viewer, coalition: Coalition
) -> dict[int, list[Evidence]]:
    """What each clause rests on, by its number, as far as the viewer may read that: each record once."""
    clauses = [placement.clause_id for placement in placements]
    readable = Record.objects.visible_to(viewer).of(coalition)
    found = Evidence.objects.filter(readable.exists_for("record"), clause__in=clauses).select_related(
        "record", "clause"
    )
    by_number: dict[int, list[Evidence]] = defaultdict(list)
    for each in found.order_by("pk"):
        each.record.coalition = coalition
        if all(other.record_id != each.record_id for other in by_number[each.clause.number]):
            by_number[each.clause.number].append(each)
    return by_number


def attach_clause_evidence(placements: Iterable[Placement], viewer: Viewer, coalition: Coalition) -> None:
    """Hang on each clause what it rests on, for its template."""
    placements = list(placements)
    found = get_evidence_by_clause(placements, viewer, coalition)
    for placement in placements:
        placement.rests_on = found.get(placement.clause.number, [])  # type: ignore[attr-defined]  # for its template


def find_glossary_terms(coalition: Coalition, language: str, placements: Iterable[Placement]) -> list[Term]:
    """The words of the glossary that stand in these clauses."""
    known = get_or_build_cached(coalition, f"terms-{language}", lambda: list(Term.objects.filter(coalition=coalition)))
    own = [term for term in known if term.language == language]
    said = "\n".join(placement.wording.body for placement in placements)
    names = set(find_whole_words([term.name for term in own], said))
    return [term for term in own if term.name in names]


def find_whole_words(searched_names: Sequence[str], content_text: str) -> list[str]:
    """Those of these words that stand in the text as whole words, whatever their case."""
    return [
        name for name in searched_names if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", content_text, re.IGNORECASE)
    ]


def get_last_revision_with_clause(text: Text, clause: Clause) -> Revision | None:
    """The latest revision in which a clause stood."""
    revisions = list(text.revisions.order_by("-number"))
    spans = list(Placement.objects.filter(clause=clause.pk).values_list("since", "until"))
    stood = (
        revision
        for revision in revisions
        if any(since <= revision.step and (until is None or until > revision.step) for since, until in spans)
    )
    return next(stood, None)


def get_descendants_by_clause(text: Text) -> dict[int, list[int]]:
    """From the number of each clause to those that were split off it, or that it was joined to."""
    found = defaultdict(list)
    within = Lineage.objects.filter(Q(clause__text=text.pk) & Q(origin__text=text.pk)).order_by("pk")
    for origin, child in within.values_list("origin__number", "clause__number"):
        found[origin].append(child)
    return found
