"""Where the words that an input is about stand now. Pure: from texts to texts, without the database.

A quotation is found by its words, and told from others of the same words by what stood around it: the text quote
selector of W3C's Web Annotation Data Model (Recommendation of 2017, section 4.2.4).
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, takewhile
from types import MappingProxyType

from jukwaa.drafting.models import Input

QUOTE_CONTEXT_LENGTH = 64  # characters kept on either side of a quotation
MIN_DISTINCT_QUOTE_LENGTH = (
    25  # characters from which on the same words elsewhere in the text are taken for the same passage
)
MAX_QUOTE_OCCURRENCES = 1_000

AnchorFate = Input.Fate


@dataclass(frozen=True, slots=True)
class ClauseQuote:
    """Words of a clause. Without `exact` it is the clause as a whole."""

    exact: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int = 0

    @classmethod
    def of(cls, clause_body: str, start_index: int, end_index: int) -> "ClauseQuote":
        return cls(
            clause_body[start_index:end_index],
            clause_body[max(0, start_index - QUOTE_CONTEXT_LENGTH) : start_index],
            clause_body[end_index : end_index + QUOTE_CONTEXT_LENGTH],
            start_index,
        )


@dataclass(frozen=True, slots=True)
class InputAnchor:
    """What an input is about: the number of its clause, what that said then, and the words quoted from it."""

    clause: int
    wording: str
    quote: ClauseQuote = ClauseQuote()


@dataclass(frozen=True, slots=True)
class AnchorLocation:
    """What became of an anchor: `clause` is None where it was removed, `start` where its words stand no more."""

    fate: AnchorFate
    clause: int | None = None
    start: int | None = None


def locate_quote_in_body(clause_quote: ClauseQuote, clause_body: str) -> int | None:
    """Where a quotation stands in a text: of several places that with most of its surroundings, then the nearest."""
    places = _iter_quote_occurrences(clause_quote.exact, clause_body)
    return max(
        places,
        key=lambda at: (_count_matching_context(clause_quote, clause_body, at), -abs(at - clause_quote.start)),
        default=None,
    )


def locate_quote_anchor(
    quote_anchor: InputAnchor,
    bodies_after: Mapping[int, str],
    descendants: Mapping[int, Collection[int]],
    bodies_before: Mapping[int, str] = MappingProxyType({}),
) -> AnchorLocation:
    """Exactly one fate for every anchor, whatever was edited, moved, parted, joined or taken out since.

    `bodies_after` holds the clauses as they are now, by number, and `bodies_before` as they were when the words were
    quoted. `descendants` leads from a clause to those that were split off it or that it was joined to. Kept: the words
    stand in the clause. Moved: they stand in another one. Changed: what came of the clause is there, and does not say
    them. Removed: nothing of it is there.
    """
    family = [number for number in _iter_descendant_clauses(quote_anchor.clause, descendants) if number in bodies_after]
    for number in family:
        if (
            at := _find_in_clause(quote_anchor, number, bodies_after[number], bodies_before.get(number, ""))
        ) is not None:
            return AnchorLocation(AnchorFate.KEPT if number == quote_anchor.clause else AnchorFate.MOVED, number, at)
    if found := _find_in_other_clause(quote_anchor, bodies_after, set(family), bodies_before):
        return found
    return AnchorLocation(AnchorFate.CHANGED, family[0]) if family else AnchorLocation(AnchorFate.REMOVED)


def _find_in_clause(quote_anchor: InputAnchor, clause_number: int, clause_body: str, earlier_body: str) -> int | None:
    """Where its very words stand in this clause. A clause as a whole is kept while it says the same and no more."""
    is_home = clause_number == quote_anchor.clause
    if is_home and clause_body == quote_anchor.wording:
        return quote_anchor.quote.start
    if is_home and not quote_anchor.quote.exact:
        return None
    quote = quote_anchor.quote if quote_anchor.quote.exact else ClauseQuote(quote_anchor.wording)
    at = locate_quote_in_body(quote, clause_body)
    if at is None or _matches_other_quote(
        quote,
        clause_body,
        at,
        _find_other_occurrences(quote_anchor, quote, "" if is_home else earlier_body),
        is_home=is_home,
    ):
        return None
    return at


def _find_other_occurrences(
    quote_anchor: InputAnchor, clause_quote: ClauseQuote, earlier_body: str
) -> list[ClauseQuote]:
    """The same words at other places that this clause may have them from: beside these, or its own of then."""
    beside = [
        at for at in _iter_quote_occurrences(clause_quote.exact, quote_anchor.wording) if at != clause_quote.start
    ]
    own = list(_iter_quote_occurrences(clause_quote.exact, earlier_body))
    length = len(clause_quote.exact)
    return [
        ClauseQuote.of(text, at, at + length)
        for text, places in ((quote_anchor.wording, beside), (earlier_body, own))
        for at in places
    ]


def _matches_other_quote(
    clause_quote: ClauseQuote, clause_body: str, character_index: int, other_quotes: list[ClauseQuote], *, is_home: bool
) -> bool:
    """Some of the words that were the same are gone, and those that are left at this place are others of them."""
    if not other_quotes or sum(1 for _place in _iter_quote_occurrences(clause_quote.exact, clause_body)) > len(
        other_quotes
    ):
        return False

    def compute_context_nearness(clause_quote: ClauseQuote) -> tuple[int, int]:
        return _count_matching_context(clause_quote, clause_body, character_index), -abs(
            character_index - clause_quote.start
        ) if is_home else 0

    return max(map(compute_context_nearness, other_quotes)) > compute_context_nearness(clause_quote)


def _find_in_other_clause(
    quote_anchor: InputAnchor,
    bodies_after: Mapping[int, str],
    related_clauses: Collection[int],
    bodies_before: Mapping[int, str],
) -> AnchorLocation | None:
    """Cut out here and put in there by hand: words long enough to be no chance, new in one other clause alone."""
    words = quote_anchor.quote.exact or quote_anchor.wording
    if len(words) < MIN_DISTINCT_QUOTE_LENGTH:
        return None
    places = (
        (number, body.find(words))
        for number, body in bodies_after.items()
        if words in body and number not in related_clauses
    )
    new = [place for place in places if words not in bodies_before.get(place[0], "")]
    return AnchorLocation(AnchorFate.MOVED, *new[0]) if len(new) == 1 else None


def _iter_descendant_clauses(clause_number: int, descendants: Mapping[int, Collection[int]]) -> Iterator[int]:
    """The clause, then what came of it, the nearest first, each once."""
    seen, waiting = {clause_number}, [clause_number]
    while waiting:
        yield (here := waiting.pop(0))
        new = [child for child in descendants.get(here, ()) if child not in seen]
        seen.update(new)
        waiting.extend(new)


def _iter_quote_occurrences(words: str, clause_body: str) -> Iterator[int]:
    """The first thousand of them: a single letter that was quoted stands in a long clause more often than that."""
    return islice(_iter_all_occurrences(words, clause_body), MAX_QUOTE_OCCURRENCES)


def _iter_all_occurrences(words: str, clause_body: str) -> Iterator[int]:
    at = clause_body.find(words) if words else -1
    while at >= 0:
        yield at
        at = clause_body.find(words, at + 1)


def _count_matching_context(clause_quote: ClauseQuote, clause_body: str, character_index: int) -> int:
    """How many characters around this place are those that stood around the quotation."""
    before = zip(reversed(clause_quote.prefix), reversed(clause_body[:character_index]), strict=False)
    behind = zip(clause_quote.suffix, clause_body[character_index + len(clause_quote.exact) :], strict=False)
    return sum(1 for side in (before, behind) for _pair in takewhile(lambda pair: pair[0] == pair[1], side))
