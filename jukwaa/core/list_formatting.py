"""Format several things in a sentence or in a line, as the language of the page does."""

from collections.abc import Iterable

from babel.lists import format_list
from django.utils.translation import get_language

from jukwaa.core.dates import get_page_locale

# ARABIC COMMA and ARABIC SEMICOLON (Unicode, U+060C and U+061B).
PUNCTUATION_BY_LANGUAGE = {"ar": {",": "،", ";": "؛"}}


def format_list_in_sentence(words: Iterable[object]) -> str:
    """In a sentence: “Kenya, Peru and Fiji” (Unicode CLDR, by Babel)."""
    return format_list([str(word) for word in words], locale=get_page_locale())


def join_with_separator(words: Iterable[object], list_mark: str = ",") -> str:
    """Beside a term, or one after the other: “Kenya, Peru”. By ";" where a name may hold a comma itself."""
    return get_list_separator(list_mark).join(str(word) for word in words)


def get_list_separator(list_mark: str = ",") -> str:
    """A comma or a semicolon, with the space after it."""
    own = PUNCTUATION_BY_LANGUAGE.get((get_language() or "en").partition("-")[0], {})
    return f"{own.get(list_mark, list_mark)} "


def drop_final_stop(name: str) -> str:
    """Before the full stop of a sentence: “an input from Lobo S.R.L.” has one, which both share."""
    return name.removesuffix(".")
