# ruff: noqa: RUF001 - letters that look alike are the matter here
"""Letters that differ between writers and mean the same: accents, Arabic alefs, German ß, Greek final sigma ..."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

# Scripts that are written without spaces between words, or (Korean) with what other languages write apart.
UNSPACED_CHARACTER_RANGES = (
    "\u0e01-\u0e3a\u0e40-\u0e4e"  # Thai
    "\u0e81-\u0ece\u0edc-\u0edf"  # Lao
    "\u1000-\u103f\u1050-\u108f"  # Burmese
    "\u1780-\u17d3\u17dc\u17dd"  # Khmer
    "\u3005-\u3007\u3040-\u309a\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff"  # kana
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Chinese characters
    "\uac00-\ud7a3"  # Korean syllables
)

# What is invisible inside a word: soft hyphens, joiners, marks of direction, the byte order mark.
INVISIBLE_CHARACTERS_PATTERN = re.compile(
    "[\u00ad\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
)

# Marks that may be left out in writing. Vowel signs of Indic scripts are marks too, but no writer leaves them out.
_OPTIONAL_MARKS_PATTERN = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u093c\u09bc\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f]"
)
_LETTER_FORM_REPLACEMENTS = {
    # Latin letters that Unicode does not take apart
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ħ": "h", "ŧ": "t",
    "ŋ": "n", "ə": "e", "ɓ": "b", "ɗ": "d", "ƙ": "k", "ɛ": "e", "ɔ": "o",
    # Arabic, and the letters that Persian and Urdu type in their place
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ة": "ه", "ۀ": "ه", "ہ": "ه", "ھ": "ه",
    "ک": "ك", "ؤ": "و", "ئ": "ي", "ـ": "",
    # Hebrew finals; Greek final sigma; Cyrillic; Devanagari nasal signs; the Japanese long vowel as a dash is kept
    "ך": "כ", "ם": "מ", "ן": "נ", "ף": "פ", "ץ": "צ", "ς": "σ", "ё": "е", "ѐ": "е", "ѝ": "и", "ँ": "ं",
}  # fmt: skip
_DISTINCT_LETTERS = {"й", "ї", "ў"}  # decomposable letters that nobody confuses with their base


@cache
def get_fold_table() -> dict[int, str | None]:
    """For `str.translate`: each letter in its plainest form, optional marks gone, all digits as ours."""
    table: dict[int, str | None] = dict(_iter_letter_decompositions())
    table.update({code: None for code in range(0x300, 0xFE30) if _OPTIONAL_MARKS_PATTERN.match(chr(code))})
    table.update({ord(letter): plain for letter, plain in _LETTER_FORM_REPLACEMENTS.items()})
    return table


def _iter_letter_decompositions() -> Iterator[tuple[int, str]]:
    for code in range(0x80, 0x10000):
        letter = chr(code)
        if letter.isdecimal():
            yield code, str(unicodedata.decimal(letter))
        elif letter not in _DISTINCT_LETTERS and letter < "\uac00" and unicodedata.decomposition(letter):
            plain = _OPTIONAL_MARKS_PATTERN.sub("", unicodedata.normalize("NFD", letter))
            if plain and plain != letter:
                yield code, "".join(_LETTER_FORM_REPLACEMENTS.get(part, part) for part in plain)


@cache
def build_combining_marks_class() -> str:
    r"""All combining marks, for a class of a pattern: Python's `\w` leaves them out, and Hindi would fall apart."""
    codes = [code for code in range(0x300, 0x20000) if unicodedata.category(chr(code))[0] == "M"]
    runs: list[list[int]] = []
    for code in codes:
        if runs and runs[-1][1] == code - 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in runs)


def get_word_script(folded_word: str) -> str:
    """The script of a word's first letter, as far as stemmers need to tell them apart."""
    name = unicodedata.name(folded_word[0], "")
    return name.partition(" ")[0].partition("-")[0]


def strip_optional_marks(folded_word: str) -> str:
    """Without harakat, points and tatweel, but with its accents where they are part of a composed letter."""
    return _OPTIONAL_MARKS_PATTERN.sub("", folded_word).replace("ـ", "")
