"""How alike two texts are, told from 64 bits of each: one-bit MinHash with one permutation.

Each run of three words is hashed once and falls into one of 64 bins; a bin keeps its least hash, and of that one bit.
Of two texts that share the part J of their runs, about (1 - J) / 2 of the bits differ; of two that have nothing in
common, half of them.
"""

import re
from hashlib import blake2b
from itertools import islice

SIMILARITY_SIGNATURE_BITS = 64
MAX_DIFFERING_SIGNATURE_BITS = (
    8  # bits that may differ: about three runs in four are shared, as after a round of small corrections
)
_WORDS_PER_SHINGLE = 3
_MIN_COMPARED_WORDS = 60  # runs; a shorter text is a form, or a page with a name on it
_MAX_COMPARED_WORDS = 200_000
_UNSPACED_SCRIPT_RANGES = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
_WORD_PATTERN = re.compile(
    rf"[{_UNSPACED_SCRIPT_RANGES}]|[^\W{_UNSPACED_SCRIPT_RANGES}]+"
)  # in scripts without spaces each character is one


def compute_text_signature(text: str) -> int | None:
    """64 bits that stand for a text, as a signed number for the database; None where there is too little of it."""
    words = [match.group().casefold() for match in islice(_WORD_PATTERN.finditer(text), _MAX_COMPARED_WORDS)]
    if len(words) < _MIN_COMPARED_WORDS:
        return None
    least = [-1] * SIMILARITY_SIGNATURE_BITS
    for at in range(len(words) - _WORDS_PER_SHINGLE + 1):
        run = " ".join(words[at : at + _WORDS_PER_SHINGLE])
        value = int.from_bytes(blake2b(run.encode(errors="replace"), digest_size=8).digest())
        bin_, rest = value % SIMILARITY_SIGNATURE_BITS, value // SIMILARITY_SIGNATURE_BITS
        if least[bin_] < 0 or rest < least[bin_]:
            least[bin_] = rest
    bits = sum((rest & 1) << bin_ for bin_, rest in enumerate(least) if rest >= 0)
    return bits - (1 << SIMILARITY_SIGNATURE_BITS) if bits >> (SIMILARITY_SIGNATURE_BITS - 1) else bits


def is_nearly_identical(first_hash: int, second_hash: int) -> bool:
    return (
        (first_hash ^ second_hash) & ((1 << SIMILARITY_SIGNATURE_BITS) - 1)
    ).bit_count() <= MAX_DIFFERING_SIGNATURE_BITS
