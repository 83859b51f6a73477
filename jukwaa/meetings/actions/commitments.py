"""How a commitment stands: said by those who made it, or by those who keep the record."""

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from jukwaa.accounts.models import Person
from jukwaa.coalitions import activities
from jukwaa.coalitions.activities import action
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.transactions import lock_row
from jukwaa.meetings import policies
from jukwaa.meetings.models import Commitment
from jukwaa.meetings.rule import Names

CLOSED = (Commitment.Progress.KEPT, Commitment.Progress.DROPPED)


@action
def set_progress(*, actor: Person, commitment: Commitment, progress: str, note: str = "") -> Commitment:
    """Say how it stands, with a word on it. Saying the same again changes nothing.

    Raises PermissionDenied, and NamesSomebody where the note names one under the Chatham House Rule.
    """
    if not policies.can_set_progress(ViewerContext(actor), commitment):
        raise PermissionDenied
    current = lock_row(commitment)
    if (current.progress, current.closing_note) == (progress, note):
        return current
    if current.entry.is_chatham:
        Names(current.entry.meeting).refuse(note)
    current.progress, current.closing_note = Commitment.Progress(progress), note
    current.closed_on = timezone.localdate() if progress in CLOSED else None
    current.save(update_fields=["progress", "closing_note", "closed_on"])
    entry = current.entry
    activities.note(actor=actor, verb=f"progress-{progress}", subject=entry, coalition=entry.coalition)
    return current
