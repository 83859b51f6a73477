"""Which of the addresses in a remark did not work: "old@example.org bounced, please use new@example.org"."""

import re

from jukwaa.coalitions.imports.contact_parsing import split_at_email_addresses
from jukwaa.coalitions.imports.vocabulary import IMPORT_VOCABULARY
from jukwaa.places.text_folding import fold_text

_PART_PATTERN = re.compile(r"[\n;,()\u060c\u2192]|[-=]>|\.\s|\s[-\u2013\u2014]\s")
_DIGITS_PATTERN = re.compile(r"\d+")


def _join_alternatives(name: str) -> str:
    return "|".join(map(fold_text, IMPORT_VOCABULARY["contact_remarks"][name]))


# In folded words with "@" for each address and "|" between the parts: "mail to @ bounced | use @".
_AND = r"(?: (?:and|et|y|e|und|و))?"
_FILLERS = f"(?:(?:{_join_alternatives('around_bounced')}) )*"
_BOUNCED = f"{_FILLERS}(?:{_join_alternatives('bounced')})"
_STATED_PATTERNS = (
    re.compile(rf"(?P<list>@(?:{_AND} @)*) {_BOUNCED}(?= |$)"),
    re.compile(rf"(?:^|\| ){_BOUNCED} {_FILLERS}(?P<list>@(?:(?: \|)?{_AND} @)*)(?= \||$)"),
)
_REPLACEMENT_PATTERN = re.compile(rf" (?:{_join_alternatives('replacement')}) [^|]*")


def find_addresses_that_bounced(remark: str, row_addresses: set[str]) -> set[str]:
    """Those right before or behind the words that say so, or all if the remark has only addresses.

    Else the address of the row, if there is only one that the remark names or leaves out, and that is not to be used
    instead: "bounced, please use ana@example.org". A remark about another address says nothing about it.
    """
    mentioned, words = _fold_around_addresses(remark)
    if mentioned and not words.strip(" @|"):
        return {*mentioned}
    matches = [(match.start("list"), match["list"]) for each in _STATED_PATTERNS for match in each.finditer(words)]
    if stated := _get_addresses_in(words, matches, mentioned):
        return stated
    replacements = [(match.start(), match[0]) for match in _REPLACEMENT_PATTERN.finditer(f" {words}")]
    replacing = _get_addresses_in(f" {words}", replacements, mentioned)
    others = {*mentioned} - replacing
    meant = others & row_addresses if others else row_addresses - replacing
    return meant if len(meant) == 1 else set()


def _fold_around_addresses(remark: str) -> tuple[list[str], str]:
    """The addresses, and the words of the remark with a sign in the place of each."""
    texts, addresses = split_at_email_addresses(remark)
    folded = [
        " | ".join(fold_text(_DIGITS_PATTERN.sub(" ", part)) for part in _PART_PATTERN.split(text)) for text in texts
    ]
    return addresses, " ".join(" @ ".join(folded).split())


def _get_addresses_in(words: str, places: list[tuple[int, str]], mentioned: list[str]) -> set[str]:
    """Those whose signs are in these pieces of the words."""
    found: set[str] = set()
    for start, piece in places:
        first = words.count("@", 0, start)
        found |= {*mentioned[first : first + piece.count("@")]}
    return found
