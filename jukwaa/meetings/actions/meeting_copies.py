"""Copying a meeting: what it is called, where it takes place, and the items that come back, without their minutes."""

from datetime import date

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action
from jukwaa.core.transactions import lock_row
from jukwaa.meetings.actions.agenda import record_agenda_change, set_agenda_item_positions
from jukwaa.meetings.actions.meetings import create_meeting_record, require_can_write_minutes
from jukwaa.meetings.models import Meeting, Part

# What the next meeting has in common with this one, whatever its date.
COPIED_MEETING_FIELDS = (
    *("language", "label", "place", "country", "forum", "time_zone", "duration"),
    *("joining_link", "joining_link_is_public", "invites_observers", "languages", "interpretation"),
)
COPIED_ITEM_FIELDS = ("title", "minutes", "purpose", "chatham", "is_standing")


@action
def copy_meeting(
    *, actor: Person, meeting: Meeting, title: str, starts_on: date | None, copies_standing_items_only: bool = False
) -> Meeting:
    """Begin a meeting as a draft, with the agenda of this one. Sent twice, it begins one. Raises PermissionDenied."""
    details = {name: getattr(meeting, name) for name in COPIED_MEETING_FIELDS}
    if starts_on is not None:
        details["start_time"] = meeting.start_time
        details["ends_on"] = starts_on + meeting.length if meeting.ends_on else None
    else:
        details["precision"] = Meeting.Precision.UNDECIDED
    copy = create_meeting_record(actor=actor, coalition=meeting.coalition, title=title, starts_on=starts_on, **details)
    copy_agenda(
        actor=actor, meeting=copy, source_meeting=meeting, copies_standing_items_only=copies_standing_items_only
    )
    return copy


@action
def copy_agenda(
    *, actor: Person, meeting: Meeting, source_meeting: Meeting, copies_standing_items_only: bool = False
) -> list[Part]:
    """Add the items of another meeting: titles, minutes and purposes. What is on the agenda already is left out.

    Items about one record, such as a commitment, are not copied: they are suggested as long as they are open.
    Raises PermissionDenied.
    """
    require_can_write_minutes(actor, meeting)
    lock_row(meeting)
    there = list(meeting.parts.all())
    titles = {part.title for part in there}
    rows = source_meeting.parts.filter(about=None, holds_updates=False)
    copied = [
        Part(meeting=meeting, **{name: getattr(row, name) for name in COPIED_ITEM_FIELDS})
        for row in (rows.filter(is_standing=True) if copies_standing_items_only else rows)
        if row.title not in titles
    ]
    if copied:
        Part.objects.bulk_create(copied)
        set_agenda_item_positions([*there, *copied])
        record_agenda_change(actor, meeting)
    return copied
