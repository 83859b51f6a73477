"""The lines of a PDF's page, with what tells a heading from a paragraph: where they stand, and in what size."""

import ctypes
import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium

from jukwaa.core.documents.text_cleaning import clean_text

HYPHEN_PLACEHOLDER = "\x02"
"""Where pdfium found a word divided at the end of a line. Whether its hyphen belongs is settled later."""

_LINE_END_CHARACTERS = "\r\n"
_MIN_BOLD_WEIGHT = 600
_MIN_GAP_RATIO = 0.9  # of the size of the letters; a space has a quarter
_RTL_BIDI_CLASSES = frozenset({"R", "AL"})
_ALEF_LAM_PATTERN = re.compile("[\u0627\u0622\u0623\u0625]\u0644")


@dataclass(slots=True, eq=False)
class PageLine:
    """A line as it stands on its page. `left` and `right` are mirrored where the script runs from the right."""

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool
    first_word: float
    """How wide its first word is: it would have stood on the line before, had there been room."""
    cells: tuple[tuple[float, float, str], ...] = ()
    """Its parts with wide gaps between them, each with where it begins and ends: the cells of a table, perhaps."""
    is_row: bool = False
    """A row of a table, with bars between its cells."""
    running: bool = False
    """Repeated at the head or foot of other pages, and so no heading."""


def extract_page_lines(page: Any) -> list[PageLine]:
    """The lines in the order of the page's own text."""
    characters = [chr(pdfium.FPDFText_GetUnicode(page, at)) for at in range(page.count_chars())]
    lines, start = [], 0
    for at, character in enumerate([*characters, "\n"]):
        if character in _LINE_END_CHARACTERS or character in {HYPHEN_PLACEHOLDER, "\ufffe"}:
            end = at + 1 if character not in _LINE_END_CHARACTERS else at
            line = _build_page_line(page, characters, start, min(end, len(characters)))
            if line:
                lines.append(line)
            start = at + 1
    return lines


def _build_page_line(page: Any, characters: list[str], start_index: int, end_index: int) -> PageLine | None:
    inked = [
        at
        for at in range(start_index, end_index)
        if not characters[at].isspace() and characters[at] not in {HYPHEN_PLACEHOLDER, "\ufffe"}
    ]
    if not inked:
        return None
    raw = _fix_ligature_order(page, "".join(characters[start_index:end_index]), start_index)
    backwards = _is_mostly_rtl(raw)
    text = _clean_line_text(
        _reorder_rtl_words(page, raw, start_index, is_right_to_left=backwards) if _has_both_directions(raw) else raw
    )
    if not text:
        return None
    first = next((at for at in inked if at + 1 not in inked), inked[-1])
    left, right = _measure_text_extent(page, inked[0], inked[-1], is_right_to_left=backwards)
    word_left, word_right = _measure_text_extent(page, inked[0], first, is_right_to_left=backwards)
    middle = inked[len(inked) // 2]
    return PageLine(
        text=text,
        left=left,
        right=right,
        base=_get_text_baseline(page, inked[0]),
        size=float(pdfium.FPDFText_GetFontSize(page, middle)) * _get_vertical_scale(page, middle),
        bold=all(pdfium.FPDFText_GetFontWeight(page, at) >= _MIN_BOLD_WEIGHT for at in (inked[0], middle, inked[-1])),
        first_word=word_right - word_left,
        cells=() if backwards else _split_at_wide_gaps(page, characters, inked),
    )


def _split_at_wide_gaps(page: Any, characters: list[str], inked: list[int]) -> tuple[tuple[float, float, str], ...]:
    """The parts of a line that runs from the left; nothing where no gap is wider than a few spaces."""
    limit = float(pdfium.FPDFText_GetFontSize(page, inked[0])) * _get_vertical_scale(page, inked[0]) * _MIN_GAP_RATIO
    starts, ends = [inked[0]], []
    for before, after in pairwise(inked):
        is_gap = after - before > 1  # a space
        if is_gap and _get_horizontal_bounds(page, after)[0] - _get_horizontal_bounds(page, before)[1] > limit:
            ends.append(before)
            starts.append(after)
    if len(starts) == 1:
        return ()
    ends.append(inked[-1])
    return tuple(
        (
            _get_horizontal_bounds(page, start)[0],
            _get_horizontal_bounds(page, end)[1],
            _clean_line_text("".join(characters[start : end + 1])),
        )
        for start, end in zip(starts, ends, strict=True)
    )


def _clean_line_text(text: str) -> str:
    divided = text.endswith((HYPHEN_PLACEHOLDER, "\ufffe"))
    cleaned, _notes = clean_text(text)
    return re.sub(r"\s+", " ", cleaned).strip() + (HYPHEN_PLACEHOLDER if divided else "")


def _get_horizontal_bounds(page: Any, char_index: int) -> tuple[float, float]:
    left, _bottom, right, _top = page.get_charbox(char_index)
    return float(left), float(right)


def _measure_text_extent(
    page: Any, first_index: int, last_index: int, *, is_right_to_left: bool
) -> tuple[float, float]:
    """From where the line begins to where it ends, as if it ran from the left."""
    one, other = _get_horizontal_bounds(page, first_index), _get_horizontal_bounds(page, last_index)
    low, high = min(one[0], other[0]), max(one[1], other[1])
    return (-high, -low) if is_right_to_left else (low, high)


def _get_text_baseline(page: Any, char_index: int) -> float:
    across, up = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(page, char_index, across, up)
    return up.value


def _get_vertical_scale(page: Any, char_index: int) -> float:
    """Some programs set all text in size 1 and stretch it."""
    matrix = pdfium.FS_MATRIX()
    return abs(matrix.d) or 1.0 if pdfium.FPDFText_GetMatrix(page, char_index, matrix) else 1.0


def _is_mostly_rtl(text: str) -> bool:
    kinds = [unicodedata.bidirectional(character) for character in text]
    return sum(kind in _RTL_BIDI_CLASSES for kind in kinds) > sum(kind == "L" for kind in kinds)


def _has_both_directions(text: str) -> bool:
    if text.isascii():
        return False
    kinds = {unicodedata.bidirectional(character) for character in text}
    return "L" in kinds and bool(kinds & _RTL_BIDI_CLASSES)


def _reorder_rtl_words(page: Any, raw_text: str, start_index: int, *, is_right_to_left: bool) -> str:
    """Words of the other direction, which pdfium hands over in the order of the line instead of their own."""
    words = [(match.group(), start_index + match.start()) for match in re.finditer(r"\S+", raw_text)]
    ordered: list[str] = []
    run: list[tuple[float, str]] = []
    for word, at in words:
        if _is_against_direction(word, is_right_to_left=is_right_to_left):
            run.append((_get_horizontal_bounds(page, at)[0] * (1 if is_right_to_left else -1), word))
            continue
        ordered += [text for _place, text in sorted(run)]
        run = []
        ordered.append(word)
    return " ".join([*ordered, *(text for _place, text in sorted(run))])


def _is_against_direction(checked_word: str, *, is_right_to_left: bool) -> bool:
    strong = next(
        (kind for kind in map(unicodedata.bidirectional, checked_word) if kind == "L" or kind in _RTL_BIDI_CLASSES),
        None,
    )
    return strong is not None and (strong == "L") == is_right_to_left


def _fix_ligature_order(page: Any, raw_text: str, start_index: int) -> str:
    """Lam and alef drawn as one sign come out the wrong way round: both have the same box."""
    letters = list(raw_text)
    for match in _ALEF_LAM_PATTERN.finditer(raw_text):
        at = match.start()
        if _get_horizontal_bounds(page, start_index + at) == _get_horizontal_bounds(page, start_index + at + 1):
            letters[at], letters[at + 1] = letters[at + 1], letters[at]
    return "".join(letters)
