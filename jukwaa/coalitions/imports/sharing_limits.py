"""Phone numbers in a list that says not to pass it on: they are imported only if the coordinator chooses to."""

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _

from jukwaa.coalitions.imports.vocabulary import IMPORT_VOCABULARY
from jukwaa.places.text_folding import fold_text

MAX_TEXT_LENGTH = 100
_PHRASES = tuple(map(fold_text, IMPORT_VOCABULARY["not_to_share"]))
_PART_PATTERN = re.compile(r"[\n;.]|\s[-\u2013\u2014]\s")


def find_sharing_limit(texts: Iterable[str]) -> str:
    """Return the part of the first text that says not to share, such as "NÃO PARTILHAR"; or nothing."""
    parts = (part.strip() for text in texts for part in _PART_PATTERN.split(text))
    return next((part for part in parts if _says_not_to_share(part)), "")


def leave_out_phone_numbers(
    column_mapping: list[str], column_headings: list[str], list_titles: Iterable[str]
) -> tuple[list[str], list[str]]:
    """Return the mapping without phone numbers that are not to be shared, and a sentence that says so.

    `list_titles` are the name of the sheet and what stands above the headings.
    """
    title = find_sharing_limit(list_titles)
    limits = {
        place: limit
        for place, (field, heading) in enumerate(zip(column_mapping, column_headings, strict=True))
        if field == "phone" and (limit := find_sharing_limit([heading]) or title)
    }
    mapping = ["" if place in limits else field for place, field in enumerate(column_mapping)]
    sentence = _("The list says “%(text)s”. We will import phone numbers only if you choose to.")
    return mapping, [sentence % {"text": limit[:MAX_TEXT_LENGTH]} for limit in limits.values()]


def _says_not_to_share(text: str) -> bool:
    return any(f" {phrase} " in f" {fold_text(text)} " for phrase in _PHRASES)
