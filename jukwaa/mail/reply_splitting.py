"""Separate what a person wrote in a reply from what they quoted and from their signature."""

import re

SIGNATURE_LINE_PATTERN = re.compile(r"^(-- ?|__+\s*|—)$")
QUOTED_LINE_PATTERN = re.compile(r"^\s{0,3}>")
# "----- Original Message -----", in whatever language, and the line that Outlook draws above its header block.
HISTORY_LINE_PATTERN = re.compile(r"^\s*(-{3,}\s*[^\W\d_][\w\s'\u2019]*-{3,}|_{20,})\s*$")
HEADER_LINE_PATTERN = re.compile(r"^\*?[^\W\d_][\w \u00a0]{1,20}\*?\s?:\*?\s+\S")  # From: ..., De : ..., Von: ...
DATE_OR_ADDRESS_PATTERN = re.compile(r"@|\d{4}|\d{1,2}[:.]\d{2}")  # a line that names a year, a time or an address
MIN_FORWARDED_HEADER_LINES = 3


def split_reply_from_quotes(text: str) -> tuple[str, str]:
    """(what is new, the rest). Answers written between quoted lines stay; the quoted lines go."""
    lines = text.splitlines()
    end = _find_end_of_own_text(lines)
    before = lines[:end]
    quotes = _find_quoted_lines(before)
    own: list[str] = []
    rest: list[str] = []
    for number, line in enumerate(before):
        quoted = bool(QUOTED_LINE_PATTERN.match(line)) or _is_quote_introduction(before, quotes, number)
        (rest if quoted else own).append(line)
    return _collapse_blank_lines(own), _collapse_blank_lines([*rest, *lines[end:]])


def split_quoted_and_own_text(text: str) -> list[tuple[bool, str]]:
    """Return the text in its order, as stretches of which each is a quotation or is none; a signature is none."""
    lines = text.splitlines()
    begins = (
        at for at, line in enumerate(lines) if HISTORY_LINE_PATTERN.match(line) or _is_header_block(lines[at : at + 4])
    )
    end = next(begins, len(lines))
    quotes = _find_quoted_lines(lines[:end])
    marks = [
        bool(QUOTED_LINE_PATTERN.match(line)) or _is_quote_introduction(lines[:end], quotes, at)
        for at, line in enumerate(lines[:end])
    ]
    stretches: list[tuple[bool, list[str]]] = []
    for line, is_quoted in zip(lines, [*marks, *[True] * (len(lines) - end)], strict=True):
        if stretches and (not line.strip() or stretches[-1][0] == is_quoted):
            stretches[-1][1].append(line)
        else:
            stretches.append((is_quoted, [line]))
    return [(is_quoted, body) for is_quoted, some in stretches if (body := _collapse_blank_lines(some))]


def _find_end_of_own_text(text_lines: list[str]) -> int:
    """Where the signature or the history begins."""
    last_quoted = max((number for number, line in enumerate(text_lines) if QUOTED_LINE_PATTERN.match(line)), default=-1)
    for number, line in enumerate(text_lines):
        if number > max(last_quoted, 0) and SIGNATURE_LINE_PATTERN.match(line):
            return number
        if HISTORY_LINE_PATTERN.match(line) or _is_header_block(
            text_lines[number : number + MIN_FORWARDED_HEADER_LINES + 1]
        ):
            return number
    return len(text_lines)


def _find_quoted_lines(text_lines: list[str]) -> list[bool]:
    """For each line, and for the end, whether what is written next, there or below it, is quoted."""
    quotes = [False]
    for line in reversed(text_lines):
        quotes.append(bool(QUOTED_LINE_PATTERN.match(line)) if line.strip() else quotes[-1])
    return quotes[::-1]


def _is_header_block(text_lines: list[str]) -> bool:
    """Four lines such as From, Sent, To, Subject, of which one has a mail address or a date."""
    block = len(text_lines) > MIN_FORWARDED_HEADER_LINES and all(HEADER_LINE_PATTERN.match(line) for line in text_lines)
    return block and bool(re.search(r"@|\d{4}", " ".join(text_lines)))


def _is_quote_introduction(text_lines: list[str], quote_flags: list[bool], line_number: int) -> bool:
    """A line such as "On 27 November, somebody wrote:", which mail programs may break in two."""
    ways = [(line_number, line_number + 1), (line_number, line_number + 2), (line_number - 1, line_number + 1)]
    return any(
        quote_flags[end] and _is_attribution_line(text_lines[start:end])
        for start, end in ways
        if 0 <= start < end < len(text_lines)
    )


def _is_attribution_line(previous_lines: list[str]) -> bool:
    """Whether these lines name a day or an address, and end in a colon."""
    whole = all(line.strip() for line in previous_lines)
    return (
        whole and bool(DATE_OR_ADDRESS_PATTERN.search(previous_lines[0])) and previous_lines[-1].rstrip().endswith(":")
    )


def _collapse_blank_lines(text_lines: list[str]) -> str:
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in text_lines)).strip()
