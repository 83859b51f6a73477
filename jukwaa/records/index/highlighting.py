"""Marking the words of a query in the original text, and choosing the part of it that shows most of them.

A contentless index has no text to cut a snippet from; and folding changes lengths, so only the original will do.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from jukwaa.records.index.analyser import (
    SPACED_WORD_PATTERN,
    UNSPACED_CHARACTER_PATTERN,
    WORD_PATTERN,
    get_index_forms_by_word,
)
from jukwaa.records.index.query import SearchQuery

ELLIPSIS_CHARACTER = "…"
MAX_WEIGHED_HIGHLIGHT_MARKS = 300  # are weighed against each other


@dataclass(frozen=True)
class HighlightMark:
    """A span of the text, and the word of the index that it stands for."""

    start: int
    end: int
    token: str


def build_excerpt(
    text: str, search_query: SearchQuery, width: int = 240, language: str = "en"
) -> list[tuple[str, bool]]:
    """The part of about `width` characters with the most words of the query, as pieces of text, marked or not."""
    text = " ".join(text.split())
    found = list(_find_highlight_marks(text, search_query, language))
    start, end = _choose_excerpt_window(text, found[:MAX_WEIGHED_HIGHLIGHT_MARKS], width)
    pieces = [(ELLIPSIS_CHARACTER, False)] if start else []
    at = start
    for first, last in _merge_overlapping_marks(mark for mark in found if start <= mark.start and mark.end <= end):
        pieces += [(text[at:first], False), (text[first:last], True)]
        at = last
    pieces.append((text[at:end] + (ELLIPSIS_CHARACTER if end < len(text) else ""), False))
    return [(piece, marked) for piece, marked in pieces if piece]


def _merge_overlapping_marks(highlight_marks: Iterable[HighlightMark]) -> list[tuple[int, int]]:
    """Of marks in their order: none touches the next."""
    spans: list[tuple[int, int]] = []
    for mark in highlight_marks:
        if spans and mark.start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(mark.end, spans[-1][1]))
        else:
            spans.append((mark.start, mark.end))
    return spans


def _find_highlight_marks(text: str, search_query: SearchQuery, language: str) -> Iterator[HighlightMark]:
    pairs = [token for token in search_query.wanted if UNSPACED_CHARACTER_PATTERN.match(token)]
    starts = search_query.starts
    if pairs or any(UNSPACED_CHARACTER_PATTERN.match(start) for start in starts):
        found = [*_find_word_marks(text, search_query, language), *_find_letter_pair_marks(text, [*pairs, *starts])]
        yield from sorted(found, key=lambda mark: mark.start)
    else:
        yield from _find_word_marks(text, search_query, language)


def _find_word_marks(text: str, search_query: SearchQuery, language: str) -> Iterator[HighlightMark]:
    wanted, starts, forms = search_query.wanted, search_query.starts, get_index_forms_by_word(language)
    pattern = SPACED_WORD_PATTERN if UNSPACED_CHARACTER_PATTERN.search(text) else WORD_PATTERN
    for match in pattern.finditer(text):
        token = forms[match[0]]
        parted = " " in token and not wanted.isdisjoint(token.split())
        if parted or token in wanted or (starts and token.startswith(starts)):
            yield HighlightMark(match.start(), match.end(), token)


def _find_letter_pair_marks(text: str, letter_pairs: list[str]) -> Iterator[HighlightMark]:
    """Pairs overlap, so each is looked for from every character on."""
    for match in re.finditer(f"(?=({'|'.join(map(re.escape, letter_pairs))}))", text):
        yield HighlightMark(match.start(1), match.end(1), match[1])


def _choose_excerpt_window(text: str, highlight_marks: list[HighlightMark], width: int) -> tuple[int, int]:
    """Where most different words of the query stand together, begun and ended between words."""
    if len(text) <= width:
        return 0, len(text)
    best, best_value = 0, (0, 0)
    last = 0
    for first, mark in enumerate(highlight_marks):
        while last < len(highlight_marks) and highlight_marks[last].end <= mark.start + width * 3 // 4:
            last += 1
        value = (len({other.token for other in highlight_marks[first:last]}), last - first)
        if value > best_value:
            best, best_value = mark.start, value
    start = _find_word_start(text, max(0, best - width // 4))
    end = min(start + width, len(text))
    if end < len(text):
        cut = text.rfind(" ", start + width // 2, end)
        end = cut if cut > start else end
    return start, end


def _find_word_start(text: str, character_index: int) -> int:
    if character_index == 0:
        return 0
    space = text.find(" ", character_index, character_index + 30)
    return space + 1 if space >= 0 else character_index
