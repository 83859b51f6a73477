"""A screen for words by which a child, or anybody, could be found. It warns the writer, and never certifies."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from jukwaa.core.safeguards.additional_checks import ADDITIONAL_SIGNS
from jukwaa.core.safeguards.rare_combinations import (
    NAME_IN_STORY_SIGN,
    RARE_COMBINATION_SIGN,
    find_names_in_stories,
    find_rare_combinations,
)
from jukwaa.core.safeguards.signs import SAFEGUARD_SIGNS, SafeguardSign

SIGN_BY_NAME: dict[str, SafeguardSign] = {
    sign.name: sign for sign in (*SAFEGUARD_SIGNS, *ADDITIONAL_SIGNS, RARE_COMBINATION_SIGN, NAME_IN_STORY_SIGN)
}
MAX_DIGIT_GROUP_DISTANCE = (
    160  # characters: no pattern with a digit begins farther before it, or ends farther behind it
)
_DIGITS_PATTERN = re.compile(r"\d{1,60}")


@dataclass(frozen=True, slots=True)
class SafeguardHit:
    """`text[start:end]` may identify somebody: what it is, why that matters, and what to write instead."""

    start: int
    end: int
    sign: SafeguardSign

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
class ScreenedTextPiece:
    """A run of text for a page: with a hit, or plain."""

    text: str
    hit: SafeguardHit | None = None


def screen_text_for_signs(text: str) -> list[SafeguardHit]:
    """Return all hits, in reading order and without overlaps. Takes time in proportion to the text."""
    return _find_sign_hits_in_text(SAFEGUARD_SIGNS, text)


def screen_text_for_reviewers(text: str) -> list[SafeguardHit]:
    """What a second reader looks at as well: names, places, days, and details that are rare together.

    Too much of it is harmless to warn each writer of it.
    """
    rare = [SafeguardHit(start, end, RARE_COMBINATION_SIGN) for start, end in find_rare_combinations(text)]
    named = [SafeguardHit(start, end, NAME_IN_STORY_SIGN) for start, end in find_names_in_stories(text)]
    return _find_sign_hits_in_text((*SAFEGUARD_SIGNS, *ADDITIONAL_SIGNS), text, [*rare, *named])


def _find_sign_hits_in_text(
    safeguard_signs: Iterable[SafeguardSign], text: str, additional_hits: Iterable[SafeguardHit] = ()
) -> list[SafeguardHit]:
    found = [*additional_hits, *(hit for sign in safeguard_signs for hit in _find_sign_hits(sign, text))]
    return list(
        _drop_overlapping_hits(sorted(found, key=lambda hit: (hit.start, hit.sign == NAME_IN_STORY_SIGN, -hit.end)))
    )


def join_overlapping_hits(*found: Iterable[SafeguardHit]) -> list[SafeguardHit]:
    """All of these in reading order and without overlaps."""
    hits = (hit for each in found for hit in each)
    return list(_drop_overlapping_hits(sorted(hits, key=lambda hit: (hit.start, -hit.end))))


def split_at_hits(text: str, safeguard_hits: Iterable[SafeguardHit]) -> list[ScreenedTextPiece]:
    """The whole text as pieces, each hit a piece of its own."""
    pieces, at = [], 0
    for hit in safeguard_hits:
        pieces += [ScreenedTextPiece(text[at : hit.start]), ScreenedTextPiece(text[hit.start : hit.end], hit)]
        at = hit.end
    return [piece for piece in [*pieces, ScreenedTextPiece(text[at:])] if piece.text]


def _find_sign_hits(safeguard_sign: SafeguardSign, text: str) -> Iterator[SafeguardHit]:
    for start, end in _find_spans_near_digits(text) if safeguard_sign.beside_digits else ((0, len(text)),):
        for match in safeguard_sign.pattern.finditer(text, start, end):
            if safeguard_sign.confirm is None or safeguard_sign.confirm(match):
                yield SafeguardHit(*match.span("it" if match.groupdict().get("it") else 0), safeguard_sign)


def _find_spans_near_digits(text: str) -> Iterator[tuple[int, int]]:
    """The parts of a text with a digit within reach: patterns are slow, and most prose has few digits."""
    first = last = None
    for match in _DIGITS_PATTERN.finditer(text):
        if last is not None and match.start() - last > 2 * MAX_DIGIT_GROUP_DISTANCE:
            yield max(0, (first or 0) - MAX_DIGIT_GROUP_DISTANCE), last + MAX_DIGIT_GROUP_DISTANCE
            first = None
        first = match.start() if first is None else first
        last = match.end()
    if last is not None:
        yield max(0, (first or 0) - MAX_DIGIT_GROUP_DISTANCE), min(len(text), last + MAX_DIGIT_GROUP_DISTANCE)


def _drop_overlapping_hits(safeguard_hits: Iterable[SafeguardHit]) -> Iterator[SafeguardHit]:
    """Of hits that overlap, the one that begins first, and of those the longest."""
    end = 0
    for hit in safeguard_hits:
        if hit.start >= end:
            yield hit
            end = hit.end
