"""Which of the addresses in a remark did not work: "old@example.org bounced, please use new@example.org"."""

import re

from jukwaa.coalitions.imports.contact_parsing import find_email_addresses, remove_email_addresses
from jukwaa.coalitions.imports.vocabulary import IMPORT_VOCABULARY
from jukwaa.places.text_folding import fold_text

_PART_PATTERN = re.compile(r"[\n;,()\u060c]|\.\s|\s[-\u2013\u2014]\s")
_BOUNCED_PATTERN = re.compile(f" (?:{'|'.join(map(fold_text, IMPORT_VOCABULARY['contact_remarks']['bounced']))}) ")
_DIGITS_PATTERN = re.compile(r"\d+")


def find_addresses_that_bounced(remark: str) -> set[str]:
    """Those before or directly behind the words that say so, or all if the remark has nothing but addresses.

    An address in another part of the remark may be the one to use instead.
    """
    if not fold_text(remove_email_addresses(remark)):
        return {*find_email_addresses(remark)}
    return {
        address
        for part in _PART_PATTERN.split(remark)
        if _says_that_addresses_bounced(part)
        for address in find_email_addresses(part)
    }


def _says_that_addresses_bounced(part: str) -> bool:
    words = f" {fold_text(_DIGITS_PATTERN.sub(' ', remove_email_addresses(part)))} "
    if not _BOUNCED_PATTERN.search(words):
        return False
    is_first_word = bool(find_email_addresses(part.split(maxsplit=1)[0]))
    return is_first_word or not _BOUNCED_PATTERN.sub(" ", words).strip()
