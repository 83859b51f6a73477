"""What the columns of a table mean, guessed from their headings in several languages."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rapidfuzz import fuzz, process

from jukwaa.coalitions.imports.vocabulary import VOCABULARY
from jukwaa.coalitions.models import Import
from jukwaa.places.text_folding import fold_text

MIN_SIMILARITY = 86  # of 100: one slip in a short word
MAX_HEADING_ROWS = 10  # among which the heading is sought: titles and dates stand above it

IMPORT_FIELDS: dict[str, dict[str, str | Promise]] = {
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

UNSCREENED_FIELDS = frozenset({"email"})  # a list is made of addresses


def guess_columns(headings: list[str], kind: str) -> list[str]:
    """The field of each column, or nothing. Each field is guessed once, for the column that it fits best."""
    known = {
        fold_text(word): field for field in reversed(IMPORT_FIELDS[kind]) for word in VOCABULARY["headings"][field]
    }
    scored: list[tuple[float, int, str]] = []
    for column, heading in enumerate(headings):
        if found := process.extractOne(
            fold_text(heading), known.keys(), scorer=fuzz.ratio, score_cutoff=MIN_SIMILARITY
        ):
            scored.append((found[1], column, known[found[0]]))
    guessed = [""] * len(headings)
    for _score, column, field in sorted(scored, key=lambda found: (-found[0], found[1])):
        if field not in guessed:
            guessed[column] = field
    return guessed


def find_heading_row(rows: list[list[str]], kind: str) -> int:
    """Which row is the heading: the one of the first ten in which most columns can be told, else the first."""
    known = [sum(map(bool, guess_columns(row, kind))) for row in rows[:MAX_HEADING_ROWS]]
    return known.index(max(known))
