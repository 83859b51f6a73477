"""The name of an organisation is meant to be found: that it is a school's points to nobody."""

from jukwaa.core.safeguards import Hit, screen_text

ORGANISATION_NAME_FIELDS = frozenset({"name", "organisation"})  # fields that hold the name of an organisation


def find_hits(field: str, text: str) -> list[Hit]:
    """What the screen finds in a field of a form or a table."""
    return [hit for hit in screen_text(text) if field not in ORGANISATION_NAME_FIELDS or hit.sign.name != "school"]
