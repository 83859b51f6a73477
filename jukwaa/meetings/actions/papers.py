"""Papers of agenda items: announced with a due date, and linked to a file of the meeting or to a record."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action
from jukwaa.core.refusals import EditConflict
from jukwaa.core.transactions import lock_row
from jukwaa.meetings.actions.agenda import record_agenda_change
from jukwaa.meetings.actions.meetings import require_can_write_minutes
from jukwaa.meetings.models import Paper, Part
from jukwaa.records.models import Attachment, Record, State


@action
def add_agenda_paper(
    *,
    actor: Person,
    part: Part,
    title: str,
    attachment: Attachment | None = None,
    record: Record | None = None,
    due_on: date | None = None,
) -> Paper:
    """Add a paper to an agenda item. The same one twice is added once. Raises PermissionDenied."""
    require_can_write_minutes(actor, part.meeting)
    _require_linkable_attachment(actor, part, attachment, record)
    lock_row(part.meeting)
    given = {"title": title, "attachment": attachment, "record_id": record.pk if record else None, "due_on": due_on}
    if (same := part.papers.filter(**given).first()) is not None:
        return same
    linked_on = timezone.localdate() if attachment or record else None
    paper = Paper.objects.create(part=part, linked_on=linked_on, **given)
    record_agenda_change(actor, part.meeting)
    return paper


@action
def change_agenda_paper(
    *,
    actor: Person,
    agenda_paper: Paper,
    from_version: int,
    title: str,
    attachment: Attachment | None,
    record: Record | None,
    due_on: date | None,
) -> Paper:
    """Save changes on top of the version they started from.

    A file or record that is linked only now counts as added today. Raises PermissionDenied, and EditConflict.
    """
    current = _lock_agenda_paper_row(actor, agenda_paper, from_version)
    _require_linkable_attachment(actor, current.part, attachment, record)
    before = (current.attachment_id, current.record_id)
    current.title, current.due_on, current.attachment = title, due_on, attachment
    current.record_id = record.pk if record else None
    if (current.attachment_id, current.record_id) != before:
        current.linked_on = None if current.is_missing else timezone.localdate()
    current.version += 1
    current.save()
    record_agenda_change(actor, current.part.meeting)
    return current


@action
def remove_agenda_paper(*, actor: Person, agenda_paper: Paper, from_version: int) -> None:
    """Take a paper off the agenda; the file or the record stays. Raises PermissionDenied, and EditConflict."""
    current = _lock_agenda_paper_row(actor, agenda_paper, from_version)
    current.delete()
    record_agenda_change(actor, agenda_paper.part.meeting)


def _lock_agenda_paper_row(actor: Person, agenda_paper: Paper, from_version: int) -> Paper:
    meeting = agenda_paper.part.meeting
    require_can_write_minutes(actor, meeting)
    lock_row(meeting)
    current = Paper.objects.filter(pk=agenda_paper.pk).first()
    if current is None or current.version != from_version:
        raise EditConflict(current)
    current.part = agenda_paper.part
    return current


def _require_linkable_attachment(
    actor: Person, agenda_item: Part, attachment: Attachment | None, record: Record | None
) -> None:
    """A file of the meeting itself, or a published record that the actor may read."""
    if attachment is not None and attachment.record_id != agenda_item.meeting_id:
        raise PermissionDenied
    if record is not None:
        readable = Record.objects.visible_to(actor).of(agenda_item.meeting.coalition).filter(state=State.PUBLISHED)
        if not readable.filter(pk=record.pk).exists():
            raise PermissionDenied
