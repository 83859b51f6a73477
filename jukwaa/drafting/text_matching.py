"""Words that people typed or pasted, found in a clause: as they stand there, or nearly so. Pure."""

import re
from collections import Counter

from jukwaa.core.diff import split_words

# What keyboards and word processors make of a character, in whichever direction it was changed on the way.
_SIMILAR_CHARACTER_GROUPS = ('"“”„«»', "'‘’‚‹›`´", "-‐‑‒–—−")  # noqa: RUF001 - they are alike to people
_CHARACTER_CLASS_BY_CHARACTER = {
    character: f"[{re.escape(group)}]" for group in _SIMILAR_CHARACTER_GROUPS for character in group
}


def find_matching_clause_words(typed_text: str, clause_body: str) -> str:
    """The words of the clause that were meant, as they stand in it; empty where they are not there.

    Spaces, line ends, quotation marks, dashes and capitals may differ: people type what they read.
    """
    typed_text = typed_text.strip()
    if not typed_text or typed_text in clause_body:
        return typed_text
    pattern = r"\s+".join(
        "".join(_CHARACTER_CLASS_BY_CHARACTER.get(each, re.escape(each)) for each in part)
        for part in typed_text.split()
    )
    found = re.search(pattern, clause_body) or re.search(pattern, clause_body, re.IGNORECASE)
    return found.group() if found else ""


def count_contributed_words(clause_body: str, proposed_wording: str = "", clause_wording: str = "") -> int:
    """How many words somebody added: what they say, and of a proposed wording what was not there before."""
    new = (
        Counter(split_words(proposed_wording)) - Counter(split_words(clause_wording))
        if proposed_wording
        else Counter[str]()
    )
    return len(split_words(clause_body)) + new.total()
