"""How one knows an organisation again whose name is no longer kept: by keyed digests.

The key is the server's own, which lies beside the database and not in it: whoever holds the database alone can't try
names against the digests. With another key they would match nothing, so that it is restored with every backup.

A digest knows a name again however it is spelled, and no other name. A translation, an abbreviation that the directory
does not have or a new name leaves another digest: the pages say so, since nothing could be looked up by likeness
without the names themselves.
"""

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from django.utils.crypto import salted_hmac

from jukwaa.accounts.identity import normalize_mailbox_address
from jukwaa.coalitions.models import Coalition, Organisation
from jukwaa.coalitions.organisation_matching import get_core_words
from jukwaa.places.text_folding import normalize_letters
from jukwaa.regions.models import NeverAgain

DO_NOT_CONTACT_DIGEST_SALT = "jukwaa.regions.never-again"
ANY_COUNTRY_VALUE = "*"
DO_NOT_CONTACT_DIGEST_LENGTH = 40  # of the hexadecimal digits: 160 bits
INITIALS_DOT_PATTERN = re.compile(r"\b(\w)\.(?=\w\b)")  # "e.V." and "U.N." are one word each
CANONICAL_SPELLING_BY_VARIANT = {
    "center": "centre",
    "centers": "centres",
    "program": "programme",
    "programs": "programmes",
}


def fold_name_spelling(organisation_name: str) -> str:
    """The same however the name is spelled: without case, accents, signs, titles, and the order of its words."""
    return " ".join(sorted(_split_name_words(organisation_name)))[:250]


def get_folded_name_variants(organisation_name: str) -> set[str]:
    """Also with its words run together: a child line, a Child-Line and a ChildLine are one."""
    return {
        short
        for short in (fold_name_spelling(organisation_name), "".join(_split_name_words(organisation_name)))
        if short
    }


def _split_name_words(organisation_name: str) -> list[str]:
    words = get_core_words(INITIALS_DOT_PATTERN.sub(r"\1", normalize_letters(organisation_name)))
    left = [word for word in words if word not in _load_ignored_words()] or list(words)
    return [CANONICAL_SPELLING_BY_VARIANT.get(word, word) for word in left]


@cache
def _load_ignored_words() -> frozenset[str]:
    lines = files("jukwaa.regions").joinpath("data/beside-names.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def get_known_names(organisation_name: str, organisation: Organisation | None) -> set[str]:
    """All names under which the directory knows it, too."""
    names = {organisation_name}
    if organisation is not None:
        names |= {organisation.name, *(each.name for each in organisation.names.all())}
    return {short for each in names for short in get_folded_name_variants(each)}


def build_suppression_digests(measure_names: Iterable[str], country: str) -> set[str]:
    """What is kept of whoever asked never to be written to again: where it is, and that it is somewhere."""
    return {
        _build_do_not_contact_digest(name, where) for name in measure_names for where in (country, ANY_COUNTRY_VALUE)
    }


def build_lookup_digests(measure_names: Iterable[str], country: str) -> set[str]:
    """What would be there of it: for a name without a country, wherever it is."""
    return {
        _build_do_not_contact_digest(name, where)
        for name in measure_names
        for where in ((country, "") if country else (ANY_COUNTRY_VALUE,))
    }


def build_address_digest(address: str) -> str:
    """Of the mailbox, however it is written."""
    return _build_do_not_contact_digest(normalize_mailbox_address(address), "@")


def is_do_not_contact(coalition: Coalition, contact_marks: Iterable[str]) -> bool:
    return NeverAgain.objects.filter(coalition=coalition, digest__in=list(contact_marks)).exists()


def _build_do_not_contact_digest(map_subject: str, digest_scope: str) -> str:
    return salted_hmac(DO_NOT_CONTACT_DIGEST_SALT, f"{digest_scope}\n{map_subject}", algorithm="sha256").hexdigest()[
        :DO_NOT_CONTACT_DIGEST_LENGTH
    ]
