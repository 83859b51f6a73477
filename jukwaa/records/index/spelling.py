"""Did you mean: from words of published CLEAR records alone, so that it tells nobody of what they may not read."""

import re
from collections import Counter

from django.core.cache import caches
from rapidfuzz import process
from rapidfuzz.distance import OSA

from jukwaa.coalitions.models import Coalition
from jukwaa.records.index.analyser import UNSPACED_CHARACTER_PATTERN, split_text_words
from jukwaa.records.models import Label, Passage, State

MAX_PASSAGES_READ = 2_000  # the newest
MAX_CHARACTERS_READ = 600_000
MIN_WORD_LENGTH = 4
MIN_SPELLING_SIMILARITY = 0.74


def suggest_query_spelling(coalition: Coalition, query_text: str) -> str:
    """The query with words that nobody wrote replaced by their neighbours; empty where there are none."""
    written = _get_indexed_word_lines(coalition)
    words = written.split()
    corrected = query_text
    for word in dict.fromkeys(split_text_words(query_text)):
        if (
            len(word) < MIN_WORD_LENGTH
            or f"\n{word}\n" in written
            or word.isdecimal()
            or UNSPACED_CHARACTER_PATTERN.search(word)
        ):
            continue
        if replacement := _find_nearest_word(word, words):
            corrected = _replace_query_word(corrected, word, replacement)
    return corrected if corrected != query_text else ""


def _find_nearest_word(folded_word: str, words: list[str]) -> str | None:
    """The nearest; of several, the one that is written most."""
    near = process.extract(
        folded_word,
        words,
        scorer=OSA.normalized_similarity,
        score_cutoff=MIN_SPELLING_SIMILARITY,
        limit=5,
        processor=None,
    )
    best = max(near, key=lambda found: (found[1], -found[2]), default=None)
    return best[0] if best else None


def _replace_query_word(query_text: str, folded_word: str, replacement_text: str) -> str:
    """Wherever it stands as a word of its own."""
    return re.sub(
        rf"(?<!\w){re.escape(folded_word)}(?!\w)", lambda _found: replacement_text, query_text, flags=re.IGNORECASE
    )


def _get_indexed_word_lines(coalition: Coalition) -> str:
    """A word to a line, those written most first: one text is taken out of the cache faster than a list.

    Kept until the coalition's next writing action moves its revision, so that nothing outlives its record.
    """
    kept = caches["pages"]
    key = f"words:{coalition.pk}:{coalition.revision}"
    words: str | None = kept.get(key)
    if words is None:
        words = "\n".join(["", *(word for word, _number in _count_indexed_words(coalition).most_common()), ""])
        kept.set(key, words)
    return words


def _count_indexed_words(coalition: Coalition) -> Counter[str]:
    texts = (
        Passage.objects.filter(record__coalition=coalition, record__state=State.PUBLISHED, record__label=Label.CLEAR)
        .order_by("position", "-record")
        .values_list("text", flat=True)[:MAX_PASSAGES_READ]
    )
    words: Counter[str] = Counter()
    size = 0
    for text in texts:
        words.update(
            word
            for word in split_text_words(text)
            if len(word) >= MIN_WORD_LENGTH and not UNSPACED_CHARACTER_PATTERN.search(word)
        )
        size += len(text)
        if size > MAX_CHARACTERS_READ:
            break
    return words
