"""What the readers share: their refusal, and a builder of text with light structure."""

import re
from collections.abc import Callable, Iterable
from itertools import pairwise

type OnPage = Callable[[int, int], None]

_SPACES_PATTERN = re.compile(r"[ \t\r\n]+")
_SPACE_AROUND_LINE_END_PATTERN = re.compile(r" *\n *")
# A line that goes on in the next: "Ana Lopes and", "Ministry of".
_CONTINUED_LINE_PATTERN = re.compile(
    r"(?:[^\w)\]\"'\u2019\u201d\u00bb]|(?:^|\s)(?:and|or|of|the|for|to|by|in|et|ou|de|du|des|la|le|les|y|o|del|el|e|da|do|dos|das|und|oder|na))$",
    re.IGNORECASE,
)

# "1er octobre", "15 oct. 2026", "3/5/2026"
_SHORT_DATE_PATTERN = re.compile(
    r"\d{1,4}(?:er|st|nd|rd|th|º)?[ ./-]+(?:de )?(?:\d{1,2}|[^\W\d_]{3,10}\.?)(?:[ ./-]+(?:de )?\d{2,4})?$"
)


class FileUnreadableError(Exception):  # a refusal is an answer, not an error
    """A file that is whole, but not for us; `code` as in the table of refusals."""

    def __init__(self, refusal_code: str) -> None:
        self.code = refusal_code
        super().__init__(refusal_code)


class TextBuilder:
    """Blocks of text, parted by an empty line; items of a list and rows of a table by a line end."""

    def __init__(self, max_size: int) -> None:
        self._parts: list[str] = []
        self.max_size = max_size
        self._room = max_size
        self._last = ""

    def add(self, text: str, *, kind: str = "paragraph", text_prefix: str = "") -> None:
        """Append a block of a kind: paragraph, heading, item, row."""
        if not text:
            return
        together = kind == self._last and kind in {"item", "row"}
        if self._parts:
            self._parts.append("\n" if together else "\n\n")
        self._parts.append(text_prefix + text)
        self._last = kind
        self._room -= len(text)

    @property
    def full(self) -> bool:
        """Whether the reader may stop: nobody will see more than fits."""
        return self._room < 0

    def text(self) -> str:
        return "".join(self._parts)


def build_hidden_text_answer(paragraphs: list[str], max_length: int) -> dict[str, str]:
    """Return the part of an answer with words that are left out of the text: they are read by the checks alone."""
    hidden_text = "\n\n".join(filter(None, paragraphs))[:max_length]
    return {"hidden_text": hidden_text} if hidden_text else {}


def collapse_spaces(text: str) -> str:
    """Text as a browser shows it: all white space is one space."""
    return _SPACES_PATTERN.sub(" ", text).strip()


def collapse_spaces_in_lines(text: str) -> str:
    """As `squeeze`, but line ends that somebody meant stay."""
    return _SPACE_AROUND_LINE_END_PATTERN.sub("\n", re.sub(r"[ \t\r]+", " ", text)).strip()


def join_cell_lines(cell_lines: Iterable[str]) -> str:
    """The lines of a cell in one line, with a semicolon between those that each say something of their own."""
    lines = list(filter(None, map(collapse_spaces, cell_lines)))
    joined = "".join(lines[:1])
    for before, line in pairwise(lines):
        is_open = joined.count("(") > joined.count(")")
        joined += f"; {line}" if not is_open and _begins_new_entry(before, line) else f" {line}"
    return joined


def _begins_new_entry(line_before: str, line: str) -> bool:
    """Whether a line does not go on with the one before. Single words do: names of organisations are broken so."""
    if _SHORT_DATE_PATTERN.match(line_before) and _SHORT_DATE_PATTERN.match(line):
        return True
    has_words = " " in line_before and " " in line
    is_start = line[0].isalpha() and not line[0].islower()
    return has_words and is_start and not _CONTINUED_LINE_PATTERN.search(line_before)


def join_table_cells(cell_texts: list[str]) -> str:
    """The cells of a row in a line; what is empty at its end says nothing."""
    while cell_texts and not cell_texts[-1]:
        cell_texts = cell_texts[:-1]
    return " | ".join(cell_texts)
