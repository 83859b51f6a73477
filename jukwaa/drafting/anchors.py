"""Where the words that an input is about stand now. Pure: from texts to texts, without the database.

A quotation is found by its words, and told from others of the same words by what stood around it: the text quote
selector of W3C's Web Annotation Data Model (Recommendation of 2017, section 4.2.4).
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile

from jukwaa.drafting.models import Input

CONTEXT = 64  # characters kept on either side of a quotation
DISTINCT = 25  # characters from which on the same words elsewhere in the text are taken for the same passage

Fate = Input.Fate


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a clause. Without `exact` it is the clause as a whole."""

    exact: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int = 0

    @classmethod
    def of(cls, body: str, start: int, end: int) -> "Quote":
        return cls(body[start:end], body[max(0, start - CONTEXT) : start], body[end : end + CONTEXT], start)


@dataclass(frozen=True, slots=True)
class Anchor:
    """What an input is about: the number of its clause, what that said then, and the words quoted from it."""

    clause: int
    wording: str
    quote: Quote = Quote()


@dataclass(frozen=True, slots=True)
class Found:
    """What became of an anchor: `clause` is None where it was removed, `start` where its words stand no more."""

    fate: Fate
    clause: int | None = None
    start: int | None = None


def locate(quote: Quote, body: str) -> int | None:
    """Where a quotation stands in a text: of several places that with most of its surroundings, then the nearest."""
    if not quote.exact:
        return None
    places = _occurrences(quote.exact, body)
    return max(places, key=lambda at: (_likeness(quote, body, at), -abs(at - quote.start)), default=None)


def follow(anchor: Anchor, after: Mapping[int, str], offspring: Mapping[int, Collection[int]]) -> Found:
    """Exactly one fate for every anchor, whatever was edited, moved, parted, joined or taken out since.

    `after` holds the clauses as they are now, by number. `offspring` leads from a clause to those that were split off
    it or that it was joined to. Kept: the words stand in the clause. Moved: they stand in another one. Changed: what
    came of the clause is there, and does not say them. Removed: nothing of it is there.
    """
    family = [number for number in _family(anchor.clause, offspring) if number in after]
    if anchor.clause in after and (at := _stands(anchor, after[anchor.clause], whole=True)) is not None:
        return Found(Fate.KEPT, anchor.clause, at)
    for number in family:
        if number != anchor.clause and (at := _stands(anchor, after[number])) is not None:
            return Found(Fate.MOVED, number, at)
    if found := _elsewhere(anchor, after, set(family)):
        return found
    return Found(Fate.CHANGED, family[0]) if family else Found(Fate.REMOVED)


def _stands(anchor: Anchor, body: str, *, whole: bool = False) -> int | None:
    """Where its words stand in this clause. A clause as a whole is kept only while it says the same and no more."""
    if anchor.quote.exact:
        return locate(anchor.quote, body)
    if whole:
        return 0 if body == anchor.wording else None
    return locate(Quote(anchor.wording), body)


def _elsewhere(anchor: Anchor, after: Mapping[int, str], family: set[int]) -> Found | None:
    """Cut out here and put in there by hand: words long enough to be no chance, in one other clause alone."""
    words = anchor.quote.exact or anchor.wording
    if len(words) < DISTINCT:
        return None
    others = [(number, at) for number, body in after.items() if number not in family and (at := body.find(words)) >= 0]
    return Found(Fate.MOVED, *others[0]) if len(others) == 1 else None


def _family(number: int, offspring: Mapping[int, Collection[int]]) -> Iterator[int]:
    """The clause, then what came of it, the nearest first, each once."""
    seen, waiting = {number}, [number]
    while waiting:
        yield (here := waiting.pop(0))
        new = [child for child in offspring.get(here, ()) if child not in seen]
        seen.update(new)
        waiting.extend(new)


def _occurrences(words: str, body: str) -> Iterator[int]:
    at = body.find(words)
    while at >= 0:
        yield at
        at = body.find(words, at + 1)


def _likeness(quote: Quote, body: str, at: int) -> int:
    """How many characters around this place are those that stood around the quotation."""
    before = zip(reversed(quote.prefix), reversed(body[:at]), strict=False)
    behind = zip(quote.suffix, body[at + len(quote.exact) :], strict=False)
    return sum(1 for side in (before, behind) for _pair in takewhile(lambda pair: pair[0] == pair[1], side))
