"""Is the record whole: sealed, unaltered, indexed, with its files."""

import json
from collections.abc import Iterator
from datetime import timedelta
from itertools import batched, islice
from typing import Any

from django.apps import apps
from django.core.files.storage import default_storage
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Exists, F, FileField, OuterRef
from django.utils import timezone

from jukwaa.coalitions.models import Activity
from jukwaa.coalitions.seals import broken_seals
from jukwaa.config.health.checks import Finding, wrong
from jukwaa.records.index import schema
from jukwaa.records.index.engine import engine
from jukwaa.records.index.writing import INDEXED
from jukwaa.records.models import Passage, Record, Version
from jukwaa.records.versions import digest_of

UNSEALED_FOR_LONG = timedelta(minutes=10)
BATCH = 500
MOST_NAMED = 5


def chain_holds() -> Iterator[Finding]:
    if seal := next(broken_seals(), None):
        yield wrong(
            f"The chain breaks at seal {seal.pk} of {seal.at:%Y-%m-%d %H:%M}: an activity before that was altered or"
            " removed. Compare with a backup from before that day, and keep both."
        )


def is_sealed() -> Iterator[Finding]:
    long_ago = timezone.now() - UNSEALED_FOR_LONG
    if count := Activity.objects.filter(sealed__isnull=True, at__lt=long_ago).count():
        yield wrong(f"{count} activities have waited for their seal for more than 10 minutes. Run: jukwaa tick")


def digests_match() -> Iterator[Finding]:
    """The version that stands is the one that an activity vouches for, in each record."""
    altered = [*islice(_altered(), MOST_NAMED)]
    if altered:
        named = ", ".join(map(str, altered))
        yield wrong(f"The text of records {named} does not match the activity log. Compare it with a backup.")


def _altered() -> Iterator[int]:
    current = Version.objects.filter(number=F("record__version")).exclude(salt="").order_by("pk")
    rows = current.values_list("record_id", "record__kind", "content", "salt").iterator(BATCH)
    for batch in batched(rows, BATCH):
        kinds, records = {kind for _pk, kind, _content, _salt in batch}, [row[0] for row in batch]
        activities = Activity.objects.filter(kind__in=kinds, object_id__in=records).exclude(digest="")
        vouched = set(activities.values_list("object_id", "digest"))
        yield from (pk for pk, _kind, content, salt in batch if (pk, digest_of(content, salt)) not in vouched)


def columns_match() -> Iterator[Finding]:
    """Each record reads as its current version, which the check of versions compares with its activities."""
    differing = [*islice(_differing(), MOST_NAMED)]
    if differing:
        named = ", ".join(map(str, differing))
        yield wrong(
            f"Records {named} differ from their current version. Compare them with a backup, and edit them again."
        )


def _differing() -> Iterator[int]:
    for kind in Record.__subclasses__():
        for batch in batched(kind._default_manager.order_by("pk").iterator(BATCH), BATCH):  # noqa: SLF001 - public by Django's word
            current = Version.objects.filter(record__in=[record.pk for record in batch], number=F("record__version"))
            contents = dict(current.exclude(salt="").values_list("record_id", "content"))
            yield from (record.pk for record in batch if not _reads_as(record, contents.get(record.pk, {})))


def _reads_as(record: Record, content: dict[str, Any]) -> bool:
    """Columns that a later version of Jukwaa added or dropped are left out."""
    now = json.loads(json.dumps(record.content(), cls=DjangoJSONEncoder))
    compared = (now.keys() & content.keys()).difference(record.CHANGES_UNVERSIONED)
    return all(now[name] == content[name] for name in compared)


def index_is_in_step() -> Iterator[Finding]:
    if missing := schema.missing_parts():
        yield wrong(f"The search index lacks {', '.join(missing)}. Run: jukwaa prepare, then jukwaa reindex")
        return
    passages = Exists(Passage.objects.filter(record=OuterRef("pk")))
    unfound = Record.objects.filter(~passages, state__in=INDEXED).count()
    findable = Record.objects.filter(passages).exclude(state__in=INDEXED).count()
    if unfound:
        yield wrong(f"{unfound} records are missing from the search. Run: jukwaa reindex")
    if findable:
        yield wrong(
            f"{findable} records that are withdrawn or in quarantine are still in the search index. Run: jukwaa reindex"
        )
    if astray := engine().astray():
        yield wrong(f"{astray} passages in the search index do not match their words. Run: jukwaa reindex")


def files_are_there() -> Iterator[Finding]:
    missing = [*islice(_missing(), MOST_NAMED)]
    if missing:
        yield wrong(f"Files are missing from the data folder: {', '.join(missing)}. Copy them from a backup.")


def _missing() -> Iterator[str]:
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:  # noqa: SLF001 - public by Django's word
            if isinstance(field, FileField):
                names = model._default_manager.exclude(**{field.name: ""}).values_list(field.name, flat=True)  # noqa: SLF001 - public by Django's word
                yield from (name for name in names.iterator(BATCH) if not default_storage.exists(name))
