"""`jukwaa reindex`: write the search index anew, while everything else goes on."""

from collections.abc import Sequence
from itertools import batched
from typing import Any

from django.core.management.base import BaseCommand

from jukwaa.core.transactions import atomic_with_retry, lock_rows
from jukwaa.records import index
from jukwaa.records.index import schema
from jukwaa.records.index.engine import engine
from jukwaa.records.models import Record

BATCH = 10  # so few that nobody who writes waits long


class Command(BaseCommand):
    help = "Rebuild the search index. The site stays available."

    def handle(self, *_args: Any, **_options: Any) -> None:
        if schema.missing_parts():
            schema.create()
        pks = list(Record.objects.order_by("pk").values_list("pk", flat=True))
        for batch in batched(pks, BATCH):
            _reindex(batch)
        _sweep()
        self.stdout.write(f"Records indexed: {len(pks)}.")


@atomic_with_retry
def _reindex(pks: Sequence[int]) -> None:
    for record in lock_rows(Record.objects.filter(pk__in=pks).order_by("pk")):
        index.refresh(record.whole(), anew=True)


@atomic_with_retry
def _sweep() -> None:
    engine().sweep()
