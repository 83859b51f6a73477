"""What could help: a pure function over plain values, which tells why by the very values that it ranked by.

Nothing is fetched here, and no number is shown: whoever reads a suggestion reads its reasons.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import log

MOST = 10
SHOWN_WORDS = 5
STALE = timedelta(days=365)
COMMON_FROM, COMMON_SHARE = 8, 0.3  # words that so many of so many have are silent

# What each reason weighs. `python -m bench.together_help` says how well that finds what fits.
SAME_SORT, NEAR_SORT = 3.0, 1.2
AREA, MOST_AREAS = 1.5, 2.5
SAME_COUNTRY, SAME_SUBREGION, SAME_REGION, ANYWHERE = 2.0, 1.2, 0.6, 0.4
ELSEWHERE = -1.5
SHARED_LANGUAGE, MOST_LANGUAGES, NO_LANGUAGE = 0.8, 1.6, -2.0
WORD, MOST_WORDS = 0.9, 5.0
STALE_COSTS = -0.5
LEAST, LEAST_OF_ANOTHER_SORT = 2.0, 2.5  # below, a suggestion would be a guess


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    """An offer or a need, in values. `terms` maps a word as the index cuts it to how it was written.

    No countries mean anywhere, no languages any. `subregions` and `regions` follow from the countries.
    """

    pk: int
    organisation: int | None
    sort: str
    near: frozenset[str] = frozenset()
    areas: frozenset[int] = frozenset()
    countries: frozenset[str] = frozenset()
    subregions: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    terms: Mapping[str, str] = field(default_factory=dict)
    starts_on: date | None = None
    until: date | None = None
    confirmed_on: date | None = None
    closed: bool = False
    left: bool = False  # whose it is has left the coalition


@dataclass(frozen=True, slots=True)
class Reason:
    """`name` says which sentence, `values` fill it: see `reasons.py`."""

    name: str
    values: tuple[str | int | date, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    pk: int
    reasons: tuple[Reason, ...]


type Weighed = tuple[float, list[Reason]]


def suggest(one: Plain, others: Iterable[Plain], today: date, *, most: int = MOST) -> list[Suggestion]:
    """Of the others, those that fit this one, the best first: needs for an offer, or offers for a need."""
    if _is_out(one, today):
        return []
    possible = [other for other in others if _may_meet(one, other, today)]
    rare = _rarity(one, possible)
    ranked = []
    for other in possible:
        weight, reasons = _weigh(one, other, rare, today)
        of_sort = any(reason.name in ("sort", "near") for reason in reasons)
        if weight >= (LEAST if of_sort else LEAST_OF_ANOTHER_SORT):
            ranked.append((-weight, -other.pk, Suggestion(other.pk, tuple(reasons))))
    ranked.sort(key=lambda row: row[:2])
    return [suggestion for _weight, _pk, suggestion in ranked[:most]]


def _is_out(one: Plain, today: date) -> bool:
    return one.closed or one.left or (one.until is not None and one.until < today)


def _may_meet(one: Plain, other: Plain, today: date) -> bool:
    """What nothing makes up for: closed, over, whose it is has left, its own, or days that do not meet."""
    if _is_out(other, today) or (one.organisation is not None and one.organisation == other.organisation):
        return False
    return _before(one.starts_on, other.until) and _before(other.starts_on, one.until)


def _before(begins: date | None, ends: date | None) -> bool:
    return begins is None or ends is None or begins <= ends


def _rarity(one: Plain, others: Sequence[Plain]) -> dict[str, float]:
    """For each word of this one, how much it tells: from 0, where many have it, to 1 for one of them alone."""
    counted = Counter(term for other in others for term in other.terms.keys() & one.terms.keys())
    total = len(others)
    told = {}
    for term, number in counted.items():
        if total >= COMMON_FROM and number > total * COMMON_SHARE:
            continue
        told[term] = log(1 + total / number) / log(1 + total)
    return told


def _weigh(one: Plain, other: Plain, rare: Mapping[str, float], today: date) -> Weighed:
    total, reasons = 0.0, []
    for weight, more in (
        _by_sort(one, other),
        _by_words(one, other, rare),
        _by_areas(one, other),
        _by_places(one, other),
        _by_languages(one, other),
        _by_days(one, other),
        _by_age(other, today),
    ):
        total += weight
        reasons += more
    return total, reasons


def _by_sort(one: Plain, other: Plain) -> Weighed:
    if one.sort == other.sort:
        return SAME_SORT, [Reason("sort", (one.sort,))]
    if other.sort in one.near or one.sort in other.near:
        return NEAR_SORT, [Reason("near", (other.sort,))]
    return 0.0, []


def _by_words(one: Plain, other: Plain, rare: Mapping[str, float]) -> Weighed:
    shared = sorted(rare.keys() & other.terms.keys(), key=lambda term: (-rare[term], term))
    if not shared:
        return 0.0, []
    words = list(dict.fromkeys(one.terms[term].casefold() for term in shared))[:SHOWN_WORDS]
    return min(WORD * sum(rare[term] for term in shared), MOST_WORDS), [Reason("words", tuple(words))]


def _by_areas(one: Plain, other: Plain) -> Weighed:
    shared = sorted(one.areas & other.areas)
    return (min(AREA * len(shared), MOST_AREAS), [Reason("areas", tuple(shared))]) if shared else (0.0, [])


def _by_places(one: Plain, other: Plain) -> Weighed:
    """The narrowest that both have in common."""
    if not one.countries or not other.countries:
        return ANYWHERE, [Reason("anywhere")] if one.countries and not other.countries else []
    for name, weight, shared in (
        ("countries", SAME_COUNTRY, one.countries & other.countries),
        ("subregions", SAME_SUBREGION, one.subregions & other.subregions),
        ("regions", SAME_REGION, one.regions & other.regions),
    ):
        if shared:
            return weight, [Reason(name, tuple(sorted(shared)))]
    return ELSEWHERE, []


def _by_languages(one: Plain, other: Plain) -> Weighed:
    if not one.languages or not other.languages:
        return 0.0, []
    shared = tuple(sorted(one.languages & other.languages))
    if not shared:
        return NO_LANGUAGE, []
    return min(SHARED_LANGUAGE * len(shared), MOST_LANGUAGES), [Reason("languages", shared)]


def _by_days(one: Plain, other: Plain) -> Weighed:
    """They meet, or it would be no suggestion; where both name days, it is told when."""
    begins = max((day for day in (one.starts_on, other.starts_on) if day), default=None)
    ends = min((day for day in (one.until, other.until) if day), default=None)
    named = [day for each in (one, other) for day in (each.starts_on, each.until) if day]
    if not named:
        return 0.0, []
    if begins and ends:
        return 0.2, [Reason("between", (begins, ends))]
    return 0.1, [Reason("from", (begins,)) if begins else Reason("until", (ends,))]  # type: ignore[arg-type]  # one is there


def _by_age(other: Plain, today: date) -> Weighed:
    if other.confirmed_on is None or other.confirmed_on >= today - STALE:
        return 0.0, []
    return STALE_COSTS, [Reason("stale", (other.confirmed_on,))]
