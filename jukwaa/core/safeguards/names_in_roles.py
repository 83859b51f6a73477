"""Names in fields that ask for a role: what is typed there is shown, and often to everybody."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache

from django.utils.translation import gettext_lazy as _

from jukwaa.core.safeguards.additional_checks import NAME_PARTICLES, is_non_name_word, load_word_lists
from jukwaa.core.safeguards.screen import SafeguardHit, screen_text_for_reviewers
from jukwaa.core.safeguards.signs import SafeguardSign

_NAME_AND_ROLE_PART_PATTERN = re.compile(r"[^,;:()\[\]/|\n\u2013\u2014\u060c]+")
_WORD_PATTERN = re.compile(r"[^\W\d_][^\s,;:]*")
MIN_NAME_WORDS = 2  # a single word with a capital begins a sentence, or is a department

NAME_IN_ROLE_SIGN = SafeguardSign(
    "in-a-role",
    re.compile(r"(?!)"),  # `find_names_in_role` finds it
    _("the name of a person"),
    _("This field is for a role. Everyone who reads the page will see it."),
    _("Enter only the role, such as “press officer”. If this is not a name, save again to keep it."),
    "Exampla Testova, press officer",
    "Press Officer, Example Organisation",
)


def find_names_in_role(text: str, known_names: Iterable[str] = ()) -> list[SafeguardHit]:
    """Return what looks like a person's name in the words of a role: known names, common ones, and how names are set.

    Set like a name is a part of the text, between commas or in brackets, of two or more words that all begin with a
    capital, none of which is a word of a role or of an organisation.
    """
    spans = [*_find_known_names(text, known_names), *_find_capitalized_names(text)]
    spans += [(hit.start, hit.end) for hit in screen_text_for_reviewers(text) if hit.sign.name == "person"]
    hits: list[SafeguardHit] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not hits or start >= hits[-1].end:
            hits.append(SafeguardHit(start, end, NAME_IN_ROLE_SIGN))
    return hits


def _find_known_names(text: str, known_names: Iterable[str]) -> Iterator[tuple[int, int]]:
    for name in known_names:
        if len(name.split()) >= MIN_NAME_WORDS:
            found = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE)
            if found:
                yield found.span()


def _find_capitalized_names(text: str) -> Iterator[tuple[int, int]]:
    for part in _NAME_AND_ROLE_PART_PATTERN.finditer(text):
        words = [word for word in _WORD_PATTERN.findall(part[0]) if word.casefold() not in NAME_PARTICLES]
        if len(words) >= MIN_NAME_WORDS and all(
            _is_word_capitalized(word) and not _is_role_word(word) for word in words
        ):
            start = part.start() + len(part[0]) - len(part[0].lstrip())
            yield start, start + len(part[0].strip())


def _is_word_capitalized(checked_word: str) -> bool:
    """An acronym is no name: more than one letter of it is small, or it is an initial."""
    initial = len(checked_word.rstrip(".")) == 1
    return unicodedata.category(checked_word[0]) == "Lu" and (
        initial or any(letter.islower() for letter in checked_word)
    )


@cache
def _load_role_words() -> frozenset[str]:
    return frozenset().union(*load_word_lists("role_words").values())


def _is_role_word(checked_word: str) -> bool:
    return checked_word.casefold() in _load_role_words() or is_non_name_word(checked_word)
