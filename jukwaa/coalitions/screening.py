"""The name of an organisation is meant to be found: that it is a school's points to nobody."""

from jukwaa.core.safeguards import SafeguardHit, screen_text_for_signs

ORGANISATION_NAME_FIELDS = frozenset({"name", "organisation"})  # fields that hold the name of an organisation


def remove_own_contact_hits(text: str, safeguard_hits: list[SafeguardHit], own_email: str) -> list[SafeguardHit]:
    """Leave out the phone number and the email address that applicants give of themselves.

    Beside anything else by which somebody could be found, a number may be another person's: then it stays.
    """
    return [] if all(_is_own_contact(text, hit, own_email) for hit in safeguard_hits) else safeguard_hits


def _is_own_contact(text: str, safeguard_hit: SafeguardHit, own_email: str) -> bool:
    is_own_address = (
        safeguard_hit.sign.name == "mail" and text[safeguard_hit.start : safeguard_hit.end].lower() == own_email.lower()
    )
    return safeguard_hit.sign.name == "telephone" or is_own_address


def find_organisation_name_hits(field: str, text: str) -> list[SafeguardHit]:
    """What the screen finds in a field of a form or a table."""
    return [
        hit for hit in screen_text_for_signs(text) if field not in ORGANISATION_NAME_FIELDS or hit.sign.name != "school"
    ]
