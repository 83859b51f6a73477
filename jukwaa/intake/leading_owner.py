"""Who is to do what a sentence says, where it begins with a name of the directory: "O Senhor Rui Lopes enviará …"."""

import re
from collections.abc import Callable
from functools import cache

from jukwaa.coalitions.known_people import KnownPeople
from jukwaa.coalitions.models import Coalition
from jukwaa.core.refusals import ActionRefused
from jukwaa.intake.matching import OrganisationNameMatch, build_organisation_matcher

_ARTICLE = r"(?:the|o|a|os|as|el|la|los|las|le|les) |l[\u2019']"
_TITLE = (
    r"(?:(?:mr|mrs|ms|mx|dr|dra|pr|prof|mme|mmes|mlle|mm?|sr|sra|srta|herr|frau)\.?|senhora?|señora?|señorita|monsieur"
    r"|madame|bwana|bi)\s+"
)
OPENING_PATTERN = re.compile(rf"\W*(?:{_ARTICLE})?(?:{_TITLE})*", re.IGNORECASE)
NAME_CONNECTORS = frozenset(
    {"de", "da", "do", "dos", "das", "del", "la", "van", "von", "der", "den", "al", "el", "bin", "e", "y"}
)
MAX_NAME_WORDS = 8
MIN_NAME_LETTERS = 3


def find_leading_owner(coalition: Coalition, text: str) -> str:
    """The name, as written; nothing where the sentence begins with no name, or with one that two people have."""
    return build_leading_owner_finder(coalition)(text)


def build_leading_owner_finder(coalition: Coalition) -> Callable[[str], str]:
    """The same for many sentences: the people and organisations are read once, when a sentence begins with a name."""
    known = KnownPeople(coalition)

    @cache
    def get_organisation_matcher() -> Callable[[str], OrganisationNameMatch]:
        return build_organisation_matcher(coalition)

    def find_owner(text: str) -> str:
        return next(
            (
                name
                for name in _list_leading_names(text)
                if is_known_person(known, name) or get_organisation_matcher()(name).sure is not None
            ),
            "",
        )

    return find_owner


def _list_leading_names(text: str) -> list[str]:
    """What may be a name at the beginning, the longest first."""
    opening = OPENING_PATTERN.match(text)
    words = text[opening.end() if opening else 0 :].split()[:MAX_NAME_WORDS]
    return [
        " ".join(words[:count]).rstrip(" ,:;")
        for count in range(len(words), 0, -1)
        if _is_capitalised(words[count - 1]) and all(map(_may_stand_in_name, words[:count]))
    ]


def is_known_person(known_people: KnownPeople, name: str) -> bool:
    """Whether a name, or a part of one, means one adult of the directory."""
    if len(name) < MIN_NAME_LETTERS:
        return False
    try:
        if known_people.find(name) is not None:
            return True
    except ActionRefused:
        return False  # a person whose name is not kept in the record
    return len({person.pk for person, _organisation in known_people.find_by_short_name(name)}) == 1


def _is_capitalised(word: str) -> bool:
    return word[:1].isupper()


def _may_stand_in_name(word: str) -> bool:
    return _is_capitalised(word) or word in NAME_CONNECTORS or not word[:1].isalpha()
