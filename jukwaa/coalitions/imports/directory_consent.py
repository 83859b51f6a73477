"""Columns in which people agree to be in a public directory: that says nothing about emails.

Nothing is asked about them, or about remarks such as "do not publish". Visitors see the name of a person only if that
person has chosen so.
"""

import re
from collections.abc import Collection, Sequence
from functools import lru_cache

from django.utils.translation import gettext as _

from jukwaa.coalitions.imports.ages import MAX_CACHED_HEADINGS
from jukwaa.coalitions.imports.vocabulary import IMPORT_VOCABULARY, split_database_heading
from jukwaa.places.text_folding import fold_text

NOT_LISTED = "person-not-listed"
_CONSENT_PHRASES, _DIRECTORY_PHRASES, _EMAIL_PHRASES = (
    tuple(map(fold_text, IMPORT_VOCABULARY["contact_remarks"][section]))
    for section in ("consent_headings", "directory_consent_headings", "email_consent_words")
)

_UNPUBLISHED_PHRASES = tuple(
    f" {fold_text(phrase)}" for phrase in IMPORT_VOCABULARY["contact_remarks"]["not_published"]
)
_PART_PATTERN = re.compile(r"[\n;,.:/()!]|\s[-\u2013\u2014]\s")


@lru_cache(maxsize=MAX_CACHED_HEADINGS)
def asks_for_directory_consent(column_heading: str) -> bool:
    """As "Consentimiento directorio público" does, which names a directory or publication, and no emails."""
    heading = f" {fold_text(split_database_heading(column_heading))} "
    has_consent, has_directory, has_emails = (
        any(f" {phrase} " in heading for phrase in phrases)
        for phrases in (_CONSENT_PHRASES, _DIRECTORY_PHRASES, _EMAIL_PHRASES)
    )
    return has_consent and has_directory and not has_emails


def find_directory_columns(
    table: Sequence[list[str]], column_mapping: list[str], hidden_columns: Collection[int]
) -> set[int]:
    """The places of those that are not imported, and that have answers."""
    return {
        place
        for place, (field, heading) in enumerate(zip(column_mapping, table[0], strict=False))
        if not field and asks_for_directory_consent(heading) and any(cells[place] for cells in table[1:])
    }.difference(hidden_columns)


def asks_not_to_be_published(cell: str) -> bool:
    """As in "não publicar" and "no photo / no name"."""
    text = f" {fold_text(cell)}"
    if not any(phrase in text for phrase in _UNPUBLISHED_PHRASES):
        return False
    parts = (f" {fold_text(part)}" for part in _PART_PATTERN.split(cell))
    return any(part.endswith(_UNPUBLISHED_PHRASES) for part in parts)


def describe_directory_column() -> str:
    return _("This column is about the public directory, not about emails. We will not ask about its answers.")


def describe_unlisted_person() -> str:
    """What follows for a person who did not agree, or did not answer."""
    return _("Visitors will not see this person's name, unless the person chooses to show it.")
