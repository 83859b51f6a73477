"""Where a clause can be parted: where its sentences and its lines begin. Pure."""

import re
from dataclasses import dataclass

_BEGINS = re.compile(r"(?:(?<=[.!?…])[\"'”’»)\]]*\s+|(?<=[。！？؟۔।])\s*|\n\s*)(?=\S)")  # noqa: RUF001 - full stops of other scripts
_LESS = re.compile(r"(?<=[;:,؛،])\s+(?=\S)")
MOST = 60
SHOWN = 90


@dataclass(frozen=True, slots=True)
class Place:
    """A character of the text, and the words that begin there."""

    at: int
    begins: str


def places_in(text: str) -> list[Place]:
    """Sentences and lines; where there is one sentence alone, its parts between commas."""
    found = [match.end() for match in _BEGINS.finditer(text)] or [match.end() for match in _LESS.finditer(text)]
    return [Place(at, _short(text[at:])) for at in sorted(set(found)) if at > 0][:MOST]


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else f"{line[:SHOWN].rsplit(' ', 1)[0]} …"
