"""Which language a text is in, for its words in the index."""

import re
import sys

_SAMPLE_LENGTH = 20_000
_MIN_DETECTION_LETTERS = 60  # letters; below that a guess would be a lottery
_LANGUAGE_TAG_PATTERN = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,3}")  # BCP 47, as far as files use it
_LETTERS_PATTERN = re.compile(r"[^\W\d_]+")


def detect_text_language(text: str, sample_text: str | None = None) -> str:
    """What the file says of itself, if that is a language; else the likeliest; "" where there is too little to tell."""
    if sample_text and _LANGUAGE_TAG_PATTERN.fullmatch(sample_text):
        return sample_text
    words = _LETTERS_PATTERN.findall(text[:_SAMPLE_LENGTH].casefold())
    if sum(map(len, words)) < _MIN_DETECTION_LETTERS:
        return ""
    from py3langid import langid  # noqa: PLC0415 - it brings numpy, 8 MB in each process that loads it, and a model of 70 MB

    return str(langid.classify(" ".join(words))[0])


def release_language_model() -> None:
    """Give back the memory of the model, which the next detection loads again in half a second."""
    if langid := sys.modules.get("py3langid.langid"):
        langid.IDENTIFIER = None  # type: ignore[attr-defined]  # a module that may not be loaded
