"""What the words in a cell mean, in the ways in which people write them."""

import re
import tomllib
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from importlib.resources import files

from jukwaa.places.folding import plain
from jukwaa.places.languages import canonical_tag, language_name, language_tags
from jukwaa.places.regions import RegionalGroup, StakeholderGroup

LOCALES = ("en", "fr", "es", "pt", "ar", "ru", "zh", "de")


class Stands(StrEnum):
    """What a row's standing says."""

    MEMBER = "member"
    LEFT = "left"
    KNOWN = "known"


type Meanings = Mapping[str, list[str]]  # words by what they mean

WORDS = tomllib.loads(files("jukwaa.coalitions.imports").joinpath("data/words.toml").read_text(encoding="utf-8"))
REGIONS: Meanings = {RegionalGroup(key): words for key, words in WORDS["regional_groups"].items()}
STAKEHOLDERS: Meanings = {StakeholderGroup(key): words for key, words in WORDS["stakeholder_groups"].items()}
STANDINGS: Meanings = {Stands(key): words for key, words in WORDS["standings"].items()}


def meaning(text: str, table: Meanings) -> str | None:
    """The key whose words hold this text, or whose label it is in the language of the page; None where none does."""
    asked = plain(text)
    return next((key for key, words in table.items() if asked in (*words, _label(key))), None)


def is_everywhere(text: str) -> bool:
    """Whether a cell for a country or a region says that there is no one such."""
    return plain(text) in map(plain, WORDS["everywhere"])


def _label(key: str) -> str:
    return plain(str(getattr(key, "label", key)))


def parts(text: str) -> list[str]:
    """The items of a cell that holds several. Where semicolons part them, a comma belongs to an item."""
    raws = re.split(r"[;\n|]" if re.search(r"[;\n|]", text) else ",", text)
    return list(dict.fromkeys(part for raw in raws if (part := " ".join(raw.split()))))


def language_of(word: str) -> str | None:
    """The tag of a language that is written as a tag, or by its name in one of several languages."""
    return _languages().get(plain(word)) or canonical_tag(word)


@cache
def _languages() -> dict[str, str]:
    found: dict[str, str] = {}
    for locale in LOCALES:
        for tag in sorted(language_tags(), key=len):
            found.setdefault(plain(language_name(tag, locale)), tag)
    for tag in language_tags():
        found.setdefault(plain(language_name(tag, tag)), tag)
    return found
