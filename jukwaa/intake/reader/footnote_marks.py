"""The marks of footnotes in a text: "... until confirmed.[3]"."""

import re

# The mark stands right behind a word or a full stop; "see [3]" is a reference to a list of sources.
FOOTNOTE_MARK_PATTERN = re.compile(
    r"(?<=[^\s\[(])\[(?P<number>\d{1,3}|[a-wyz][a-z]?)\](?!\()|(?<=[^\W\d_]|[.,;:!?)”»])[¹²³⁰⁴-⁹]{1,2}"
)


def remove_footnote_marks(phrase: str) -> str:
    """The words without the marks of footnotes."""
    return FOOTNOTE_MARK_PATTERN.sub("", phrase)
