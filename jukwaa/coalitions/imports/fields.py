"""What the columns of a table mean, guessed from their headings in several languages."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rapidfuzz import fuzz, process

from jukwaa.coalitions.imports.words import WORDS
from jukwaa.coalitions.models import Import
from jukwaa.places.folding import plain

CLOSE = 86  # of 100: one slip in a short word
FIRST_ROWS = 10  # among which the heading is sought: titles and dates stand above it

FIELDS: dict[str, dict[str, str | Promise]] = {
    Import.Kind.MEMBERS: {
        "name": _("Name of the organisation"),
        "acronym": _("Acronym"),
        "country": _("Country"),
        "regional_group": _("Regional group"),
        "stakeholder_group": _("Stakeholder group"),
        "website": _("Website"),
        "areas": _("Areas of work"),
        "languages": _("Languages"),
        "since": _("Member since"),
        "until": _("Member until"),
        "standing": _("Membership status (member, left or observer)"),
    },
    Import.Kind.PEOPLE: {
        "person": _("Name of the person"),
        "email": _("Email address"),
        "organisation": _("Organisation"),
        "since": _("On the list since"),
    },
}

UNSCREENED = frozenset({"email"})  # a list is made of addresses


def guess_columns(headings: list[str], kind: str) -> list[str]:
    """The field of each column, or nothing. Each field is guessed once, for the column that it fits best."""
    known = {plain(word): field for field in reversed(FIELDS[kind]) for word in WORDS["headings"][field]}
    scored: list[tuple[float, int, str]] = []
    for column, heading in enumerate(headings):
        if found := process.extractOne(plain(heading), known.keys(), scorer=fuzz.ratio, score_cutoff=CLOSE):
            scored.append((found[1], column, known[found[0]]))
    guessed = [""] * len(headings)
    for _score, column, field in sorted(scored, key=lambda found: (-found[0], found[1])):
        if field not in guessed:
            guessed[column] = field
    return guessed


def heading_of(rows: list[list[str]], kind: str) -> int:
    """Which row is the heading: the one of the first ten in which most columns can be told, else the first."""
    known = [sum(map(bool, guess_columns(row, kind))) for row in rows[:FIRST_ROWS]]
    return known.index(max(known))
