"""Organisations that may be the same one because of their contacts: names in two languages have no word in common."""

from collections import defaultdict
from collections.abc import Iterable

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

    def add(self, number: int, country: str, addresses: Iterable[str], names: Iterable[str]) -> None:
        people = [_fold_person_name(name) for name in names]
        for domain in _get_own_domains(addresses):
            self._by_domain[domain].add(number)
            if country:
                self._by_country[domain, country].add(number)
            for name in people:
                if name:
                    self._by_person[domain, name].add(number)

    def find(self, country: str, addresses: Iterable[str], name: str) -> set[int]:
        """Of the same country at the same domain, or with the same person at the same domain."""
        found: set[int] = set()
        for domain in _get_own_domains(addresses):
            for numbers in (
                self._by_country.get((domain, country), set()) if country else set(),
                self._by_person.get((domain, _fold_person_name(name)), set()),
            ):
                if len(numbers) <= MAX_OWNERS:
                    found |= numbers
        return found

    def find_by_domain(self, addresses: Iterable[str]) -> set[int]:
        """In whichever country, for callers who compare the names as well."""
        owners = [self._by_domain.get(domain, set()) for domain in _get_own_domains(addresses)]
        return {number for numbers in owners if len(numbers) <= MAX_OWNERS for number in numbers}


def _get_own_domains(addresses: Iterable[str]) -> set[str]:
    return {domain for address in addresses if (domain := address.rpartition("@")[2].lower())} - PUBLIC_DOMAINS


def _fold_person_name(name: str) -> str:
    """Without a title before it: "Mr Prosper Likandu" is "prosper likandu"."""
    return " ".join(word for word in fold_text(name).split() if word not in TITLES)
