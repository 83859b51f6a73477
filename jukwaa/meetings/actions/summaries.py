"""Sending the summary of a meeting that is over."""

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.transactions import lock_row
from jukwaa.meetings import policies
from jukwaa.meetings.models import Entry, Meeting, Summary
from jukwaa.meetings.summaries import compute_summary_fingerprint
from jukwaa.records.models import State
from jukwaa.records.models.record import LABELS_OPEN_TO_ROLES


@action
def send_meeting_summary(*, actor: Person, meeting: Meeting) -> Summary:
    """Email the summary to the members. Sending it twice without a change sends it once.

    Raises PermissionDenied, and ActionRefused for a meeting that is not over, not published, or has no minutes.
    """
    if not policies.can_manage_minutes(ViewerContext(actor), meeting.coalition):
        raise PermissionDenied
    current = lock_row(meeting)
    if obstacle := get_summary_sending_obstacle(current):
        raise ActionRefused(obstacle)
    sent, fingerprint = Summary.objects.filter(meeting=current).first(), compute_summary_fingerprint(current)
    if sent is not None and sent.fingerprint == fingerprint:
        return sent
    said = {"sent_at": timezone.now(), "fingerprint": fingerprint}
    sent, _is_new = Summary.objects.update_or_create(meeting=current, defaults=said)
    record_activity(actor=actor, verb="sent-summary", subject=current, coalition=meeting.coalition)
    return sent


def get_summary_sending_obstacle(meeting: Meeting) -> str:
    """Return why the summary can't be sent, if it can't."""
    if meeting.state != State.PUBLISHED:
        return _("Publish the meeting before you send its summary.")
    if meeting.is_cancelled:
        return _("This meeting has been cancelled, so it has no summary.")
    if not meeting.is_held:
        return _("You can send the summary after the meeting has ended.")
    if not Entry.objects.filter(meeting=meeting, state=State.PUBLISHED, label__in=LABELS_OPEN_TO_ROLES).exists():
        return _("Add an entry to the minutes before you send a summary.")
    return ""
