"""Organisations that may be the same one because they have an email address or a telephone number in common."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable

from jukwaa.coalitions.imports.contact_parsing import find_email_addresses
from jukwaa.coalitions.imports.vocabulary import IMPORT_VOCABULARY
from jukwaa.coalitions.models import ImportRow
from jukwaa.places.text_folding import fold_text

MAX_OWNERS = 3  # an address of more organisations belongs to the author of the list, or to an umbrella
MIN_PHONE_DIGITS = 8
_ROLE_WORDS = frozenset(map(fold_text, IMPORT_VOCABULARY["role_mailboxes"]))


class SharedContacts:
    """By which addresses and telephone numbers organisations are known."""

    def __init__(self) -> None:
        self._owners: dict[str, set[int]] = defaultdict(set)

    def add(self, number: int, contact_keys: Iterable[str]) -> None:
        for key in contact_keys:
            self._owners[key].add(number)

    def find(self, contact_keys: Iterable[str]) -> set[int]:
        owners = [self._owners.get(key, set()) for key in contact_keys]
        return {number for numbers in owners if len(numbers) <= MAX_OWNERS for number in numbers}

    def list_common_keys(self) -> set[str]:
        """Those of the person who filled in the list."""
        return {key for key, numbers in self._owners.items() if len(numbers) > MAX_OWNERS}


def get_contact_keys(email_text: str, phone_text: str) -> set[str]:
    """Each address but those of an office, such as info@, and the digits of each telephone number."""
    addresses = {address for address in find_email_addresses(email_text) if not is_role_mailbox(address)}
    numbers = {_get_digits(part) for part in re.split(r"[/;,|\n]", phone_text)}
    return addresses | {number for number in numbers if len(number) >= MIN_PHONE_DIGITS}


def get_contact_keys_of_row(import_row: ImportRow) -> set[str]:
    return get_contact_keys(str(import_row.get("email")), str(import_row.get("phone")))


def is_role_mailbox(address: str) -> bool:
    return fold_text(address.partition("@")[0]) in _ROLE_WORDS


def _get_digits(phone_text: str) -> str:
    """The digits in any script, without the zeros of "0044" and "(0)"."""
    plain = phone_text.replace("(0)", "")
    return "".join(str(unicodedata.digit(each)) for each in plain if each.isdigit()).lstrip("0")
