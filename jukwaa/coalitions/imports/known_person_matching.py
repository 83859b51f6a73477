"""People whom a coalition knows, or an earlier row has, and who may be the person in a row with another email address.

Names are compared without case, accents and titles, and in any order of their words: "Machava, Osvaldo".
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations, product

from jukwaa.accounts.models import Person
from jukwaa.coalitions.directory import build_known_person_condition
from jukwaa.coalitions.known_people import fold_person_name, get_person_name_key, is_short_name
from jukwaa.coalitions.models import Affiliation, Coalition
from jukwaa.coalitions.other_coalitions import find_people_of_other_coalitions
from jukwaa.coalitions.person_titles import MIN_NAME_WORDS
from jukwaa.places.text_folding import fold_text

_NICKNAME_PATTERN = re.compile(
    '(?P<first>.*\\w\\W*?)\\s*[("\u201c\u00ab](?P<nickname>[^\\W\\d_][\\w\'\u2019-]*)[)"\u201d\u00bb]\\s*(?P<rest>\\w.*)'
)
SHOWN_ADDRESS_LETTERS = 2  # before the @: enough to tell two addresses apart


@dataclass
class KnownPerson:
    """An adult of the coalition, with the organisations that hold them, or held them."""

    pk: int
    name: str
    email: str
    has_signed_in: bool
    organisations: dict[int, str] = field(default_factory=dict)
    confirmed_in: set[int] = field(default_factory=set)

    @cached_property
    def name_keys(self) -> frozenset[str]:
        return frozenset(get_person_name_keys(self.name))

    def is_own_claim(self, organisation_ids: Collection[int]) -> bool:
        """Whether nobody else has said who the owner of an account is: everybody chooses their own name."""
        is_confirmed = self.confirmed_in.intersection(organisation_ids) if organisation_ids else self.confirmed_in
        return self.has_signed_in and not is_confirmed


class KnownPeopleByName:
    """The adults of a coalition by their names, without those who have left: two queries, whatever is asked."""

    def __init__(self, coalition: Coalition) -> None:
        self._coalition = coalition
        self._by_key: dict[str, list[KnownPerson]] = defaultdict(list)
        self._by_organisation_and_word: dict[tuple[int, str], list[KnownPerson]] = defaultdict(list)
        here = Person.objects.filter(build_known_person_condition(coalition), erased_at__isnull=True, is_minor=False)
        adults = here.exclude(name="").order_by("pk")
        self._by_number = people = {
            pk: KnownPerson(pk, name, email or "", last_login is not None)
            for pk, name, email, last_login in adults.values_list("pk", "name", "email", "last_login")
            if len(fold_person_name(name).split()) >= MIN_NAME_WORDS
        }
        ties = Affiliation.objects.filter(organisation__coalition=coalition, person__in=[*people]).order_by("pk")
        for pk, organisation, name, confirmed_on in ties.values_list(
            "person", "organisation", "organisation__name", "confirmed_on"
        ):
            people[pk].organisations[organisation] = name
            people[pk].confirmed_in.update([organisation] if confirmed_on else [])
        for person in people.values():
            for key in person.name_keys:
                self._by_key[key].append(person)
            for organisation, word in product(person.organisations, split_long_words(person.name)):
                self._by_organisation_and_word[organisation, word].append(person)

    def find_people_of_other_coalitions(self) -> set[int]:
        return find_people_of_other_coalitions(self._coalition, list(self._by_number))

    def get(self, number: int) -> KnownPerson | None:
        return self._by_number.get(number)

    def find_person(
        self, person_name: str, organisation_ids: Collection[int], *, names_organisation: bool
    ) -> KnownPerson | None:
        """Return who may be meant: the same name in one of these organisations, then with none on either side.

        In one of these organisations, a name may also lack a part of the other: "Akosua O. Badu".
        """
        if len(fold_person_name(person_name).split()) < MIN_NAME_WORDS:
            return None
        namesakes = _find_by_keys(self._by_key, person_name)
        in_organisation = [each for each in namesakes if not each.organisations.keys().isdisjoint(organisation_ids)]
        colleagues = {
            each.pk: each
            for number in organisation_ids
            for word in sorted(split_long_words(person_name))
            for each in self._by_organisation_and_word.get((number, word), [])
        }
        alike = [each for _pk, each in sorted(colleagues.items()) if has_same_names(person_name, each.name)]
        unknown = [each for each in namesakes if not (each.organisations and names_organisation)]
        return next(iter([*in_organisation, *alike, *unknown]), None)

    def find_namesakes(
        self, person_name: str, organisation_ids: Collection[int], *, names_organisation: bool
    ) -> set[int]:
        """Return the numbers of people who have all of this name in one of these organisations.

        If there are none, return the only one of this name, unless two different organisations are named.
        """
        if len(fold_person_name(person_name).split()) < MIN_NAME_WORDS:
            return set()
        namesakes = _find_by_keys(self._by_key, person_name)
        if found := {each.pk for each in namesakes if not each.organisations.keys().isdisjoint(organisation_ids)}:
            return found
        others = {each.pk for each in namesakes if not (each.organisations and names_organisation)}
        return others if len(namesakes) == 1 else set()

    def iter_pairs(self) -> Iterator[tuple[KnownPerson, KnownPerson]]:
        """Yield each two who may be one: in one organisation under one name, or under one name with no organisation."""
        seen: set[frozenset[int]] = set()
        for group in (*self._by_key.values(), *self._by_organisation_and_word.values()):
            for first, second in combinations(group, 2):
                if _are_likely_one(first, second) and frozenset({first.pk, second.pk}) not in seen:
                    seen.add(frozenset({first.pk, second.pk}))
                    yield first, second

    def find_namesake(self, person_name: str) -> KnownPerson | None:
        """Return somebody of this name, whatever the organisation."""
        return next(iter(_find_by_keys(self._by_key, person_name)), None)


def _are_likely_one(first: KnownPerson, second: KnownPerson) -> bool:
    if first.name_keys & second.name_keys and not (first.organisations and second.organisations):
        return True
    if not first.organisations.keys() & second.organisations.keys():
        return False
    has_common_word = not split_long_words(first.name).isdisjoint(split_long_words(second.name))
    return has_common_word and has_same_names(first.name, second.name)


@dataclass(frozen=True, slots=True)
class PersonInFile:
    number: int
    name: str
    address: str
    organisation_keys: frozenset[str]


class PeopleInFile:
    """The people of the rows so far, with the organisations that their rows name."""

    def __init__(self) -> None:
        self._by_key: dict[str, list[PersonInFile]] = defaultdict(list)
        self._by_organisation_and_word: dict[tuple[str, str], list[PersonInFile]] = defaultdict(list)

    def add(self, person: PersonInFile) -> None:
        for key in get_person_name_keys(person.name):
            self._by_key[key].append(person)
        for key, word in product(person.organisation_keys, split_long_words(person.name)):
            self._by_organisation_and_word[key, word].append(person)

    def find_earlier_row(self, person: PersonInFile) -> PersonInFile | None:
        """Return the first row that may be about the same person and has another address."""
        return next((each for each in self._iter_candidates(person) if each.address != person.address), None)

    def _iter_candidates(self, person: PersonInFile) -> Iterator[PersonInFile]:
        if len(fold_person_name(person.name).split()) < MIN_NAME_WORDS:
            return
        for each in _find_by_keys(self._by_key, person.name):
            if not (each.organisation_keys and person.organisation_keys) or (
                each.organisation_keys & person.organisation_keys
            ):
                yield each
        words = split_long_words(person.name)
        for key in sorted(person.organisation_keys):
            found = {
                each.number: each for word in words for each in self._by_organisation_and_word.get((key, word), [])
            }
            yield from (each for _number, each in sorted(found.items()) if has_same_names(person.name, each.name))


def get_person_name_keys(person_name: str) -> list[str]:
    """Of "Margaret (Meg) Liddell" the keys of the whole name, of "Margaret Liddell" and of "Meg Liddell"."""
    found = _NICKNAME_PATTERN.fullmatch(person_name)
    names = [person_name]
    if found and not found["nickname"].islower():
        names += [f"{first} {found['rest']}" for first in (found["first"], found["nickname"])]
    return list(dict.fromkeys(map(get_person_name_key, names)))


def _find_by_keys[P](people_by_key: Mapping[str, list[P]], person_name: str) -> list[P]:
    """Return each person once."""
    keys = get_person_name_keys(person_name)
    found = {id(person): person for key in keys for person in people_by_key.get(key, [])}
    return list(found.values())


def build_organisation_keys(organisation_text: str, organisation_ids: Collection[int]) -> frozenset[str]:
    """Return what is the same however an organisation of the directory is written; of others the folded name."""
    if organisation_ids:
        return frozenset(map(str, organisation_ids))
    return frozenset({fold_text(organisation_text)} - {""})


def has_same_names(first_name: str, second_name: str) -> bool:
    """Whether one of two names is the other without some of its parts; at least two have to be left."""
    shorter, longer = sorted((first_name, second_name), key=lambda name: len(fold_person_name(name).split()))
    return len(fold_person_name(shorter).split()) >= MIN_NAME_WORDS and is_short_name(shorter, longer)


def split_long_words(person_name: str) -> set[str]:
    """Return the words of a name but for initials: two names of one person share one of them."""
    return {word for word in fold_person_name(person_name).split() if len(word) > 1}


def shorten_address(address: str) -> str:
    """Return the end of an address: "va@dnid.example"."""
    mailbox, _at, domain = address.partition("@")
    return f"{mailbox[-SHOWN_ADDRESS_LETTERS:]}@{domain}"
