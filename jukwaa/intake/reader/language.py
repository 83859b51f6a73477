"""Which language a document is in, and whether the reader has cues for it."""

import re

from jukwaa.intake.reader.lexicon import words

UNDERSTOOD = frozenset({"en"})
SAMPLE = 20_000
ENOUGH = 60  # letters; below that a guess would be a lottery
WORDS = re.compile(r"[^\W\d_]+")
ENGLISH = frozenset(
    words(
        "the of and to in was were that for on with will is are be by at from this has have had it as "
        "not should would we they which who meeting members agreed action decision present next"
    )
)
SHARE = 0.12


def language_of(text: str, given: str | None) -> tuple[str, bool]:
    """The language as a code, and whether it is understood. What the caller knows is not doubted."""
    if given:
        return given, given.split("-")[0].lower() in UNDERSTOOD
    words = WORDS.findall(text[:SAMPLE].lower())
    letters = sum(map(len, words))
    if not words:
        return "und", False
    if sum(word in ENGLISH for word in words) >= SHARE * len(words):
        return "en", True
    if letters < ENOUGH:
        ascii_only = all(word.isascii() for word in words)
        return ("en", True) if ascii_only else ("und", False)
    from py3langid import langid  # noqa: PLC0415 - it brings numpy, 8 MB in each process that loads it

    code = str(langid.classify(" ".join(words))[0])
    return code, code in UNDERSTOOD
