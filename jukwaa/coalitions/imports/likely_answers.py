"""What people may mean who answer in their own words: "NGO for digital literacy", "Scotland (UK)"."""

import re
from collections.abc import Iterator, Sequence

from jukwaa.coalitions.imports.vocabulary import ACADEMIC_WORDS, STAKEHOLDER_GROUP_WORDS, YOUTH_WORDS
from jukwaa.places.country_search import find_country
from jukwaa.places.regions import StakeholderGroup
from jukwaa.places.text_folding import fold_text

MIN_WORD_LENGTH = 3  # "un" is an article in many languages
ACADEMIC_GROUPS = (StakeholderGroup.TECHNICAL_COMMUNITY, StakeholderGroup.CIVIL_SOCIETY)
_NO_ANSWERS = {StakeholderGroup.OTHER, StakeholderGroup.UNKNOWN}


def find_likely_groups(text: str) -> tuple[str, ...]:
    """The stakeholder groups whose words are in the text.

    The longest words count first: "non-governmental" is no government.
    """
    rest = f" {fold_text(text)} "
    parts = set(map(fold_text, re.split(r"[/;,]", text)))
    found: dict[str, int] = {}
    for word, groups in sorted(_iter_words_with_groups(), key=lambda pair: -len(pair[0])):
        if (len(word) >= MIN_WORD_LENGTH or word in parts) and f" {word} " in rest:
            for group in groups:
                found.setdefault(group, rest.index(f" {word} "))
            rest = rest.replace(f" {word} ", f" {'_' * len(word)} ")
    return tuple(sorted(found, key=lambda group: found[group]))


def _iter_words_with_groups() -> Iterator[tuple[str, Sequence[str]]]:
    yield from ((word, ACADEMIC_GROUPS) for word in ACADEMIC_WORDS)
    yield from ((word, (StakeholderGroup.CIVIL_SOCIETY,)) for word in YOUTH_WORDS)
    for group, words in STAKEHOLDER_GROUP_WORDS.items():
        if group not in _NO_ANSWERS:
            yield from ((word, (group,)) for word in words if word not in ACADEMIC_WORDS)


def find_likely_countries(text: str) -> tuple[str, ...]:
    """The codes of countries that are named between brackets, slashes, commas and dashes."""
    parts = re.split(r"[/();,\n]|\s[-\u2013\u2014]\s", text)
    found = (find_country(part.strip(), accepts_codes=False) for part in parts if part.strip())
    return tuple(dict.fromkeys(country.code for country in found if country))
