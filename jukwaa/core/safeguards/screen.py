"""A screen for words by which a child, or anybody, could be found. It warns the writer, and never certifies."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from jukwaa.core.safeguards.closer import CLOSER
from jukwaa.core.safeguards.signs import SIGNS, Sign
from jukwaa.core.safeguards.together import RARE, SOMEBODY, names_in_stories, rare_together

SIGN_CALLED: dict[str, Sign] = {sign.name: sign for sign in (*SIGNS, *CLOSER, RARE, SOMEBODY)}
REACH = 160  # characters: no pattern with a digit begins farther before it, or ends farther behind it
_DIGITS = re.compile(r"\d{1,60}")


@dataclass(frozen=True, slots=True)
class Hit:
    """`text[start:end]` may identify somebody: what it is, why that matters, and what to write instead."""

    start: int
    end: int
    sign: Sign

    @property
    def what(self) -> str:
        return str(self.sign.what)

    @property
    def why(self) -> str:
        return str(self.sign.why)

    @property
    def instead(self) -> str:
        return str(self.sign.instead)


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text for a page: with a hit, or plain."""

    text: str
    hit: Hit | None = None


def screen(text: str) -> list[Hit]:
    """All that is found, in reading order and without overlaps. Takes time in proportion to the text."""
    return _found(SIGNS, text)


def look_closely(text: str) -> list[Hit]:
    """What a second reader looks at as well: names, places, days, and details that are rare together.

    Too much of it is harmless to warn each writer of it.
    """
    rare = [Hit(start, end, RARE) for start, end in rare_together(text)]
    named = [Hit(start, end, SOMEBODY) for start, end in names_in_stories(text)]
    return _found((*SIGNS, *CLOSER), text, [*rare, *named])


def _found(signs: Iterable[Sign], text: str, more: Iterable[Hit] = ()) -> list[Hit]:
    found = [*more, *(hit for sign in signs for hit in _hits(sign, text))]
    return list(_apart(sorted(found, key=lambda hit: (hit.start, hit.sign == SOMEBODY, -hit.end))))


def join_hits(*found: Iterable[Hit]) -> list[Hit]:
    """All of these in reading order and without overlaps."""
    hits = (hit for each in found for hit in each)
    return list(_apart(sorted(hits, key=lambda hit: (hit.start, -hit.end))))


def marked(text: str, hits: Iterable[Hit]) -> list[Piece]:
    """The whole text as pieces, each hit a piece of its own."""
    pieces, at = [], 0
    for hit in hits:
        pieces += [Piece(text[at : hit.start]), Piece(text[hit.start : hit.end], hit)]
        at = hit.end
    return [piece for piece in [*pieces, Piece(text[at:])] if piece.text]


def _hits(sign: Sign, text: str) -> Iterator[Hit]:
    for start, end in _around_digits(text) if sign.beside_digits else ((0, len(text)),):
        for match in sign.pattern.finditer(text, start, end):
            if sign.confirm is None or sign.confirm(match):
                yield Hit(*match.span("it" if match.groupdict().get("it") else 0), sign)


def _around_digits(text: str) -> Iterator[tuple[int, int]]:
    """The parts of a text with a digit within reach: patterns are slow, and most prose has few digits."""
    first = last = None
    for match in _DIGITS.finditer(text):
        if last is not None and match.start() - last > 2 * REACH:
            yield max(0, (first or 0) - REACH), last + REACH
            first = None
        first = match.start() if first is None else first
        last = match.end()
    if last is not None:
        yield max(0, (first or 0) - REACH), min(len(text), last + REACH)


def _apart(hits: Iterable[Hit]) -> Iterator[Hit]:
    """Of hits that overlap, the one that begins first, and of those the longest."""
    end = 0
    for hit in hits:
        if hit.start >= end:
            yield hit
            end = hit.end
