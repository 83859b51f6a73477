"""Records for machines, in the vocabulary of schema.org: only what the world may read."""

from typing import Any

from jukwaa.core.linked_data import build_linked_thing
from jukwaa.records.models import Label, Record, State


def build_record_linked_data(schema_type: str, record: Record, **properties: Any) -> dict[str, Any] | None:
    """Return a record as a type of schema.org; None if not everyone may read it."""
    if record.label != Label.CLEAR or record.state != State.PUBLISHED:
        return None
    described = {"name": record.title, "description": record.summary, "inLanguage": record.language}
    return build_linked_thing(schema_type, record.get_absolute_url(), **{**described, **properties})
