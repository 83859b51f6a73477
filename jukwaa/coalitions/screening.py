"""The name of an organisation is meant to be found: that it is a school's points to nobody."""

from jukwaa.core.safeguards import Hit, screen

NAMES = frozenset({"name", "organisation"})  # fields that hold the name of an organisation


def hits_in(field: str, text: str) -> list[Hit]:
    """What the screen finds in a field of a form or a table."""
    return [hit for hit in screen(text) if field not in NAMES or hit.sign.name != "school"]
