"""Letters with accents that are written as two, as macOS writes them: read as one, with places in the text as it is."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, chain
from typing import TypeVar

from jukwaa.intake.reader.model import Reading, Sentence, Suggestion

SEPARATE_ACCENT_PATTERN = re.compile(r"[^\W\d_][\u0300-\u036f]+")
Place = TypeVar("Place", Sentence, Suggestion)


def compose_letters(text: str) -> tuple[str, Sequence[int]]:
    """The text with one character for each letter, and the places of its characters, and of its end, in `text`.

    Without such letters it is the same text, and there are no places.
    """
    if SEPARATE_ACCENT_PATTERN.search(text) is None:
        return text, ()
    kept: list[str] = []
    lengths: list[Sequence[int]] = []
    end = 0
    for match in SEPARATE_ACCENT_PATTERN.finditer(text):
        letter = unicodedata.normalize("NFC", match.group())
        kept += (text[end : match.start()], letter)
        lengths += ([1] * (match.start() - end), [*[1] * (len(letter) - 1), len(match.group()) - len(letter) + 1])
        end = match.end()
    kept.append(text[end:])
    lengths.append([1] * (len(text) - end))
    return "".join(kept), list(accumulate(chain.from_iterable(lengths), initial=0))


def restore_places(reading: Reading, text: str, places: Sequence[int]) -> Reading:
    """The reading of a composed text as one of the text as it was written."""

    def restore(found: Place) -> Place:
        start, end = places[found.start], places[found.end]
        return replace(found, start=start, end=end, quote=text[start:end])

    return replace(
        reading,
        text=text,
        sentences=tuple(map(restore, reading.sentences)),
        suggestions=tuple(map(restore, reading.suggestions)),
    )
