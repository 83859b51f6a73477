"""What protects people and must outlast a restored backup: marks as under 18, hidden names, names that were removed.

Each step is a row (`Protection`) and a line of the ledger outside the database. After an older backup was restored, the
steps that it lacks are taken over from the ledger, and what is in force is done again. Each app registers how.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from jukwaa.accounts import ledger
from jukwaa.accounts.ledger import ErasureLedger, ProtectionStep
from jukwaa.accounts.models import Protection
from jukwaa.core.registry import Registry

PROTECTIONS_PER_BATCH = 500
ProtectionTopic = Protection.Topic


@dataclass(frozen=True, kw_only=True)
class ProtectionReplay:
    """How one topic is done again.

    `find` takes the latest steps on the topic, those that are in force, and returns what the database lacks of them;
    `redo` does one of these in a transaction of its own and returns whether anything has changed. `report` is the
    sentence for the operator, with `{n}`.
    """

    find: Callable[[Sequence[ProtectionStep]], Sequence[Any]]
    redo: Callable[[Any], bool]
    report: str


protection_replay_registry: Registry[str, ProtectionReplay] = Registry("protections that are done again")


def record_protection_step(
    protection_topic: str,
    subject_digest: str,
    *,
    is_protected: bool,
    protection_key: str = "",
    step_number: int = 0,
    includes_files: bool = False,
) -> None:
    """Keep a step: call it in the transaction of what it is about."""
    step = ProtectionStep(
        at=timezone.now(),
        topic=protection_topic,
        subject=subject_digest,
        key=protection_key,
        number=step_number,
        with_files=includes_files,
        in_force=is_protected,
    )
    Protection.objects.create(**asdict(step))
    transaction.on_commit(partial(ledger.append_ledger_lines, [step]), robust=True)


def find_steps_missing_in_ledger(ledger: ErasureLedger) -> list[ProtectionStep]:
    """Return what the table has and the ledger lacks."""
    written = set(ledger.steps)
    return [step for step in _load_protection_steps() if step not in written]


def _load_protection_steps() -> list[ProtectionStep]:
    rows = Protection.objects.order_by("at", "pk")
    return [
        ProtectionStep(
            at=row.at,
            topic=row.topic,
            subject=row.subject,
            key=row.key,
            number=row.number,
            with_files=row.with_files,
            in_force=row.in_force,
        )
        for row in rows.iterator(PROTECTIONS_PER_BATCH)
    ]


def find_missing_protections(ledger: ErasureLedger) -> Mapping[str, Sequence[Any]]:
    """Return by topic what is in force and not so in the database. Writes nothing."""
    return {
        topic: replay.find(steps)
        for topic, replay in _list_protection_replays()
        if (steps := _find_active_steps(ledger, topic))
    }


def _list_protection_replays() -> list[tuple[str, ProtectionReplay]]:
    """Marks first: they hide most."""
    return [
        (topic, protection_replay_registry[topic])
        for topic in ProtectionTopic.values
        if topic in protection_replay_registry
    ]


def _find_active_steps(ledger: ErasureLedger, protection_topic: str) -> list[ProtectionStep]:
    """The latest steps by the table and the ledger together: either may have later ones."""
    steps = sorted(
        (step for step in {*ledger.steps, *_load_protection_steps()} if step.topic == protection_topic),
        key=lambda step: step.at,
    )
    return [step for step in {step.place: step for step in steps}.values() if step.in_force]


def replay_protections(ledger: ErasureLedger) -> list[str]:
    """Take over what the table lacks, and do again what is in force; return a sentence on each topic of it."""
    restore_protection_steps(ledger.steps)
    reports = []
    for topic, replay in _list_protection_replays():
        steps = _find_active_steps(ledger, topic)
        if steps and (count := sum(map(replay.redo, replay.find(steps)))):
            reports.append(replay.report.format(n=count))
    return reports


def restore_protection_steps(protection_steps: Iterable[ProtectionStep]) -> None:
    """Take over into the table what it lacks."""
    kept = set(_load_protection_steps())
    missing = [step for step in dict.fromkeys(protection_steps) if step not in kept]
    Protection.objects.bulk_create(
        [Protection(**asdict(step)) for step in missing], PROTECTIONS_PER_BATCH, ignore_conflicts=True
    )
