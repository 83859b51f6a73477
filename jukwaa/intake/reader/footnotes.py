"""Footnotes below a text and their marks in it: "... until confirmed.[3]" and "[3] Line 3 of the table ...".

Programs export comments in the margin so too, with letters: "15 May[a]" and "[a]Ana: could we do it later?".
"""

import re

from jukwaa.intake.reader.footnote_marks import FOOTNOTE_MARK_PATTERN
from jukwaa.intake.reader.passage import Passage

MARK_SIGN_PATTERN = re.compile("[\\[¹²³⁰⁴-⁹]")  # most passages have none
FOOTNOTE_START_PATTERN = re.compile(
    r"\W{0,2}\[(?:(?P<number>\d{1,3})\]:?\s+|(?P<letter>[a-wyz][a-z]?)\]:?\s*)\S|[¹²³⁰⁴-⁹]{1,2}\s?\S"
)

# Before a letter there may be a space: "[a]" is no number of a source.
COMMENT_MARK_PATTERN = re.compile(r"(?<!^)\[(?P<letter>[a-wyz][a-z]?)\](?!\()")


def mark_footnotes(passages: list[Passage]) -> None:
    """Mark the passages that are footnotes to something above: no heading above them says what they are."""
    marks: set[str] = set()
    for passage in passages:
        start = FOOTNOTE_START_PATTERN.match(passage.text)
        if start is not None and (start["number"] or start["letter"] or start[0][0]) in marks:
            passage.is_footnote = True
        if MARK_SIGN_PATTERN.search(passage.text):
            marks |= {match["number"] or match[0] for match in FOOTNOTE_MARK_PATTERN.finditer(passage.text)}
            marks |= {match["letter"] for match in COMMENT_MARK_PATTERN.finditer(passage.text)}
