"""Organisations that may be the same one because of their contacts: names in two languages have no word in common."""

from collections import defaultdict
from collections.abc import Iterable

from jukwaa.coalitions.imports.contact_names import is_position_text
from jukwaa.coalitions.imports.known_person_matching import has_same_names
from jukwaa.coalitions.imports.vocabulary import NOTHING_WORDS
from jukwaa.places.text_folding import fold_text

MAX_OWNERS = 2  # a domain that more organisations of a country share belongs to an umbrella, or to a provider
# Anybody can have an address there.
PUBLIC_DOMAINS = frozenset(
    {
        *(
            "gmail.com",
            "googlemail.com",
            "outlook.com",
            "hotmail.com",
            "hotmail.fr",
            "hotmail.es",
            "live.com",
            "msn.com",
        ),
        *("yahoo.com", "yahoo.fr", "yahoo.es", "yahoo.com.br", "yahoo.co.uk", "yahoo.co.in", "ymail.com", "icloud.com"),
        *("me.com", "aol.com", "proton.me", "protonmail.com", "gmx.de", "gmx.net", "gmx.com", "web.de", "mail.ru"),
        *(
            "yandex.ru",
            "yandex.com",
            "qq.com",
            "163.com",
            "126.com",
            "naver.com",
            "daum.net",
            "orange.fr",
            "wanadoo.fr",
        ),
        *("free.fr", "laposte.net", "sfr.fr", "uol.com.br", "bol.com.br", "terra.com.br", "libero.it", "zoho.com"),
    }
)
TITLES = frozenset({"mr", "mrs", "ms", "miss", "dr", "prof", "m", "mme", "mlle", "pr", "sr", "sra", "dra"})


class ContactDomains:
    """By which domains, countries and names of contacts organisations are known."""

    def __init__(self) -> None:
        self._by_country: dict[tuple[str, str], set[int]] = defaultdict(set)
        self._by_person: dict[tuple[str, str], set[int]] = defaultdict(set)
        self._by_domain: dict[str, set[int]] = defaultdict(set)
        self._people_by_country_and_word: dict[tuple[str, str], dict[int, str]] = defaultdict(dict)

    def add(self, number: int, country: str, addresses: Iterable[str], names: Iterable[str]) -> None:
        people = [_fold_person_name(name) for name in names]
        for name in people if country else ():
            for word in _split_words_of_person(name):
                self._people_by_country_and_word[country, word][number] = name
        for domain in _get_own_domains(addresses):
            self._by_domain[domain].add(number)
            if country:
                self._by_country[domain, country].add(number)
            for name in people:
                if name:
                    self._by_person[domain, name].add(number)

    def find(self, country: str, addresses: Iterable[str], name: str) -> set[int]:
        """Of the same country at the same domain or with the same person, or in any with both."""
        found = self._find_by_person(country, _fold_person_name(name))
        for domain in _get_own_domains(addresses):
            for numbers in (
                self._by_country.get((domain, country), set()) if country else set(),
                self._by_person.get((domain, _fold_person_name(name)), set()),
            ):
                if len(numbers) <= MAX_OWNERS:
                    found |= numbers
        return found

    def _find_by_person(self, country: str, name: str) -> set[int]:
        """Of the same country, with a person of this name, or of all but some parts of it."""
        people = [self._people_by_country_and_word.get((country, word), {}) for word in _split_words_of_person(name)]
        rarest = sorted(people, key=len)[: max(len(people) - 1, 0)]  # two of the words are in both names
        candidates = {number: other_name for each in rarest for number, other_name in each.items()}
        found = {number for number, other_name in candidates.items() if has_same_names(name, other_name)}
        return found if len(found) <= MAX_OWNERS else set()

    def find_by_domain(self, addresses: Iterable[str]) -> set[int]:
        """In whichever country, for callers who compare the names as well."""
        owners = [self._by_domain.get(domain, set()) for domain in _get_own_domains(addresses)]
        return {number for numbers in owners if len(numbers) <= MAX_OWNERS for number in numbers}


def _split_words_of_person(name: str) -> list[str]:
    """Nothing for "Head of Policy" and "n/a", which many organisations have."""
    return [] if is_position_text(name) or name in NOTHING_WORDS else sorted(set(name.split()))


def _get_own_domains(addresses: Iterable[str]) -> set[str]:
    return {domain for address in addresses if (domain := address.rpartition("@")[2].lower())} - PUBLIC_DOMAINS


def _fold_person_name(name: str) -> str:
    """Without a title before it: "Mr Prosper Likandu" is "prosper likandu"."""
    return " ".join(word for word in fold_text(name).split() if word not in TITLES)
