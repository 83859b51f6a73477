"""Accounts before a task: "@ana + @ben book the room"."""

import re

_JOINT = r"(?:\s?[,;&+/،]\s?|\s)(?:(?:and|et|y|e|und|dan|و)\s)?"
LEADING_HANDLES_PATTERN = re.compile(rf"^[^\w@]*(?P<who>@[\w-]+(?:{_JOINT}@[\w-]+)*)\s?:?\s")


def find_leading_handles(phrase: str) -> tuple[tuple[str, ...], int]:
    """Return the accounts at the beginning, and where the words after them begin; nothing and 0 without any."""
    match = LEADING_HANDLES_PATTERN.match(phrase)
    if match is None:
        return (), 0
    return tuple(dict.fromkeys(re.findall(r"@[\w-]+", match["who"]))), match.end()
