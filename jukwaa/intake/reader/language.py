"""Which language a document is in, and whether the reader has cues for it."""

import re

from jukwaa.intake.reader.lexicon import split_words

SUPPORTED_LANGUAGES = frozenset({"en"})
LANGUAGE_SAMPLE_CHARACTERS = 20_000
MIN_LETTERS_TO_DETECT = 60  # letters; below that a guess would be a lottery
LETTER_WORD_PATTERN = re.compile(r"[^\W\d_]+")
ENGLISH_WORDS = frozenset(
    split_words(
        "the of and to in was were that for on with will is are be by at from this has have had it as "
        "not should would we they which who meeting members agreed action decision present next"
    )
)
MIN_ENGLISH_SHARE = 0.12
MIN_ENGLISH_BLOCK_WORDS = 4
MIN_ENGLISH_BLOCK_SHARE = 0.22
# Of the words above, those that are no words of other languages that minutes are written in.
DISTINCTIVE_ENGLISH_WORDS = ENGLISH_WORDS & frozenset(
    split_words(
        "the of and to for with be by from this should would they which who meeting members agreed decision next"
    )
)


def is_english_block(phrase: str) -> bool:
    """Whether this block of a document in another language is in English, as far as its small words tell."""
    found = LETTER_WORD_PATTERN.findall(phrase[:LANGUAGE_SAMPLE_CHARACTERS].lower())
    if len(found) < MIN_ENGLISH_BLOCK_WORDS:
        return False
    small = [word for word in found if word in ENGLISH_WORDS]
    return len(small) >= MIN_ENGLISH_BLOCK_SHARE * len(found) and any(
        word in DISTINCTIVE_ENGLISH_WORDS for word in small
    )


def detect_language(text: str, known_language: str | None) -> tuple[str, bool]:
    """The language as a code, and whether it is understood. What the caller knows is not doubted."""
    if known_language:
        return known_language, known_language.split("-")[0].lower() in SUPPORTED_LANGUAGES
    words = LETTER_WORD_PATTERN.findall(text[:LANGUAGE_SAMPLE_CHARACTERS].lower())
    letters = sum(map(len, words))
    if not words:
        return "und", False
    if sum(word in ENGLISH_WORDS for word in words) >= MIN_ENGLISH_SHARE * len(words):
        return "en", True
    if letters < MIN_LETTERS_TO_DETECT:
        ascii_only = all(word.isascii() for word in words)
        return ("en", True) if ascii_only else ("und", False)
    from py3langid import langid  # noqa: PLC0415 - it brings numpy, 8 MB in each process that loads it

    code = str(langid.classify(" ".join(words))[0])
    return code, code in SUPPORTED_LANGUAGES
