"""By what a person is known in words: their name and their email addresses, found in a text and removed from it."""

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from functools import cached_property
from typing import Any, Final

from allauth.account.models import EmailAddress
from django.conf import settings
from django.utils.crypto import salted_hmac

from jukwaa.accounts.models import EarlierAddress, Person
from jukwaa.places.folding import even_letters, plain

REMOVED: Final = "[removed]"
SALT = "jukwaa.accounts.identity"
BATCH = 500


@dataclass(frozen=True)
class Identity:
    """A name and addresses; either may be missing. Compared in whole words, whatever their case."""

    name: str
    addresses: tuple[str, ...]

    @property
    def values(self) -> tuple[str, ...]:
        return tuple(value for value in (self.name.strip(), *self.addresses) if value)

    @cached_property
    def pattern(self) -> re.Pattern[str] | None:
        """Of the name with any space between its words. None for somebody who has neither name nor address."""
        alternatives = {
            r"\s+".join(map(re.escape, unicodedata.normalize(form, value).split()))
            for value in self.values
            for form in ("NFC", "NFD")
        }
        return (
            re.compile(rf"(?<!\w)(?:{'|'.join(sorted(alternatives))})(?!\w)", re.IGNORECASE) if alternatives else None
        )

    def is_in(self, value: Any) -> bool:
        """Whether it stands in a text, or in any text inside of JSON."""
        pattern = self.pattern
        return pattern is not None and any(pattern.search(text) for text in texts_in(value))

    def remove_from(self, text: str) -> str:
        return self.pattern.sub(REMOVED, text) if self.pattern else text

    def spellings(self) -> Iterator[str]:
        """What the database is asked for: it compares no case beyond ASCII, and JSON may be escaped."""
        given = {unicodedata.normalize(form, value) for value in self.values for form in ("NFC", "NFD")}
        cased = {spelled for value in given for spelled in _cases(value)}
        yield from sorted(cased | {json.dumps(value)[1:-1] for value in cased})


def _cases(value: str) -> set[str]:
    return {value} if value.isascii() else {value, value.lower(), value.upper(), value.title()}


def texts_in(value: Any) -> Iterator[str]:
    """Every text in a value of a column."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from texts_in(key)
            yield from texts_in(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from texts_in(inner)
    elif value is not None and hasattr(value, "name"):
        yield str(value.name)


def identity_of(person: Person) -> Identity:
    """All by which a person is known here.

    An address that they only ask for may be somebody else's; an adult contact's is not the minor's.
    """
    known = EmailAddress.objects.filter(user_id=person.pk, verified=True).values_list("email", flat=True)
    addresses = {address.lower() for address in (person.email, *known, *person.written_addresses) if address}
    return Identity(person.name, tuple(sorted(addresses)))


@dataclass(frozen=True)
class IdentityDigests:
    """Keyed digests, by which somebody is known again whose name and address are no longer kept."""

    account: str
    addresses: tuple[str, ...]
    earlier: tuple[str, ...] = ()  # of addresses that they had before
    merged: tuple[str, ...] = ()  # of accounts that were merged into this one: an older backup brings them back

    @property
    def accounts(self) -> tuple[str, ...]:
        return (self.account, *self.merged)


def identity_digests(person: Person) -> IdentityDigests:
    """Return the digests of a person whose addresses are still there."""
    addresses = dict.fromkeys(map(address_digest, identity_of(person).addresses))
    earlier = find_earlier_digests(person) - addresses.keys()
    merged = map(account_digest, Person.objects.filter(merged_into=person.pk).order_by("pk"))
    return IdentityDigests(account_digest(person), tuple(addresses), tuple(sorted(earlier)), tuple(merged))


def find_earlier_digests(person: Person) -> set[str]:
    """The digests of addresses that they had before and that nobody else has now, such as a successor at work."""
    earlier = set(EarlierAddress.objects.filter(person=person.pk).values_list("digest", flat=True))
    if earlier:
        others = Person.objects.exclude(pk=person.pk).filter(email__isnull=False).values_list("email", flat=True)
        earlier -= {address_digest(str(address)) for address in others.iterator(BATCH)}
    return earlier


def account_digest(person: Person) -> str:
    """Of the account itself: its number alone could be given again after a backup was restored."""
    return keyed_digest("account", f"{person.pk} {person.added_at.astimezone(UTC).isoformat()}")


def address_digest(address: str) -> str:
    return keyed_digest("address", fold_address(address))


def name_digest(name: str, coalition_id: int) -> str:
    """In one coalition, the same for any case, accents and order of the words. Empty without a name."""
    words = " ".join(sorted(plain(name).split()))
    return keyed_digest(f"name.{coalition_id}", words) if words else ""


def fold_address(address: str) -> str:
    """The mailbox, however its address is written: what follows a plus sign leads to the same one."""
    local, _at, domain = even_letters(address.strip()).rpartition("@")
    return f"{local.partition('+')[0] or local}@{domain}"


def keyed_digest(what: str, value: str) -> str:
    """The key lies beside the ledger of erasures: whoever holds the database alone can't try names."""
    return salted_hmac(f"{SALT}.{what}", value, secret=settings.ERASURES_KEY, algorithm="sha256").hexdigest()
