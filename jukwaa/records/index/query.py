"""What a person types into the box, as the terms that an engine understands. Nothing that is typed is an error."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from jukwaa.records.index.analyser import (
    UNSPACED_CHARACTER_PATTERN,
    fold_word_letters,
    split_text_words,
    tokenize_in_order,
    tokenize_text,
)
from jukwaa.records.index.stop_words import STOP_WORDS

MAX_QUERY_LENGTH = 300  # characters that are read
MAX_QUERY_TERMS = 12
MIN_PREFIX_LENGTH = 2  # letters of a word that may be completed

_QUERY_PIECE_PATTERN = re.compile(
    r'(?<!\S)(?P<minus>[-\u2212\u2013])?(?:"(?P<straight>[^"]*)"?|“(?P<curly>[^”]*)”?|«(?P<angle>[^»]*)»?|(?P<word>\S+))'
)

type Phrase = tuple[str, ...]


@dataclass(frozen=True)
class QueryTerm:
    """Something to be found: any of the phrases (a word as each language cuts it), or any word with such a start."""

    phrases: tuple[Phrase, ...]
    starts: tuple[str, ...] = ()
    word: str = ""  # as it was typed, if it is one that may be completed or corrected

    def parts(self) -> "list[QueryTerm]":
        """Its pairs of characters one by one, if it is a run without spaces that was not put in quotes."""
        if self.word and UNSPACED_CHARACTER_PATTERN.search(self.word) and len(self.phrases[0]) > 1:
            return [QueryTerm(((pair,),)) for pair in self.phrases[0]]
        return [self]


@dataclass(frozen=True)
class SearchQuery:
    """All of `terms`, or any of them, and none of `excluded`."""

    terms: tuple[QueryTerm, ...] = ()
    excluded: tuple[QueryTerm, ...] = ()
    any_of: bool = False

    def __bool__(self) -> bool:
        return bool(self.terms)

    def with_last_word_completed(self) -> "SearchQuery | None":
        """The last word as the beginning of one, if it can be."""
        last = self.terms[-1]
        if last.starts or len(last.word) < MIN_PREFIX_LENGTH or UNSPACED_CHARACTER_PATTERN.search(last.word):
            return None
        return replace(self, terms=(*self.terms[:-1], replace(last, starts=(fold_word_letters(last.word),))))

    def with_any_term(self) -> "SearchQuery | None":
        return replace(self, any_of=True) if len(self.terms) > 1 else None

    def with_any_pair(self) -> "SearchQuery | None":
        """Any of the words, and of a run without spaces any of its pairs."""
        terms = _deduplicate_query_terms([part for term in self.terms for part in term.parts()])
        return replace(self, terms=terms, any_of=True) if len(terms) > len(self.terms) else None

    @property
    def wanted(self) -> frozenset[str]:
        """The words of the index that a result is marked for."""
        return frozenset(token for term in self.terms for phrase in term.phrases for token in phrase)

    @property
    def starts(self) -> tuple[str, ...]:
        return tuple(start for term in self.terms for start in term.starts)


def parse_search_query(text: str, languages: Iterable[str]) -> SearchQuery:
    """Words (all are sought), "phrases", -words that must be missing, beginnings*; in the languages of the index."""
    languages = sorted(set(languages)) or [""]
    wanted: list[QueryTerm] = []
    excluded: list[QueryTerm] = []
    for match in _QUERY_PIECE_PATTERN.finditer(text[:MAX_QUERY_LENGTH]):
        terms = excluded if match["minus"] else wanted
        terms.extend(_parse_query_terms(match, languages))
    telling = [term for term in wanted if term.word not in STOP_WORDS]
    return SearchQuery(_deduplicate_query_terms(telling or wanted), _deduplicate_query_terms(excluded))


def _parse_query_terms(match: re.Match[str], languages: list[str]) -> Iterator[QueryTerm]:
    word = match["word"]
    if word is None:
        quoted = match["straight"] or match["curly"] or match["angle"] or ""
        if phrases := _get_quoted_phrases(quoted, languages):
            yield QueryTerm(phrases)
        return
    parts = split_text_words(word)
    for part in parts:
        last = part == parts[-1]
        starts = (fold_word_letters(part),) if last and _is_prefix_term(word, part) else ()
        if phrases := _get_word_phrases(_get_word_as_typed(word, part, parts), languages):
            yield QueryTerm(phrases, starts, part)


def _get_word_as_typed(folded_word: str, query_part: str, query_parts: list[str]) -> str:
    """The word as it was typed, accents and all, unless it falls into several."""
    return folded_word if len(query_parts) == 1 else query_part


def _get_word_phrases(folded_word: str, languages: list[str]) -> tuple[Phrase, ...]:
    """A word as each language cuts it, and what else each would have it asked for as."""
    found: dict[Phrase, None] = {}
    for language in languages:
        phrase, every = tokenize_in_order(folded_word, language), tokenize_text(folded_word, language)
        found.update(dict.fromkeys([tuple(phrase), *((other,) for other in every[len(phrase) :])]))
    return tuple(phrase for phrase in found if phrase)


def _get_quoted_phrases(text: str, languages: list[str]) -> tuple[Phrase, ...]:
    found = {tuple(tokenize_in_order(text, language)): None for language in languages}
    return tuple(phrase for phrase in found if phrase)


def _deduplicate_query_terms(query_terms: list[QueryTerm]) -> tuple[QueryTerm, ...]:
    return tuple(dict.fromkeys(query_terms))[:MAX_QUERY_TERMS]


def _is_prefix_term(folded_word: str, query_part: str) -> bool:
    """A word with a star; or a single Chinese character, which is the first of a pair in the index."""
    if UNSPACED_CHARACTER_PATTERN.match(query_part):
        return len(query_part) == 1
    return folded_word.endswith("*") and len(query_part) >= MIN_PREFIX_LENGTH
