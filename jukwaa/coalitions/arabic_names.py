"""Comparing a name in Arabic letters with one in Latin letters, by their consonants: Arabic seldom writes its vowels.

Letters that Latin transcriptions confuse are one: "Qasrawi" and "Kasraoui" are both "ksr". So this only finds who may
be meant, for a person to check.
"""

import re

from jukwaa.places.text_folding import fold_text

MIN_WORDS, MIN_CONSONANTS = 2, 4  # of a whole name
_ARABIC_PATTERN = re.compile(r"[\u0621-\u064a]")
_ARTICLE_PATTERN = re.compile(r"^\u0627\u0644(?=..)")
_ARTICLES = frozenset({"al", "el"})
_DIGRAPHS = {"sh": "s", "ch": "s", "th": "t", "kh": "k", "gh": "g", "dh": "d", "ph": "f"}
_DIGRAPH_PATTERN = re.compile("|".join(_DIGRAPHS))
_CONSONANTS = {
    **{letter: letter for letter in "bdfgklmnrstz"},
    "q": "k",
    "c": "k",
    "j": "g",
    "p": "b",
    "v": "f",
    **dict(zip("بتثجخدذرزسشصضطظغفقكلمن", "bttgkddrzsssdtzgfkklmn", strict=True)),
}


def has_arabic_letters(text: str) -> bool:
    return _ARABIC_PATTERN.search(text) is not None


def list_consonants(person_name: str) -> list[str]:
    """The consonants of each word that has some, in Latin letters."""
    words = [word for word in fold_text(person_name).split() if word not in _ARTICLES]
    found = (_DIGRAPH_PATTERN.sub(lambda match: _DIGRAPHS[match[0]], _ARTICLE_PATTERN.sub("", word)) for word in words)
    consonants = ("".join(_CONSONANTS.get(letter, "") for letter in word) for word in found)
    return [re.sub(r"(.)\1+", r"\1", word) for word in consonants if word]


def is_arabic_name_of(arabic_name: str, person_name: str) -> bool:
    """Whether every word of a name in Arabic letters is in the other name, in whichever letters."""
    words = list_consonants(arabic_name)
    is_long_enough = len(words) >= MIN_WORDS and sum(map(len, words)) >= MIN_CONSONANTS
    return is_long_enough and set(words) <= set(list_consonants(person_name))
