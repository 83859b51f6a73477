"""The questions who issued what an item is about, and when: a kind that is asked for the date is dated by it."""

from jukwaa.library.schema import TemplateField, get_fields_for_kind

ISSUER_FIELD, ISSUE_DATE_FIELD = "issuing_body", "issued_on"


def get_issuer_and_issue_date_fields(kind_name: str) -> list[TemplateField]:
    """Return the questions for who issued it and when, of a kind that is issued elsewhere; none of other kinds."""
    found = [field for field in get_fields_for_kind(kind_name) if field.name in (ISSUER_FIELD, ISSUE_DATE_FIELD)]
    return found if any(field.name == ISSUE_DATE_FIELD for field in found) else []
