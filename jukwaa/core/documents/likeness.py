"""How alike two texts are, told from 64 bits of each: one-bit MinHash with one permutation.

Each run of three words is hashed once and falls into one of 64 bins; a bin keeps its least hash, and of that one bit.
Of two texts that share the part J of their runs, about (1 - J) / 2 of the bits differ; of two that have nothing in
common, half of them.
"""

import re
from hashlib import blake2b
from itertools import islice

BITS = 64
NEARLY_THE_SAME = 8  # bits that may differ: about three runs in four are shared, as after a round of small corrections
_RUN = 3
_FEWEST = 60  # runs; a shorter text is a form, or a page with a name on it
_MOST = 200_000
_UNSPACED = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+")  # in scripts without spaces each character is one


def signature(text: str) -> int | None:
    """64 bits that stand for a text, as a signed number for the database; None where there is too little of it."""
    words = [match.group().casefold() for match in islice(_WORD.finditer(text), _MOST)]
    if len(words) < _FEWEST:
        return None
    least = [-1] * BITS
    for at in range(len(words) - _RUN + 1):
        run = " ".join(words[at : at + _RUN])
        value = int.from_bytes(blake2b(run.encode(errors="replace"), digest_size=8).digest())
        bin_, rest = value % BITS, value // BITS
        if least[bin_] < 0 or rest < least[bin_]:
            least[bin_] = rest
    bits = sum((rest & 1) << bin_ for bin_, rest in enumerate(least) if rest >= 0)
    return bits - (1 << BITS) if bits >> (BITS - 1) else bits


def nearly_the_same(one: int, other: int) -> bool:
    return ((one ^ other) & ((1 << BITS) - 1)).bit_count() <= NEARLY_THE_SAME
