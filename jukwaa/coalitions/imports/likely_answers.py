"""What people may mean who answer in their own words: "NGO for digital literacy", "Scotland (UK)"."""

import re

from jukwaa.coalitions.imports.vocabulary import STAKEHOLDER_GROUP_WORDS
from jukwaa.places.country_search import find_country
from jukwaa.places.regions import StakeholderGroup
from jukwaa.places.text_folding import fold_text

MIN_WORD_LENGTH = 3  # "un" is an article in many languages
_NO_ANSWERS = {StakeholderGroup.OTHER, StakeholderGroup.UNKNOWN}


def find_likely_groups(text: str) -> tuple[str, ...]:
    """The stakeholder groups whose words are in the text.

    The longest words count first: "non-governmental" is no government.
    """
    rest = f" {fold_text(text)} "
    found: dict[str, int] = {}
    words = [(word, group) for group, words in STAKEHOLDER_GROUP_WORDS.items() for word in words]
    for word, group in sorted(words, key=lambda pair: -len(pair[0])):
        if group not in _NO_ANSWERS and len(word) >= MIN_WORD_LENGTH and f" {word} " in rest:
            found.setdefault(group, rest.index(f" {word} "))
            rest = rest.replace(f" {word} ", f" {'_' * len(word)} ")
    return tuple(sorted(found, key=lambda group: found[group]))


def find_likely_countries(text: str) -> tuple[str, ...]:
    """The codes of countries that are named between brackets, slashes, commas and dashes."""
    parts = re.split(r"[/();,\n]|\s[-\u2013\u2014]\s", text)
    found = (find_country(part.strip(), accepts_codes=False) for part in parts if part.strip())
    return tuple(dict.fromkeys(country.code for country in found if country))
