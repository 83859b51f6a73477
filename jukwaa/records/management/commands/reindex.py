"""`jukwaa reindex`: write the search index anew, while everything else goes on."""

from collections.abc import Sequence
from itertools import batched
from typing import Any

from django.core.management.base import BaseCommand

from jukwaa.core.transactions import atomic_with_retry, lock_rows
from jukwaa.records import index
from jukwaa.records.index import schema
from jukwaa.records.index.current_engine import get_search_engine
from jukwaa.records.models import Record

RECORDS_PER_BATCH = 10  # so few that nobody who writes waits long


class Command(BaseCommand):
    help = "Rebuild the search index. The site stays available."

    def handle(self, *_args: Any, **_options: Any) -> None:
        if schema.find_missing_index_parts():
            schema.create()
        pks = list(Record.objects.order_by("pk").values_list("pk", flat=True))
        for batch in batched(pks, RECORDS_PER_BATCH):
            _reindex_record_batch(batch)
        _delete_orphaned_words()
        self.stdout.write(f"Records indexed: {len(pks)}.")


@atomic_with_retry
def _reindex_record_batch(record_ids: Sequence[int]) -> None:
    for record in lock_rows(Record.objects.filter(pk__in=record_ids).order_by("pk")):
        index.reindex_record(record.whole(), is_rebuild=True)


@atomic_with_retry
def _delete_orphaned_words() -> None:
    get_search_engine().delete_orphans()
