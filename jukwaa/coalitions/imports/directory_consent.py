"""Columns in which people agree to be in a public directory: that says nothing about emails.

Nothing is asked about them. Visitors see the name of a person only if that person has chosen so.
"""

from functools import lru_cache

from django.utils.translation import gettext as _

from jukwaa.coalitions.imports.ages import MAX_CACHED_HEADINGS
from jukwaa.coalitions.imports.vocabulary import IMPORT_VOCABULARY, split_database_heading
from jukwaa.places.text_folding import fold_text

NOT_LISTED = "person-not-listed"
_DIRECTORY_PHRASES, _EMAIL_PHRASES = (
    tuple(map(fold_text, IMPORT_VOCABULARY["contact_remarks"][section]))
    for section in ("directory_consent_headings", "email_consent_words")
)


@lru_cache(maxsize=MAX_CACHED_HEADINGS)
def is_about_directory(column_heading: str) -> bool:
    """Whether the heading names a directory or publication, and no emails: "Consentimiento directorio público"."""
    heading = f" {fold_text(split_database_heading(column_heading))} "
    return any(f" {phrase} " in heading for phrase in _DIRECTORY_PHRASES) and not any(
        f" {phrase} " in heading for phrase in _EMAIL_PHRASES
    )


def describe_directory_column() -> str:
    return _("This column is about the public directory, not about emails. We will not ask about its answers.")


def describe_unlisted_person() -> str:
    """What follows for a person who did not agree, or did not answer."""
    return _("Visitors will not see this person's name, unless the person chooses to show it.")
