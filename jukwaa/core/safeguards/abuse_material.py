"""Recognise a file or text that may be abuse material, or lead to it, by its words. Pictures are not examined.

A list of the words that traders use would serve those who look for them, so the tree holds digests alone. An operator
adds one with `digest_of`.
"""

import hashlib
import re
from collections.abc import Set as AbstractSet
from importlib.resources import files

_SAMPLE_BYTES = 64 * 1024
_MAX_OFFER_TEXT_LENGTH = 2_000  # an offer is short; what is longer speaks about the matter
_WORD_PATTERN = re.compile(r"[^\W_]{3,30}")
# Two letters that also stand for many decent things count only beside a trade.
_TRADE_PHRASE_PATTERN = re.compile(
    r"(?<![\w.])c\.?p\.? {0,2}(?:links?|vids?|videos?|packs?|folders?|collection|for (?:sale|trade)|mega|telegram)\b"
    r"|\b(?:trade|trading|sell|selling|swap|have|got|buy) (?:\w{1,12} )?(?-i:cp|CP)\b"
    r"(?! ?\w{0,12} ?(?:guideline|programme|policy))",
    re.IGNORECASE,
)
_MINOR_AND_MEDIA_PATTERN = re.compile(
    r"\b(?:[1-9]|1[0-7]) ?yo ?(?:girls?|boys?|kids?)? ?(?:vids?|pics|packs?|links?|nudes?)\b", re.IGNORECASE
)


def looks_like_abuse_material(file_name: str, file_content: bytes | str = b"") -> bool:
    """By its name, or by a short text that offers such things. A long text is somebody writing about the problem."""
    text = (
        file_content if isinstance(file_content, str) else file_content[:_SAMPLE_BYTES].decode("utf-8", errors="ignore")
    )
    return _offers_abuse_material(file_name.replace("_", " ").replace("-", " ")) or (
        len(file_content) <= _MAX_OFFER_TEXT_LENGTH and _offers_abuse_material(text)
    )


def hash_coded_word(checked_word: str) -> str:
    """How a coded word is written in `data/coded_words.txt`."""
    return hashlib.sha256(checked_word.casefold().encode()).hexdigest()


def has_coded_word(text: str, coded_words: AbstractSet[str]) -> bool:
    return any(hash_coded_word(word) in coded_words for word in set(_WORD_PATTERN.findall(text)))


def load_coded_word_hashes() -> frozenset[str]:
    """The digests that the tree ships."""
    lines = files("jukwaa.core.safeguards").joinpath("data/coded_words.txt").read_text(encoding="ascii").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


CODED_WORD_HASHES = load_coded_word_hashes()


def _offers_abuse_material(text: str) -> bool:
    return bool(_TRADE_PHRASE_PATTERN.search(text) or _MINOR_AND_MEDIA_PATTERN.search(text)) or has_coded_word(
        text, CODED_WORD_HASHES
    )
