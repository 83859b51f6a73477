"""Check the record: sealed, unaltered, indexed, with its files."""

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
from jukwaa.coalitions.seals import find_broken_seals
from jukwaa.config.health.checks import HealthFinding, build_problem_finding
from jukwaa.records.index import schema
from jukwaa.records.index.current_engine import get_search_engine
from jukwaa.records.index.indexer import INDEXED_RECORD_STATES
from jukwaa.records.models import Passage, Record, Version
from jukwaa.records.versions import compute_salted_digest

MAX_UNSEALED_PERIOD = timedelta(minutes=10)
RECORDS_PER_BATCH = 500
MAX_LISTED_RECORDS = 5


def check_seal_chain() -> Iterator[HealthFinding]:
    if seal := next(find_broken_seals(), None):
        yield build_problem_finding(
            f"The chain breaks at seal {seal.pk} of {seal.at:%Y-%m-%d %H:%M}: an activity before that was altered or"
            " removed. Compare with a backup from before that day, and keep both."
        )


def check_unsealed_activities() -> Iterator[HealthFinding]:
    long_ago = timezone.now() - MAX_UNSEALED_PERIOD
    if count := Activity.objects.filter(sealed__isnull=True, at__lt=long_ago).count():
        yield build_problem_finding(
            f"{count} activities have waited for their seal for more than 10 minutes. Run: jukwaa tick"
        )


def check_version_digests() -> Iterator[HealthFinding]:
    """The version that stands is the one that an activity vouches for, in each record."""
    altered = [*islice(_find_altered_records(), MAX_LISTED_RECORDS)]
    if altered:
        named = ", ".join(map(str, altered))
        yield build_problem_finding(
            f"The text of records {named} does not match the activity log. Compare it with a backup."
        )


def _find_altered_records() -> Iterator[int]:
    current = Version.objects.filter(number=F("record__version")).exclude(salt="").order_by("pk")
    rows = current.values_list("record_id", "record__kind", "content", "salt").iterator(RECORDS_PER_BATCH)
    for batch in batched(rows, RECORDS_PER_BATCH):
        kinds, records = {kind for _pk, kind, _content, _salt in batch}, [row[0] for row in batch]
        activities = Activity.objects.filter(kind__in=kinds, object_id__in=records).exclude(digest="")
        vouched = set(activities.values_list("object_id", "digest"))
        yield from (
            pk for pk, _kind, content, salt in batch if (pk, compute_salted_digest(content, salt)) not in vouched
        )


def check_current_versions() -> Iterator[HealthFinding]:
    """Each record reads as its current version, which the check of versions compares with its activities."""
    differing = [*islice(_find_differing_records(), MAX_LISTED_RECORDS)]
    if differing:
        named = ", ".join(map(str, differing))
        yield build_problem_finding(
            f"Records {named} differ from their current version. Compare them with a backup, and edit them again."
        )


def _find_differing_records() -> Iterator[int]:
    for kind in Record.__subclasses__():
        for batch in batched(kind._default_manager.order_by("pk").iterator(RECORDS_PER_BATCH), RECORDS_PER_BATCH):  # noqa: SLF001 - public by Django's word
            current = Version.objects.filter(record__in=[record.pk for record in batch], number=F("record__version"))
            contents = dict(current.exclude(salt="").values_list("record_id", "content"))
            yield from (
                record.pk for record in batch if not _matches_version_content(record, contents.get(record.pk, {}))
            )


def _matches_version_content(record: Record, version_content: dict[str, Any]) -> bool:
    """Columns that a later version of Jukwaa added or dropped are left out."""
    now = json.loads(json.dumps(record.content(), cls=DjangoJSONEncoder))
    compared = (now.keys() & version_content.keys()).difference(record.CHANGES_UNVERSIONED)
    return all(now[name] == version_content[name] for name in compared)


def check_search_index() -> Iterator[HealthFinding]:
    if missing := schema.find_missing_index_parts():
        yield build_problem_finding(
            f"The search index lacks {', '.join(missing)}. Run: jukwaa prepare, then jukwaa reindex"
        )
        return
    passages = Exists(Passage.objects.filter(record=OuterRef("pk")))
    unfound = Record.objects.filter(~passages, state__in=INDEXED_RECORD_STATES).count()
    findable = Record.objects.filter(passages).exclude(state__in=INDEXED_RECORD_STATES).count()
    if unfound:
        yield build_problem_finding(f"{unfound} records are missing from the search. Run: jukwaa reindex")
    if findable:
        yield build_problem_finding(
            f"{findable} records that are withdrawn or in quarantine are still in the search index. Run: jukwaa reindex"
        )
    if astray := get_search_engine().count_orphans():
        yield build_problem_finding(
            f"{astray} passages in the search index do not match their words. Run: jukwaa reindex"
        )


def check_stored_files() -> Iterator[HealthFinding]:
    missing = [*islice(_find_missing_files(), MAX_LISTED_RECORDS)]
    if missing:
        yield build_problem_finding(
            f"Files are missing from the data folder: {', '.join(missing)}. Copy them from a backup."
        )


def _find_missing_files() -> Iterator[str]:
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:  # noqa: SLF001 - public by Django's word
            if isinstance(field, FileField):
                names = model._default_manager.exclude(**{field.name: ""}).values_list(field.name, flat=True)  # noqa: SLF001 - public by Django's word
                yield from (name for name in names.iterator(RECORDS_PER_BATCH) if not default_storage.exists(name))
