"""Rows that name one organisation with and without a country or an acronym in brackets: "Linha Morabeza (Cap-Vert)"."""

import re
from collections import defaultdict

from jukwaa.coalitions.organisation_matching import COMMON_NAME_WORDS, get_core_words
from jukwaa.places.country_search import find_country

_BRACKETS_PATTERN = re.compile(r"\(([^()]+)\)")


class BracketedNames:
    """The names of one country by their words, so far."""

    def __init__(self) -> None:
        self._names: dict[tuple[str, str], dict[int, frozenset[str]]] = defaultdict(dict)
        self._bracketed_names: dict[tuple[str, str], dict[int, frozenset[str]]] = defaultdict(dict)

    def add(self, number: int, organisation_name: str, country: str) -> None:
        brackets, words = _split_name(organisation_name)
        country = country or _find_country_in(brackets)
        for word in words - COMMON_NAME_WORDS:
            self._names[country, word][number] = words
            if brackets:
                self._bracketed_names[country, word][number] = words

    def find(self, organisation_name: str, country: str) -> set[int]:
        """Return the rows of the same country, of two names of which one without its brackets is within the other."""
        brackets, words = _split_name(organisation_name)
        country = country or _find_country_in(brackets)
        if not country:
            return set()
        found: set[int] = set()
        for word in words - COMMON_NAME_WORDS:
            rows = self._bracketed_names.get((country, word), {})
            found |= {number for number, other_words in rows.items() if other_words <= words}
            if brackets:
                rows = self._names.get((country, word), {})
                found |= {number for number, other_words in rows.items() if words <= other_words}
        return found


def _split_name(organisation_name: str) -> tuple[list[str], frozenset[str]]:
    """What is in brackets, and the words of the name without it."""
    brackets = _BRACKETS_PATTERN.findall(organisation_name)
    return brackets, frozenset(get_core_words(_BRACKETS_PATTERN.sub(" ", organisation_name)))


def _find_country_in(brackets: list[str]) -> str:
    countries = (find_country(text, accepts_codes=False) for text in brackets)
    return next((country.code for country in countries if country is not None), "")
