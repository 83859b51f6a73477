"""What a later report says about commitments that are in the record already."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activities
from jukwaa.core.transactions import lock_rows
from jukwaa.meetings.actions.commitment_owners import CommitmentChangeEvent, propose_commitment_owner
from jukwaa.meetings.actions.meetings import require_can_write_minutes
from jukwaa.meetings.actions.sources import Span, build_record_sources
from jukwaa.meetings.actions.speaker_capacities import Voice
from jukwaa.meetings.models import OPEN_COMMITMENT_PROGRESS, Commitment, CommitmentChange, Entry, Meeting
from jukwaa.meetings.owner_withholding import withhold_owner_names
from jukwaa.records.actions import change_record
from jukwaa.records.models import Source, State


@dataclass(frozen=True, kw_only=True)
class ReportedCommitment:
    """A commitment as it was shown, and what the report of a meeting changes: an empty status changes none."""

    commitment: Commitment
    sources: Sequence[Span]
    progress: str = ""
    changes_due: bool = False
    due_on: date | None = None
    due_text: str = ""
    owner: Voice | None = None  # of one that has none


@action
def continue_commitments(*, actor: Person, meeting: Meeting, reported: Sequence[ReportedCommitment]) -> None:
    """Carry commitments of other meetings forward to this one, with the status and the deadline of its report.

    The report becomes a source. A status or a deadline that another person has changed meanwhile stays. A few queries,
    and those of a new version for each deadline that changes. Raises PermissionDenied.
    """
    require_can_write_minutes(actor, meeting)
    if not reported:
        return
    if any(said.commitment.entry.coalition_id != meeting.coalition_id for said in reported):
        raise ValueError("A commitment is carried forward within its coalition.")
    current = _lock_commitments(reported)
    held = [said for said in reported if said.commitment.pk in current]
    _add_sources(held)
    changes = [
        *_build_carried_changes(held, meeting),
        *_change_progress(held, current, meeting),
        *_change_due_dates(actor, held, current, meeting),
    ]
    for change in changes:
        change.person = actor
    CommitmentChange.objects.bulk_create(changes)
    entries = [current[said.commitment.pk].entry for said in held]
    record_activities(actor=actor, verb="carried-forward", activity_subjects=entries, coalition=meeting.coalition)
    for said in held:
        commitment = current[said.commitment.pk]
        if said.owner and commitment.is_open and commitment.has_no_owner:
            propose_commitment_owner(actor=actor, commitment=commitment, owner_voice=said.owner)


def _lock_commitments(reported: Iterable[ReportedCommitment]) -> dict[int, Commitment]:
    """Return the commitments as they are now, by id, without those that have been withdrawn."""
    ids = {said.commitment.pk: said.commitment.entry_id for said in reported}
    entries = {entry.pk: entry for entry in lock_rows(Entry.objects.filter(pk__in=ids.values()).order_by("pk"))}
    rows = list(lock_rows(Commitment.objects.filter(pk__in=ids).order_by("pk")))
    for row in rows:
        row.entry = entries[row.entry_id]
    return {row.pk: row for row in rows if row.entry.state == State.PUBLISHED}


def _add_sources(reported: Sequence[ReportedCommitment]) -> None:
    ids = [said.commitment.entry_id for said in reported]
    cited = set(Source.objects.filter(record__in=ids).values_list("record", "document", "start"))
    sources = [source for said in reported for source in build_record_sources(said.commitment.entry, said.sources)]
    Source.objects.bulk_create(
        source for source in sources if (source.record_id, source.document_id, source.start) not in cited
    )


def _build_carried_changes(reported: Sequence[ReportedCommitment], meeting: Meeting) -> list[CommitmentChange]:
    carried = CommitmentChange.objects.filter(event=CommitmentChangeEvent.CARRIED, meeting=meeting)
    known = set(carried.values_list("commitment", flat=True))
    return [
        CommitmentChange(commitment=said.commitment, event=CommitmentChangeEvent.CARRIED, meeting=meeting)
        for said in reported
        if said.commitment.pk not in known
    ]


def _change_progress(
    reported: Sequence[ReportedCommitment], current: dict[int, Commitment], meeting: Meeting
) -> list[CommitmentChange]:
    """An earlier note was about the earlier status, and stays in the history."""
    changed, changes = [], []
    for said in reported:
        commitment = current[said.commitment.pk]
        before = commitment.progress
        if not said.progress or said.progress == before or before != said.commitment.progress:
            continue
        commitment.progress, commitment.closing_note = Commitment.Progress(said.progress), ""
        closing_day = meeting.starts_on or timezone.localdate()
        commitment.closed_on = None if said.progress in OPEN_COMMITMENT_PROGRESS else closing_day
        changed.append(commitment)
        changes.append(_build_change(commitment, CommitmentChangeEvent.STATUS, meeting, before, said.progress))
    Commitment.objects.bulk_update(changed, ["progress", "closing_note", "closed_on"], batch_size=500)
    return changes


def _change_due_dates(
    actor: Person, reported: Sequence[ReportedCommitment], current: dict[int, Commitment], meeting: Meeting
) -> list[CommitmentChange]:
    """Unlike a person, a report of a past meeting may give a date that has passed."""
    changes = []
    for said in reported:
        commitment = current[said.commitment.pk]
        before, entry = commitment.due_on, commitment.entry
        due_text = _withhold_unconfirmed_owners(commitment, said)
        is_same = (before, commitment.due_text) == (said.due_on, due_text)
        if not said.changes_due or is_same or before != said.commitment.due_on:
            continue
        due: dict[str, Any] = {"due_on": said.due_on, "due_text": due_text}
        commitment.entry = change_record(
            actor=actor,
            record=entry,
            changes=due,
            from_version=entry.version,
            activity_verb="changed-due-date",
            is_trusted=True,
        )
        commitment.due_on, commitment.due_text = said.due_on, due_text
        if before != said.due_on:
            days = [day.isoformat() if day else "" for day in (before, said.due_on)]
            changes.append(_build_change(commitment, CommitmentChangeEvent.DUE, meeting, *days))
    return changes


def _withhold_unconfirmed_owners(commitment: Commitment, said: ReportedCommitment) -> str:
    """Return the deadline in words without the name of an owner who has not confirmed, or whom this report names."""
    if commitment.owner_id:
        return said.due_text
    owners = [(commitment.proposed_name, commitment.proposed)] if commitment.awaits_confirmation else []
    owners += [said.owner] if said.owner else []
    return withhold_owner_names(said.due_text, owners, commitment.entry.language)


def _build_change(
    commitment: Commitment, event: CommitmentChange.Event, meeting: Meeting, before: str, after: str
) -> CommitmentChange:
    """A change that names its meeting comes from a report."""
    return CommitmentChange(commitment=commitment, event=event, meeting=meeting, before=before, after=after)
