"""What a sheet is about: members, observers or those who left, as its name, its title or a heading says."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from jukwaa.coalitions.imports.vocabulary import MEMBERSHIP_STANDING_WORDS, RowStanding
from jukwaa.places.text_folding import fold_text

MAX_TITLE_WORDS = 6  # a longer text above a list is a remark
ASKED_STANDINGS = (RowStanding.MEMBER, RowStanding.OBSERVER, RowStanding.LEFT)

SHEET_STANDING_LABELS: dict[str, str | Promise] = {
    RowStanding.MEMBER: gettext_lazy("Members"),
    RowStanding.OBSERVER: gettext_lazy("Observers"),
    RowStanding.LEFT: gettext_lazy("Former members"),
}


def suggest_sheet_standing(sheet_name: str, titles: Iterable[str], column_headings: Iterable[str]) -> str:
    """The status of all rows, from the surest source that names one; nothing for members, and where it is in doubt."""
    short = (text for text in titles if len(text.split()) <= MAX_TITLE_WORDS and "=" not in text)
    for text in (sheet_name, *short, *column_headings):
        if standing := _find_standing(text):
            return "" if standing == RowStanding.MEMBER else standing
    return ""


def _find_standing(text: str) -> str:
    """The one status that a text names: "Members and observers" names two, and "former members" one."""
    rest = f" {fold_text(text)} "
    found = []
    phrases = [
        (word, standing)
        for standing in ASKED_STANDINGS
        for word in MEMBERSHIP_STANDING_WORDS[standing]
        if len(word) > 2  # noqa: PLR2004 - "si" is yes
    ]
    for word, standing in sorted(phrases, key=lambda phrase: -len(phrase[0])):
        if f" {word} " in rest:
            rest = rest.replace(f" {word} ", "  ")
            found.append(standing)
    return found[0] if len(set(found)) == 1 else ""
