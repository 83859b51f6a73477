"""Count the length of a text as other systems' forms do: in characters, words or bytes. Pure functions.

Where it is not known how a form counts, a length is a range: the least and the most that usual ways of counting give.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

import regex

UNKNOWN_COUNT_METHOD = "not known"
WORD_PATTERN = regex.compile(r"\S+")
# Han and kana are written without spaces: word processors count each of these characters as a word.
UNSPACED_CHARACTER_PATTERN = regex.compile(r"[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]")
GRAPHEME_PATTERN = regex.compile(r"\X")
LINE_BREAK_PATTERN = regex.compile(r"\r\n|\r|\n")


class LengthRange(NamedTuple):
    least: int
    most: int

    @property
    def is_exact(self) -> bool:
        return self.least == self.most


def _normalize_line_breaks(text: str) -> str:
    """Browsers count a line break as one character and send it as two."""
    return str(LINE_BREAK_PATTERN.sub("\n", text))


def count_code_points(text: str) -> int:
    return len(_normalize_line_breaks(text))


def count_utf16_units(text: str) -> int:
    """As JavaScript and the `maxlength` of a form do: an emoji counts as two or more."""
    return len(_normalize_line_breaks(text).encode("utf-16-le", "surrogatepass")) // 2


def count_graphemes(text: str) -> int:
    """As readers do: a letter with its marks is one character."""
    return len(GRAPHEME_PATTERN.findall(_normalize_line_breaks(text)))


def count_bytes(text: str) -> int:
    return len(_normalize_line_breaks(text).encode("utf-8", "surrogatepass"))


def count_words_between_spaces(text: str) -> int:
    return len(WORD_PATTERN.findall(text))


def count_words_as_word_processor(text: str) -> int:
    """As word processors do: between spaces, and each Han or kana character by itself."""
    unspaced = len(UNSPACED_CHARACTER_PATTERN.findall(text))
    return unspaced + len(WORD_PATTERN.findall(UNSPACED_CHARACTER_PATTERN.sub(" ", text)))


COUNT_FUNCTIONS_BY_METHOD: Mapping[str, Mapping[str, Callable[[str], int]]] = {
    "characters": {
        "code points": count_code_points,
        "UTF-16": count_utf16_units,
        "graphemes": count_graphemes,
        "bytes": count_bytes,
    },
    "words": {"spaces": count_words_between_spaces, "word processor": count_words_as_word_processor},
}


def measure_text_length(text: str, unit: str, length_unit: str = UNKNOWN_COUNT_METHOD) -> LengthRange:
    """Return the length in a unit. Raises LookupError for a unit or a way of counting that does not exist."""
    ways = COUNT_FUNCTIONS_BY_METHOD[unit]
    if length_unit != UNKNOWN_COUNT_METHOD:
        number = ways[length_unit](text)
        return LengthRange(number, number)
    numbers = [count(text) for name, count in ways.items() if name != "bytes"]
    if unit == "characters":
        numbers += [number + len(LINE_BREAK_PATTERN.findall(text)) for number in numbers]
    return LengthRange(min(numbers), max(numbers))
