"""Two people in one entry of a list: "Ana Lopes y Eva Moreno Ruiz (Elm Farm)", "Ben, Dina Haddad (Oak Farm)"."""

import re

from jukwaa.intake.reader.lexicon import COLLECTIVE_NOUNS, PEOPLE_NOUNS, ROLE_NOUNS

_WORD = r"[^\W\d_a-z][\w.'’-]*"
_CONNECTOR = r"(?:de|da|do|dos|das|del|de la|van|von|der|den|di|al|el|bin)"
_FULL_NAME = rf"{_WORD}(?:(?: {_CONNECTOR})? {_WORD}){{1,4}}"
_BRACKET = r"(?:\s?\([^()]*\))"
JOINT_PATTERN = re.compile(rf"\s(?:y|e|et|und|and|na|&|\+)\s(?![^(]*\))(?={_WORD} )")
FULL_NAME_PATTERN = re.compile(rf"\W*{_FULL_NAME}{_BRACKET}?(?=\W*$|\s?[,–—-])")
NAME_WITH_ORGANISATION_PATTERN = re.compile(rf"\W*{_FULL_NAME}(?:\s(?:y|e|et|and|&)\s{_FULL_NAME})?{_BRACKET}")
COMMA_PATTERN = re.compile(r",\s+(?![^(]*\))")
PERSON_PATTERN = re.compile(rf"\W*{_WORD}(?:(?: {_CONNECTOR})? {_WORD}){{0,4}}{_BRACKET}?\W*$")
THING_NOUNS = (
    COLLECTIVE_NOUNS | ROLE_NOUNS | PEOPLE_NOUNS | frozenset({"trust", "fund", "foundation", "ministry", "ngo"})
)
MIN_ENTRIES_WITH_ORGANISATION = 2


def split_joined_people(entry: str) -> list[str]:
    """The two entries that a word for "and" joins, if a full name stands on each side; else the entry as it is."""
    parts = JOINT_PATTERN.split(entry)
    return parts if len(parts) > 1 and all(map(_is_full_name, parts)) else [entry]


def split_people_before_organisation(entries: list[str]) -> list[str]:
    """The entries, with those divided in which a comma stands between people and not before their organisation.

    That is so where the organisations of this list are in brackets.
    """
    if (
        sum(NAME_WITH_ORGANISATION_PATTERN.match(entry) is not None for entry in entries)
        < MIN_ENTRIES_WITH_ORGANISATION
    ):
        return entries
    return [part for entry in entries for part in _split_at_commas(entry)]


def _split_at_commas(entry: str) -> list[str]:
    parts = COMMA_PATTERN.split(entry)
    is_list = len(parts) > 1 and all(PERSON_PATTERN.match(part) and not _names_thing(part) for part in parts)
    return parts if is_list and parts[-1].rstrip().endswith(")") else [entry]


def _is_full_name(part: str) -> bool:
    return FULL_NAME_PATTERN.match(part) is not None and not _names_thing(part)


def _names_thing(part: str) -> bool:
    name = part.partition("(")[0].split(",")[0]
    return bool({word.lower().strip(".,") for word in name.split()} & THING_NOUNS)
