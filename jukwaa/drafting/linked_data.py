"""Texts for machines, in the vocabulary of schema.org. Their editions are items of the library."""

from typing import Any

from jukwaa.coalitions.linked_data import build_linked_coalition_reference
from jukwaa.core.linked_data import format_linked_date
from jukwaa.drafting.models import Edition, Revision, Text
from jukwaa.records.linked_data import build_record_linked_data


def build_linked_text(text: Text, revision: Revision | None, edition: Edition | None) -> dict[str, Any] | None:
    """Return a text with the revision that its readers see. None if not everyone may read it."""
    coalition = build_linked_coalition_reference(text.coalition)
    author = {"@type": "Organization", "name": text.owner.name} if text.owner else coalition
    return build_record_linked_data(
        "DigitalDocument",
        text,
        genre=str(text.get_form_display()),
        author=author,
        publisher=coalition,
        datePublished=format_linked_date(text.published_at),
        dateModified=format_linked_date(revision.at if revision else None),
        version=str(revision.number) if revision else "",
        creativeWorkStatus="Published" if edition else "Draft",
    )
