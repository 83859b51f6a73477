"""The status of a commitment, its evidence, its date and who is responsible for it."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action
from jukwaa.coalitions.models import Affiliation
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.refusals import ActionRefused
from jukwaa.meetings import policies
from jukwaa.meetings.actions.commitment_owners import (
    CommitmentChangeEvent,
    check_owner_note,
    lock_commitment_row,
    record_commitment_change,
)
from jukwaa.meetings.models import OPEN_COMMITMENT_PROGRESS, Commitment, CommitmentChange, Meeting
from jukwaa.records.actions import InspectedFile, attach_inspected_file, change_record, inspect_uploaded_file
from jukwaa.records.models import Record, Source


@action
def set_commitment_progress(
    *, actor: Person, commitment: Commitment, progress: str, note: str = "", evidence: Record | str = ""
) -> Commitment:
    """Save the status, with a note on it and evidence: a record, or the address of a page elsewhere.

    Evidence that was given before stays where none is given. Saving the same again changes nothing.
    Raises PermissionDenied, ActionRefused for dropping without a reason, and NamesFoundError where the note names one
    under the Chatham House Rule.
    """
    current = lock_commitment_row(commitment)
    if not policies.can_set_progress(ViewerContext(actor), current):
        raise PermissionDenied
    if progress == Commitment.Progress.DROPPED and not note.strip():
        raise ActionRefused(_("Enter the reason why this commitment was dropped."), "note")
    note = check_owner_note(current, note)
    before = current.progress
    if (before, current.closing_note) == (progress, note) and not evidence:
        return current
    current.progress, current.closing_note = Commitment.Progress(progress), note
    current.closed_on = None if progress in OPEN_COMMITMENT_PROGRESS else timezone.localdate()
    if evidence:
        current.evidence_record = evidence if isinstance(evidence, Record) else None
        current.evidence_url = evidence if isinstance(evidence, str) else ""
    current.save()
    record_commitment_change(
        current,
        actor=actor,
        event=CommitmentChangeEvent.STATUS,
        before=before,
        after=progress,
        note=note,
        activity_verb=f"progress-{progress}",
    )
    return current


def attach_evidence_to_commitment(
    *, actor: Person, commitment: Commitment, file_name: str, file_bytes: bytes
) -> Commitment:
    """Attach a file as evidence to the entry of a commitment, in place of the one before.

    The file is inspected before the transaction begins. Raises PermissionDenied, and ActionRefused for a file that
    can't be taken.
    """
    if not policies.can_set_progress(ViewerContext(actor), commitment):
        raise PermissionDenied
    file = inspect_uploaded_file(file_bytes, file_name, allowed_kinds=commitment.entry.kind_info.takes_files)
    return _attach_evidence_file(actor=actor, commitment=commitment, inspected_file=file)


@action
def _attach_evidence_file(*, actor: Person, commitment: Commitment, inspected_file: InspectedFile) -> Commitment:
    current = lock_commitment_row(commitment)
    if not policies.can_set_progress(ViewerContext(actor), current):
        raise PermissionDenied
    current.evidence_file = attach_inspected_file(
        actor=actor, record=current.entry, file=inspected_file, is_trusted=True
    )
    current.save(update_fields=["evidence_file"])
    return current


@action
def change_commitment_due_date(*, actor: Person, commitment: Commitment, due_on: date | None) -> Commitment:
    """Move the due date. Raises PermissionDenied, and ActionRefused for a new date that has passed.

    The past date of a commitment from a report may have been read wrongly: it can be corrected to another past one.
    """
    current = lock_commitment_row(commitment)
    if not policies.can_set_progress(ViewerContext(actor), current):
        raise PermissionDenied
    if current.due_on == due_on:
        return current
    if due_on and due_on < timezone.localdate() and not _has_past_date_from_report(current):
        raise ActionRefused(_("Enter a date in the future. This date has passed."), "due_on")
    before, entry = current.due_on, current.entry
    changes = {"due_on": due_on, "due_text": ""}
    change_record(
        actor=actor,
        record=entry,
        changes=changes,
        from_version=entry.version,
        activity_verb="changed-due-date",
        is_trusted=True,
    )
    current.due_on, current.due_text = due_on, ""
    record_commitment_change(
        current,
        actor=actor,
        event=CommitmentChangeEvent.DUE,
        before=before.isoformat() if before else "",
        after=due_on.isoformat() if due_on else "",
    )
    return current


def _has_past_date_from_report(commitment: Commitment) -> bool:
    is_past = commitment.due_on is not None and commitment.due_on < timezone.localdate()
    return is_past and Source.objects.filter(record=commitment.entry_id).exists()


@action
def assign_commitment_to_person(*, actor: Person, commitment: Commitment, person: Person | None) -> Commitment:
    """Name the person in the owner's organisation who is responsible, or nobody. Members see it, never the public.

    Raises PermissionDenied, and ActionRefused for somebody who does not belong to the organisation.
    """
    current = lock_commitment_row(commitment)
    if not policies.can_set_progress(ViewerContext(actor), current):
        raise PermissionDenied
    if person is not None and not find_assignable_affiliations(current).filter(person=person).exists():
        raise ActionRefused(_("Choose an adult from the organisation that owns this commitment."), "responsible")
    if person is None and current.proposed_person is not None:
        return current  # who is asked to confirm it
    if current.responsible_id == (person.pk if person else None):
        return current
    current.responsible = person
    current.save(update_fields=["responsible"])
    record_commitment_change(
        current, actor=actor, event=CommitmentChangeEvent.RESPONSIBLE, activity_verb="assigned-person"
    )
    return current


@action
def set_due_date_and_person(
    *, actor: Person, commitment: Commitment, due_on: date | None, responsible_person: Person | None
) -> Commitment:
    """Save the due date and the person responsible together: see `change_due_date` and `assign_person`."""
    change_commitment_due_date(actor=actor, commitment=commitment, due_on=due_on)
    return assign_commitment_to_person(actor=actor, commitment=commitment, person=responsible_person)


def find_assignable_affiliations(commitment: Commitment) -> QuerySet[Affiliation]:
    """Return the affiliations of those who may become responsible: confirmed adults of the owner's organisation."""
    owner = commitment.owner
    confirmed = Affiliation.objects.confirmed().filter(person__is_minor=False)
    return confirmed.filter(organisation=owner.organisation_id if owner else None)


@action
def carry_commitment_forward(
    *, actor: Person, commitment: Commitment, meeting: Meeting, owner_note: str = ""
) -> Commitment:
    """Note that an open commitment is taken up again at a later meeting. Doing so twice changes nothing.

    Raises PermissionDenied, and ActionRefused if the commitment is closed.
    """
    current = lock_commitment_row(commitment)
    if not policies.can_manage_minutes(ViewerContext(actor), current.entry.coalition):
        raise PermissionDenied
    if meeting.coalition_id != current.entry.coalition_id:
        raise ValueError("A commitment is carried forward within its coalition.")
    if not current.is_open:
        raise ActionRefused(_("Reopen this commitment before you carry it forward. It is closed."))
    if not CommitmentChange.objects.filter(
        commitment=current, event=CommitmentChangeEvent.CARRIED, meeting=meeting
    ).exists():
        owner_note = check_owner_note(current, owner_note)
        record_commitment_change(
            current,
            actor=actor,
            event=CommitmentChangeEvent.CARRIED,
            meeting=meeting,
            note=owner_note,
            activity_verb="carried-forward",
        )
    return current
