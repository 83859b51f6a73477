"""What somebody wrote in an answer, apart from what they quoted and how they sign."""

import re

SIGNATURE = re.compile(r"^(-- ?|__+\s*|—)$")
QUOTED = re.compile(r"^\s{0,3}>")
# "----- Original Message -----", in whatever language, and the line that Outlook draws above its header block.
HISTORY = re.compile(r"^\s*(-{3,}\s*[^\W\d_][\w\s'\u2019]*-{3,}|_{20,})\s*$")
HEADER_LINE = re.compile(r"^\*?[^\W\d_][\w \u00a0]{1,20}\*?\s?:\*?\s+\S")  # From: ..., De : ..., Von: ...
DATED = re.compile(r"@|\d{4}|\d{1,2}[:.]\d{2}")  # a line that names a year, a time or an address
HEADER_LINES = 3


def split_reply(text: str) -> tuple[str, str]:
    """(what is new, the rest). Answers written between quoted lines stay; the quoted lines go."""
    lines = text.splitlines()
    end = _end_of_own(lines)
    own: list[str] = []
    rest: list[str] = []
    for number, line in enumerate(lines[:end]):
        quoted = bool(QUOTED.match(line)) or _announces_quote(lines[:end], number)
        (rest if quoted else own).append(line)
    return _tidy(own), _tidy([*rest, *lines[end:]])


def _end_of_own(lines: list[str]) -> int:
    """Where the signature or the history begins."""
    for number, line in enumerate(lines):
        if SIGNATURE.match(line) and number and not any(QUOTED.match(later) for later in lines[number:]):
            return number
        if HISTORY.match(line) or _is_header_block(lines[number : number + HEADER_LINES + 1]):
            return number
    return len(lines)


def _is_header_block(lines: list[str]) -> bool:
    """Four lines such as From, Sent, To, Subject, of which one has a mail address or a date."""
    block = len(lines) > HEADER_LINES and all(HEADER_LINE.match(line) for line in lines)
    return block and bool(re.search(r"@|\d{4}", " ".join(lines)))


def _announces_quote(lines: list[str], number: int) -> bool:
    """A line such as "On 27 November, somebody wrote:", which mail programs may break in two."""
    ways = [(number, 1), (number, 2), (number - 1, 2)]
    return bool(lines[number].strip()) and any(_is_attribution(lines, *way) for way in ways)


def _is_attribution(lines: list[str], start: int, length: int) -> bool:
    """Whether so many lines from there name a day or an address, end in a colon, and a quotation follows."""
    head = lines[max(start, 0) : start + length]
    after = next((line for line in lines[start + length :] if line.strip()), "")
    whole = len(head) == length and all(line.strip() for line in head)
    return whole and bool(QUOTED.match(after) and DATED.search(head[0])) and head[-1].rstrip().endswith(":")


def _tidy(lines: list[str]) -> str:
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in lines)).strip()
