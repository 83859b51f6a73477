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

from jukwaa.accounts.identity import fold_address
from jukwaa.coalitions.matching import core_words
from jukwaa.coalitions.models import Coalition, Organisation
from jukwaa.places.folding import even_letters
from jukwaa.regions.models import NeverAgain

SALT = "jukwaa.regions.never-again"
SOMEWHERE = "*"
LENGTH = 40  # of the hexadecimal digits: 160 bits
INITIALS = re.compile(r"\b(\w)\.(?=\w\b)")  # "e.V." and "U.N." are one word each
SPELLED_ALSO = {"center": "centre", "centers": "centres", "program": "programme", "programs": "programmes"}


def folded(name: str) -> str:
    """The same however the name is spelled: without case, accents, signs, titles, and the order of its words."""
    return " ".join(sorted(_words(name)))[:250]


def foldings(name: str) -> set[str]:
    """Also with its words run together: a child line, a Child-Line and a ChildLine are one."""
    return {short for short in (folded(name), "".join(_words(name))) if short}


def _words(name: str) -> list[str]:
    words = core_words(INITIALS.sub(r"\1", even_letters(name)))
    left = [word for word in words if word not in _beside_names()] or list(words)
    return [SPELLED_ALSO.get(word, word) for word in left]


@cache
def _beside_names() -> frozenset[str]:
    lines = files("jukwaa.regions").joinpath("data/beside-names.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def names_of(name: str, organisation: Organisation | None) -> set[str]:
    """All names under which the directory knows it, too."""
    names = {name}
    if organisation is not None:
        names |= {organisation.name, *(each.name for each in organisation.names.all())}
    return {short for each in names for short in foldings(each)}


def marks_left(names: Iterable[str], country: str) -> set[str]:
    """What is kept of whoever asked never to be written to again: where it is, and that it is somewhere."""
    return {_mark(name, where) for name in names for where in (country, SOMEWHERE)}


def marks_met(names: Iterable[str], country: str) -> set[str]:
    """What would be there of it: for a name without a country, wherever it is."""
    return {_mark(name, where) for name in names for where in ((country, "") if country else (SOMEWHERE,))}


def mark_of_address(address: str) -> str:
    """Of the mailbox, however it is written."""
    return _mark(fold_address(address), "@")


def is_never_again(coalition: Coalition, marks: Iterable[str]) -> bool:
    return NeverAgain.objects.filter(coalition=coalition, digest__in=list(marks)).exists()


def _mark(what: str, where: str) -> str:
    return salted_hmac(SALT, f"{where}\n{what}", algorithm="sha256").hexdigest()[:LENGTH]
