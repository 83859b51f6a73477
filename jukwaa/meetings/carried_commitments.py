"""Commitments that several meetings give: they stay when the meeting of the first report is withdrawn."""

from collections.abc import Iterable

from django.utils import timezone

from jukwaa.meetings.models import (
    Commitment,
    CommitmentChange,
    EntryKind,
    Meeting,
    are_minutes_approved,
    get_entry_label,
)
from jukwaa.records.models import Label, State


def find_next_meetings(meeting: Meeting) -> list[tuple[Commitment, Meeting]]:
    """Return the commitments of a meeting that another one has given since, with the earliest of those.

    That meeting has been held, is published, has the same readers, and its minutes are open.
    """
    commitments = Commitment.objects.filter(
        entry__meeting=meeting,
        entry__kind=EntryKind.COMMITMENT,
        entry__state=State.PUBLISHED,
        entry__label__in=[Label.CLEAR, Label.GREEN],
    ).exclude(entry__part__chatham=True)
    carried = CommitmentChange.objects.filter(
        event=CommitmentChange.Event.CARRIED,
        commitment__in=commitments.values("pk"),
        meeting__state=State.PUBLISHED,
        meeting__starts_on__lte=timezone.localdate(),
    ).exclude(meeting=meeting)
    rows = carried.select_related("commitment__entry", "meeting").order_by("meeting__starts_on", "meeting", "pk")
    return list(_iter_earliest(rows))


def _iter_earliest(changes: Iterable[CommitmentChange]) -> Iterable[tuple[Commitment, Meeting]]:
    found: set[int] = set()
    for change in changes:
        commitment, target = change.commitment, change.meeting
        if target is None or commitment.pk in found or get_entry_label(target) != commitment.entry.label:
            continue
        if not are_minutes_approved(target):
            found.add(commitment.pk)
            yield commitment, target
