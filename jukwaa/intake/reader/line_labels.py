"""The label or the sign with which a line begins: "Conclusion:", "ACUERDO 3.-", "->", "☐"."""

import re
from dataclasses import dataclass

from jukwaa.places.text_folding import fold_text

_SIGN = r"(?:->|=>|-->|[→➔➜➡⇒►▶»☐☑☒✓✔✅❗📌□■§◻]\ufe0f?|>>|\[ ?[xX✓✔]? ?\])"
_BULLETS = r"[\s*+•◦▪·>_#|–—-]*"
_WORD = r"[^\W\d_][^\W_]*(?:[.'’°º/-]+[^\W\d_]+)*[.°º]*"
# A colon ends a label; after a number, a full stop, a bracket or a stroke does so too.
LABEL_PATTERN = re.compile(
    rf"{_BULLETS}(?:{_SIGN}\s*)?[*_]{{0,2}}(?P<label>{_WORD}(?:\s{_WORD}){{0,3}})"
    r"(?:(?:\s?(?:[#№-]\s?)?\d[\d./-]*)?[*_]{0,2}\s?[:：][*_]{0,2}"
    r"|\s?(?:[#№-]\s?)?\d[\d/]*(?:\.\d+)*\s?(?:[.)°º]?\s?[-–—]|[.)])"
    rf"|\.\s?[-–—]|\s{_SIGN})(?=\s)\s+(?=\S)"
)
SIGN_PATTERN = re.compile(rf"{_BULLETS}(?P<sign>{_SIGN})\s*(?=\S)")
MAX_LABEL_LENGTH = 60
EMPTY_BOX = "☐"  # ticked or not
BOX_PATTERN = re.compile(r"[☐☑☒✓✔✅□◻]|\[")
# "PRESENT Ana Lopes", "APOLOGIES Mr. Ben Okoro"
CAPITAL_LABEL_PATTERN = re.compile(
    r"^\W*(?P<label>[A-Z\u00c0-\u00dc]{5,}(?: [A-Z\u00c0-\u00dc]{2,}){0,2}) +"
    r"(?=(?:M|[^\W\d_a-z]\w*[^\W\d_A-Z])[\w.]* [^\W\d_a-z])"
)


@dataclass(frozen=True, slots=True)
class LineLabel:
    """`key` is the same for the same label, whatever its number; `length` is that of the line up to its words."""

    key: str
    shown: str
    length: int
    is_sign: bool = False


def find_line_label(line: str) -> LineLabel | None:
    match = LABEL_PATTERN.match(line[: MAX_LABEL_LENGTH * 2])
    if match and len(match["label"]) <= MAX_LABEL_LENGTH and (key := fold_text(match["label"])):
        return LineLabel(key, match["label"], match.end())
    match = SIGN_PATTERN.match(line[:MAX_LABEL_LENGTH])
    if match is None:
        return None
    sign = EMPTY_BOX if BOX_PATTERN.match(match["sign"]) else match["sign"]
    return LineLabel(sign, sign, match.end(), is_sign=True)


def cut_line_label(line: str) -> str:
    """The words behind the label; the whole line without one."""
    label = find_line_label(line)
    return line[label.length :] if label else line


def add_colon_to_capital_label(phrase: str) -> str:
    """The phrase with a colon behind a label in capitals: "PRESENT Ana Lopes", in a cell or below each other."""
    return CAPITAL_LABEL_PATTERN.sub(r"\g<label>: ", phrase, count=1)
