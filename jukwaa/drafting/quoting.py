"""Words that people typed or pasted, found in a clause: as they stand there, or nearly so. Pure."""

import re
from collections import Counter

from jukwaa.core.diff import words

# What keyboards and word processors make of a character, in whichever direction it was changed on the way.
_ALIKE = ('"“”„«»', "'‘’‚‹›`´", "-‐‑‒–—−")  # noqa: RUF001 - they are alike to people
_CLASS = {character: f"[{re.escape(group)}]" for group in _ALIKE for character in group}


def words_in(typed: str, body: str) -> str:
    """The words of the clause that were meant, as they stand in it; empty where they are not there.

    Spaces, line ends, quotation marks, dashes and capitals may differ: people type what they read.
    """
    typed = typed.strip()
    if not typed or typed in body:
        return typed
    pattern = r"\s+".join("".join(_CLASS.get(each, re.escape(each)) for each in part) for part in typed.split())
    found = re.search(pattern, body) or re.search(pattern, body, re.IGNORECASE)
    return found.group() if found else ""


def own_words(body: str, proposed: str = "", wording: str = "") -> int:
    """How many words somebody added: what they say, and of a proposed wording what was not there before."""
    new = Counter(words(proposed)) - Counter(words(wording)) if proposed else Counter[str]()
    return len(words(body)) + new.total()
