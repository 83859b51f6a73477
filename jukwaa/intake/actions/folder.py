"""Bringing a folder of minutes: each file becomes a report to read, tied to the meeting that its date suggests."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.transactions import lock_row
from jukwaa.intake import policies
from jukwaa.intake.actions.decisions import lock_decidable_reading
from jukwaa.intake.actions.reading_start import MAX_READING_TITLE_LENGTH, ReadingDetails, start_background_reading
from jukwaa.intake.due_dates import find_due_day
from jukwaa.intake.entry_plan import is_meeting_too_open_for_label
from jukwaa.intake.meeting_dates import find_file_name_day, suggest_meeting_on_day
from jukwaa.intake.models import Reading, Suggestion
from jukwaa.intake.reading_store import ReadingUpload
from jukwaa.meetings.models import Meeting


@action
def start_folder_import(
    *, actor: Person, coalition: Coalition, tlp_label: str, reading_uploads: Sequence[ReadingUpload]
) -> list[Reading]:
    """Keep the files, and read each in the background. Raises PermissionDenied."""
    if not policies.can_import_reports(ViewerContext(actor), coalition):
        raise PermissionDenied
    return [_start_folder_reading(actor, coalition, tlp_label, upload) for upload in reading_uploads]


def _start_folder_reading(
    actor: Person, coalition: Coalition, tlp_label: str, reading_upload: ReadingUpload
) -> Reading:
    title = _get_title_from_file_name(reading_upload.name)
    known = find_file_name_day(title)
    about = ReadingDetails(title=title, label=tlp_label)
    if known is not None and known[1] == Meeting.Precision.DAY:  # the text may name the day in a month
        day, precision = known
        meeting = suggest_meeting_on_day(actor, coalition, day, precision, tlp_label)
        about = ReadingDetails(
            title=title, label=tlp_label, meeting=meeting, meeting_on=day, meeting_precision=precision
        )
    return start_background_reading(
        actor=actor, coalition=coalition, reading_details=about, reading_upload=reading_upload
    )


def _get_title_from_file_name(file_name: str) -> str:
    """Return the name of the file without its folder and its ending."""
    bare = file_name.rpartition("/")[2]
    return (bare.rpartition(".")[0] or bare).replace("_", " ").strip()[:MAX_READING_TITLE_LENGTH]


@action
def choose_meeting_of_reading(
    *,
    actor: Person,
    reading: Reading,
    meeting: Meeting | None,
    title: str = "",
    meeting_details: Mapping[str, Any] | None = None,
) -> Reading:
    """Say which meeting a report is about, until it is entered. Without a meeting, a new one of this title begins.

    `meeting_details` are columns of the reading about the new meeting: days, place, forum.

    Raises PermissionDenied and ActionRefused.
    """
    lock_decidable_reading(actor, reading)
    current = lock_row(reading)
    if current.entered_at is not None:
        raise ActionRefused(
            _("This report has been added to the record. You can no longer change which meeting it belongs to.")
        )
    if meeting is not None and is_meeting_too_open_for_label(meeting, current.label):
        raise ActionRefused(_("Choose another meeting. More people can see this meeting than the report."), "meeting")
    day_before = current.closing_day
    current.meeting = meeting
    current.meeting_title = "" if meeting else (title or current.title)
    current.meeting_checked = True
    meeting_details = {} if meeting else dict(meeting_details or {})
    if "meeting_on" in meeting_details:
        meeting_details.setdefault("meeting_ends_on", None)
    for name, value in meeting_details.items():
        setattr(current, name, value)
    current.save(update_fields=["meeting", "meeting_title", "meeting_checked", *meeting_details])
    if current.closing_day != day_before:
        _recalculate_deadlines(current, day_before)
    record_activity(actor=actor, verb="chose-meeting", subject=current, coalition=current.coalition)
    return current


def _recalculate_deadlines(reading: Reading, day_before: date | None) -> None:
    """Deadlines that were counted from another day of the meeting, and that nobody has changed."""
    text = reading.document.text if reading.document else ""
    rows = list(reading.suggestions.exclude(due_text="").filter(entered_at__isnull=True))
    changed = []
    for row in rows:
        if row.due_on == find_due_day(row.due_text, day_before, text):
            row.due_on = find_due_day(row.due_text, reading.closing_day, text)
            changed.append(row)
    Suggestion.objects.bulk_update(changed, ["due_on"])
