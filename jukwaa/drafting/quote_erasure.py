"""What becomes of words that a text quotes from a record, once the record is out of sight or erased."""

from typing import Any

from django.db.models import CharField, Model
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from jukwaa.drafting.models import Evidence, Rest, Text, Wording
from jukwaa.records import index
from jukwaa.records.models import Record
from jukwaa.records.redaction import NameRedactor, redact_table_rows


def hide_record_quotes(record: Record, **_signal: Any) -> None:
    """Whoever searches finds no more of them."""
    rests = Rest.objects.filter(record=record.pk, quoted=True)
    for text in Text.objects.filter(pk__in=rests.values("revision__text")):
        index.reindex_record(text)


def erase_record_quotes(record: Record, **_signal: Any) -> None:
    """Erased for good: so are the wordings of all clauses that quote it, of every revision."""
    clauses = _find_quoting_clauses(record)
    # The digest goes too: it has no key, and what it is of could be tried out.
    Wording.objects.filter(placements__clause__in=clauses).update(
        body=f"[{_('permanently deleted')}]", digest=Cast("pk", CharField(max_length=32))
    )
    hide_record_quotes(record)


def redact_record_quotes(record: Record, redactor: NameRedactor, changed: list[Model], **_signal: Any) -> None:
    """A name was taken out of a record: out of a text that quotes it too."""
    _count, quoting = redact_table_rows(
        Wording.objects.filter(placements__clause__in=_find_quoting_clauses(record)), redactor
    )
    redacted = [row.pk for row in (*changed, *quoting) if isinstance(row, Wording)]
    # As above: without this, the digest would tell what stood there.
    Wording.objects.filter(pk__in=redacted).update(digest=Cast("pk", CharField(max_length=32)))
    hide_record_quotes(record)


def _find_quoting_clauses(record: Record) -> set[int]:
    return {
        *Rest.objects.filter(record=record.pk, quoted=True).values_list("clause", flat=True),
        *Evidence.objects.filter(record=record.pk, quoted=True).values_list("clause", flat=True),
    }
