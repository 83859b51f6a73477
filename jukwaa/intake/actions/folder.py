"""Bringing a folder of minutes: each file becomes a report to read, tied to the meeting that its date suggests."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, note
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.transactions import lock_row
from jukwaa.intake import policies
from jukwaa.intake.actions.decide import may_decide
from jukwaa.intake.actions.start import TITLE_LENGTH, About, start_large_reading
from jukwaa.intake.meeting_days import find_day, suggest_meeting
from jukwaa.intake.models import Reading
from jukwaa.intake.plan import is_wider
from jukwaa.intake.storing import Upload
from jukwaa.meetings.models import Meeting


@action
def bring_folder(*, actor: Person, coalition: Coalition, label: str, uploads: Sequence[Upload]) -> list[Reading]:
    """Keep the files, and read each in the background. Raises PermissionDenied."""
    if not policies.can_start(ViewerContext(actor), coalition):
        raise PermissionDenied
    return [_bring(actor, coalition, label, upload) for upload in uploads]


def _bring(actor: Person, coalition: Coalition, label: str, upload: Upload) -> Reading:
    title = _get_title(upload.name)
    known = find_day(title)
    about = About(title=title, label=label)
    if known is not None:
        day, precision = known
        meeting = suggest_meeting(actor, coalition, day, precision, label)
        about = About(title=title, label=label, meeting=meeting, meeting_on=day, meeting_precision=precision)
    return start_large_reading(actor=actor, coalition=coalition, about=about, upload=upload)


def _get_title(name: str) -> str:
    """Return the name of the file without its folder and its ending."""
    bare = name.rpartition("/")[2]
    return (bare.rpartition(".")[0] or bare).replace("_", " ").strip()[:TITLE_LENGTH]


@action
def choose_meeting(*, actor: Person, reading: Reading, meeting: Meeting | None, title: str = "") -> Reading:
    """Say which meeting a report is about, until it is entered. Without a meeting, a new one of this title begins.

    Raises PermissionDenied and ActionRefused.
    """
    may_decide(actor, reading)
    current = lock_row(reading)
    if current.entered_at is not None:
        raise ActionRefused(_("This report has been added to the record. Its meeting can no longer be changed."))
    if meeting is not None and is_wider(meeting, current.label):
        raise ActionRefused(_("More people can read this meeting than the report. Choose another meeting."), "meeting")
    current.meeting = meeting
    current.meeting_title = "" if meeting else (title or current.title)
    current.save(update_fields=["meeting", "meeting_title"])
    note(actor=actor, verb="chose-meeting", subject=current, coalition=current.coalition)
    return current
