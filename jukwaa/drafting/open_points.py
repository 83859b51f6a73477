"""Marks with which drafters leave a point open, such as "[TO DISCUSS: amount?]". A published version keeps them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from jukwaa.drafting.models import Placement

MAX_OPEN_POINTS = 10
_OPEN_WORDS = (
    r"to (?:discuss|do|decide|be (?:\w+ )?(?:discussed|decided|confirmed|defined|added|completed|agreed))|todo|tb[acd]"
    r"|open (?:point|question)s?|à (?:discuter|compléter|confirmer|définir)"
    r"|por (?:discutir|definir|confirmar|completar)"
    r"|a (?:discutir|definir|confirmar)|offen|zu (?:klären|ergänzen)|noch offen|للنقاش|يحدد لاحقا"
)
OPEN_POINT_PATTERN = re.compile(
    rf"\[(?:(?:{_OPEN_WORDS})\b[^\]\n]{{0,200}}|[^\]\n]{{1,200}}\?|\?{{1,3}}|\u2026|\.{{3}})\]|\bTB[CD]\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class OpenPoint:
    clause_label: str
    words: str


def find_open_points(placements: Iterable[Placement]) -> list[OpenPoint]:
    """Return the first marks of open points in the clauses of a revision, in their order."""
    found = (
        OpenPoint(placement.clause.label, match[0])
        for placement in placements
        for match in OPEN_POINT_PATTERN.finditer(placement.wording.body)
    )
    return [point for _at, point in zip(range(MAX_OPEN_POINTS), found, strict=False)]
