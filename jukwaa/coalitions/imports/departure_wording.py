"""Words in a remark which say that a person left, or that an organisation ended, in several languages.

They are patterns, since the words alone mean too much: "left a message", "partie prenante" and "saiu na imprensa" say
nothing about a departure, and "left in June", "parti juin 2026" and "saiu da associação" do.
"""

import re
from functools import cache

from jukwaa.coalitions.imports.dates import load_month_names
from jukwaa.coalitions.imports.vocabulary import IMPORT_VOCABULARY, RowStanding, find_standing, split_list_items
from jukwaa.core.dates import get_utc_date
from jukwaa.places.text_folding import fold_text

_PATTERNS: dict[str, list[str]] = IMPORT_VOCABULARY["remark_patterns"]

_BRACKETS_PATTERN = re.compile(r"\(([^()]*)\)")
_DASH_PATTERN = re.compile(r"\s[-\u2013\u2014]\s")


def says_person_left(cell_text: str) -> bool:
    """As in "a quitté l'asso.", "ya no trabaja" and "no longer with us"."""
    return has_remark_pattern("person_left", cell_text)


def says_left(cell_text: str) -> bool:
    """As in "left in June", "parti juin 2026" and "saiu": the person or the organisation."""
    return has_remark_pattern("left", cell_text)


def names_former_member(cell_text: str) -> bool:
    """Whether one of the tags in a cell says so: "Former member", "Press; ancien membre"."""
    return any(find_standing(item) == RowStanding.LEFT for item in split_list_items(cell_text))


def says_left_post(text: str) -> bool:
    """Whether a position or a name says so, as in "(left) Intern", "Ana Paz - LEFT" and "Intern until Aug"."""
    until = _compile_patterns("until_date").search(f" {fold_text(text)} ")
    if until and not any(int(year) > get_utc_date().year for year in re.findall(r"\d{4}", until[0])):
        return True
    parts = [*_BRACKETS_PATTERN.findall(text), *_DASH_PATTERN.split(_BRACKETS_PATTERN.sub(" ", text))]
    is_whole = len(parts) == 1
    return not is_whole and any(has_remark_pattern("left_beside_post", part) or says_left(part) for part in parts)


def says_organisation_ended(cell_text: str) -> bool:
    """As in "asbl dissoute au 31.12.2025", "disuelta", "closed down", "extinta" and "wound up in 2024"."""
    return has_remark_pattern("organisation_ended", cell_text)


def has_departure_pattern_at_end(text: str) -> bool:
    """As in "the helpline has closed down" and "left in March 2024"."""
    folded = f" {fold_text(text)} "
    found = (each for section in ("left", "organisation_ended") for each in _compile_patterns(section).finditer(folded))
    return any(each.end() == len(folded) for each in found)


def has_remark_pattern(section: str, cell_text: str) -> bool:
    """Whether a text has one of the patterns of a section of the vocabulary."""
    return _compile_patterns(section).search(f" {fold_text(cell_text)} ") is not None


@cache
def _compile_patterns(section: str) -> re.Pattern[str]:
    before = rf"(?:(?:{'|'.join(map(fold_text, _PATTERNS['before_dates']))}) ){{0,4}}"
    month = f"(?:{'|'.join(name.replace('_', ' ') for name in load_month_names())})"
    year = rf"(?:(?:\d{{1,2}} )?(?:(?:{month}|\d{{1,2}}) (?:(?:de|of|do|du) )?)?(?:19|20)\d\d|\d{{1,2}} \d{{1,2}} \d\d)"
    parts = {
        "{date}": rf"{before}(?:(?:\d{{1,2}} )?(?:de )?{month}|{year})",
        "{year}": before + year,
        "{body}": f"(?:{'|'.join(_PATTERNS['bodies'])})",
        "{thing}": f"(?:{'|'.join(_PATTERNS['printed_things'])})",
    }
    patterns = "|".join(_PATTERNS[section])
    for name, part in parts.items():
        patterns = patterns.replace(name, part)
    return re.compile(f" (?:{patterns}) ")
