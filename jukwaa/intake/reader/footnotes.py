"""Footnotes below a text and their marks in it: "... until confirmed.[3]" and "[3] Line 3 of the table ..."."""

import re

from jukwaa.intake.reader.passage import Passage

# The mark stands right behind a word or a full stop; "see [3]" is a reference to a list of sources.
FOOTNOTE_MARK_PATTERN = re.compile(
    r"(?<=[^\s\[(])\[(?P<number>\d{1,3})\](?!\()|(?<=[^\W\d_]|[.,;:!?)”»])[¹²³⁰⁴-⁹]{1,2}"
)
FOOTNOTE_START_PATTERN = re.compile(r"\W{0,2}\[(?P<number>\d{1,3})\]:?\s+\S|[¹²³⁰⁴-⁹]{1,2}\s?\S")


def mark_footnotes(passages: list[Passage]) -> None:
    """Mark the passages that are footnotes to something above: no heading above them says what they are."""
    marks: set[str] = set()
    for passage in passages:
        start = FOOTNOTE_START_PATTERN.match(passage.text)
        if start is not None and (start["number"] or start[0][0]) in marks:
            passage.is_footnote = True
        marks |= {match["number"] or match[0] for match in FOOTNOTE_MARK_PATTERN.finditer(passage.text)}


def remove_footnote_marks(phrase: str) -> str:
    """The words without the marks of footnotes."""
    return FOOTNOTE_MARK_PATTERN.sub("", phrase)
