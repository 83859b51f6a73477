"""The words that identify a person: find their name and email addresses in a text, and remove them."""

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
from jukwaa.places.text_folding import fold_text, normalize_letters

REMOVED_NAME_TEXT: Final = "[removed]"
IDENTITY_DIGEST_SALT = "jukwaa.accounts.identity"
PEOPLE_PER_BATCH = 500


@dataclass(frozen=True)
class PersonIdentity:
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

    def is_in(self, nested_value: Any) -> bool:
        """Whether it stands in a text, or in any text inside of JSON."""
        pattern = self.pattern
        return pattern is not None and any(pattern.search(text) for text in iterate_nested_texts(nested_value))

    def remove_name_from(self, text: str, replacement_text: str = REMOVED_NAME_TEXT) -> str:
        return self.pattern.sub(replacement_text, text) if self.pattern else text

    def iter_name_spellings(self) -> Iterator[str]:
        """What the database is asked for: it compares no case beyond ASCII, and JSON may be escaped."""
        given = {unicodedata.normalize(form, value) for value in self.values for form in ("NFC", "NFD")}
        cased = {spelled for value in given for spelled in _get_case_variants(value)}
        yield from sorted(cased | {json.dumps(value)[1:-1] for value in cased})


def _get_case_variants(digested_text: str) -> set[str]:
    return (
        {digested_text}
        if digested_text.isascii()
        else {digested_text, digested_text.lower(), digested_text.upper(), digested_text.title()}
    )


def iterate_nested_texts(nested_value: Any) -> Iterator[str]:
    """Every text in a value of a column."""
    if isinstance(nested_value, str):
        yield nested_value
    elif isinstance(nested_value, dict):
        for key, inner in nested_value.items():
            yield from iterate_nested_texts(key)
            yield from iterate_nested_texts(inner)
    elif isinstance(nested_value, list | tuple):
        for inner in nested_value:
            yield from iterate_nested_texts(inner)
    elif nested_value is not None and hasattr(nested_value, "name"):
        yield str(nested_value.name)


def build_person_identity(person: Person) -> PersonIdentity:
    """All by which a person is known here.

    An address that they only ask for may be somebody else's; an adult contact's is not the minor's.
    """
    known = EmailAddress.objects.filter(user_id=person.pk, verified=True).values_list("email", flat=True)
    addresses = {address.lower() for address in (person.email, *known, *person.written_addresses) if address}
    return PersonIdentity(person.name, tuple(sorted(addresses)))


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


def get_identity_digests(person: Person) -> IdentityDigests:
    """Return the digests of a person whose addresses are still there."""
    addresses = dict.fromkeys(map(compute_address_digest, build_person_identity(person).addresses))
    earlier = find_earlier_address_digests(person) - addresses.keys()
    merged = map(compute_account_digest, Person.objects.filter(merged_into=person.pk).order_by("pk"))
    return IdentityDigests(compute_account_digest(person), tuple(addresses), tuple(sorted(earlier)), tuple(merged))


def find_earlier_address_digests(person: Person) -> set[str]:
    """The digests of addresses that they had before and that nobody else has now, such as a successor at work."""
    earlier = set(EarlierAddress.objects.filter(person=person.pk).values_list("digest", flat=True))
    if earlier:
        others = Person.objects.exclude(pk=person.pk).filter(email__isnull=False).values_list("email", flat=True)
        earlier -= {compute_address_digest(str(address)) for address in others.iterator(PEOPLE_PER_BATCH)}
    return earlier


def compute_account_digest(person: Person) -> str:
    """Of the account itself: its number alone could be given again after a backup was restored."""
    return compute_keyed_digest("account", f"{person.pk} {person.added_at.astimezone(UTC).isoformat()}")


def compute_address_digest(address: str) -> str:
    return compute_keyed_digest("address", normalize_mailbox_address(address))


def compute_name_digest(person_name: str, coalition_id: int) -> str:
    """In one coalition, the same for any case, accents and order of the words. Empty without a name."""
    words = " ".join(sorted(fold_text(person_name).split()))
    return compute_keyed_digest(f"name.{coalition_id}", words) if words else ""


def normalize_mailbox_address(address: str) -> str:
    """The mailbox, however its address is written: what follows a plus sign leads to the same one."""
    local, _at, domain = normalize_letters(address.strip()).rpartition("@")
    return f"{local.partition('+')[0] or local}@{domain}"


def compute_keyed_digest(digest_purpose: str, digested_text: str) -> str:
    """The key lies beside the ledger of erasures: whoever holds the database alone can't try names."""
    return salted_hmac(
        f"{IDENTITY_DIGEST_SALT}.{digest_purpose}", digested_text, secret=settings.ERASURES_KEY, algorithm="sha256"
    ).hexdigest()
