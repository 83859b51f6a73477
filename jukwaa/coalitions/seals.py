"""The chain: activities are closed under hashes in the background, so that no writer waits for another.

A seal's hash is SHA-256 over the hash of the seal before it and a line for each activity that it covers, in the order
of their ids. Whoever alters or removes a sealed activity, or a seal, breaks the chain from there on.
"""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import UTC

from django.db import IntegrityError

from jukwaa.coalitions.models import Activity, Seal, SealedActivity
from jukwaa.core.transactions import atomic_with_retry

ACTIVITIES_PER_SEAL = 1000


def seal_activity_batch() -> int:
    """Close up to a batch of activities that no seal covers yet; the number says how many.

    Two sealers at once: the second one breaks on the unique `previous`, and finds nothing left the next time.
    """
    try:
        return _seal_next_batch()
    except IntegrityError:
        return 0


@atomic_with_retry
def _seal_next_batch() -> int:
    open_ones = list(Activity.objects.filter(sealed__isnull=True).order_by("pk")[:ACTIVITIES_PER_SEAL])
    if not open_ones:
        return 0
    last = Seal.objects.filter(next__isnull=True).first()
    seal = Seal.objects.create(previous=last, hash=_compute_seal_hash(last, open_ones))
    SealedActivity.objects.bulk_create([SealedActivity(activity=activity, seal=seal) for activity in open_ones])
    return len(open_ones)


def seal_all_activities() -> int:
    total = 0
    while sealed := seal_activity_batch():
        total += sealed
    return total


def find_broken_seals() -> Iterator[Seal]:
    """The seals whose hash doesn't follow from what they cover; the first of them is where the chain broke."""
    previous = None
    seal = Seal.objects.filter(previous__isnull=True).first()
    while seal is not None:
        covered = Activity.objects.filter(sealed__seal=seal).order_by("pk")
        if seal.hash != _compute_seal_hash(previous, covered):
            yield seal
        previous, seal = seal, Seal.objects.filter(previous=seal).first()


def _compute_seal_hash(previous_seal: Seal | None, activities: Iterable[Activity]) -> str:
    lines = [previous_seal.hash if previous_seal else "", *map(_serialize_sealed_activity, activities)]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _serialize_sealed_activity(activity: Activity) -> str:
    parts = (
        activity.pk,
        activity.coalition_id,
        activity.actor_id,
        activity.capacity_id,
        activity.verb,
        activity.kind,
        activity.object_id,
        activity.digest,
        activity.at.astimezone(UTC).isoformat(timespec="microseconds"),
    )
    return "|".join("" if part is None else str(part) for part in parts)
