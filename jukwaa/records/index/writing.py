"""Keeping the index in step with the data. Called by actions, inside their transaction."""

from jukwaa.records.models import Passage, Record, State

INDEXED = (State.DRAFT, State.SUBMITTED, State.PUBLISHED)


def refresh(record: Record) -> None:
    """Write the record's passages anew. What is held or withdrawn is in the index no more."""
    forget(record)
    if record.state not in INDEXED:
        return
    for position, (anchor, text) in enumerate(record.passages()):
        Passage.objects.create(
            record_id=record.pk, anchor=anchor, language=record.language, text=text, position=position
        )


def forget(record: Record) -> None:
    Passage.objects.filter(record_id=record.pk).delete()
