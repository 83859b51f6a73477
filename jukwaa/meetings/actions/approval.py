"""Circulating draft minutes for correction, and approving them: at a meeting, or because nobody objected."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.transactions import lock_rows
from jukwaa.meetings.actions.live_minutes import lock_draft_minutes_row, publish_withheld_lines
from jukwaa.meetings.actions.meetings import require_can_write_minutes
from jukwaa.meetings.circulation import get_circulation_obstacle, list_circulated_entries
from jukwaa.meetings.models import Approval, Correction, Entry, Meeting, Minutes, find_draft_minutes
from jukwaa.meetings.silence_procedures import find_entries_kept_for_members
from jukwaa.records.actions import change_record
from jukwaa.records.models import Label, State


@action
def circulate_draft_minutes(*, actor: Person, meeting: Meeting, until: date, allows_silence: bool = True) -> Minutes:
    """Send the draft minutes to the members for correction until a day; a second time sends them with a new day.

    Raises PermissionDenied, ActionRefused, and NamesFoundError if a line that was held back names somebody.
    """
    require_can_write_minutes(actor, meeting)
    if obstacle := get_circulation_obstacle(meeting, list_circulated_entries(meeting)):
        raise ActionRefused(obstacle)
    if until <= timezone.localdate():
        raise ActionRefused(_("Enter a date in the future, so that members have time to reply."), "until")
    minutes = lock_draft_minutes_row(meeting)
    minutes.current_item = None
    minutes.save(update_fields=["current_item"])
    publish_withheld_lines(actor, minutes)
    minutes.circulated_at, minutes.circulated_by = timezone.now(), actor
    minutes.corrections_until, minutes.allows_silence = until, allows_silence
    minutes.save(update_fields=["circulated_at", "circulated_by", "corrections_until", "allows_silence"])
    record_activity(actor=actor, verb="circulated-minutes", subject=meeting, coalition=meeting.coalition)
    return minutes


@action
def approve_minutes(*, actor: Person, meeting: Meeting, at_meeting: Meeting | None = None) -> Minutes:
    """Approve the minutes, at another meeting if one is given. Approving them again changes nothing.

    Their entries take on the label of the meeting, and are announced as published. From now on they can't be changed.
    Raises PermissionDenied, ActionRefused, and NamesFoundError.
    """
    require_can_write_minutes(actor, meeting)
    if find_draft_minutes(meeting) is None:
        return Minutes.objects.get(meeting=meeting)
    if meeting.is_in_progress:
        raise ActionRefused(_("The meeting is still in progress. Approve the minutes when it has ended."))
    minutes = lock_draft_minutes_row(meeting)
    _require_no_open_corrections(minutes)
    if at_meeting is not None and (at_meeting.pk == meeting.pk or at_meeting.coalition_id != meeting.coalition_id):
        raise ActionRefused(_("Choose another meeting of this coalition."), "at_meeting")
    minutes.approved_at_meeting = at_meeting
    return _approve_locked_minutes(
        minutes, actor, approval_method=Approval.MEETING if at_meeting else "", recorded_actor=actor
    )


@action
def approve_without_objection(*, minutes: Minutes) -> Minutes | None:
    """Approve circulated minutes whose day has passed; None if something has changed since they were found.

    It is done in the name of whoever circulated them, and noted as done by nobody. Raises ActionRefused,
    PermissionDenied, and NamesFoundError.
    """
    current = lock_rows(Minutes.objects.due(timezone.now()).filter(pk=minutes.pk)).first()
    if current is None or current.circulated_by is None:
        return None
    return _approve_locked_minutes(
        current, current.circulated_by, approval_method=Approval.SILENCE, recorded_actor=None
    )


def _approve_locked_minutes(
    minutes: Minutes, actor: Person, *, approval_method: str, recorded_actor: Person | None
) -> Minutes:
    meeting = minutes.meeting
    minutes.current_item = None
    minutes.save(update_fields=["current_item"])
    publish_withheld_lines(actor, minutes)
    for_members = [entry.pk for entry in find_entries_kept_for_members(meeting)]  # read while the minutes are a draft
    minutes.approved_at, minutes.approved_how = timezone.now(), approval_method
    minutes.save(update_fields=["approved_at", "approved_how", "approved_at_meeting"])
    entries = Entry.objects.filter(meeting=meeting, state=State.PUBLISHED, line__isnull=False)
    for entry in entries.exclude(pk__in=for_members):
        _open_entry_to_public(actor, entry, meeting.label)
    record_activity(actor=recorded_actor, verb="approved-minutes", subject=meeting, coalition=meeting.coalition)
    return minutes


def _open_entry_to_public(actor: Person, entry: Entry, tlp_label: str) -> None:
    if entry.label != Label.GREEN or tlp_label != Label.CLEAR:
        return
    change_record(
        actor=actor,
        record=entry,
        changes={"label": tlp_label},
        from_version=entry.version,
        activity_verb="published",
        is_trusted=True,
    )


def _require_no_open_corrections(minutes: Minutes) -> None:
    if number := Correction.objects.filter(minutes=minutes).open().count():
        sentence = ngettext(
            "Decide on the open correction before you approve the minutes.",
            "Decide on the %(number)s open corrections before you approve the minutes.",
            number,
        )
        raise ActionRefused(sentence % {"number": number})
