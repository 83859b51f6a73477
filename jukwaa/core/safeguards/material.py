"""Whether something that is brought may be abuse material, or lead to it. It looks at words, never at pictures.

A list of the words that traders use would serve those who look for them, so the tree holds digests alone. An operator
adds one with `digest_of`.
"""

import hashlib
import re
from collections.abc import Set as AbstractSet
from importlib.resources import files

_SAMPLE = 64 * 1024
_LONGEST_OFFER = 2_000  # an offer is short; what is longer speaks about the matter
_WORD = re.compile(r"[^\W_]{3,30}")
# Two letters that also stand for many decent things count only beside a trade.
_TRADE = re.compile(
    r"(?<![\w.])c\.?p\.? {0,2}(?:links?|vids?|videos?|packs?|folders?|collection|for (?:sale|trade)|mega|telegram)\b"
    r"|\b(?:trade|trading|sell|selling|swap|have|got|buy) (?:\w{1,12} )?(?-i:cp|CP)\b"
    r"(?! ?\w{0,12} ?(?:guideline|programme|policy))",
    re.IGNORECASE,
)
_MINOR_AND_MEDIA = re.compile(
    r"\b(?:[1-9]|1[0-7]) ?yo ?(?:girls?|boys?|kids?)? ?(?:vids?|pics|packs?|links?|nudes?)\b", re.IGNORECASE
)


def looks_like_material(name: str, data: bytes | str = b"") -> bool:
    """By its name, or by a short text that offers such things. A long text is somebody writing about the problem."""
    text = data if isinstance(data, str) else data[:_SAMPLE].decode("utf-8", errors="ignore")
    return _offers(name.replace("_", " ").replace("-", " ")) or (len(data) <= _LONGEST_OFFER and _offers(text))


def digest_of(word: str) -> str:
    """How a coded word is written in `data/coded_words.txt`."""
    return hashlib.sha256(word.casefold().encode()).hexdigest()


def has_coded_word(text: str, coded: AbstractSet[str]) -> bool:
    return any(digest_of(word) in coded for word in set(_WORD.findall(text)))


def coded_words() -> frozenset[str]:
    """The digests that the tree ships."""
    lines = files("jukwaa.core.safeguards").joinpath("data/coded_words.txt").read_text(encoding="ascii").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


CODED = coded_words()


def _offers(text: str) -> bool:
    return bool(_TRADE.search(text) or _MINOR_AND_MEDIA.search(text)) or has_coded_word(text, CODED)
