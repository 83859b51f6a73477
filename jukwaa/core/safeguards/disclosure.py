"""Recognise a text that reports harm done to somebody, or asks for help.

Quoted words don't count: a report that quotes a survivor is no disclosure, and whoever discloses does not quote. What
is looked for stands in `data/disclosure.toml`.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class DisclosurePattern:
    """How people tell it, with an example, and what reads alike and is none."""

    name: str
    pattern: re.Pattern[str]
    example: str
    counter: str


def _load_disclosure_patterns() -> Iterator[DisclosurePattern]:
    """A name in braces stands for a piece of a pattern, which may itself hold pieces before it."""
    data = tomllib.loads(files("jukwaa.core.safeguards").joinpath("data/disclosure.toml").read_text(encoding="utf-8"))
    pieces: dict[str, str] = {}

    def assemble_regular_expression(pattern_lines: list[str] | str) -> str:
        return re.sub(r"\{([A-Z_]+)\}", lambda name: pieces[name[1]], "".join(pattern_lines))

    for name, lines in data["pieces"].items():
        pieces[name] = assemble_regular_expression(lines)
    for row in data["tell"]:
        yield DisclosurePattern(
            **{**row, "pattern": re.compile(assemble_regular_expression(row["pattern"]), re.IGNORECASE)}
        )


DISCLOSURE_PATTERNS = tuple(_load_disclosure_patterns())
_QUOTATION_PATTERN = re.compile(
    r"[\"\u201c\u201e\u00ab\u2018][^\"\u201c\u201d\u201e\u00ab\u00bb\u2018\u2019]{1,600}[\"\u201d\u201c\u00bb\u2019]"
    r"|^[ \t]{0,8}>[^\n]{0,2000}$",
    re.MULTILINE,
)
# Spaces that are not one space already: replacing every one of them takes ten times the memory of the text.
_UNEVEN_SPACE_PATTERN = re.compile(r"\s{2,}|[^\S ]")
_APOSTROPHE_TRANSLATION = str.maketrans("\u2019", "'")


def looks_like_disclosure(text: str) -> bool:
    """Conservative: what is quoted, or told of children in general, is none. Takes time in proportion to the text."""
    own_words = _QUOTATION_PATTERN.sub(" … ", text).translate(_APOSTROPHE_TRANSLATION)
    own_words = _UNEVEN_SPACE_PATTERN.sub(" ", own_words)
    return any(tell.pattern.search(own_words) for tell in DISCLOSURE_PATTERNS)
