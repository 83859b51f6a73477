"""Remarks that say that an organisation has applied and is no member yet: "applied Jan 2026", "en attente"."""

import re

from jukwaa.coalitions.imports.departure_wording import has_remark_pattern
from jukwaa.coalitions.imports.vocabulary import APPLICATION_WORDS, IMPORT_VOCABULARY
from jukwaa.places.text_folding import fold_text

_ALONE_PATTERN = re.compile(
    f"(?:{'|'.join(IMPORT_VOCABULARY['remark_patterns']['applied_alone'])})"
    r"(?: (?:until|till|since|depuis|jusqu\w+|hasta|desde|ate|منذ|حتى) .*)?"
)
_PART_PATTERN = re.compile(r"[\n;,:()\u060c]|(?<!\d)/|/(?!\d)|\.\s|\s[-\u2013\u2014]\s")
_FIRST_PART_PATTERN = re.compile(r"[\n;,(/\u060c]|\.\s|\s[-\u2013\u2014]\s|\d")


def says_applied(cell_text: str) -> bool:
    """As in "pending SC approval", "candidature en cours" and "Pending - see minutes"; not "payment pending"."""
    if _says_admitted(cell_text):
        return False
    first_part = next((part for part in _FIRST_PART_PATTERN.split(cell_text.strip(" *([-")) if part.strip()), "")
    return has_remark_pattern("applied", cell_text) or _ALONE_PATTERN.fullmatch(fold_text(first_part)) is not None


def says_applied_instead_of_date(cell_text: str) -> bool:
    """As in "(applied 02/06/2026)" and "pending", below "Member since"."""
    if _says_admitted(cell_text):
        return False
    return says_applied(cell_text) or any(f" {word} " in f" {fold_text(cell_text)} " for word in APPLICATION_WORDS)


def _says_admitted(cell_text: str) -> bool:
    """As in "applied 2019, approved 2020"; not in "has not been approved" and "Pending (grant approved)"."""
    return any(has_remark_pattern("admitted", part) for part in _PART_PATTERN.split(cell_text))
