"""A name and its acronym in one cell: "Child Online Protection Institute (COPI)"."""

import re

from jukwaa.coalitions.imports.vocabulary import REGIONAL_GROUP_WORDS, STAKEHOLDER_GROUP_WORDS, find_word_meaning
from jukwaa.places.country_search import find_country
from jukwaa.places.text_folding import fold_text

NO_ACRONYMS = frozenset({"eu", "ue", "mena", "emea", "hq", "ltd", "llc", "llp", "plc", "npo", "inc", "gmbh", "tbc"})
MAX_ACRONYM_LENGTH = 12
_NAME_WITH_ACRONYM = re.compile(r"^(?P<name>.+?\S)\s*\((?P<acronym>[^()\s]+)\)$")


def split_acronym(text: str) -> tuple[str, str]:
    """The name and its acronym, if it is in brackets at the end; otherwise the whole text and an empty acronym."""
    found = _NAME_WITH_ACRONYM.match(text)
    if not found or not _is_acronym(found["acronym"]):
        return text, ""
    return found["name"], found["acronym"]


def _is_acronym(text: str) -> bool:
    """Two capital letters or more, as in "eNACSO", and no country: "(UK)" tells two organisations apart.

    Scripts without capitals have no acronyms that could be told.
    """
    letters = [letter for letter in text if letter.isalpha()]
    capitals = sum(letter.isupper() for letter in letters)
    is_short = len(text) <= MAX_ACRONYM_LENGTH and capitals >= max(2, len(letters) / 2)
    return is_short and fold_text(text) not in NO_ACRONYMS and not _is_place_or_group(text)


def _is_place_or_group(text: str) -> bool:
    """Whether it says where the organisation is, or of which kind it is."""
    groups = find_word_meaning(text, REGIONAL_GROUP_WORDS) or find_word_meaning(text, STAKEHOLDER_GROUP_WORDS)
    return bool(groups) or find_country(text) is not None
