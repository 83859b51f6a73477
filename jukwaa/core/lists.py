"""Several things in a sentence or in a line, as the language of the page writes them."""

from collections.abc import Iterable

from babel.lists import format_list
from django.utils.translation import get_language

from jukwaa.core.dates import locale_of_the_page

# ARABIC COMMA and ARABIC SEMICOLON (Unicode, U+060C and U+061B).
MARKS = {"ar": {",": "،", ";": "؛"}}


def listed(words: Iterable[object]) -> str:
    """In a sentence: “Kenya, Peru and Fiji” (Unicode CLDR, by Babel)."""
    return format_list([str(word) for word in words], locale=locale_of_the_page())


def in_a_row(words: Iterable[object], mark: str = ",") -> str:
    """Beside a term, or one after the other: “Kenya, Peru”. By ";" where a name may hold a comma itself."""
    return between(mark).join(str(word) for word in words)


def between(mark: str = ",") -> str:
    """A comma or a semicolon, with the space after it."""
    own = MARKS.get((get_language() or "en").partition("-")[0], {})
    return f"{own.get(mark, mark)} "
