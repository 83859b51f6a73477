"""One analyser for documents and queries: text in, the words of the index out, whatever the language.

A word is folded (case, accents, letter forms), cut to its Snowball stem in the language of its text, and carries that
language: `provid_en`. So "news" in an English text is not the French "new", and a query finds texts in every language
by asking for its words as each language would cut them. What has no stem (numbers, scripts without a stemmer, names in
a foreign script) carries no language. Scripts without spaces become overlapping pairs of characters.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from threading import Lock

import Stemmer

from jukwaa.records.index.letter_folding import (
    INVISIBLE_CHARACTERS_PATTERN,
    UNSPACED_CHARACTER_RANGES,
    build_combining_marks_class,
    get_fold_table,
    get_word_script,
    strip_optional_marks,
)

MAX_WORD_LENGTH = 64  # characters of a word: what is longer is no word that anybody asks for
MAX_CACHED_WORDS = 60_000  # of each language in memory
# No mark is ASCII: the short look at that spares the long class the end of most words.
_WORD_PATTERN = re.compile(rf"(?:[^\W_]++|(?![\x00-\x7f])[{build_combining_marks_class()}]++)++")
WORD_PATTERN = re.compile(  # in a text as it was written
    rf"(?:[^\W_]++|(?![\x00-\x7f])[{build_combining_marks_class()}{INVISIBLE_CHARACTERS_PATTERN.pattern[1:-1]}]++)++"
)
# The same where the text also holds runs without spaces.
SPACED_WORD_PATTERN = re.compile(
    rf"(?:(?![{UNSPACED_CHARACTER_RANGES}])(?:[^\W_]|[{build_combining_marks_class()}{INVISIBLE_CHARACTERS_PATTERN.pattern[1:-1]}]))+"
)
_ASCII_WORD_PATTERN = re.compile(r"[a-z0-9]+")
UNSPACED_CHARACTER_PATTERN = re.compile(f"[{UNSPACED_CHARACTER_RANGES}]")
_UNSPACED_RUN_PATTERN = re.compile(f"([{UNSPACED_CHARACTER_RANGES}]+)")

# Snowball's stemmers by language, and the script in which each can read.
STEMMER_NAMES_BY_LANGUAGE = {
    "ar": ("arabic", "ARABIC"), "hy": ("armenian", "ARMENIAN"), "eu": ("basque", "LATIN"), "ca": ("catalan", "LATIN"),
    "cs": ("czech", "LATIN"), "da": ("danish", "LATIN"), "nl": ("dutch", "LATIN"), "en": ("english", "LATIN"),
    "eo": ("esperanto", "LATIN"), "et": ("estonian", "LATIN"), "fi": ("finnish", "LATIN"), "fr": ("french", "LATIN"),
    "de": ("german", "LATIN"), "el": ("greek", "GREEK"), "hi": ("hindi", "DEVANAGARI"), "hu": ("hungarian", "LATIN"),
    "id": ("indonesian", "LATIN"), "ga": ("irish", "LATIN"), "it": ("italian", "LATIN"), "lt": ("lithuanian", "LATIN"),
    "ne": ("nepali", "DEVANAGARI"), "no": ("norwegian", "LATIN"), "nb": ("norwegian", "LATIN"),
    "nn": ("norwegian", "LATIN"), "fa": ("persian", "ARABIC"), "pl": ("polish", "LATIN"), "pt": ("portuguese", "LATIN"),
    "ro": ("romanian", "LATIN"), "ru": ("russian", "CYRILLIC"), "es": ("spanish", "LATIN"), "sv": ("swedish", "LATIN"),
    "ta": ("tamil", "TAMIL"), "tr": ("turkish", "LATIN"),
}  # fmt: skip
_HEBREW_PREFIX_PATTERN = re.compile("^[והבלכמש](?=.{3})")  # and, the, in, to, as, from, that: written onto the word
_HEBREW_ENDING_PATTERN = re.compile("(?<=.{3})(?:ים|ות|ימ)$")


def tokenize_text(text: str, language: str) -> list[str]:
    """The words of a text as the index holds them, in order; then what some can also be asked for as."""
    vocabulary = _get_language_vocabulary(get_stemming_language(language))
    found = _normalize_and_split(text, vocabulary.language)
    joined = " ".join(map(vocabulary.__getitem__, found))
    also = vocabulary.also and [vocabulary.also[word] for word in vocabulary.also.keys() & set(found)]
    return [*joined.split(), *sorted(also)] if also else joined.split()


def tokenize_in_order(text: str, language: str) -> list[str]:
    """The words of a query, or of the part of a text to be marked: those in order alone."""
    vocabulary = _get_language_vocabulary(get_stemming_language(language))
    return " ".join(map(vocabulary.__getitem__, _normalize_and_split(text, vocabulary.language))).split()


def split_text_words(text: str) -> list[str]:
    """The words of a text in lower case with their accents: neither cut nor paired."""
    return _normalize_and_split(text, "")


def fold_word_letters(folded_word: str) -> str:
    """A word, or the beginning of one, in its plainest letters."""
    return strip_optional_marks(folded_word).translate(get_fold_table())


def get_index_forms_by_word(language: str) -> Mapping[str, str]:
    """From a word as it stands in a text of that language to its words in the index, joined by spaces."""
    return _get_raw_form_cache(get_stemming_language(language))


def get_stemming_language(language_tag: str) -> str:
    """The part of a BCP 47 tag that decides how words are cut: "pt" for "pt-BR", "" where nothing is cut."""
    language = language_tag.partition("-")[0].lower()
    return language if language in STEMMER_NAMES_BY_LANGUAGE or language == "he" else ""


def _normalize_and_split(text: str, language: str) -> list[str]:
    """Lower case, invisible characters gone, compatibility forms undone, split where a word ends."""
    if language == "tr":
        text = text.replace("I", "\u0131").replace("İ", "i")
    if text.isascii():
        return _ASCII_WORD_PATTERN.findall(text.lower())
    return _WORD_PATTERN.findall(unicodedata.normalize("NFKC", INVISIBLE_CHARACTERS_PATTERN.sub("", text).casefold()))


class _Vocabulary(dict[str, str]):
    """From a word to its form in the index, kept once worked out: words come again, which is where the speed lies."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language
        self.also: dict[str, str] = {}
        algorithm, self.script = STEMMER_NAMES_BY_LANGUAGE.get(language, ("", "HEBREW" if language == "he" else ""))
        self._stemmer = Stemmer.Stemmer(algorithm, 0) if algorithm else None
        self._lock = Lock()  # a stemmer serves one thread at a time

    def __missing__(self, word: str) -> str:
        if UNSPACED_CHARACTER_PATTERN.search(word):
            return pair_unspaced_characters(word)
        if len(self) > MAX_CACHED_WORDS:
            self.clear()
            self.also = {}
        word_in_index = self._stem_word(word)
        also = self._stem_word(self._strip_word_accents(word))
        if also != word_in_index:
            self.also[word] = also
        self[word] = word_in_index
        return word_in_index

    def _fold_word_of_other_script(self, folded_word: str) -> str:
        """In a script that this language does not cut. Latin ones are cut as English in a text of another script:
        they mostly are, and would weigh far more than the same words elsewhere if they stood apart.
        """
        if self.script not in {"", "LATIN"} and get_word_script(folded_word) == "LATIN":
            return _get_language_vocabulary("en")[folded_word]
        return folded_word.translate(get_fold_table())

    def _strip_word_accents(self, folded_word: str) -> str:
        """Without accents, as many type it: stemmers can go astray then. In Hebrew without the prefix, if it is one."""
        plain = folded_word.translate(get_fold_table())
        return _HEBREW_PREFIX_PATTERN.sub("", plain) if self.language == "he" else plain

    def _stem_word(self, folded_word: str) -> str:
        folded_word = strip_optional_marks(folded_word.lower())[:MAX_WORD_LENGTH]
        if not folded_word:
            return ""
        if folded_word[0].isdecimal():
            return folded_word.translate(get_fold_table())
        if not self.script or get_word_script(folded_word) != self.script:
            return self._fold_word_of_other_script(folded_word)
        if self._stemmer is None:
            stem = _HEBREW_ENDING_PATTERN.sub("", folded_word)
        else:
            with self._lock:
                stem = self._stemmer.stemWord(folded_word)
        return f"{stem.translate(get_fold_table())}_{self.language}"


class _RawFormCache(dict[str, str]):
    """The same for words as they are written: what marks words in a text looks up each of them."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language

    def __missing__(self, word: str) -> str:
        if len(self) > MAX_CACHED_WORDS:
            self.clear()
        self[word] = forms = " ".join(tokenize_text(word, self.language))
        return forms


@cache
def _get_raw_form_cache(language: str) -> _RawFormCache:
    return _RawFormCache(language)


@cache
def _get_language_vocabulary(language: str) -> _Vocabulary:
    return _Vocabulary(language)


def pair_unspaced_characters(folded_word: str) -> str:
    """A run without spaces as overlapping pairs ("儿童保护" as "儿童 童保 保护"); what stands beside it folded."""
    parts = (part for part in _UNSPACED_RUN_PATTERN.split(folded_word) if part)
    return " ".join(
        _pair_adjacent_characters(part) if UNSPACED_CHARACTER_PATTERN.match(part) else part.translate(get_fold_table())
        for part in parts
    )


def _pair_adjacent_characters(character_run: str) -> str:
    return " ".join(map("".join, pairwise(character_run))) if len(character_run) > 1 else character_run
