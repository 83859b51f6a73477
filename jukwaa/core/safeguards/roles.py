"""Names in fields that ask for a role: what is typed there is shown, and often to everybody."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache

from django.utils.translation import gettext_lazy as _

from jukwaa.core.safeguards.closer import PARTICLES, means_nobody, read_words
from jukwaa.core.safeguards.screen import Hit, look_closely
from jukwaa.core.safeguards.signs import Sign

_PART = re.compile(r"[^,;:()\[\]/|\n\u2013\u2014\u060c]+")
_WORD = re.compile(r"[^\W\d_][^\s,;:]*")
FEWEST_WORDS = 2  # a single word with a capital begins a sentence, or is a department

IN_A_ROLE = Sign(
    "in-a-role",
    re.compile(r"(?!)"),  # `names_in_role` finds it
    _("the name of a person"),
    _("This field is for a role. Everyone who reads the page will see it."),
    _("Enter only the role, such as “press officer”. If this is not a name, save again to keep it."),
    "Exampla Testova, press officer",
    "Press Officer, Example Organisation",
)


def names_in_role(text: str, known: Iterable[str] = ()) -> list[Hit]:
    """Return what looks like a person's name in the words of a role: known names, common ones, and how names are set.

    Set like a name is a part of the text, between commas or in brackets, of two or more words that all begin with a
    capital, none of which is a word of a role or of an organisation.
    """
    spans = [*_known_in(text, known), *_set_like_names(text)]
    spans += [(hit.start, hit.end) for hit in look_closely(text) if hit.sign.name == "person"]
    hits: list[Hit] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not hits or start >= hits[-1].end:
            hits.append(Hit(start, end, IN_A_ROLE))
    return hits


def _known_in(text: str, known: Iterable[str]) -> Iterator[tuple[int, int]]:
    for name in known:
        if len(name.split()) >= FEWEST_WORDS:
            found = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE)
            if found:
                yield found.span()


def _set_like_names(text: str) -> Iterator[tuple[int, int]]:
    for part in _PART.finditer(text):
        words = [word for word in _WORD.findall(part[0]) if word.casefold() not in PARTICLES]
        if len(words) >= FEWEST_WORDS and all(_begins_with_capital(word) and not _is_of_a_role(word) for word in words):
            start = part.start() + len(part[0]) - len(part[0].lstrip())
            yield start, start + len(part[0].strip())


def _begins_with_capital(word: str) -> bool:
    """An acronym is no name: more than one letter of it is small, or it is an initial."""
    initial = len(word.rstrip(".")) == 1
    return unicodedata.category(word[0]) == "Lu" and (initial or any(letter.islower() for letter in word))


@cache
def _role_words() -> frozenset[str]:
    return frozenset().union(*read_words("role_words").values())


def _is_of_a_role(word: str) -> bool:
    return word.casefold() in _role_words() or means_nobody(word)
