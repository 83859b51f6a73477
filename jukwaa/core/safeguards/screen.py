"""A screen for words by which a child, or anybody, could be found. It warns the writer, and never certifies."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from jukwaa.core.safeguards.signs import SIGNS, Sign


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
    found = [hit for sign in SIGNS for hit in _hits(sign, text)]
    return list(_apart(sorted(found, key=lambda hit: (hit.start, -hit.end))))


def marked(text: str, hits: Iterable[Hit]) -> list[Piece]:
    """The whole text as pieces, each hit a piece of its own."""
    pieces, at = [], 0
    for hit in hits:
        pieces += [Piece(text[at : hit.start]), Piece(text[hit.start : hit.end], hit)]
        at = hit.end
    return [piece for piece in [*pieces, Piece(text[at:])] if piece.text]


def _hits(sign: Sign, text: str) -> Iterator[Hit]:
    for match in sign.pattern.finditer(text):
        if sign.confirm is None or sign.confirm(match):
            yield Hit(match.start(), match.end(), sign)


def _apart(hits: Iterable[Hit]) -> Iterator[Hit]:
    """Of hits that overlap, the one that begins first, and of those the longest."""
    end = 0
    for hit in hits:
        if hit.start >= end:
            yield hit
            end = hit.end
