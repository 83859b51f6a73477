"""How one knows an organisation again whose name is no longer kept: by keyed digests.

The key is the server's own, which lies beside the database and not in it: whoever holds the database alone can't try
names against the digests. With another key they would match nothing, so that it is restored with every backup.
"""

from collections.abc import Iterable

from django.utils.crypto import salted_hmac

from jukwaa.coalitions.matching import core_words
from jukwaa.coalitions.models import Coalition, Organisation
from jukwaa.regions.models import NeverAgain

SALT = "jukwaa.regions.never-again"
SOMEWHERE = "*"
LENGTH = 40  # of the hexadecimal digits: 160 bits, so that the link in a letter stays short


def folded(name: str) -> str:
    """The same however the name is written: without case, accents, usual abbreviations, and the order of its words."""
    return " ".join(sorted(core_words(name)))[:250]


def names_of(name: str, organisation: Organisation | None) -> set[str]:
    """All names under which the directory knows it, too."""
    names = {name}
    if organisation is not None:
        names |= {organisation.name, *organisation.names.values_list("name", flat=True)}
    return {short for each in names if (short := folded(each))}


def marks_left(names: Iterable[str], country: str) -> set[str]:
    """What is kept of whoever asked never to be written to again: where it is, and that it is somewhere."""
    return {_mark(name, where) for name in names for where in (country, SOMEWHERE)}


def marks_met(names: Iterable[str], country: str) -> set[str]:
    """What would be there of it: for a name without a country, wherever it is."""
    return {_mark(name, where) for name in names for where in ((country, "") if country else (SOMEWHERE,))}


def mark_of_address(address: str) -> str:
    return _mark(address.strip().lower(), "@")


def is_never_again(coalition: Coalition, marks: Iterable[str]) -> bool:
    return NeverAgain.objects.filter(coalition=coalition, digest__in=list(marks)).exists()


def _mark(what: str, where: str) -> str:
    return salted_hmac(SALT, f"{where}\n{what}", algorithm="sha256").hexdigest()[:LENGTH]
