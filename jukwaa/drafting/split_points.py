"""Where a clause can be parted: where its sentences and its lines begin. Pure."""

import re
from dataclasses import dataclass

_SENTENCE_START_PATTERN = re.compile(r"(?:(?<=[.!?…])[\"'”’»)\]]*\s+|(?<=[。！？؟۔।])\s*|\n\s*)(?=\S)")  # noqa: RUF001 - full stops of other scripts
_PHRASE_START_PATTERN = re.compile(r"(?<=[;:,؛،])\s+(?=\S)")
MAX_SPLIT_POINTS = 60
MAX_PREVIEW_LENGTH = 90


@dataclass(frozen=True, slots=True)
class SplitPoint:
    """A character of the text, and the words that begin there."""

    at: int
    begins: str


def find_split_points(text: str) -> list[SplitPoint]:
    """Sentences and lines; where there is one sentence alone, its parts between commas."""
    found = [match.end() for match in _SENTENCE_START_PATTERN.finditer(text)] or [
        match.end() for match in _PHRASE_START_PATTERN.finditer(text)
    ]
    return [SplitPoint(at, _shorten_split_text(text[at:])) for at in sorted(set(found)) if at > 0][:MAX_SPLIT_POINTS]


def _shorten_split_text(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= MAX_PREVIEW_LENGTH else f"{line[:MAX_PREVIEW_LENGTH].rsplit(' ', 1)[0]} …"
