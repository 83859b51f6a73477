"""From an entry of minutes to a record of its own: what was only said becomes what binds, and keeps its source."""

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action
from jukwaa.meetings.actions.entries import record_entry
from jukwaa.meetings.chatham_house_rule import ForbiddenNames
from jukwaa.meetings.models import Entry, Meeting
from jukwaa.records.actions.links import link_record_to_origin
from jukwaa.records.models import Link


@action
def raise_entry_at_meeting(*, actor: Person, entry: Entry, meeting: Meeting, entry_kind: str, text: str = "") -> Entry:
    """Make a decision or a commitment of a later meeting out of an entry. Raising it twice finds the first.

    Raises PermissionDenied, and NamesFoundError where the entry was made under the Chatham House Rule.
    """
    if entry.is_chatham:
        ForbiddenNames(entry.meeting).refuse_names_in_texts(text)
    text = text or entry.text
    earlier = Entry.objects.filter(
        meeting=meeting,
        kind=entry_kind,
        text=text,
        links_out__to_record=entry.pk,
        links_out__relation=Link.Relation.BEGAN_AS,
    ).first()
    if earlier is not None:
        return earlier
    raised = record_entry(actor=actor, meeting=meeting, kind=entry_kind, text=text, language=entry.language)
    link_record_to_origin(actor=actor, record=raised, origin_record=entry)
    return raised
