"""What could help: a pure function over plain values, which tells why by the very values that it ranked by.

Nothing is fetched here, and no number is shown: whoever reads a suggestion reads its reasons.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import log

MAX_HELP_SUGGESTIONS = 10
MAX_SHOWN_SHARED_WORDS = 5
STALE_HELP_AGE = timedelta(days=365)
COMMON_WORD_MIN_RECORDS, COMMON_WORD_MAX_SHARE = 8, 0.3  # words that so many of so many have are silent

# What each reason weighs. `python -m bench.together_help` says how well that finds what fits.
SAME_SORT_WEIGHT, NEAR_SORT_WEIGHT = 3.0, 1.2
AREA_WEIGHT, MAX_AREAS_WEIGHT = 1.5, 2.5
SAME_COUNTRY_WEIGHT, SAME_SUBREGION_WEIGHT, SAME_REGION_WEIGHT, ANYWHERE_WEIGHT = 2.0, 1.2, 0.6, 0.4
OTHER_REGION_WEIGHT = -1.5
SHARED_LANGUAGE_WEIGHT, MAX_LANGUAGES_WEIGHT, NO_LANGUAGE_WEIGHT = 0.8, 1.6, -2.0
WORD_WEIGHT, MAX_WORDS_WEIGHT = 0.9, 5.0
STALE_HELP_WEIGHT = -0.5
MIN_WEIGHT, MIN_WEIGHT_OTHER_SORT = 2.0, 2.5  # below, a suggestion would be a guess


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpFacts:
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
class HelpMatchReason:
    """`name` says which sentence, `values` fill it: see `reasons.py`."""

    name: str
    values: tuple[str | int | date, ...] = ()


@dataclass(frozen=True, slots=True)
class HelpSuggestion:
    pk: int
    reasons: tuple[HelpMatchReason, ...]


type WeightedReasons = tuple[float, list[HelpMatchReason]]


def rank_help_suggestions(
    target_facts: HelpFacts,
    candidate_facts: Iterable[HelpFacts],
    today: date,
    *,
    max_suggestions: int = MAX_HELP_SUGGESTIONS,
) -> list[HelpSuggestion]:
    """Of the others, those that fit this one, the best first: needs for an offer, or offers for a need."""
    if _is_help_unavailable(target_facts, today):
        return []
    possible = [other for other in candidate_facts if _is_candidate_compatible(target_facts, other, today)]
    rare = _compute_word_rarity(target_facts, possible)
    ranked = []
    for other in possible:
        weight, reasons = _compute_match_weight(target_facts, other, rare, today)
        of_sort = any(reason.name in ("sort", "near") for reason in reasons)
        if weight >= (MIN_WEIGHT if of_sort else MIN_WEIGHT_OTHER_SORT):
            ranked.append((-weight, -other.pk, HelpSuggestion(other.pk, tuple(reasons))))
    ranked.sort(key=lambda row: row[:2])
    return [suggestion for _weight, _pk, suggestion in ranked[:max_suggestions]]


def _is_help_unavailable(target_facts: HelpFacts, today: date) -> bool:
    return target_facts.closed or target_facts.left or (target_facts.until is not None and target_facts.until < today)


def _is_candidate_compatible(target_facts: HelpFacts, candidate_facts: HelpFacts, today: date) -> bool:
    """What nothing makes up for: closed, over, whose it is has left, its own, or days that do not meet."""
    if _is_help_unavailable(candidate_facts, today) or (
        target_facts.organisation is not None and target_facts.organisation == candidate_facts.organisation
    ):
        return False
    return _starts_before_end(target_facts.starts_on, candidate_facts.until) and _starts_before_end(
        candidate_facts.starts_on, target_facts.until
    )


def _starts_before_end(starts_on: date | None, ends_on: date | None) -> bool:
    return starts_on is None or ends_on is None or starts_on <= ends_on


def _compute_word_rarity(target_facts: HelpFacts, candidate_facts: Sequence[HelpFacts]) -> dict[str, float]:
    """For each word of this one, how much it tells: from 0, where many have it, to 1 for one of them alone."""
    counted = Counter(term for other in candidate_facts for term in other.terms.keys() & target_facts.terms.keys())
    total = len(candidate_facts)
    told = {}
    for term, number in counted.items():
        if total >= COMMON_WORD_MIN_RECORDS and number > total * COMMON_WORD_MAX_SHARE:
            continue
        told[term] = log(1 + total / number) / log(1 + total)
    return told


def _compute_match_weight(
    target_facts: HelpFacts, candidate_facts: HelpFacts, word_rarity: Mapping[str, float], today: date
) -> WeightedReasons:
    total, reasons = 0.0, []
    for weight, more in (
        _compare_help_type(target_facts, candidate_facts),
        _compare_help_words(target_facts, candidate_facts, word_rarity),
        _compare_help_areas(target_facts, candidate_facts),
        _compare_help_places(target_facts, candidate_facts),
        _compare_help_languages(target_facts, candidate_facts),
        _compare_help_dates(target_facts, candidate_facts),
        _compare_help_age(candidate_facts, today),
    ):
        total += weight
        reasons += more
    return total, reasons


def _compare_help_type(target_facts: HelpFacts, candidate_facts: HelpFacts) -> WeightedReasons:
    if target_facts.sort == candidate_facts.sort:
        return SAME_SORT_WEIGHT, [HelpMatchReason("sort", (target_facts.sort,))]
    if candidate_facts.sort in target_facts.near or target_facts.sort in candidate_facts.near:
        return NEAR_SORT_WEIGHT, [HelpMatchReason("near", (candidate_facts.sort,))]
    return 0.0, []


def _compare_help_words(
    target_facts: HelpFacts, candidate_facts: HelpFacts, word_rarity: Mapping[str, float]
) -> WeightedReasons:
    shared = sorted(word_rarity.keys() & candidate_facts.terms.keys(), key=lambda term: (-word_rarity[term], term))
    if not shared:
        return 0.0, []
    words = list(dict.fromkeys(target_facts.terms[term].casefold() for term in shared))[:MAX_SHOWN_SHARED_WORDS]
    return min(WORD_WEIGHT * sum(word_rarity[term] for term in shared), MAX_WORDS_WEIGHT), [
        HelpMatchReason("words", tuple(words))
    ]


def _compare_help_areas(target_facts: HelpFacts, candidate_facts: HelpFacts) -> WeightedReasons:
    shared = sorted(target_facts.areas & candidate_facts.areas)
    return (
        (min(AREA_WEIGHT * len(shared), MAX_AREAS_WEIGHT), [HelpMatchReason("areas", tuple(shared))])
        if shared
        else (0.0, [])
    )


def _compare_help_places(target_facts: HelpFacts, candidate_facts: HelpFacts) -> WeightedReasons:
    """The narrowest that both have in common."""
    if not target_facts.countries or not candidate_facts.countries:
        return ANYWHERE_WEIGHT, [
            HelpMatchReason("anywhere")
        ] if target_facts.countries and not candidate_facts.countries else []
    for name, weight, shared in (
        ("countries", SAME_COUNTRY_WEIGHT, target_facts.countries & candidate_facts.countries),
        ("subregions", SAME_SUBREGION_WEIGHT, target_facts.subregions & candidate_facts.subregions),
        ("regions", SAME_REGION_WEIGHT, target_facts.regions & candidate_facts.regions),
    ):
        if shared:
            return weight, [HelpMatchReason(name, tuple(sorted(shared)))]
    return OTHER_REGION_WEIGHT, []


def _compare_help_languages(target_facts: HelpFacts, candidate_facts: HelpFacts) -> WeightedReasons:
    if not target_facts.languages or not candidate_facts.languages:
        return 0.0, []
    shared = tuple(sorted(target_facts.languages & candidate_facts.languages))
    if not shared:
        return NO_LANGUAGE_WEIGHT, []
    return min(SHARED_LANGUAGE_WEIGHT * len(shared), MAX_LANGUAGES_WEIGHT), [HelpMatchReason("languages", shared)]


def _compare_help_dates(target_facts: HelpFacts, candidate_facts: HelpFacts) -> WeightedReasons:
    """They meet, or it would be no suggestion; where both name days, it is told when."""
    begins = max((day for day in (target_facts.starts_on, candidate_facts.starts_on) if day), default=None)
    ends = min((day for day in (target_facts.until, candidate_facts.until) if day), default=None)
    named = [day for each in (target_facts, candidate_facts) for day in (each.starts_on, each.until) if day]
    if not named:
        return 0.0, []
    if begins and ends:
        return 0.2, [HelpMatchReason("between", (begins, ends))]
    return 0.1, [HelpMatchReason("from", (begins,)) if begins else HelpMatchReason("until", (ends,))]  # type: ignore[arg-type]  # one is there


def _compare_help_age(candidate_facts: HelpFacts, today: date) -> WeightedReasons:
    if candidate_facts.confirmed_on is None or candidate_facts.confirmed_on >= today - STALE_HELP_AGE:
        return 0.0, []
    return STALE_HELP_WEIGHT, [HelpMatchReason("stale", (candidate_facts.confirmed_on,))]
