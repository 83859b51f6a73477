"""`jukwaa reindex`: write the search index anew, while everything else goes on."""

from itertools import batched
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

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
            with transaction.atomic():
                for record in Record.objects.select_for_update().filter(pk__in=batch):
                    index.refresh(record.whole(), anew=True)
        with transaction.atomic():
            engine().sweep()
        self.stdout.write(f"Records indexed: {len(pks)}.")
