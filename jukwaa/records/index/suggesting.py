"""Did you mean: from words of published CLEAR records alone, so that it tells nobody of what they may not read."""

import re
from collections import Counter

from django.core.cache import caches
from rapidfuzz import process
from rapidfuzz.distance import OSA

from jukwaa.coalitions.models import Coalition
from jukwaa.records.index.analyser import IN_PAIRS, plain_words
from jukwaa.records.models import Label, Passage, State

MOST_PASSAGES = 2_000  # the newest
MOST_CHARACTERS = 600_000
SHORTEST = 4
CLOSE_ENOUGH = 0.74


def did_you_mean(coalition: Coalition, query: str) -> str:
    """The query with words that nobody wrote replaced by their neighbours; empty where there are none."""
    written = _words_of(coalition)
    words = written.split()
    corrected = query
    for word in dict.fromkeys(plain_words(query)):
        if len(word) < SHORTEST or f"\n{word}\n" in written or word.isdecimal() or IN_PAIRS.search(word):
            continue
        if neighbour := _neighbour(word, words):
            corrected = _replaced(corrected, word, neighbour)
    return corrected if corrected != query else ""


def _neighbour(word: str, words: list[str]) -> str | None:
    """The nearest; of several, the one that is written most."""
    near = process.extract(
        word, words, scorer=OSA.normalized_similarity, score_cutoff=CLOSE_ENOUGH, limit=5, processor=None
    )
    best = max(near, key=lambda found: (found[1], -found[2]), default=None)
    return best[0] if best else None


def _replaced(query: str, word: str, neighbour: str) -> str:
    """Wherever it stands as a word of its own."""
    return re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", lambda _found: neighbour, query, flags=re.IGNORECASE)


def _words_of(coalition: Coalition) -> str:
    """A word to a line, those written most first: one text is taken out of the cache faster than a list.

    Kept until the coalition's next writing action moves its revision, so that nothing outlives its record.
    """
    kept = caches["pages"]
    key = f"words:{coalition.pk}:{coalition.revision}"
    words: str | None = kept.get(key)
    if words is None:
        words = "\n".join(["", *(word for word, _number in _read_words(coalition).most_common()), ""])
        kept.set(key, words)
    return words


def _read_words(coalition: Coalition) -> Counter[str]:
    texts = (
        Passage.objects.filter(record__coalition=coalition, record__state=State.PUBLISHED, record__label=Label.CLEAR)
        .order_by("position", "-record")
        .values_list("text", flat=True)[:MOST_PASSAGES]
    )
    words: Counter[str] = Counter()
    size = 0
    for text in texts:
        words.update(word for word in plain_words(text) if len(word) >= SHORTEST and not IN_PAIRS.search(word))
        size += len(text)
        if size > MOST_CHARACTERS:
            break
    return words
